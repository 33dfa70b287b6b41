"""Places, regions and countries are named in the language of the page, where somebody has given us such a name."""

from __future__ import annotations

import json
import re
import zipfile
from typing import Any

import pytest

from geo import gazetteer, maps
from geo.events.ontology import load_ontology
from geo.listing import label_rows
from geo.maps import columns, naming, vendor
from geo.maps.titles import title_of
from geo.others.kinds import Kinds

ACLED_CODES = [
    (event, sub)
    for event, subs in {
        "Battles": ("Government regains territory", "Non-state actor overtakes territory", "Armed clash"),
        "Protests": ("Excessive force against protesters", "Protest with intervention", "Peaceful protest"),
        "Riots": ("Violent demonstration", "Mob violence"),
        "Explosions/Remote violence": (
            "Chemical weapon", "Air/drone strike", "Suicide bomb", "Shelling/artillery/missile attack",
            "Remote explosive/landmine/IED", "Grenade",
        ),
        "Violence against civilians": ("Sexual violence", "Attack", "Abduction/forced disappearance"),
        "Strategic developments": (
            "Agreement", "Arrests", "Change to group/activity", "Disrupted weapons use",
            "Headquarters or base established", "Looting/property destruction", "Non-violent transfer of territory",
            "Other",
        ),
    }.items()
    for sub in subs
]  # fmt: skip

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


@pytest.mark.parametrize(
    ("lang", "rows", "otherwise", "title"),
    [
        ("ar", [{"country": "Syria", "published": "2014-04-12"}, {"country": "Syria", "published": "2014-04-14"}], None,
         "سوريا، 12 إلى 14 أبريل 2014"),
        ("ar", [{"country": "Utopia", "published": "2013-12-30"}], None, "Utopia، 30 ديسمبر 2013"),
        ("ar", [], None, "أحداث"),
        ("en", [{"lat": 1.0, "date_start": "2013-12-30", "date_end": "2014-01-02"}], "small-quakes",
         "Small quakes, 30 December 2013 to 2 January 2014"),
        ("en", [], None, "Incidents"),
    ],
)  # fmt: skip
def test_a_page_has_a_title_in_its_language(lang: str, rows: list[dict[str, Any]], otherwise: str | None, title: str):
    """Country and days, else the name of the file, else the plain word."""
    assert title_of(rows, otherwise=otherwise, lang=lang) == title


def test_codes_of_others_have_names_in_arabic():
    """What ACLED and UCDP call their own types, wherever they are no type of ours."""
    kinds = Kinds(load_ontology().types)
    rows = [kinds.acled(event, sub) for event, sub in ACLED_CODES] + [kinds.ucdp(code) for code in "123"]
    page = maps.build([], types=[{"id": row["type"], "label": row["type_label"]} for row in rows], lang="ar")
    config = json.loads(re.search(r'id="config">(.*?)</script>', page.get_root().render(), re.DOTALL)[1])
    assert [row["label"] for row in config["types"] if row["label"].isascii()] == []
