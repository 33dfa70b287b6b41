"""A made-up country for the tests of names in text: provinces named after towns, towns that share a name, a capital."""

from __future__ import annotations

from geo.gazetteer import Gazetteer
from geo.language import split
from geo.model import Mention, Place, Report, Resolution
from geo.places import find, resolve

_IN_HARTH = ("z.p.harth", "z.p", "z")
_ROWS = (
    # id, name, kind, lon, lat, radius_m, within, population, other names
    ("z", "Zembla", "country", 37.0, 35.0, 300_000, (), 9_000_000, ()),
    ("n", "Novia", "country", 45.0, 35.0, 300_000, (), 8_000_000, ()),
    ("z.merrow", "Merrow", "city", 36.0, 35.0, 5_000, ("z",), 1_500_000, ("ميرو",)),
    ("z.p", "Harth", "governorate", 37.5, 36.0, 60_000, ("z",), None, ("Harth province",)),
    ("z.p.harth", "Harth", "city", 37.2, 36.1, 4_000, ("z.p", "z"), 400_000, ()),
    ("z.p.dun", "Dun", "town", 37.3, 36.2, 1_500, ("z.p", "z"), 20_000, ()),
    ("z.p.eskil", "Eskil", "town", 37.1, 36.25, 1_500, ("z.p", "z"), 15_000, ()),
    ("z.p.harth.gate", "Iron Gate", "neighbourhood", 37.21, 36.09, 800, _IN_HARTH, None, ()),
    (
        "z.p.harth.mill",
        "Old Mill checkpoint",
        "facility",
        37.19,
        36.11,
        300,
        _IN_HARTH,
        None,
        ("old mill checkpoint",),
    ),
    ("z.s", "Sarn", "governorate", 36.2, 32.9, 50_000, ("z",), None, ("Sarn province",)),
    ("z.s.dun", "Dun", "town", 36.3, 32.8, 1_500, ("z.s", "z"), 30_000, ()),
    ("z.s.tarn", "Tarn Abbas", "town", 36.25, 32.85, 1_500, ("z.s", "z"), 12_000, ()),
    ("z.s.olla", "Olla", "town", 36.1, 33.0, 1_500, ("z.s", "z"), 9_000, ()),
    ("z.merrow.street", "Novia Street", "street", 36.01, 35.01, 400, ("z.merrow", "z"), None, ()),
    ("n.dun", "Dun", "town", 45.1, 35.1, 1_500, ("n",), 10_000, ()),
    ("n.port", "Port Vail", "city", 45.5, 35.5, 5_000, ("n",), 700_000, ()),
)


def gazetteer() -> Gazetteer:
    """The rows above, as curated places."""
    by_id = {row[0]: row for row in _ROWS}
    places = []
    for id_, name, kind, lon, lat, radius_m, within, population, others in _ROWS:
        chain = (id_, *within)
        province = next((by_id[one][1] for one in chain if by_id[one][2] == "governorate"), None)
        country = next(by_id[one] for one in chain if by_id[one][2] == "country")
        bbox = (36.9, 35.5, 38.1, 36.5) if id_ == "z.p" else None
        places.append(
            Place(
                id_, name, kind, lon=lon, lat=lat, radius_m=radius_m, names=(name, *others), within=within,
                population=population, bbox=bbox, admin1=province, country=country[1],
                country_iso2=country[0].upper() * 2,
                source="made up", curated=True,
            )
        )  # fmt: skip
    return Gazetteer(places)


GAZETTEER = gazetteer()


def report_of(text: str) -> Report:
    """A report with this text."""
    return Report("r", text, "r.txt")


def mentions_of(text: str) -> list[Mention]:
    """The mentions of a text."""
    return find(report_of(text), split(text), GAZETTEER)


def resolved(text: str) -> list[Resolution]:
    """The mentions of a text with their places."""
    report = report_of(text)
    return resolve(report, find(report, split(text), GAZETTEER), GAZETTEER)
