"""The columns of a row, in their fixed order, and what kind of value each holds."""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

TEXT, WHOLE, NUMBER, DAY, JSON = "text", "whole", "number", "day", "json"

# Dates are ISO text in a row; formats that know dates get real ones. JSON: lists and objects.
EVENT_COLUMNS: dict[str, str] = {
    "id": TEXT,
    "incident_id": TEXT,
    "type": TEXT,
    "type_label": TEXT,
    "parent_type": TEXT,
    "status": TEXT,
    "said_by": TEXT,
    "origin": TEXT,
    "date_start": DAY,
    "date_end": DAY,
    "date_precision": TEXT,
    "date_text": TEXT,
    "date_basis": TEXT,
    "place": TEXT,
    "place_id": TEXT,
    "place_text": TEXT,
    "place_kind": TEXT,
    "place_relation": TEXT,
    "radius_m": NUMBER,
    "area_wkt": TEXT,
    "admin1": TEXT,
    "admin1_pcode": TEXT,
    "admin2": TEXT,
    "admin2_pcode": TEXT,
    "country": TEXT,
    "country_iso2": TEXT,
    "place_score": NUMBER,
    "place_why": TEXT,
    "actors": JSON,
    "weapon": TEXT,
    "target": TEXT,
    "killed_min": WHOLE,
    "killed_max": WHOLE,
    "injured_min": WHOLE,
    "injured_max": WHOLE,
    "quote": TEXT,
    "char_start": WHOLE,
    "char_end": WHOLE,
    "trigger": TEXT,
    "source_file": TEXT,
    "source_id": TEXT,
    "also_in": JSON,
    "report_id": TEXT,
    "report_title": TEXT,
    "outlet": TEXT,
    "published": DAY,
    "published_basis": TEXT,
    "url": TEXT,
    "confidence": NUMBER,
    "why": TEXT,
    "acled_event_type": TEXT,
    "acled_sub_event_type": TEXT,
    "cameo": TEXT,
    "plover": TEXT,
}
INCIDENT_COLUMNS: dict[str, str] = EVENT_COLUMNS | {
    "n_reports": WHOLE,
    "outlets": JSON,
    "event_ids": JSON,
    "quotes": JSON,
    "verification": TEXT,
    "claims": JSON,
    "conflicts": JSON,
}
POINT_COLUMNS: dict[str, str] = {"lat": NUMBER, "lon": NUMBER}  # in a row and in flat files; elsewhere the geometry

KIND_OF: dict[str, str] = INCIDENT_COLUMNS | POINT_COLUMNS


def kind_of(column: str, value: Any = None) -> str:
    """The kind of a column; one that is not ours has the kind of the value.

    >>> kind_of("killed_min"), kind_of("note", ["a"])
    ('whole', 'json')
    """
    known = KIND_OF.get(column)
    if known is not None:
        return known
    if isinstance(value, (list, dict, tuple)):
        return JSON
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return TEXT
    return WHOLE if isinstance(value, int) else NUMBER
