"""When something found counts as right: the same words, an accepted type, place, date and status."""

from __future__ import annotations

import math
from datetime import timedelta

from geo.score.found import Found, LatLon, status_group
from geo.score.gold import Gold, GoldDate, GoldEvent, Trap

LONGEST_QUOTE = 700  # characters: a quote is a sentence, not a page
SAME_DAYS_AGO = timedelta(days=14)  # for an event without a date, any day in the fortnight before publication will do
UNSURE_KM = 40.0  # where the coders were unsure of the point
TOWN_KM = 5.0
TOLERANCE_KM: dict[str | None, float] = {"district": 25, "region": 60, "governorate": 80, "country": math.inf}
FAR_KM = 50.0  # a pin this far beyond the tolerance misleads
PARENTS = {"barrel_bomb": "air_strike", "drone_strike": "air_strike", "suicide_bombing": "ied_explosion"}
_KNOWN = frozenset(PARENTS) | frozenset(PARENTS.values())


def distance_km(a: LatLon, b: LatLon) -> float:
    """Great-circle distance of two (lat, lon) pairs.

    >>> round(distance_km((33.513, 36.292), (36.202, 37.161)))
    309
    """
    north_a, north_b = math.radians(a[0]), math.radians(b[0])
    up, across = north_b - north_a, math.radians(b[1] - a[1])
    half = math.sin(up / 2) ** 2 + math.cos(north_a) * math.cos(north_b) * math.sin(across / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(half)))


def tolerance_km(event: GoldEvent) -> float:
    """How far from an accepted point is still right: what is vague in the text may be far."""
    return TOLERANCE_KM.get(event.place_precision, TOWN_KM)


def same_words(found: Found, event: GoldEvent) -> bool:
    """Both share at least half of the shorter of the two, and the quote is no longer than a sentence."""
    size = found.end - found.start
    shared = min(found.end, event.end) - max(found.start, event.start)
    return 0 < size <= LONGEST_QUOTE and 2 * shared >= min(size, event.end - event.start)


def overlaps(found: Found, passage: GoldEvent | Trap, gold: Gold) -> bool:
    """Both have at least one character in common."""
    return same_record(found, passage, gold) and found.start < passage.end and passage.start < found.end


def same_record(found: Found, passage: GoldEvent | Trap, gold: Gold) -> bool:
    """Both stand in the same record of a table; in a plain text file everything does."""
    return not gold.by_record or found.record == passage.report


def type_right(found: Found, event: GoldEvent) -> bool:
    """An accepted type, its parent, or a type the coders do not know whose parent is accepted."""
    own = found.type not in _KNOWN and found.parent_type in event.types
    return own or any(found.type in (accepted, PARENTS.get(accepted)) for accepted in event.types)


def place_right(found: Found, event: GoldEvent) -> bool:
    """The point lies within the tolerance of an accepted point; where the text gives none, anything will do."""
    if not event.points:
        return True
    if event.unsure_point:
        return found.point is None or _nearest_km(found.point, event) <= UNSURE_KM
    tolerance = tolerance_km(event)
    return tolerance == math.inf or (found.point is not None and _nearest_km(found.point, event) <= tolerance)


def far_off(found: Found, event: GoldEvent) -> bool:
    """The pin misleads: it lies far from every accepted point."""
    return bool(event.points and found.point) and _nearest_km(found.point, event) > FAR_KM + tolerance_km(event)


def _nearest_km(point: LatLon | None, event: GoldEvent) -> float:
    return min(distance_km(point, accepted) for accepted in event.points) if point else math.inf


def date_right(found: Found, event: GoldEvent) -> bool:
    """The same day; for a vaguer date an overlapping interval that is no wider than needed."""
    only_undated = not any(date.first for date in event.dates)
    return any(
        _undated_right(found, event, only_undated) if date.first is None else _dated_right(found, date)
        for date in event.dates
    )


def _undated_right(found: Found, event: GoldEvent, only_undated: bool) -> bool:
    if found.first is None:
        return True
    if not only_undated or event.published is None:
        return False
    return timedelta(0) <= event.published - found.first <= SAME_DAYS_AGO


def _dated_right(found: Found, date: GoldDate) -> bool:
    if found.first is None or date.first is None:
        return False
    last, until = found.last or found.first, date.last or date.first
    if date.is_day:
        return found.first == date.first == last
    widest = 2 * (until - date.first).days + 3
    return found.first <= until and date.first <= last and (last - found.first).days <= widest


def status_right(found: Found, event: GoldEvent) -> bool:
    """The status is in the group of an accepted one."""
    return found.status_group in status_groups(event)


def status_groups(event: GoldEvent) -> set[str]:
    """The groups of the accepted statuses."""
    return {status_group(status) for status in event.statuses}
