"""`geo explain`: why an event is what it is, and why a sentence became no event."""

from __future__ import annotations

from collections.abc import Iterator

import click

from geo.cli.options import Job, takes_job
from geo.cli.talk import one_line
from geo.cli.work import extract, finish
from geo.errors import InputError
from geo.model import Event, Report, Skipped, When

CANDIDATES_SHOWN = 5  # further ones score too low to be worth a look


@click.command("explain")
@takes_job()
@click.option("--event", "event_id", metavar="ID", help="One event; the first characters of its id are enough.")
@click.option("--skipped", is_flag=True, help="Sentences with an event word that became no pin, and why.")
def command(job: Job, event_id: str | None, skipped: bool) -> None:
    """Say why an event is what it is, or none."""
    if event_id and skipped:
        raise click.UsageError("--event and --skipped do not go together")
    events = extract(job)
    if skipped:
        for line in _skipped_lines(events.skipped, events.unplaced()):
            click.echo(line)
        finish(job, events)
        return
    chosen = list(events)
    if event_id:
        chosen = [event for event in chosen if event.id.startswith(event_id)]
        if not chosen:
            raise InputError(f"no event {event_id!r} among {len(list(events))}; `geo events` lists their ids")
    for event in chosen:
        click.echo("\n".join(explain(event)) + "\n")
    finish(job, events)


def explain(event: Event) -> Iterator[str]:
    """The lines that tell why an event is what it is."""
    yield f"{event.id}  {event.type}  {event.status}  {dates(event.when)}"
    yield f'  "{one_line(event.quote)}"'
    yield f"  in: {source(event.report)}, characters {event.char_start}-{event.char_end}"
    yield f"  event: {one_line(event.why)}" if event.why else f"  event: '{one_line(event.trigger)}' says so"
    said = [f"{label} {one_line(who)}" for label, who in (("said by", event.said_by), ("from", event.origin)) if who]
    if said:
        yield f"  {', '.join(said)}"
    yield f"  date: {basis(event)}"
    resolution = event.resolution
    if resolution is None:
        yield "  place: none is named for it"
    else:
        where = f"{resolution.place.name} ({resolution.place.id})" if resolution.place else "not known"
        at = "" if resolution.lon is None else f", lat={resolution.lat:.4f} lon={resolution.lon:.4f}"
        yield f"  place: '{one_line(resolution.mention.text)}' -> {where}{at}, score {resolution.score:.2f}"
        yield f"    {one_line(resolution.why)}"
        others = [c for c in resolution.candidates if c.place != resolution.place][:CANDIDATES_SHOWN]
        for candidate in others:
            other = f"{candidate.place.name} ({candidate.place.id})"
            yield f"    not {other}, {candidate.score:.2f}: {one_line(candidate.why)}"
    for party in event.parties:
        yield f"  {party.role}: {one_line(party.name)}" + (f" ({party.id})" if party.id else "")
    for toll in event.tolls:
        yield f"  {toll.kind}: {number_range(toll.low, toll.high)}"
    yield f"  confidence: {event.confidence:.2f}"


def dates(when: When) -> str:
    """The dates in short.

    >>> dates(When(None, None))
    'no date'
    """
    if when.earliest is None:
        return f"before {when.latest}" if when.latest else "no date"
    if when.latest is None or when.latest == when.earliest:
        return str(when.earliest)
    return f"{when.earliest}..{when.latest}"


def basis(event: Event) -> str:
    """How the date is known."""
    when, report = event.when, event.report
    published = f"published {report.published}" if report.published else "publication date unknown"
    words = {
        "stated": "stated in the text",
        "relative": f"counted from the report's date ({published})",
        "context": f"from the text around it ({published})",
        "published": f"no date in the text ({published})",
    }.get(when.basis, when.basis)
    return f"{dates(when)}, {words}" + (f": '{one_line(when.text)}'" if when.text else "")


def source(report: Report) -> str:
    """Where a report comes from, in short."""
    parts = [report.source_file, report.source_id, report.title, report.outlet]
    return ", ".join(one_line(part) for part in parts if part)


def number_range(low: int | None, high: int | None) -> str:
    """A vague number in words.

    >>> number_range(2, None), number_range(3, 3), number_range(None, 9)
    ('at least 2', '3', 'at most 9')
    """
    if low == high:
        return "unknown" if low is None else str(low)
    if high is None:
        return f"at least {low}"
    return f"at most {high}" if low is None else f"{low} to {high}"


def _skipped_lines(skipped: list[Skipped], unplaced: list[tuple[Event, str]]) -> Iterator[str]:
    for item in skipped:
        yield f"{one_line(item.reason)}\n  '{one_line(item.trigger)}' in: \"{one_line(item.sentence)}\""
        start, end = item.report.offset + item.span.start, item.report.offset + item.span.end
        yield f"  {source(item.report)}, characters {start}-{end}\n"
    for event, why in unplaced:
        yield f'not on the map: {one_line(why)}\n  {event.type} {event.id}: "{one_line(event.quote)}"'
        yield f"  {source(event.report)}, characters {event.char_start}-{event.char_end}\n"
