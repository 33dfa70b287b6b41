"""What the statements of one incident agree on: type, status, days, place, tolls, parties, and how sure we may be."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from functools import cache

from geo.incidents.claims import claims
from geo.incidents.conflicts import conflicts, disjoint
from geo.incidents.facts import AREA_M, IdOf, SideOf
from geo.incidents.figures import figures
from geo.incidents.rules import Rules
from geo.incidents.sources import Voices, verification
from geo.model import Event, Incident, Party, Resolution, Toll, When
from geo.text import fold

STATUSES = ("reported", "claimed", "planned", "background")  # an incident takes the first that any statement has
ABOUT_AS_SURE = 0.15  # among places scored this close to the best, the one most statements support wins
DOUBT_LEFT = 0.5  # what each further source leaves of the doubt; of 37 coded incidents with several, 36 had a right row
MOST = 0.98  # no incident is certain, unless a person said so
BASES = ("stated", "relative", "context", "published")  # a stated day beats one that is inferred


def incident(
    events: Sequence[Event],
    *,
    rules: Rules,
    side_of: SideOf | None = None,
    id_of: IdOf | None = None,
    note: str | None = None,
) -> Incident:
    """One incident from its statements, which come in the order of publication; the first gives it its id."""
    kind, parent = _type(events, rules)
    resolution = _resolution(events)
    voices = Voices(events, id_of=id_of)
    witnesses = len(voices.witnesses(events))
    found = conflicts(events, rules=rules, side_of=side_of, voices=voices)
    return Incident(
        id=events[0].id,
        events=tuple(events),
        type=kind,
        parent_type=parent,
        status=_status(events),
        when=_when(events),
        resolution=resolution,
        tolls=_tolls(events),
        verification=verification(
            events, voices=voices, side_of=side_of, contested=any(c.field == "control" for c in found)
        ),
        claims=claims(events, rules=rules),
        conflicts=found,
        confidence=confidence(events, witnesses),
        why=_why(events, resolution, note, witnesses, [c.field for c in found]),
        parties=_parties(events),
    )


def confidence(events: Sequence[Event], witnesses: int) -> float:
    """How likely at least one statement is right as a whole: the best one, raised by each further independent source.

    Statements of one source repeat each other's errors, and ours in reading them, so they add nothing.
    """
    best = max(event.confidence for event in events)
    further = max(0, witnesses - 1)
    return max(best, round(min(MOST, 1 - (1 - best) * DOUBT_LEFT**further), 2))


def _status(events: Sequence[Event]) -> str:
    statuses = {event.status for event in events}
    return next((status for status in STATUSES if status in statuses), "denied")


def _type(events: Sequence[Event], rules: Rules) -> tuple[str, str | None]:
    """The type that most statements support: a parent supports its children, and so on by `together`."""
    parents = {event.type: event.parent_type for event in events}

    def supports(event: Event, kind: str) -> bool:
        if event.type == kind or parents[kind] == event.type:
            return True
        pair = rules.together.get(frozenset((event.type, kind)))
        return pair is not None and pair.tells == kind

    votes = {kind: sum(supports(event, kind) for event in events) for kind in parents}
    given = {kind: sum(event.type == kind for event in events) for kind in parents}
    kind = max(parents, key=lambda kind: (votes[kind], parents[kind] is not None, given[kind]))
    return kind, parents[kind]


def _when(events: Sequence[Event]) -> When:
    """The most precise date that most statements support; a wider or open date supports every date inside it."""

    told = Counter((event.when.earliest, event.when.latest) for event in events)

    @cache
    def support(earliest: dt.date | None, latest: dt.date | None) -> int:
        return sum(times for wider, times in told.items() if _inside(When(earliest, latest), When(*wider)))

    def rank(when: When) -> tuple[int, int, int]:
        days = (when.latest - when.earliest).days if when.earliest and when.latest else 10**6
        basis = BASES.index(when.basis) if when.basis in BASES else len(BASES)
        return -support(when.earliest, when.latest), days, basis

    dated = [event.when for event in events if event.when.earliest]
    if dated:
        return min(dated, key=rank)
    return min((event.when for event in events), key=lambda when: when.latest or dt.date.max)


def _inside(when: When, wider: When) -> bool:
    if wider.earliest and when.earliest and wider.earliest > when.earliest:
        return False
    return not (wider.latest and when.latest and wider.latest < when.latest)


def _resolution(events: Sequence[Event]) -> Resolution | None:
    """The best scored place; among those about as good the one most statements support, then the most precise."""
    placed = [event.resolution for event in events if event.resolution is not None and event.resolution.place]
    if not placed:
        return next((event.resolution for event in events if event.resolution is not None), None)
    good = max(resolution.score for resolution in placed) - ABOUT_AS_SURE

    told = Counter((r.place.id, r.place.within) for r in placed if r.place)

    @cache
    def support(place_id: str, within: tuple[str, ...]) -> int:
        return sum(times for (other, _), times in told.items() if other == place_id or other in within)

    def rank(resolution: Resolution) -> tuple[int, float, float]:
        radius_m = resolution.radius_m
        if radius_m is None:
            radius_m = resolution.place.radius_m if resolution.place else AREA_M
        place = resolution.place
        return -support(place.id, place.within) if place else 0, radius_m, -resolution.score

    return min((resolution for resolution in placed if resolution.score >= good), key=rank)


def _tolls(events: Sequence[Event]) -> tuple[Toll, ...]:
    """The widest range of the figures given: "at least five" and "seven" are 5-7; "two" and "at least five", 2-open.

    A statement without a figure says nothing; a bound that nobody gives stays open. Figures for a part of the victims,
    or for more than this day, count only where no other is given.
    """
    told = [figure for event in events for figure in figures(event)]
    widest = []
    for kind in ("killed", "injured"):
        of_kind = [figure for figure in told if figure.kind == kind]
        tolls = [figure for figure in of_kind if figure.share == "all"] or of_kind
        lows = [toll.low for toll in tolls if toll.low is not None]
        highs = [toll.high for toll in tolls if toll.high is not None]
        if not lows and not highs:
            continue
        high = max(highs, default=None)
        if high is not None and lows and max(lows) > high:
            high = None
        widest.append(Toll(kind, min(lows, default=None), high))
    return tuple(widest)


def _parties(events: Sequence[Event]) -> tuple[Party, ...]:
    parties: dict[tuple[str, str], Party] = {}
    for event in events:
        if event.status == "denied" and len(events) > 1:
            continue  # who denies is not thereby who did it
        for party in event.parties:
            parties.setdefault((party.id or fold(party.name), party.role), party)
    return tuple(parties.values())


def _why(
    events: Sequence[Event], resolution: Resolution | None, note: str | None, witnesses: int, fields: Sequence[str]
) -> str:
    """One sentence: how many statements, of how many sources, why they are one, on what they differ."""
    reports = len({event.report.id for event in events})
    place = resolution.place.name if resolution and resolution.place else None
    if len(events) == 1:
        alone = f"the only statement of it; {note}" if note else "the only statement of it"
        reason = f": {events[0].why.rstrip('.')}" if events[0].why else ""
        return f"{alone[0].upper()}{alone[1:]}{reason}."
    count = f"{len(events)} statements in {reports} report{'s' if reports > 1 else ''} ("
    count += f"{witnesses} source{'s' if witnesses != 1 else ''})"
    types = " and ".join(sorted({event.type.replace("_", " ") for event in events}))
    told = f" of {types}{f' at {place}' if place else ''}"
    joined = f", {note}" if note else ""
    differ = f"; they differ on {' and '.join(dict.fromkeys(fields))}" if fields else ""
    return f"{count}{told}{joined}{differ}."


__all__ = ["disjoint", "incident"]
