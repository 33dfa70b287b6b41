"""`geo map`: reports, or what was exported from them, drawn on one self-contained page."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from geo.cli.gather import gather
from geo.cli.options import Job, takes_job
from geo.cli.talk import say
from geo.cli.work import check_output, deliver, exported, extract, finish

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)  # strftime would follow the locale


@click.command("map")
@click.option("-o", "--output", metavar="PAGE.html", required=True, help="The page to write.")
@takes_job()
@click.option("--title", default=None, help="What stands above the map; else country and days.")
@click.option("--tiles", default="none", metavar="none|osm|URL", help="Tile server readers may switch on.")
@click.option("--attribution", multiple=True, metavar="TEXT", help="Credit to show, as for the tiles; repeatable.")
@click.option("--offline", is_flag=True, help="Refuse to write a page that would load anything.")
@click.option("--lang", default="en", metavar="LANG", help="Language of the page: en or ar.")
def command(job: Job, output: str, title: str | None, **page: Any) -> None:
    """Draw reports, or exported events, on one page."""
    check_output(output, job.inputs, suffixes=(".html", ".htm"))
    incidents = exported(job)
    if incidents is not None:
        incidents = replace(incidents, given_rows=tuple(gather(incidents.rows())))
    events = extract(job) if incidents is None else None
    if events is not None:
        incidents = events.merge()
    assert incidents is not None
    rows = incidents.rows()
    deliver(
        _Page(incidents.to_map(title=title or title_of(rows), file=Path(output).stem, **page)), output, suffix=".html"
    )
    off = sum(row["lat"] is None for row in rows)
    done = f"{output}: {len(rows)} incidents, {off} of them not on the map"
    if events is not None:
        finish(job, events, done=done)
    elif not job.quiet:
        say(done)


class _Page:
    """A map as something that can be written."""

    def __init__(self, drawn: Any) -> None:
        self.drawn = drawn

    def write(self, path: Path) -> None:
        self.drawn.save(path)


def title_of(rows: Sequence[dict[str, Any]]) -> str:
    """A title that says where and when: the country of most incidents, the days on which they were reported.

    >>> title_of([{"country": "Syria", "published": day} for day in ("2014-04-12", "2014-04-14")])
    'Syria, 12 to 14 April 2014'
    """
    countries = Counter(str(row["country"]) for row in rows if row.get("country"))
    country, count = countries.most_common(1)[0] if countries else ("", 0)
    days = sorted({row["published"] for row in rows if row.get("published")})
    where = country if 2 * count > sum(countries.values()) else "Incidents"
    return f"{where}, {_days(days[0], days[-1])}" if days else where


def _days(first: str, last: str) -> str:
    """Two ISO dates in words, without repeating what they share."""
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    until = f"{end.day} {MONTHS[end.month - 1]} {end.year}"
    if start == end:
        return until
    since = [str(start.day)]
    if (start.year, start.month) != (end.year, end.month):
        since.append(MONTHS[start.month - 1])
    if start.year != end.year:
        since.append(str(start.year))
    return f"{' '.join(since)} to {until}"
