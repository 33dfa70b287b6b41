"""`geo map`: reports, or what was exported from them, drawn on one self-contained page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from geo.cli.options import Job, takes_job
from geo.cli.talk import say
from geo.cli.work import check_output, deliver, extract, finish

EXPORTED = (".geojson", ".geojsonl")  # what `geo events` and `geo incidents` write and nobody writes reports in


@click.command("map")
@click.option("-o", "--output", metavar="PAGE.html", required=True, help="The page to write.")
@takes_job()
@click.option("--title", default=None, help="What stands above the map.")
@click.option("--tiles", default="none", metavar="none|osm|URL", help="Tile server readers may switch on.")
@click.option("--lang", default="en", metavar="LANG", help="Language of the page: en or ar.")
def command(job: Job, output: str, **page: Any) -> None:
    """Draw reports, or exported events, on one page."""
    check_output(output, job.inputs, suffixes=(".html", ".htm"))
    if all(name.lower().endswith(EXPORTED) for name in job.inputs):
        from geo import api

        events, incidents = None, api.read_back(job.inputs).filter(**job.filters)
    else:
        events = extract(job)
        incidents = events.merge()
    page["title"] = page["title"] or _title(job.inputs)
    deliver(_Page(incidents.to_map(**page)), output, suffix=".html")
    if not job.quiet:
        rows = incidents.rows()
        off = sum(row["lat"] is None for row in rows)
        say(f"{output}: {len(rows)} incidents, {off} of them not on the map")
    if events is not None:
        finish(job, events)


class _Page:
    """A map as something that can be written."""

    def __init__(self, drawn: Any) -> None:
        self.drawn = drawn

    def write(self, path: Path) -> None:
        self.drawn.save(path)


def _title(inputs: tuple[str, ...]) -> str:
    """A title from the first input's name.

    >>> _title(("reports/2014_april.jsonl",))
    '2014 april'
    """
    name = Path(inputs[0]).resolve().name if inputs[0] != "-" else "Reports"
    return name.split(".")[0].replace("_", " ").replace("-", " ").strip() or "Reports"
