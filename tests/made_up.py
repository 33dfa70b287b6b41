"""Incidents made up for the page's tests: seeded, so that every run sees the same ones. No report text is copied."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from typing import Any

TYPES = [
    {
        "id": "air_strike",
        "label": "Air strike",
        "parent": None,
        "family": "air_and_chemical",
        "colour": "",
        "symbol": "A",
    },
    {"id": "barrel_bomb", "label": "Barrel bomb", "parent": "air_strike", "family": "air_and_chemical", "symbol": "B"},
    {"id": "chemical_attack", "label": "Chemical attack", "family": "air_and_chemical", "symbol": "triangle"},
    {"id": "shelling", "label": "Shelling", "family": "ground_fire_and_explosives", "symbol": "S"},
    {"id": "ied_explosion", "label": "Bomb or mine", "family": "ground_fire_and_explosives", "symbol": "star"},
    {"id": "armed_clash", "label": "Armed clash", "family": "fighting_and_control", "symbol": "cross"},
    {"id": "territory_captured", "label": "Territory captured", "family": "fighting_and_control", "symbol": "square"},
    {"id": "execution", "label": "Execution", "family": "against_people", "symbol": "E"},
    {"id": "abduction", "label": "Abduction", "family": "against_people", "symbol": "K"},
    {"id": "displacement", "label": "Displacement", "family": "movement_of_people", "symbol": "D"},
    {"id": "aid", "label": "Aid", "family": "services_and_aid", "symbol": "diamond"},
    {"id": "protest", "label": "Protest", "family": "political", "symbol": "P"},
]
PLACES = [
    ("Aleppo", 37.1613, 36.2012, "at", 4000),
    ("Damascus", 36.2913, 33.5102, "at", 6000),
    ("Homs", 36.7233, 34.7268, "at", 3500),
    ("Hama", 36.7578, 35.1318, "at", 3000),
    ("Idlib", 36.6339, 35.9306, "at", 2000),
    ("Deir ez-Zor", 40.1409, 35.3359, "at", 3000),
    ("Raqqa", 39.0079, 35.9528, "at", 3000),
    ("Latakia", 35.7927, 35.5311, "at", 3000),
    ("Daraa", 36.1062, 32.6189, "at", 2500),
    ("Douma", 36.4016, 33.5722, "at", 1500),
    ("Kafr Zita", 36.6014, 35.3736, "at", 1200),
    ("Maaloula", 36.5467, 33.8442, "at", 900),
    ("Rankus", 36.3883, 33.7561, "near", 3000),
    ("Jobar", 36.3374, 33.5275, "at", 700),
    ("Zabadani", 36.0972, 33.7256, "edge", 2500),
    ("Qalamoun", 36.65, 34.0, "area", 25000),
    ("Rural Damascus", 36.9, 33.4, "area", 60000),
    ("Kobani", 38.355, 36.891, "at", 1500),
    ("Hasakah", 40.7462, 36.5024, "at", 2500),
    ("Palmyra", 38.2772, 34.5568, "direction", 8000),
    ("Kessab", 35.988, 35.9257, "at", 900),
]
ALIASES = {"Aleppo": ["Halab", "حلب"], "Damascus": ["Dimashq", "دمشق"], "Hama": ["حماة"], "Raqqa": ["الرقة"]}
OUTLETS = ["Northern Wire", "The Valley Post", "Radio Orontes", "City Monitor", None]
PEOPLE = ["the army", "local fighters", "the air force", "residents", "a militia"]
STATUSES = ["reported"] * 6 + ["claimed"] * 3 + ["denied", "planned", "background"]
SAYS = {
    "air_strike": "Jets hit {place} twice before noon, and neighbours pulled two men from a bakery.",
    "barrel_bomb": "A helicopter let a barrel fall on {place}; a stairwell came down.",
    "chemical_attack": "Doctors in {place} treated people who coughed and could not see after a smell of bleach.",
    "shelling": "Mortar rounds landed in {place} through the evening, one of them in a school yard.",
    "ied_explosion": "A mine under a road near the mill of {place} tore a lorry apart.",
    "armed_clash": "Gunmen and soldiers fought for the silos of {place} until the morning.",
    "territory_captured": "Fighters took the eastern hill of {place} and raised a flag there.",
    "execution": "Three men were shot on the square of {place}, their families were told afterwards.",
    "abduction": "A driver was taken from his van outside {place} and has not been heard of since.",
    "displacement": "Families left {place} on tractors with what they could carry.",
    "aid": "Eleven lorries with flour reached {place} after a week of waiting.",
    "protest": "Shopkeepers in {place} closed their doors and marched to the council.",
}


def incidents(
    count: int, *, seed: int = 7, first: str = "2014-04-11", days: int = 4, places: int | None = None
) -> list[dict[str, Any]]:
    """`count` features as `geo incidents` writes them; `places` spreads them over that many made-up places instead."""
    chance = random.Random(seed)
    start = dt.date.fromisoformat(first)
    spots = villages(places, chance) if places else list(PLACES)
    return [incident(number, chance, start, days, spots) for number in range(count)]


def villages(count: int, chance: random.Random) -> list[Any]:
    """Made-up places, as PLACES has them."""
    return [
        (f"Village {i}", round(chance.uniform(35.9, 42), 4), round(chance.uniform(32.5, 37), 4), "at", 800)
        for i in range(count)
    ]


def _id(*parts: object) -> str:
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()[:12]


def incident(number: int, chance: random.Random, start: dt.date, days: int, spots: list[Any]) -> dict[str, Any]:
    """One feature, the `number`th."""
    kind = chance.choice(TYPES)
    name, lon, lat, relation, radius_m = spots[min(int(chance.expovariate(3 / len(spots))), len(spots) - 1)]
    located = chance.random() > 0.08
    day = start + dt.timedelta(days=chance.randrange(days))
    until = day + dt.timedelta(days=chance.choice([0, 0, 0, 0, 1, 2]))
    undated = chance.random() < 0.05
    status = chance.choice(STATUSES)
    killed = chance.choice([None, None, 0, 2, 5, 14])
    sources = chance.choice([1, 1, 1, 2, 3])
    quotes = []
    for source in range(sources):
        outlet = chance.choice(OUTLETS)
        said = SAYS[kind["id"]].format(place=name)
        quotes.append(
            {
                "event_id": _id(number, source),
                "quote": said if source == 0 else f"{outlet or 'A reader'} adds: {said}",
                "trigger": said.split()[1],
                "place_text": name,
                "outlet": outlet,
                "title": f"Notes from {name}, {chance.choice(['morning', 'noon', 'night'])}",
                "published": (until + dt.timedelta(days=1)).isoformat(),
                "url": f"https://example.org/reports/{number}/{source}" if outlet else None,
                "said_by": chance.choice([None, "a doctor", "the army", "two residents"]),
                "status": status if source == 0 else "reported",
                "date_start": None if undated else day.isoformat(),
                "date_end": until.isoformat(),
                "date_text": chance.choice(["on Friday", "overnight", None]),
                "killed_min": killed,
                "killed_max": None if killed is None else killed + source,
                "injured_min": None,
                "injured_max": None,
                "sentence_kind": "body",
            }
        )
    differ = sources > 1 and killed is not None
    properties = {
        "id": _id(number, 0),
        "incident_id": _id(number, 0),
        "type": kind["id"],
        "type_label": kind["label"],
        "parent_type": kind.get("parent"),
        "status": status,
        "said_by": quotes[0]["said_by"],
        "origin": None,
        "date_start": None if undated else day.isoformat(),
        "date_end": until.isoformat(),
        "date_precision": "unknown" if undated else "day" if day == until else "range",
        "date_text": quotes[0]["date_text"],
        "date_basis": "stated",
        "place": name if located else None,
        "place_id": _id(name) if located else None,
        "place_text": name,
        "place_kind": "town",
        "place_relation": relation if located else None,
        "radius_m": radius_m if located else None,
        "area_wkt": "POLYGON ((36.4 33.8, 36.9 33.8, 36.9 34.2, 36.4 34.2, 36.4 33.8))"
        if located and name == "Qalamoun"
        else None,
        "admin1": "North" if lat > 35 else "South",
        "admin1_pcode": None,
        "admin2": None,
        "admin2_pcode": None,
        "country": "Syria",
        "country_iso2": "SY",
        "place_score": round(chance.uniform(0.5, 1), 2) if located else 0.2,
        "place_why": "the only place of that name in the gazetteer"
        if located
        else "two places of that name, 180 km apart, and nothing to choose by",
        "actors": [{"name": chance.choice(PEOPLE), "id": None, "role": "initiator"}] if chance.random() < 0.7 else [],
        "weapon": None,
        "target": None,
        "killed_min": killed,
        "killed_max": None if killed is None else killed + sources - 1,
        "injured_min": None,
        "injured_max": None,
        "quote": quotes[0]["quote"],
        "char_start": number * 120,
        "char_end": number * 120 + len(quotes[0]["quote"]),
        "trigger": quotes[0]["trigger"],
        "source_file": f"{number // 50}.txt",
        "source_id": None,
        "report_id": _id("r", number // 5),
        "report_title": quotes[0]["title"],
        "outlet": quotes[0]["outlet"],
        "published": quotes[0]["published"],
        "published_basis": "stated",
        "url": quotes[0]["url"],
        "confidence": round(chance.uniform(0.4, 0.98), 2),
        "why": "the sentence names the place beside the verb",
        "acled_event_type": None,
        "acled_sub_event_type": None,
        "cameo": None,
        "plover": None,
        "n_reports": sources,
        "outlets": sorted({q["outlet"] for q in quotes if q["outlet"]}),
        "event_ids": [q["event_id"] for q in quotes],
        "quotes": quotes,
        "verification": "contested" if differ else "multiple_sources" if sources > 1 else "single_source",
        "claims": [
            {"said_by": q["said_by"], "field": "killed", "value": str(q["killed_max"]), "event_id": q["event_id"]}
            for q in quotes
        ]
        if killed is not None
        else [],
        "conflicts": [
            {
                "field": "toll",
                "values": [
                    {"value": str(q["killed_max"]), "said_by": q["said_by"], "event_id": q["event_id"]} for q in quotes
                ],
            }
        ]
        if differ
        else [],
    }
    geometry = {"type": "Point", "coordinates": [lon, lat]} if located else None
    return {"type": "Feature", "id": properties["id"], "geometry": geometry, "properties": properties}


def labels() -> list[dict[str, Any]]:
    """The places as `build` wants them."""
    return [
        {"id": _id(name), "name": name, "lon": lon, "lat": lat, "names": ALIASES.get(name, [])}
        for name, lon, lat, _, _ in PLACES
    ]
