"""Where the sources of one incident contradict each other, found by rules over values, never by wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import combinations

from geo.incidents.actors import ActorNames
from geo.incidents.claims import control_value, date_value, speaker
from geo.incidents.compare import distance_m
from geo.incidents.facts import OWN_BASES, IdOf, SideOf, facts
from geo.incidents.figures import Figure, clash, figures
from geo.incidents.rules import Rules
from geo.incidents.sources import Voices
from geo.model import Claim, Conflict, Event, When
from geo.text import fold

Clash = Callable[[Event, Event], bool]
Value = Callable[[Event], str | None]


def conflicts(
    events: Sequence[Event],
    *,
    rules: Rules,
    side_of: SideOf | None = None,
    id_of: IdOf | None = None,
    voices: Voices | None = None,
) -> tuple[Conflict, ...]:
    """The fields on which sources differ so that both cannot be right, each with the claims that differ.

    Dates and tolls clash where their ranges do not touch; types where neither is a kind of the other (unless the rules
    say that they only name parts of one thing); places where neither holds the other and their circles do not touch;
    actors where initiators belong to different sides, or somebody denies; control where a change of hands is denied.
    One voice never contradicts itself: what it says later is news, what it says beside is a part.
    """
    if len(events) < 2:
        return ()
    field = _Fields(events, voices or Voices(events, id_of=id_of))
    names = ActorNames(events)
    found = [
        field.conflict(
            "date",
            lambda event: _own_date(event, rules),
            lambda one, other: disjoint(one.when, other.when),
            lambda event: (event.when.earliest, event.when.latest),
        ),
        field.toll(),
        field.conflict(
            "type",
            lambda event: event.type,
            lambda one, other: _types_clash(one, other, rules),
            lambda event: (event.type, event.status, event.trigger, rules.means_not_of(event)),
        ),
        field.conflict(
            "place",
            lambda event: event.place.name if event.place else None,
            lambda one, other: not {one.type, other.type} & rules.mutual and _places_clash(one, other),
            lambda event: (event.place and event.place.id, _site(event)),
        ),
        field.conflict(
            "control",
            control_value,
            lambda one, other: _control_clash(one, other, rules),
            lambda event: (event.type, event.status),
        ),
        field.conflict(
            "actor",
            names.value,
            _actors_clash(events, rules, side_of),
            lambda event: (event.type, event.status, event.parties),
        ),
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


class _Fields:
    """The statements of an incident, compared field by field; those that say the same are compared once."""

    def __init__(self, events: Sequence[Event], voices: Voices) -> None:
        self._events, self._voices = events, voices

    def conflict(self, field: str, value: Value, clash: Clash, says: Callable[[Event], Hashable]) -> Conflict | None:
        """The claims of the statements that clash with one in another voice; what `says` the same is compared once."""
        told = [(event, value(event), says(event)) for event in self._events if value(event) is not None]
        alike: dict[Hashable, list[Event]] = defaultdict(list)
        for event, _, same in told:
            alike[same].append(event)
        part = self._part(alike, lambda mine, theirs: clash(alike[mine][0], alike[theirs][0]))
        return _listed(field, ((event, claimed) for event, claimed, same in told if same in part))

    def toll(self) -> Conflict | None:
        """The figures that clash with one in another voice."""
        alike: dict[Hashable, list[Event]] = defaultdict(list)
        told: list[tuple[Event, Figure, Hashable]] = []
        scopes: dict[Hashable, tuple[Figure, Event]] = {}
        for event in self._events:
            for figure in figures(event):
                key = (figure, event.place.id if event.place else None, event.when.earliest, event.when.latest)
                alike[key].append(event)
                scopes.setdefault(key, (figure, event))
                told.append((event, figure, key))
        part = self._part(alike, lambda mine, theirs: _tolls_clash(*scopes[mine], *scopes[theirs]))
        return _listed("toll", ((event, figure.value) for event, figure, key in told if key in part))

    def _part(self, alike: dict[Hashable, list[Event]], clash: Callable[[Hashable, Hashable], bool]) -> set[Hashable]:
        """Those of the groups that clash with another one in another voice."""
        part: set[Hashable] = set()
        for mine, theirs in combinations(alike, 2):
            if mine in part and theirs in part:
                continue
            if clash(mine, theirs) and self._voices.differ((*alike[mine], *alike[theirs])):
                part |= {mine, theirs}
        return part


def _site(event: Event) -> Hashable:
    return (event.resolution.lon, event.resolution.lat, event.resolution.radius_m) if event.resolution else None


def _listed(field: str, told: Iterable[tuple[Event, str | None]]) -> Conflict | None:
    claims: dict[tuple[str | None, str], Claim] = {}
    for event, value in told:
        if value is not None:
            claims.setdefault((speaker(event), value), Claim(speaker(event), field, value, event.id))
    return Conflict(field, tuple(claims.values())) if claims else None


def _own_date(event: Event, rules: Rules) -> str | None:
    """The date that a statement gives of its event: not one carried over, nor a day out of a state that goes on."""
    if event.when.basis not in OWN_BASES or event.type in rules.lasting:
        return None
    return date_value(event.when)


def _tolls_clash(mine: Figure, one: Event, theirs: Figure, other: Event) -> bool:
    """Whether two figures cannot both be right, given that more may die in a wider area or a longer time."""
    if not clash(mine, theirs) or _side_by_side(one, other):
        return False
    if _wider(one, other):
        mine, theirs = theirs, mine
    elif not _wider(other, one):
        return True
    return not (mine.high is not None and theirs.low is not None and mine.high < theirs.low)


def _side_by_side(one: Event, other: Event) -> bool:
    """Whether one report counts in its own voice and in another's without going back to the first: parts, mostly."""
    own = any(event.said_by is None and event.origin is None for event in (one, other))
    return own and one.report.id == other.report.id and not (one.refers_back or other.refers_back)


def _wider(one: Event, other: Event) -> bool:
    """Whether the first tells of a wider area, or of a longer time, than the second."""
    if one.place and other.place and one.place.id in other.place.within:
        return True
    days = [
        (event.when.latest - event.when.earliest).days if event.when.earliest and event.when.latest else None
        for event in (one, other)
    ]
    return days[0] is not None and days[1] is not None and days[0] > days[1]


def _types_clash(one: Event, other: Event, rules: Rules) -> bool:
    if one.type == other.type or "denied" in (one.status, other.status):
        return False
    if one.parent_type == other.type:
        return one.type in rules.means_not_of(other)
    if other.parent_type == one.type:
        return other.type in rules.means_not_of(one)
    pair = rules.pair(one, other)
    return pair is None or (pair.differ and not pair.vague(one, other))


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


def _actors_clash(events: Sequence[Event], rules: Rules, side_of: SideOf | None) -> Clash:
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

    return clash


def _shorter(one: str, other: str) -> bool:
    """Whether one name is a shorter form of the other ("the front", "the northern front")."""
    mine, theirs = set(fold(one).split()) - {"the"}, set(fold(other).split()) - {"the"}
    return mine <= theirs or theirs <= mine
