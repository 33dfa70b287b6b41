"""The hand-coded sample, turned into events and merged: how well our incidents agree with those of two coders.

Only what any extractor would know goes in: types, dates, place, status, tolls, quote. General rules must do the rest.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from geo.incidents import merge
from geo.incidents.compare import distance_m
from geo.incidents.facts import facts
from geo.model import Event, Mention, Place, Report, Resolution, Span, Toll, When

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
GOLD = SHARED / "gold" / "seed-gold.yaml"
RADIUS_M = {
    "exact_point": 300,
    "facility": 300,
    "neighbourhood": 1000,
    "town": 3000,
    "district": 9000,
    "region": 25_000,
}
PARENT = {"barrel_bomb": "air_strike", "drone_strike": "air_strike", "suicide_bombing": "ied_explosion"}
NEEDED_F1 = 0.85

pytestmark = pytest.mark.skipif(not GOLD.exists(), reason="the hand-coded sample is not here (../shared/gold)")


def test_our_incidents_agree_with_the_coders() -> None:
    gold = yaml.load(GOLD.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    coded = [row for row in gold["events"] if row["core"] and row["incident"]]
    events = gold_events(gold, coded)
    incident_of = {event.id: incident.id for incident in merge(events) for event in incident.events}
    precision, recall, f1 = b_cubed([(row["incident"], incident_of[row["id"]]) for row in coded])
    print(f"B-cubed over {len(coded)} events: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f}")
    assert f1 >= NEEDED_F1


def b_cubed(pairs: Sequence[tuple[str, str]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of a grouping, averaged over its members; pairs are (true group, found group)."""
    both, true, found = Counter(pairs), Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    precision = sum(both[pair] / found[pair[1]] for pair in pairs) / len(pairs)
    recall = sum(both[pair] / true[pair[0]] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def gold_events(gold: dict[str, Any], rows: Sequence[dict[str, Any]]) -> list[Event]:
    """The coded rows as events; a place lies inside a wider one whose circle holds its point."""
    text = (SHARED / "seeds" / gold["file"]).read_bytes().decode("utf-8").lstrip("\ufeff")
    reports = {
        row["id"]: Report(
            id=row["id"],
            text=text[row["start"] : row["end"]],
            source_file=gold["file"],
            offset=row["start"],
            title=row["title"],
            published=_day(row["published"]),
        )
        for row in gold["reports"]
    }
    places: dict[str, Place] = {}
    for row in rows:
        if row["points"] and row["canonical"] not in places:
            lat, lon = row["points"][0]
            radius_m = RADIUS_M.get(row["place_precision"], 60_000)
            places[row["canonical"]] = Place(row["canonical"], row["canonical"], "town", lon, lat, radius_m)
    for name, place in list(places.items()):
        around = [p for p in places.values() if p.radius_m > place.radius_m and _metres(p, place) <= p.radius_m]
        around.sort(key=lambda p: p.radius_m)
        places[name] = Place(
            place.id, place.name, place.kind, place.lon, place.lat, place.radius_m, within=tuple(p.id for p in around)
        )
    return [_event(row, reports[row["report"]], places.get(row["canonical"])) for row in rows]


def _event(row: dict[str, Any], report: Report, place: Place | None) -> Event:
    span = Span(row["start"] - report.offset, row["end"] - report.offset)
    date = row["dates"][0]
    tolls = [
        Toll(kind, toll["min"], toll["max"])
        for kind, key in (("killed", "deaths"), ("injured", "injured"))
        for toll in (row[key] or [])[:1]
        if toll["min"] is not None or toll["max"] is not None
    ]
    return Event(
        id=row["id"],
        report=report,
        span=span,
        type=row["types"][0],
        parent_type=PARENT.get(row["types"][0]),
        trigger=row["quote"],
        status=row["statuses"][0],
        when=When(_day(date["start"]), _day(date["end"]), date["precision"], basis="stated"),
        resolution=Resolution(Mention(span, row["place"] or "", row["place"] or ""), place, 1.0, "") if place else None,
        said_by=row["claimed_by"],
        tolls=tuple(tolls),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _metres(one: Place, other: Place) -> float:
    report = Report("r", "", "")

    def at(place: Place) -> Event:
        where = Resolution(Mention(Span(0, 0), "", ""), place, 1.0, "")
        return Event("e", report, Span(0, 0), "t", None, "", "reported", When(None, None), where)

    return distance_m(facts(at(one)), facts(at(other)))
