"""`geo map`: reports, or what was exported from them, drawn on one self-contained page."""

from __future__ import annotations

import datetime as dt
from collections import Counter
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
    title = title or title_of(rows, otherwise=Path(data[0]).stem if len(job.inputs) == 1 and data else None)
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


def title_of(rows: Sequence[dict[str, Any]], *, otherwise: str | None = None) -> str:
    """A title that says where and when: the country of most incidents, the days on which they were reported.

    Data of others state no reports: then the days of their events. `otherwise` stands where no country is known.

    >>> title_of([{"country": "Syria", "published": day} for day in ("2014-04-12", "2014-04-14")])
    'Syria, 12 to 14 April 2014'
    """
    placed = Counter(str(row.get("country") or "") for row in rows if row.get("country") or row.get("lat") is not None)
    country, count = placed.most_common(1)[0] if placed else ("", 0)
    ends = [("published",) if row.get("published") else ("date_start", "date_end") for row in rows]
    days = sorted({row[end] for row, names in zip(rows, ends) for end in names if row.get(end)})
    named = otherwise.replace("-", " ").replace("_", " ").strip() if otherwise else ""
    where = country if country and 2 * count > placed.total() else named[:1].upper() + named[1:] or "Incidents"
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
