"""Events and incidents as rows: plain values under fixed names, the same in every format."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from geo.export.columns import EVENT_COLUMNS, INCIDENT_COLUMNS, POINT_COLUMNS, Row
from geo.export.crosswalk import codes
from geo.model import Claim, Event, Incident, Party, Resolution, Toll, When

DIGITS = 7  # RFC 7946 asks for no more: a centimetre
SideOf = Callable[[str], str | None]
Types = Mapping[str, Any]


def event_row(
    event: Event, *, incident_id: str | None = None, types: Types | None = None, side_of: SideOf | None = None
) -> Row:
    """One statement as a row: the contract's columns, always present, None where unknown; `lat` and `lon` come last.

    `types` gives label, parent and codes of each type; `side_of` the side of a party, for codes that depend on it.
    """
    row: Row = dict.fromkeys((*EVENT_COLUMNS, *POINT_COLUMNS))
    report = event.report
    row.update(
        id=event.id,
        incident_id=incident_id,
        status=event.status,
        said_by=event.said_by,
        origin=event.origin,
        weapon=event.weapon,
        target=event.target,
        quote=event.quote,
        char_start=event.char_start,
        char_end=event.char_end,
        trigger=event.trigger,
        source_file=report.source_file,
        source_id=report.source_id,
        also_in=sorted({*event.also_in, *report.also_in}),
        report_id=report.id,
        report_title=report.title,
        outlet=report.outlet,
        published=_iso(report.published),
        published_basis=report.published_basis,
        url=report.url,
        confidence=_rounded(event.confidence, 3),
        why=event.why,
    )
    row.update(codes(event.type, event.parent_type, event.parties, types=types, side_of=side_of))
    row.update(_when(event.when))
    row.update(_where(event.resolution))
    row.update(_tolls(event.tolls))
    row["actors"] = _actors(event.parties)
    return _nulls(row)


def incident_row(incident: Incident, *, types: Types | None = None, side_of: SideOf | None = None) -> Row:
    """One incident as a row: the columns of an event, from the statement that names it, and what all of them say.

    Type, status, dates, place, tolls, actors, confidence and why are the incident's own.
    """
    first = incident.events[0]
    row: Row = dict.fromkeys((*INCIDENT_COLUMNS, *POINT_COLUMNS))
    row.update(event_row(first, incident_id=incident.id, types=types, side_of=side_of))
    reports = {event.report.id: event.report for event in incident.events}
    row.update(
        id=incident.id,
        status=incident.status,
        also_in=sorted({copy for event in incident.events for copy in (*event.also_in, *event.report.also_in)}),
        weapon=next((event.weapon for event in incident.events if event.weapon), None),
        target=next((event.target for event in incident.events if event.target), None),
        confidence=_rounded(incident.confidence, 3),
        why=incident.why,
        n_reports=len(reports),
        outlets=sorted({report.outlet for report in reports.values() if report.outlet}),
        event_ids=[event.id for event in incident.events],
        quotes=[_quote(event) for event in incident.events],
        verification=incident.verification,
        claims=[_claim(claim) for claim in incident.claims],
        conflicts=[
            {"field": conflict.field, "values": [_value(claim) for claim in conflict.values]}
            for conflict in incident.conflicts
        ],
    )
    row.update(codes(incident.type, incident.parent_type, incident.parties, types=types, side_of=side_of))
    row.update(_when(incident.when))
    row.update(_where(incident.resolution))
    row.update(_tolls(incident.tolls))
    row["actors"] = _actors(incident.parties)
    return _nulls(row)


def _when(when: When) -> Row:
    latest = when.latest or when.earliest
    return {
        "date_start": _iso(when.earliest),
        "date_end": _iso(latest),
        "date_precision": when.precision,
        "date_text": when.text,
        "date_basis": when.basis,
    }


def _where(resolution: Resolution | None) -> Row:
    """The columns of a place, all of them: an incident's place takes nothing over from that of its first statement."""
    mention, place = (resolution.mention, resolution.place) if resolution else (None, None)
    radius_m = resolution.radius_m if resolution else None
    lon, lat = (resolution.lon, resolution.lat) if resolution else (None, None)
    if place is not None:
        radius_m = place.radius_m if radius_m is None else radius_m
        lon, lat = (place.lon, place.lat) if lon is None or lat is None else (lon, lat)
    return {
        "place": place.name if place else None,
        "place_id": place.id if place else None,
        "place_text": mention.text if mention else None,
        "place_kind": place.kind if place else None,
        "place_relation": mention.relation if mention else None,
        "radius_m": _rounded(radius_m, 1),
        "area_wkt": resolution.area_wkt if resolution else None,
        "admin1": place.admin1 if place else None,
        "admin1_pcode": place.admin1_pcode if place else None,
        "admin2": place.admin2 if place else None,
        "admin2_pcode": place.admin2_pcode if place else None,
        "country": place.country if place else None,
        "country_iso2": place.country_iso2 if place else None,
        "place_score": _rounded(resolution.score, 3) if resolution else None,
        "place_why": resolution.why if resolution else None,
        "lat": _rounded(lat, DIGITS) if place else None,
        "lon": _rounded(lon, DIGITS) if place else None,
    }


def _tolls(tolls: Sequence[Toll]) -> Row:
    row: Row = dict.fromkeys(("killed_min", "killed_max", "injured_min", "injured_max"))
    for toll in tolls:
        if f"{toll.kind}_min" in row:
            row[f"{toll.kind}_min"], row[f"{toll.kind}_max"] = toll.low, toll.high
    return row


def _actors(parties: Sequence[Party]) -> list[Row]:
    return [{"name": party.name, "id": party.id, "role": party.role} for party in parties]


def _quote(event: Event) -> Row:
    """One statement as the list of an incident holds it."""
    report, killed, injured = event.report, event.toll("killed"), event.toll("injured")
    return {
        "event_id": event.id,
        "quote": event.quote,
        "trigger": event.trigger,
        "place_text": event.resolution.mention.text if event.resolution else None,
        "outlet": report.outlet,
        "title": report.title,
        "published": _iso(report.published),
        "url": report.url,
        "said_by": event.said_by,
        "status": event.status,
        "date_start": _iso(event.when.earliest),
        "date_end": _iso(event.when.latest or event.when.earliest),
        "date_text": event.when.text,
        "killed_min": killed.low if killed else None,
        "killed_max": killed.high if killed else None,
        "injured_min": injured.low if injured else None,
        "injured_max": injured.high if injured else None,
        "sentence_kind": event.sentence_kind,
    }


def _claim(claim: Claim) -> Row:
    return {"said_by": claim.said_by, "field": claim.field, "value": claim.value, "event_id": claim.event_id}


def _value(claim: Claim) -> Row:
    return {"value": claim.value, "said_by": claim.said_by, "event_id": claim.event_id}


def _iso(date: dt.date | None) -> str | None:
    return date.isoformat() if date else None


def _rounded(value: float | None, digits: int) -> float | None:
    if value is None or not math.isfinite(value):
        return value
    return round(float(value), digits) + 0.0  # never -0.0


def _nulls(row: Row) -> Row:
    """Unknown is None, also where a noun holds an empty text: flat formats cannot tell the two apart."""
    return {name: None if value == "" else value for name, value in row.items()}
