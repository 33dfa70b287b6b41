"""What merging needs to know of an event, worked out once: when, where, who, how many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from geo.incidents.actors import identity
from geo.incidents.figures import Figure, figures
from geo.model import Event, Party

SideOf = Callable[[str], str | None]
IdOf = Callable[[str], str | None]
WATCHING = "independent"  # the side of those who watch, help and report: it does nothing and accuses nobody
OWN_BASES = frozenset({"stated", "relative"})  # other dates were said of something else, or of nothing
REACH_DAYS = 14  # an undated current statement tells of the last two weeks: older news is told with its date
BACKGROUND_REACH_DAYS = 800  # an undated earlier chapter may lie two years back
AREA_M = 20_000  # up to here a place is a town, city or district; a wider one (a province, a country) names no scene
DAY_LEVELS = (1, 7, 31, 366)  # widths in days: a day, about a week, a month, a year; beyond, or open: vaguer still
PLACE_LEVELS_M = (3_000, AREA_M)  # a town or smaller, a district, anything wider


@dataclass(frozen=True, slots=True)
class Facts:
    """One event as the comparison sees it; `low` and `high` bound its days, also where the start is `open`.

    `carried`: the date was not said of this event, but of another one told with it, or is that of the report.
    """

    event: Event
    low: dt.date
    high: dt.date
    open: bool
    carried: bool
    place_id: str | None
    within: frozenset[str]
    lon: float | None
    lat: float | None
    radius_m: float
    relation: str
    initiators: frozenset[str]
    sides: frozenset[str]
    target_sides: frozenset[str]
    speaker_side: str | None
    figures: tuple[Figure, ...]

    @property
    def days(self) -> int:
        """How many days the dates span."""
        return (self.high - self.low).days + 1

    @property
    def is_day(self) -> bool:
        """Whether one day is stated."""
        return not self.open and self.low == self.high

    @property
    def vagueness(self) -> int:
        """0 for a day in a town; one more for each step to a week, month, year, open date; district, province."""
        date = len(DAY_LEVELS) if self.open else sum(self.days > width for width in DAY_LEVELS)
        return date + sum(self.radius_m > width for width in PLACE_LEVELS_M)


def facts(event: Event, *, side_of: SideOf | None = None) -> Facts:
    """What merging needs to know of an event; `side_of` tells the side of a party or speaker by name or id."""
    low, high, is_open = _days(event)
    resolution, place = event.resolution, event.place
    lon = lat = None
    radius_m = 0.0
    if resolution is not None and place is not None:
        lon = place.lon if resolution.lon is None else resolution.lon
        lat = place.lat if resolution.lat is None else resolution.lat
        radius_m = place.radius_m if resolution.radius_m is None else resolution.radius_m
    initiators = [party for party in event.parties if party.role == "initiator"]
    speaker = event.origin or event.said_by
    return Facts(
        event=event,
        low=low,
        high=high,
        open=is_open,
        carried=not is_open and event.when.basis not in OWN_BASES,
        place_id=place.id if place else None,
        within=frozenset(place.within) if place else frozenset(),
        lon=lon,
        lat=lat,
        radius_m=radius_m,
        relation=resolution.mention.relation if resolution else "at",
        initiators=frozenset(identity(party) for party in initiators),
        sides=_sides(initiators, side_of),
        target_sides=_sides([party for party in event.parties if party.role == "target"], side_of),
        speaker_side=_taken(side_of(speaker)) if side_of and speaker else None,
        figures=figures(event),
    )


def order(event: Event) -> tuple[object, ...]:
    """Earliest published first, then by source and place in it: the order in which statements name their incident."""
    report = event.report
    return (
        report.published or dt.date.max,
        report.source_file,
        report.source_id or "",
        event.char_start,
        event.char_end,
        event.type,
        event.place.id if event.place else "",
        event.id,
    )


def side(party: Party, side_of: SideOf | None) -> str | None:
    """The side of a party, by its id or else its name."""
    if side_of is None:
        return None
    return (side_of(party.id) if party.id else None) or side_of(party.name)


def _sides(parties: list[Party], side_of: SideOf | None) -> frozenset[str]:
    return frozenset(found for party in parties if (found := _taken(side(party, side_of))))


def _taken(side: str | None) -> str | None:
    return None if side == WATCHING else side


def _days(event: Event) -> tuple[dt.date, dt.date, bool]:
    """The bounds of an event's days; an unknown start reaches back some way from the upper bound."""
    when, published = event.when, event.report.published
    if when.earliest is not None:
        return when.earliest, max(when.earliest, when.latest or when.earliest), False
    high = when.latest or published or dt.date.max
    reach = BACKGROUND_REACH_DAYS if event.status == "background" else REACH_DAYS
    low = dt.date.fromordinal(max(1, high.toordinal() - reach))
    return low, high, True
