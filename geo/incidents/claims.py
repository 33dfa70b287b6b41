"""The ledger of an incident: each source's word on each field, in plain values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from geo.incidents.actors import ActorNames
from geo.incidents.facts import OWN_BASES
from geo.incidents.figures import figures
from geo.incidents.rules import Rules
from geo.model import Claim, Event, When


def claims(events: Sequence[Event], *, rules: Rules) -> tuple[Claim, ...]:
    """What each source says of date, toll, type, place, control and actor; the same word of the same source once."""
    names = ActorNames(events)
    dated = any(event.when.basis in OWN_BASES for event in events)
    ledger: dict[tuple[str, str, str], Claim] = {}
    for event in events:
        said_by = speaker(event)
        for field, value in _values(event, rules, names):
            if field == "date" and dated and event.when.basis not in OWN_BASES:
                continue  # carried over from another event: not this source's word
            who = said_by or f"\0{event.report.id}"  # two unnamed outlets are two sources
            ledger.setdefault((who, field, value), Claim(said_by, field, value, event.id))
    return tuple(ledger.values())


def speaker(event: Event) -> str | None:
    """Who says so, as printed; the outlet where it speaks in its own voice; None where neither is known."""
    return event.said_by or event.report.outlet


def date_value(when: When) -> str | None:
    """A date as a claim: "2014-04-11", "2014-04-11/2014-04-13", "before 2014-04-14"; None where nothing is said.

    >>> import datetime as dt
    >>> date_value(When(dt.date(2014, 4, 11), dt.date(2014, 4, 13), "range"))
    '2014-04-11/2014-04-13'
    """
    if when.earliest is None:
        return None
    if when.latest is None or when.latest == when.earliest:
        return when.earliest.isoformat()
    return f"{when.earliest.isoformat()}/{when.latest.isoformat()}"


def _values(event: Event, rules: Rules, names: ActorNames) -> Iterator[tuple[str, str]]:
    if value := date_value(event.when):
        yield "date", value
    for figure in figures(event):
        if value := figure.value:
            yield "toll", value
    if event.status != "denied":
        yield "type", event.type
    if event.place is not None:
        yield "place", event.place.name
    if event.type in rules.control:
        yield "control", control_value(event)
    if value := names.value(event):
        yield "actor", value


def control_value(event: Event) -> str:
    """Whether the place changed hands, as this statement has it."""
    changed = event.type.replace("_", " ")
    return f"no {changed}" if event.status == "denied" else changed
