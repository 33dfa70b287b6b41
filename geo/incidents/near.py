"""Which statements are near enough in place and week to be worth comparing; all other pairs are never looked at."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence

from geo.incidents.facts import AREA_M, Facts
from geo.incidents.rules import Rules

CELL_DEG = 0.1  # about 11 km: most towns share one cell with all that is near them
METRES_PER_DEG = 111_320
WIDEST_M = 100_000  # a country holds every event of its week: it is compared with itself only
Key = tuple[object, ...]


def pairs(all_facts: Sequence[Facts], rules: Rules, *, within_m: float, within_days: int) -> Iterator[tuple[int, int]]:
    """Index pairs (i < j), each once, in order: same place, one inside the other, or circles that touch; weeks too.

    Events without a place meet those of their own report only.
    """
    shelves: dict[Key, list[int]] = defaultdict(list)
    for j, facts in enumerate(all_facts):
        cells = _cells(facts, within_m)
        met: set[int] = set()
        for week in _weeks(facts, 0):
            for key in (*cells, *_visits(facts)):
                met.update(shelves.get((week, *key), ()))
        for i in sorted(met):
            yield i, j
        slack_days = max(within_days, rules.patience_days(facts.event.type))
        for week in _weeks(facts, slack_days):
            for key in (*cells, *_homes(facts)):
                shelves[(week, *key)].append(j)


def _weeks(facts: Facts, slack_days: int) -> range:
    return range((facts.low.toordinal() - slack_days) // 7, (facts.high.toordinal() + slack_days) // 7 + 1)


def _homes(facts: Facts) -> list[Key]:
    """The shelves an event lies on, beside its cells."""
    report = facts.event.report.id
    if facts.place_id is None:
        return [("placeless", report)]
    keys: list[Key] = [("place", facts.place_id), ("placed", report)]
    if facts.radius_m <= WIDEST_M:
        keys.append(("outer", facts.place_id))
    keys += [("inner", outer) for outer in sorted(facts.within)]
    return keys


def _visits(facts: Facts) -> list[Key]:
    """The shelves where an event looks for its like, beside its cells."""
    report = facts.event.report.id
    if facts.place_id is None:
        return [("placeless", report), ("placed", report)]
    keys: list[Key] = [("place", facts.place_id), ("placeless", report)]
    if facts.radius_m <= WIDEST_M:
        keys.append(("inner", facts.place_id))
    keys += [("outer", outer) for outer in sorted(facts.within)]
    return keys


def _cells(facts: Facts, within_m: float) -> list[Key]:
    """The grid cells that the event's circle touches, half of `within_m` added: circles that touch share a cell."""
    if facts.lon is None or facts.lat is None:
        return []
    reach_m = min(facts.radius_m, AREA_M) + within_m / 2
    lat_deg = reach_m / METRES_PER_DEG
    lon_deg = min(180.0, lat_deg / max(0.01, math.cos(math.radians(min(89.0, abs(facts.lat) + lat_deg)))))
    columns = round(360 / CELL_DEG)
    xs = range(math.floor((facts.lon - lon_deg) / CELL_DEG), math.floor((facts.lon + lon_deg) / CELL_DEG) + 1)
    ys = range(math.floor((facts.lat - lat_deg) / CELL_DEG), math.floor((facts.lat + lat_deg) / CELL_DEG) + 1)
    return [("cell", x, y) for x in sorted({x % columns for x in xs}) for y in ys]
