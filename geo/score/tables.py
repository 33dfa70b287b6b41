"""Against the big hand-coded tables: incidents compared with the rows of an ACLED or UCDP GED shaped CSV.

Their rows have no sentences, so an incident is right when it lies close enough, its dates overlap, and its type is of
the same kind. The tables draw on more sources than the reports at hand: recall says how much of them the reports tell.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.others import read_coded
from geo.score.figures import rates
from geo.score.found import CURRENT, LatLon, day, point_of
from geo.score.right import distance_km

ONE_DAY = dt.timedelta(days=1)  # the tables date some events by the report, we by its words
VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})  # what GED codes at all


@dataclass(frozen=True, slots=True)
class TableRow:
    """A coded row. `kind` is ACLED's (event type, sub-event type), None where the table has violence of any kind."""

    id: str
    first: dt.date
    last: dt.date
    point: LatLon
    within_km: float
    kind: tuple[str, str] | None
    place: str
    killed: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An incident of ours that claims to have happened."""

    id: str
    first: dt.date | None
    last: dt.date | None
    point: LatLon | None
    kind: tuple[str, str]
    place: str | None
    killed: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class TableScore:
    """The figures, the rows we do not have, and the incidents that no row has."""

    figures: dict[str, Any]
    missed: tuple[TableRow, ...]
    false: tuple[Drawn, ...]


def read_table(path: str | Path) -> list[TableRow]:
    """Read an ACLED or UCDP GED shaped CSV (comma, semicolon or tab).

    Raises DataError with the line of the first row that cannot be read.
    """
    return [
        TableRow(
            id=row.id,
            first=row.first,
            last=row.last,
            point=(row.lat, row.lon),
            within_km=row.within_km,
            kind=row.kind,
            place=row.place,
            killed=row.killed,
        )
        for row in read_coded(path)
    ]


def score_table(features: Iterable[Mapping[str, Any]], rows: list[TableRow]) -> TableScore:
    """Compare incidents, as `geo incidents` writes them, with coded rows.

    detect: within the row's distance, dates that overlap (a day's slack), and the same ACLED event type.
    sub-event: the same sub-event type too. killed: a range that meets the row's, where the row has deaths.
    """
    drawn = [_drawn(feature) for feature in features if feature["properties"].get("status") in CURRENT]
    fits = sorted(
        (-_same_sub_event(one, row), distance_km(one.point, row.point), r, d)
        for r, row in enumerate(rows)
        for d, one in enumerate(drawn)
        if one.point is not None and _fits(one, row)
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, r, d in fits:
        if r not in matched and d not in taken:
            matched[r] = d
            taken.add(d)
    pairs = [(rows[r], drawn[d]) for r, d in matched.items()]
    deadly = [(row, one) for row, one in pairs if row.killed[1]]
    figures: dict[str, Any] = {"detect": rates(len(pairs), len(rows), len(drawn))}
    if any(row.kind for row in rows):
        same = sum(_same_sub_event(one, row) for row, one in pairs)
        figures["sub-event"] = rates(same, len(rows), len(drawn))
    figures["killed right"] = f"{sum(_ranges_meet(row.killed, one.killed) for row, one in deadly)}/{len(deadly)}"
    figures["counts"] = {"incidents": len(drawn), "rows": len(rows), "matched": len(pairs)}
    missed = tuple(row for r, row in enumerate(rows) if r not in matched)
    return TableScore(figures, missed, tuple(one for d, one in enumerate(drawn) if d not in taken))


def _drawn(feature: Mapping[str, Any]) -> Drawn:
    row = feature["properties"]
    return Drawn(
        id=str(row.get("id") or feature.get("id") or ""),
        first=day(row.get("date_start")),
        last=day(row.get("date_end")),
        point=point_of(feature.get("geometry")),
        kind=(str(row.get("acled_event_type")), str(row.get("acled_sub_event_type"))),
        place=row.get("place"),
        killed=(row.get("killed_min"), row.get("killed_max")),
    )


def _fits(one: Drawn, row: TableRow) -> bool:
    if one.point is None or one.first is None:
        return False
    if one.first - ONE_DAY > row.last or (one.last or one.first) + ONE_DAY < row.first:
        return False
    same_kind = one.kind[0] in VIOLENT if row.kind is None else one.kind[0] == row.kind[0]
    return same_kind and distance_km(one.point, row.point) <= row.within_km


def _same_sub_event(one: Drawn, row: TableRow) -> bool:
    return row.kind is not None and one.kind[1] == row.kind[1]


def _ranges_meet(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    if None in (one[0], other[0]):
        return False
    low, high = max(one[0] or 0, other[0] or 0), min(math.inf if n is None else n for n in (one[1], other[1]))
    return low <= high
