"""Places, regions and countries are named in the language of the page, where somebody has given us such a name."""

from __future__ import annotations

import json
import zipfile
from typing import Any

import pytest

from geo import gazetteer
from geo.listing import label_rows
from geo.maps import columns, naming, vendor

PLACES = [
    {"id": "x.hill", "name": "Hill", "names": ["Hill", "Al-Hill", "التل"], "lon": 36.0, "lat": 35.0},
    {"id": "x.mill", "name": "Mill", "names": ["Mill"], "lon": 36.5, "lat": 35.5},
    {"id": "x.shore", "name": "Shore", "names": ["الساحل"], "region": True},
    {"id": "x", "name": "Syria", "names": ["سوريا"], "region": True},
]


def row(place: str, place_id: str | None, **more: Any) -> dict[str, Any]:
    """A feature at a place."""
    properties = {"id": place, "place": place, "place_id": place_id, "date_start": "2014-04-11", **more}
    return {"type": "Feature", "geometry": {"type": "Point", "coordinates": [36, 35]}, "properties": properties}


ROWS = [
    row("Hill", "x.hill", admin1="Shore", country="Syria"),
    row("Mill", "x.mill"),
    row("Far", None, country="Sudan"),
]


@pytest.mark.parametrize(
    ("names", "lang", "expected"),
    [
        (["Homs", "حمص"], "ar", "حمص"),
        (["Homs", "حمص"], "en", "Homs"),
        (["حمص", "Homs"], "en", "Homs"),
        (["Homs"], "ar", "Homs"),
        ([""], "ar", ""),
    ],
)
def test_a_name_in_the_script_of_the_language(names: list[str], lang: str, expected: str):
    """Else the place's own."""
    assert naming.name_of({"name": names[0], "names": names}, lang) == expected


def test_names_for_an_arabic_page():
    """Places by id, regions by name; countries also where no gazetteer row speaks of them."""
    names = naming.names_of(PLACES, [feature["properties"] for feature in ROWS], "ar")
    assert names == {
        "places": {"x.hill": "التل", "x.shore": "الساحل", "x": "سوريا"},
        "regions": {"Shore": "الساحل", "Syria": "سوريا", "Sudan": "السودان"},
    }
    assert naming.names_of(PLACES, [], "en") == {"places": {}, "regions": {}}


def test_a_site_shows_the_name_and_is_found_by_all():
    """The Latin name stays among the spellings that the search knows."""
    aliases = {place["id"]: place["names"] for place in PLACES}
    table = columns._Table(aliases, {"x.hill": "التل"})
    for feature in ROWS:
        table.add(feature["properties"], feature["geometry"], (0, 0))
    assert [(site[3], site[4]) for site in table.site_rows] == [("التل", "Hill\nAl-Hill"), ("Mill", ""), ("Far", "")]


def test_regions_come_with_the_places_that_lie_in_them():
    """Governorate and country of a place that rows speak of, with all their names."""
    known = gazetteer.load()
    place = next(candidate.place for candidate in known.lookup("Kafr Zita"))
    regions = [p for p in label_rows(known, [{"place_id": place.id, "country_iso2": "SY"}]) if p.get("region")]
    assert {place.admin1, place.country} <= {region["name"] for region in regions}
    assert all(naming.name_of(region, "ar") != region["name"] for region in regions)


def test_countries_in_arabic_are_those_of_outline_and_gazetteer():
    """Every country has its name; what is left are bases, reefs and waters."""
    known = naming.countries("ar")
    ours = {place.name for place in gazetteer.load().curated() if place.kind == "country"}
    assert ours <= known.keys()
    assert all(any("\u0600" <= letter <= "\u06ff" for letter in name) for name in known.values())
    if not vendor.ready():
        pytest.skip(f"the page's files are not here: {vendor.HOW}")
    with zipfile.ZipFile(vendor.VENDOR / "countries.zip") as archive:
        parts = [name for name in archive.namelist() if name.startswith("50m/")]
        drawn = {json.loads(archive.read(name)).get("name") for name in parts if not name.endswith("index.json")}
    left = {name for name in drawn - {None} if name not in known}
    assert left <= {"Siachen Glacier", "Indian Ocean Ter.", "Ashmore and Cartier Is."}
