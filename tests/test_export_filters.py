"""Filters: what each keeps of one undated barrel bomb, one shelling of a known week, and one placeless plan."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from geo.export import keep

ROWS: dict[str, dict[str, Any]] = {
    "undated": {
        "date_start": None,
        "date_end": "2020-05-09",
        "type": "barrel_bomb",
        "parent_type": "air_strike",
        "status": "claimed",
        "actors": [{"name": "the Northern Reds", "id": "reds", "role": "initiator"}],
        "lat": 35.3,
        "lon": 36.6,
        "place": "Tel Asfar",
        "place_id": "tel-asfar",
        "admin1": "North",
    },
    "week": {
        "date_start": "2020-04-10",
        "date_end": "2020-04-16",
        "type": "shelling",
        "parent_type": None,
        "status": "reported",
        "actors": [],
        "lat": -17.0,
        "lon": 179.5,
        "place": "Suva",
        "country": "Fiji",
    },
    "plan": {"date_start": None, "date_end": None, "type": "air_strike", "status": "planned", "actors": None},
}


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        ({}, "undated week plan"),
        ({"since": "2020-04-16"}, "undated week plan"),
        ({"since": dt.date(2020, 4, 17)}, "undated plan"),
        ({"since": "2020-05-10"}, "plan"),
        ({"until": "2020-04-09"}, "undated plan"),
        ({"until": "2020-04-10"}, "undated week plan"),
        ({"since": "2020-04-12", "until": "2020-04-13", "dated_only": True}, "week"),
        ({"types": "air_strike"}, "undated plan"),
        ({"types": "barrel_bomb"}, "undated"),
        ({"types": ["barrel_bomb", "shelling"]}, "undated week"),
        ({"statuses": ("reported", "planned")}, "week plan"),
        ({"actor": "reds"}, "undated"),
        ({"actor": "blues"}, ""),
        ({"bbox": (36, 35, 37, 36)}, "undated"),
        ({"bbox": (170, -20, -170, 0)}, "week"),
        ({"place": "TEL ASFAR"}, "undated"),
        ({"place": ["north", "fiji"]}, "undated week"),
        ({"place": "north", "statuses": "reported"}, ""),
    ],
)
def test_a_filter_keeps_what_may_fit(filters: dict[str, Any], kept: str) -> None:
    assert [name for name, row in ROWS.items() if keep(row, **filters)] == kept.split()
