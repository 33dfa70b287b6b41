"""What others made as rows of ours: the columns of an incident, and their own fields under `given`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from geo.export.columns import INCIDENT_COLUMNS, POINT_COLUMNS, Row
from geo.others.coded import ACLED, Coded
from geo.others.days import plain_day
from geo.others.kinds import Kinds

GIVEN = "given"  # the column that keeps the properties as they stand in their file
PRECISION = {7: "week", 31: "month"}  # days of an interval that ACLED's time_precision makes
_NEAR = {ACLED: ("geo_precision", {"2": "near", "3": "area"})}
_NEAR_GED = ("where_prec", {"2": "near", "3": "area", "4": "area", "5": "near", "6": "area", "7": "area"})
_SEPARATORS = re.compile(r"\s*;\s*")


def blank(**known: Any) -> Row:
    """A row with all columns of an incident, None where nothing is known, lists empty."""
    row: Row = dict.fromkeys((*INCIDENT_COLUMNS, *POINT_COLUMNS))
    empty: Row = {name: [] for name in ("also_in", "actors", "outlets", "event_ids", "quotes", "claims", "conflicts")}
    row.update({**empty, "status": "reported", "place_relation": "at", **known})
    return row


def coded_row(coded: Coded, kinds: Kinds, *, file: str) -> Row:
    """A coded row as an incident: the coders' note stands for the sentence, their precision for the radius."""
    cells = coded.cells
    precision, relations = _NEAR.get(coded.scheme, _NEAR_GED)
    code = (cells.get(precision) or "1").strip()
    days = (coded.last - coded.first).days + 1
    return blank(
        **(_from_acled(coded, kinds) if coded.scheme == ACLED else _from_ged(coded, kinds)),
        id=coded.id or None,
        date_start=coded.first.isoformat(),
        date_end=coded.last.isoformat(),
        date_precision="day" if days == 1 else PRECISION.get(days, "range"),
        date_basis="stated",
        place=coded.place or None,
        place_relation=relations.get(code, "at"),
        radius_m=coded.within_km * 1000 if code in relations and coded.within_km < float("inf") else None,
        place_why=f"the point that {file} has for it" + (f" ({precision} {code})" if precision in cells else ""),
        country=cells.get("country") or None,
        killed_min=coded.killed[0],
        killed_max=coded.killed[1],
        source_file=file,
        source_id=coded.id or None,
        lat=coded.lat,
        lon=coded.lon,
        given={name: value for name, value in cells.items() if value not in (None, "")},
    )


def _from_acled(coded: Coded, kinds: Kinds) -> Row:
    cells = coded.cells
    event_type, sub_event_type = coded.kind or ("", "")
    one_sided = event_type == "Violence against civilians"  # elsewhere the order of ACLED's actors says nothing
    return {
        **kinds.acled(event_type, sub_event_type),
        "quote": cells.get("notes") or None,
        "admin1": cells.get("admin1") or None,
        "admin2": cells.get("admin2") or None,
        "actors": _actors((cells.get("actor1"), cells.get("actor2")), one_sided=one_sided),
        **_sources(_SEPARATORS.split(cells.get("source") or "")),
    }


def _from_ged(coded: Coded, kinds: Kinds) -> Row:
    cells = coded.cells
    kind = (cells.get("type_of_violence") or "").strip()
    published = plain_day(cells.get("source_date") or "")
    return {
        **kinds.ucdp(kind),
        "quote": cells.get("source_headline") or (cells.get("source_article") or "").strip('"') or None,
        "published": published.isoformat() if published else None,
        "admin1": cells.get("adm_1") or None,
        "admin2": cells.get("adm_2") or None,
        "actors": _actors((cells.get("side_a"), cells.get("side_b")), one_sided=kind == "3"),
        **_sources(_SEPARATORS.split(cells.get("source_office") or "")),
    }


def _sources(outlets: Sequence[str]) -> Row:
    names = list(dict.fromkeys(name.strip() for name in outlets if name.strip()))
    return {"outlets": names, "outlet": "; ".join(names) or None}


def _actors(names: Sequence[str | None], *, one_sided: bool) -> list[Row]:
    roles = ("initiator", "target") if one_sided else ("other", "other")
    return [{"name": name, "id": None, "role": role} for name, role in zip(names, roles) if name]
