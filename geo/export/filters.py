"""Which rows a reader asked for: by days, type, status, actor, box and place; also of files read back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from geo.export.columns import Row
from geo.text import fold

Box = tuple[float, float, float, float]
_PLACE_COLUMNS = (
    "place", "place_id", "place_text", "admin1", "admin1_pcode", "admin2", "admin2_pcode", "country", "country_iso2"
)  # fmt: skip


def keep(
    row: Row,
    *,
    since: dt.date | str | None = None,
    until: dt.date | str | None = None,
    types: str | Iterable[str] | None = None,
    statuses: str | Iterable[str] | None = None,
    actor: str | Iterable[str] | None = None,
    bbox: Box | None = None,
    place: str | Iterable[str] | None = None,
    dated_only: bool = False,
) -> bool:
    """Whether a row passes every filter that is given; of several values of one filter, any will do.

    Days: the row's days and [since, until] share one; an unknown start is open, an unknown end too; `dated_only` drops
    rows whose first day is unknown. `types` include their children. `actor` is part of the name, or the whole id, of
    somebody who takes part. `bbox` is (west, south, east, north), west > east crosses the date line; a row without a
    point is in no box. `place` is the name or id of the row's place, or of a region it lies in, case set aside.

    >>> row = {"date_start": None, "date_end": "2014-04-14", "type": "barrel_bomb", "parent_type": "air_strike"}
    >>> keep(row, since="2014-04-01", types="air_strike"), keep(row, dated_only=True), keep(row, since="2014-05-01")
    (True, False, False)
    """
    if not _days(row, since, until, dated_only):
        return False
    if types is not None and not {row.get("type"), row.get("parent_type")} & set(_many(types)):
        return False
    if statuses is not None and row.get("status") not in _many(statuses):
        return False
    if actor is not None and not any(_takes_part(row, name) for name in _many(actor)):
        return False
    if bbox is not None and not _in_box(row, bbox):
        return False
    return place is None or any(_lies_in(row, name) for name in _many(place))


def _many(value: str | Iterable[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def _days(row: Row, since: dt.date | str | None, until: dt.date | str | None, dated_only: bool) -> bool:
    start, end = row.get("date_start"), row.get("date_end")
    if start is None and dated_only:
        return False
    if since is not None and end is not None and end < str(since):
        return False
    return not (until is not None and start is not None and start > str(until))


def _takes_part(row: Row, name: str) -> bool:
    wanted = fold(name).strip()
    actors: list[Any] = row.get("actors") or []
    return any(wanted in fold(actor.get("name") or "") or wanted == fold(actor.get("id") or "") for actor in actors)


def _in_box(row: Row, box: Box) -> bool:
    west, south, east, north = box
    lon, lat = row.get("lon"), row.get("lat")
    if lon is None or lat is None or not south <= lat <= north:
        return False
    inside: bool = west <= lon <= east if west <= east else lon >= west or lon <= east
    return inside


def _lies_in(row: Row, name: str) -> bool:
    wanted = fold(name).strip()
    return any(row.get(column) is not None and fold(str(row[column])) == wanted for column in _PLACE_COLUMNS)
