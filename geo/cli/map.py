"""`geo map`: reports, or what was exported from them, drawn on one self-contained page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from geo.cli.gather import gather
from geo.cli.options import Job, takes_job
from geo.cli.talk import say
from geo.cli.work import check_output, data_and_reports, deliver, extract, finish, spelled

if TYPE_CHECKING:
    from geo.api import Events, Incidents


@click.command("map")
@click.option("-o", "--output", metavar="PAGE.html", required=True, help="The page to write.")
@takes_job()
@click.option("--date-field", metavar="NAME", help="Field of GeoJSON or a table that holds the date; none: no date.")
@click.option("--type-field", metavar="NAME", help="Field that holds the type; none: one type for all.")
@click.option("--title", default=None, help="What stands above the map; else country and days.")
@click.option("--tiles", default="none", metavar="none|osm|URL", help="Tile server readers may switch on.")
@click.option("--attribution", multiple=True, metavar="TEXT", help="Credit to show, as for the tiles; repeatable.")
@click.option("--offline", is_flag=True, help="Refuse to write a page that would load anything.")
@click.option(
    "--text",
    type=click.Choice(("full", "none")),
    default="full",
    help="none: no sentences and headlines on the page, for a million events or for passing on without the reports.",
)
@click.option("--lang", default="en", metavar="LANG", help="Language of the page: en or ar.")
def command(
    job: Job, output: str, title: str | None, date_field: str | None, type_field: str | None, **page: Any
) -> None:
    """Draw reports, exported events and data of others on one page.

    INPUT, in any mixture: reports; files that `geo events` or `geo incidents` wrote; CSV as ACLED's or UCDP GED's; any
    GeoJSON and any CSV with columns lat and lon, whose date and type are guessed unless --date-field and --type-field
    name them; folders of all these. A CSV with a column text holds reports.
    """
    check_output(output, job.inputs, suffixes=(".html", ".htm"))
    data, reports, unasked = data_and_reports(job)
    given = _given(job, data, unasked, date_field, type_field) if data else None
    events = None
    if reports or given is None:
        events = extract(replace(job, inputs=tuple(reports)), beside=given, without=unasked)
    incidents = _together(job, given, events)
    rows = incidents.rows()
    if not title:
        from geo.maps.titles import title_of

        named = Path(job.inputs[0]).stem if len(job.inputs) == 1 and data else None
        title = title_of(rows, otherwise=named, lang=page["lang"])
    deliver(_Page(incidents.to_map(title=title, file=Path(output).stem, **page)), output, suffix=".html")
    off = sum(row["lat"] is None for row in rows)
    noun = "incident" if len(rows) == 1 else "incidents"
    done = f"{output}: {len(rows)} {noun}, {off} of them not on the map"
    if events is not None:
        finish(job, events, done=done)
    elif not job.quiet:
        say(done)


def _given(
    job: Job, data: Sequence[str], unasked: Sequence[Path], date_field: str | None, type_field: str | None
) -> Incidents:
    """Rows that need no reading."""
    from geo import api

    return api.read_back(
        data,
        date_field=date_field,
        type_field=type_field,
        encoding=job.encoding,
        unasked=unasked,
        gazetteer=job.gazetteer,
        default_gazetteer=job.default_gazetteer,
        pack=job.pack,
    )


def _together(job: Job, given: Incidents | None, events: Events | None) -> Incidents:
    """What is drawn: the incidents of the reports, and those given that the reports do not tell."""
    told = None if events is None else events.merge()
    if given is None:
        assert told is not None
        return told
    if job.filters:
        given = given.filter(**spelled(job, given, strict=events is None))
    rows = gather(given.rows())
    if told is None:
        return replace(given, given_rows=tuple(rows))
    known = {row["id"] for row in told.rows()}
    new = [row for row in rows if row["id"] not in known]
    if (twice := len(rows) - len(new)) and not job.quiet:
        say(f"{twice} exported incident{'s' if twice > 1 else ''} that the reports tell too: drawn once")
    return replace(told, given_rows=(*told.rows(), *new))


class _Page:
    """A map as something that can be written."""

    def __init__(self, drawn: Any) -> None:
        self.drawn = drawn

    def write(self, path: Path) -> None:
        self.drawn.save(path)
