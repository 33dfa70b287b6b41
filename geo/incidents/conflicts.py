"""Where the sources of one incident contradict each other, found by rules over values, never by wording."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations

from geo.incidents.claims import actor_value, control_value, date_value, speaker, toll_value
from geo.incidents.compare import distance_m
from geo.incidents.facts import SideOf, facts
from geo.incidents.rules import Rules
from geo.model import Claim, Conflict, Event, Toll, When
from geo.text import fold

Clash = Callable[[Event, Event], bool]


def conflicts(events: Sequence[Event], *, rules: Rules, side_of: SideOf | None = None) -> tuple[Conflict, ...]:
    """The fields on which statements differ so that both cannot be true, each with the claims that differ.

    Dates and tolls clash where their ranges do not touch; types where neither is a kind of the other (unless the rules
    say that they only name parts of one thing); places where neither holds the other and their circles do not touch;
    actors where initiators belong to different sides, or somebody denies; control where a change of hands is denied.
    """
    if len(events) < 2:
        return ()
    found = [
        _conflict("date", events, lambda one, other: disjoint(one.when, other.when), lambda e: date_value(e.when)),
        _toll_conflict(events),
        _conflict("type", events, lambda one, other: _types_clash(one, other, rules), lambda event: event.type),
        _conflict("place", events, _places_clash, lambda event: event.place.name if event.place else None),
        _conflict("control", events, lambda one, other: _control_clash(one, other, rules), control_value),
        _actor_conflict(events, rules, side_of),
    ]
    return tuple(conflict for conflict in found if conflict is not None)


def disjoint(one: When, other: When) -> bool:
    """Whether two dates cannot both be right; an unknown start or end is open.

    >>> import datetime as dt
    >>> disjoint(When(dt.date(2014, 4, 9), dt.date(2014, 4, 9)), When(dt.date(2014, 4, 13), dt.date(2014, 4, 13)))
    True
    """
    first = bool(one.latest and other.earliest and one.latest < other.earliest)
    return first or bool(other.latest and one.earliest and other.latest < one.earliest)


def _conflict(
    field: str, events: Sequence[Event], clash: Clash, value: Callable[[Event], str | None]
) -> Conflict | None:
    told = [event for event in events if value(event) is not None]
    alike = {_says(event): event for event in reversed(told)}  # the first of those that say the same
    pairs = combinations(alike.values(), 2)
    part = {_says(event) for one, other in pairs if clash(one, other) for event in (one, other)}
    return _listed(field, ((event, value(event)) for event in told if _says(event) in part))


def _says(event: Event) -> tuple[object, ...]:
    """What a statement says of type, date, place and parties; those that say the same are compared once."""
    site = (event.resolution.lon, event.resolution.lat, event.resolution.radius_m) if event.resolution else None
    place_id = event.place.id if event.place else None
    when = event.when
    return event.type, event.parent_type, event.status, when.earliest, when.latest, place_id, site, event.parties


def _listed(field: str, told: Iterator[tuple[Event, str | None]]) -> Conflict | None:
    claims: dict[tuple[str | None, str], Claim] = {}
    for event, value in told:
        if value is not None:
            claims.setdefault((speaker(event), value), Claim(speaker(event), field, value, event.id))
    return Conflict(field, tuple(claims.values())) if claims else None


def _toll_conflict(events: Sequence[Event]) -> Conflict | None:
    tolls = [(event, toll) for event in events for toll in event.tolls]
    figures = {(toll.kind, toll.low, toll.high): toll for _, toll in tolls}
    pairs = combinations(figures.values(), 2)
    part = {
        (toll.kind, toll.low, toll.high) for one, other in pairs if _tolls_clash(one, other) for toll in (one, other)
    }
    return _listed("toll", ((e, toll_value(t)) for e, t in tolls if (t.kind, t.low, t.high) in part))


def _tolls_clash(one: Toll, other: Toll) -> bool:
    if one.kind != other.kind:
        return False
    return any(a.high is not None and b.low is not None and a.high < b.low for a, b in ((one, other), (other, one)))


def _types_clash(one: Event, other: Event, rules: Rules) -> bool:
    if one.type == other.type or "denied" in (one.status, other.status):
        return False
    if one.parent_type == other.type or other.parent_type == one.type:
        return False
    pair = rules.pair(one, other)
    return pair is None or pair.differ


def _places_clash(one: Event, other: Event) -> bool:
    if one.place is None or other.place is None or one.place.id == other.place.id:
        return False
    if one.place.id in other.place.within or other.place.id in one.place.within:
        return False
    mine, theirs = facts(one), facts(other)
    return distance_m(mine, theirs) > mine.radius_m + theirs.radius_m


def _control_clash(one: Event, other: Event, rules: Rules) -> bool:
    if one.type not in rules.control or other.type not in rules.control:
        return False
    return (one.status == "denied") != (other.status == "denied")


def _actor_conflict(events: Sequence[Event], rules: Rules, side_of: SideOf | None) -> Conflict | None:
    """Initiators of different sides; where the sides are not known, initiators that no statement names together."""
    allies = {frozenset(pair) for event in events for pair in combinations(sorted(facts(event).initiators), 2)}

    def clash(one: Event, other: Event) -> bool:
        if {one.type, other.type} & rules.control.keys() and "denied" in (one.status, other.status):
            return False  # listed under control
        if (one.status == "denied") != (other.status == "denied"):
            return True
        if {one.type, other.type} & rules.mutual or "denied" in (one.status, other.status):
            return False
        mine, theirs = facts(one, side_of=side_of), facts(other, side_of=side_of)
        if mine.sides and theirs.sides:
            return not mine.sides & theirs.sides
        if not mine.initiators or not theirs.initiators or side_of is not None:
            return False
        return not any(
            a == b or frozenset((a, b)) in allies or _shorter(a, b) for a in mine.initiators for b in theirs.initiators
        )

    return _conflict("actor", events, clash, actor_value)


def _shorter(one: str, other: str) -> bool:
    """Whether one name is a shorter form of the other ("the front", "the northern front")."""
    mine, theirs = set(fold(one).split()) - {"the"}, set(fold(other).split()) - {"the"}
    return mine <= theirs or theirs <= mine
