"""`geo score`: precision, recall and F1 against events coded by hand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from geo.cli.options import Job, takes_job
from geo.cli.talk import one_line
from geo.cli.work import exported, extract

if TYPE_CHECKING:
    from geo.api import Events, Incidents
    from geo.score import Score, TableScore

WIDE = 25  # the longest name, and a blank
RATES = ("precision", "recall", "f1")


@click.command("score")
@click.option(
    "--gold", required=True, metavar="GOLD", help="Events coded by hand: YAML, or a CSV as ACLED's or UCDP's."
)
@click.option("--errors", is_flag=True, help="List what was missed, wrong or false.")
@click.option("--json", "as_json", is_flag=True, help="The figures as JSON.")
@takes_job(filters=False)
def command(job: Job, gold: str, errors: bool, as_json: bool) -> None:
    """Compare what is found with events coded by hand.

    INPUT is reports, or the GeoJSON that `geo events` wrote from them (for a CSV: that `geo incidents` wrote).
    """
    from geo import score

    if gold.lower().endswith(".csv"):
        rows = score.read_table(gold)
        against_table = score.score_table(_features(job, incidents=True), rows)
        figures, lines = against_table.figures, _table_errors(against_table)
    else:
        truth = score.read_gold(gold)
        against_truth = score.score(_features(job, incidents=False), truth)
        figures, lines = against_truth.figures, _errors(against_truth)
    click.echo(json.dumps(figures) if as_json else "\n".join(table(figures)))
    if errors:
        for line in lines:
            click.echo(line)


def _features(job: Job, *, incidents: bool) -> list[dict[str, Any]]:
    from geo import export

    told: Events | Incidents | None = exported(job)
    if told is None:
        events = extract(job)
        told = events.merge() if incidents else events
    return [export.feature(row) for row in told.rows()]


def table(figures: Mapping[str, Any]) -> Iterator[str]:
    """The figures as columns.

    >>> print(*table({"detect": {"recall": 0.5, "precision": 1, "f1": 0.667}, "killed right": "3/4"}), sep="\\n")
                             precision  recall     f1
    detect                       1.000   0.500  0.667
    killed right             3/4
    """
    yield f"{'':{WIDE}}precision  recall     f1"
    for name, value in figures.items():
        if isinstance(value, Mapping) and set(RATES) <= set(value):
            yield f"{name:{WIDE}}{value['precision']:9.3f}  {value['recall']:6.3f}  {value['f1']:5.3f}"
        elif isinstance(value, Mapping):
            for key, count in value.items():
                yield f"{key.replace('_', ' '):{WIDE}}{count}"
        else:
            yield f"{name:{WIDE}}{value}"


def _errors(result: Score) -> Iterator[str]:
    for pair in result.pairs:
        event, found = pair.event, pair.found
        if found is None:
            yield f"\nmissed {event.id}: {event.types[0]}, {event.place or 'no place'}: {one_line(event.quote)}"
        elif pair.wrong:
            yield f"\nwrong {', '.join(pair.wrong)} in {event.id}: {one_line(event.quote)}"
            dates = [f"{date.first}..{date.last}" for date in event.dates]
            when, status = ", ".join(dates), "/".join(event.statuses)
            yield f"  coded {event.place or 'no place'} {_points(event.points)}, {when}, {status}"
            at = _points([found.point] if found.point else [])
            yield f"  found {found.place or 'no place'} {at}, {found.first}..{found.last}, {found.status_group}"
    for label, rows in (("false", result.false), ("wrong pin", result.wrong_pins)):
        for found in rows:
            yield f"\n{label}: {found.type}, {found.place or 'no place'}, {found.first}: {one_line(found.quote)}"


def _table_errors(result: TableScore) -> Iterator[str]:
    for row in result.missed:
        kind = "/".join(row.kind or ("violence",))
        yield f"\nmissed {row.id}: {kind}, {one_line(row.place)}, {row.first}..{row.last}"
    for one in result.false:
        yield f"\nfalse {one.id}: {'/'.join(one.kind)}, {one.place or 'no place'}, {one.first}..{one.last}"


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"lat={lat:.3f} lon={lon:.3f}" for lat, lon in points)
