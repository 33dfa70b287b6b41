"""Borders and roads as scenes: where nothing nearer is named, on the line that both countries share."""

import pytest
import shapely

from geo.gazetteer import load
from geo.gazetteer.borders import Borders
from geo.language import split
from geo.model import Report
from geo.places import find, resolve


@pytest.fixture(scope="module")
def world():
    return load(default=False)


def placed(text, gazetteer):
    report = Report("r", text, "r.txt")
    mentions = find(report, split(text), gazetteer)
    return {found.mention.text: found for found in resolve(report, mentions, gazetteer) if found.mention.role == "open"}


@pytest.mark.parametrize(
    ("text", "printed", "border"),
    [
        ("Shots fell along the border between Sudan and Chad.", "border between Sudan and Chad", "border.sd.td"),
        ("Shots fell on the long border of Sudan and Chad.", "border of Sudan and Chad", "border.sd.td"),
        ("Shots fell on the Sudan-Chad border on Friday.", "Sudan-Chad border", "border.sd.td"),
        ("Shots fell near the Chadian-Sudanese frontier.", "Chadian-Sudanese frontier", "border.sd.td"),
        ("Shots fell along Sudan's border with Chad.", "Sudan's border with Chad", "border.sd.td"),
        ("Shots fell near the Ukrainian border, Moldova said.", "Ukrainian border", "border.md.ua"),
        ("Kenyan soldiers fell in an ambush near the Somali border.", "Somali border", "border.ke.so"),
        ("Shots fell along the Somali border.", "Somali border", None),  # whose neighbour?
        ("Shots fell on the border between Chad and Japan.", "border between Chad and Japan", None),
    ],
)
def test_a_border_is_the_line_between_two_countries(world, text, printed, border):
    found = placed(text, world)[printed]
    assert (found.place.id if found.place else None) == border
    if border:
        assert world.get(border).name == found.place.name
        assert found.mention.relation == "between"
        shape = shapely.from_wkt(found.area_wkt)
        assert shape.is_valid
        assert shape.contains(shapely.Point(found.lon, found.lat))
        assert found.radius_m > 50_000, "an honest dot reaches to both ends"
    else:
        assert found.why


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Shells fell in the town of Kharkiv near the Russian border.", ["Kharkiv"]),
        ("Lorries crossed the Polish border on Monday.", []),
        ("A shop in the Polish border town of Chelm burnt down.", ["Chelm"]),
        ("The Polish border guard spoke of a storm.", []),
        ("Fire came from across the Polish border.", []),
    ],
)
def test_a_border_is_no_rival_of_a_town_and_no_scene_when_crossed(world, text, names):
    assert [found.mention.name for found in placed(text, world).values()] == names


@pytest.mark.parametrize(
    "text",
    [
        "Two men died on the road between Kyiv and Odesa.",
        "Two men died on the main road from Kyiv to Odesa.",
        "Two men died along the highway linking Kyiv to Odesa.",
        "Two men died on the Kyiv-Odesa highway.",
        "Rebels cut the road that links Kyiv with Odesa.",
    ],
)
def test_a_road_lies_between_its_towns(world, text):
    (found,) = placed(text, world).values()
    assert found.mention.relation == "between"
    shape = shapely.from_wkt(found.area_wkt)
    kyiv, odesa = (world.lookup(name, kind="city")[0].place for name in ("Kyiv", "Odesa"))
    assert all(shape.contains(shapely.Point(place.lon, place.lat)) for place in (kyiv, odesa))
    assert found.radius_m > 200_000
    assert kyiv.lat > found.lat > odesa.lat


def test_who_only_leaves_by_a_road_is_not_on_it(world):
    assert not any(
        found.mention.relation == "between"
        for found in placed("He left by the road from Kyiv to Odesa.", world).values()
    )


def test_every_border_has_two_known_countries_and_a_line(world):
    borders = Borders()
    codes = sorted(world.countries)
    pairs = [(a, b) for a in codes for b in borders.neighbours(a) if a < b]
    assert len(pairs) > 300
    for one, other in pairs:
        place = world.border(one, other)
        assert place is not None, (one, other)
        assert world.get(place.id) == place
        assert place.radius_m >= 10_000
