"""What was found, as the scorer sees it: one statement of an exported file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

LatLon = tuple[float, float]
CURRENT = frozenset({"reported", "claimed"})


@dataclass(frozen=True, slots=True)
class Found:
    """A statement of an event; `point` is (lat, lon)."""

    type: str
    parent_type: str | None
    start: int
    end: int
    quote: str
    status_group: str
    first: dt.date | None
    last: dt.date | None
    place: str | None
    point: LatLon | None
    killed: tuple[int | None, int | None]
    injured: tuple[int | None, int | None]
    incident: str | None
    record: str


def status_group(status: str | None) -> str:
    """Reported and claimed are both current; the others stand for themselves.

    >>> status_group("claimed"), status_group("denied")
    ('current', 'denied')
    """
    if status == "historical_background":
        return "background"
    return "current" if status in CURRENT else str(status)


def read_found(features: Iterable[Mapping[str, Any]]) -> tuple[list[Found], int]:
    """GeoJSON features as statements, and the number of those without offsets, which cannot be compared."""
    found, without = [], 0
    for feature in features:
        row = feature["properties"]
        if row.get("char_start") is None:
            without += 1
            continue
        found.append(
            Found(
                type=row["type"],
                parent_type=row.get("parent_type"),
                start=row["char_start"],
                end=row["char_end"],
                quote=str(row.get("quote") or ""),
                status_group=status_group(row.get("status")),
                first=day(row.get("date_start")),
                last=day(row.get("date_end")),
                place=row.get("place"),
                point=point_of(feature.get("geometry")),
                killed=(row.get("killed_min"), row.get("killed_max")),
                injured=(row.get("injured_min"), row.get("injured_max")),
                incident=row.get("incident_id"),
                record=str(row.get("source_id")),
            )
        )
    return found, without


def day(value: Any) -> dt.date | None:
    """The day of an ISO date or time."""
    return dt.date.fromisoformat(str(value)[:10]) if value else None


def point_of(geometry: Mapping[str, Any] | None) -> LatLon | None:
    """The point itself, or the mean of a shape's corners."""
    if not geometry:
        return None
    corners = list(_corners(geometry["coordinates"]))
    return sum(lat for lat, _ in corners) / len(corners), sum(lon for _, lon in corners) / len(corners)


def _corners(coordinates: Any) -> Iterable[tuple[float, float]]:
    if isinstance(coordinates[0], (int, float)):
        yield coordinates[1], coordinates[0]
    else:
        for part in coordinates:
            yield from _corners(part)
