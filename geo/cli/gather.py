"""Exported statements gathered by the incident that they name, for a page drawn from what `geo events` wrote."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, Any]
QUOTED = (  # what the page shows of each statement
    "quote",
    "trigger",
    "place_text",
    "outlet",
    "published",
    "url",
    "said_by",
    "status",
    "date_start",
    "date_end",
    "date_text",
    "killed_min",
    "killed_max",
    "injured_min",
    "injured_max",
)
STRONGEST = ("reported", "claimed", "planned", "background", "denied")  # an incident takes the first of its rows'


def gather(rows: Iterable[Row]) -> list[Row]:
    """One row per incident; rows that are incidents already stay as they are.

    The statement that names the incident gives place and dates, all together the status, the tolls and the sources.
    """
    together: dict[str, list[Row]] = {}
    for row in rows:
        together.setdefault(str(row["id"] if "event_ids" in row else row.get("incident_id") or row["id"]), []).append(
            row
        )
    whole = {key: next((row for row in told if "event_ids" in row), None) for key, told in together.items()}
    return [whole[key] or _incident(key, told) for key, told in together.items()]


def _incident(incident_id: str, told: Sequence[Row]) -> Row:
    first = next((row for row in told if row["id"] == incident_id), told[0])
    statuses = {row["status"] for row in told}
    outlets = {row.get("outlet") for row in told} - {None}
    reports = {row.get("report_id") for row in told}
    return {
        **first,
        **{f"{kind}_{end}": _widest(told, kind, end) for kind in ("killed", "injured") for end in ("min", "max")},
        "id": incident_id,
        "status": next((status for status in STRONGEST if status in statuses), first["status"]),
        "n_reports": len(reports),
        "outlets": sorted(outlets),
        "event_ids": [row["id"] for row in told],
        "quotes": [_quote(row) for row in told],
        "verification": "multiple_sources" if len(outlets) > 1 else "single_source",
        "claims": [],
        "conflicts": [],
    }


def _widest(told: Sequence[Row], kind: str, end: str) -> int | None:
    """The lowest minimum, or the highest maximum unless a statement that names a number leaves it open."""
    counted = [row for row in told if row.get(f"{kind}_min") is not None or row.get(f"{kind}_max") is not None]
    ends = [row.get(f"{kind}_{end}") for row in counted]
    known = [number for number in ends if number is not None]
    if end == "min":
        return min(known, default=None)
    return max(known) if known and len(known) == len(ends) else None


def _quote(row: Row) -> Row:
    return {
        "event_id": row["id"],
        "title": row.get("report_title"),
        "sentence_kind": "body",
        **{name: row.get(name) for name in QUOTED},
    }
