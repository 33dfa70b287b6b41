"""Which place a name means: the report's own words decide between places of one name, and a doubt is said."""

import pytest
from places_made_up import GAZETTEER, report_of, resolved

from geo.gazetteer import great_circle_m
from geo.model import Mention, Span
from geo.places import resolve


def place_of(text, name):
    found = next(one for one in resolved(text) if one.mention.text == name)
    return found.place and found.place.id


@pytest.mark.parametrize(
    ("text", "name", "id_"),
    [
        # three towns called Dun: the container, the neighbours, the distance decide
        ("Shells fell on Dun in Harth province.", "Dun", "z.p.dun"),
        ("Shells fell on Dun in Sarn province.", "Dun", "z.s.dun"),
        ("Shells fell on Dun, Novia.", "Dun", "n.dun"),
        ("Shells fell on Dun. Eskil and Harth were calm.", "Dun", "z.p.dun"),
        ("Shells fell on Dun. Olla and Tarn Abbas were calm.", "Dun", "z.s.dun"),
        ("Shells fell on Dun, 12 km north-east of Harth.", "Dun", "z.p.dun"),
        ("Shells fell on Dun near Port Vail.", "Dun", "n.dun"),
        # a town and a province of one name: the class noun, or what lies in it
        ("Shells fell on Harth.", "Harth", "z.p.harth"),
        ("Shells fell on the city of Harth.", "Harth", "z.p.harth"),
        ("Shells fell across Harth province.", "Harth province", "z.p"),
        ("Shells fell on Eskil in Harth.", "Harth", "z.p"),
        ("Harth and Sarn provinces were calm.", "Harth", "z.p"),
        ("Fighting spread in Harth province. Villages in northern Harth were left.", "northern Harth", "z.p"),
        ("Eskil, Harth, was calm. Harth had seen worse.", "Harth", "z.p"),
        # spelling: one letter too many, beside its neighbours
        ("Troops took Olla. They also took the nearby town of Tarn Abbass.", "Tarn Abbass", "z.s.tarn"),
        ("قتل اثنان في ميرو اليوم", "ميرو", "z.merrow"),
        # nobody knows it
        ("Shells fell in Qwghlm.", "Qwghlm", None),
        # a quarter lies in a city that the report names, not in another one far away
        (
            "Rockets hit Merrow. Two died in the Iron Gate neighbourhood of Harth.",
            "Iron Gate neighbourhood",
            "z.p.harth.gate",
        ),
        ("Rockets hit Merrow. Two died in the Iron Gate neighbourhood.", "Iron Gate neighbourhood", "z.merrow"),
        ("Rockets hit Merrow. Two died in the Olla neighbourhood.", "Olla neighbourhood", "z.merrow"),
        ("Rockets hit Harth. Two died in the Iron Gate neighbourhood.", "Iron Gate neighbourhood", "z.p.harth.gate"),
        # a name that only sounds alike is no place of another kind
        ("Rockets hit Harth and Eskil. Two died in the Esklo region.", "Esklo region", None),
        ("Rockets hit Harth and Dun. Two died in the village of Eskill.", "Eskill", "z.p.eskil"),
    ],
)
def test_the_right_place(text, name, id_):
    assert place_of(text, name) == id_


def test_a_doubt_is_said_with_its_candidates():
    """Without a word of context three Duns are equally likely: none is taken."""
    [found] = resolved("Shells fell on Dun.")
    assert found.place is None or found.score < 0.7
    assert {candidate.place.id for candidate in found.candidates} >= {"z.p.dun", "z.s.dun"}
    assert all(0 <= candidate.score <= 1 for candidate in found.candidates)


def test_options_lend_weight():
    report = report_of("Shells fell on Dun.")
    dun = Mention(Span(15, 18), "Dun", "Dun")
    for options, id_ in (
        ({"near": (37.3, 36.1)}, "z.p.dun"),
        ({"near": (36.3, 32.9)}, "z.s.dun"),
        ({"country": "NN"}, "n.dun"),
        ({"country": "Novia"}, "n.dun"),
    ):
        [found] = resolve(report, [dun], GAZETTEER, **options)
        assert found.place is not None, options
        assert found.place.id == id_, options
        assert found.mention == dun


def test_what_the_text_gets_wrong_is_said():
    found = next(
        one for one in resolved("Shells fell on Eskil, a village south of Merrow.") if one.mention.text == "Eskil"
    )
    assert found.place.id == "z.p.eskil"
    assert "the text puts it south of Merrow" in found.why
    assert "north-east" in found.why


def test_an_unlisted_facility_is_put_at_its_town_and_says_so():
    [found] = resolved("Rebels shelled the Merrow refinery.")
    assert found.place.id == "z.merrow"
    assert found.score < 0.5
    assert "not" in found.why or "no place" in found.why


def test_an_unlisted_village_is_put_in_its_province_or_drawn_near_its_neighbour():
    found = resolved("Gunmen entered the village of Qwghlm in Sarn province.")[0]
    assert (found.place.id, found.radius_m) == ("z.s", 50_000)
    found = resolved("Gunmen entered the village of Qwghlm near Olla.")[0]
    assert (found.place.id, found.place.name, found.place.precision) == ("near:z.s.olla:qwghlm", "Qwghlm", "estimate")
    assert great_circle_m(lon_a=found.lon, lat_a=found.lat, lon_b=36.1, lat_b=33.0) < 1
    assert found.radius_m > 1_500
    assert "near Olla" in found.why


def test_an_unlisted_quarter_is_put_at_its_city_and_says_so():
    text = "Rockets hit Harth city on Sunday. Three died in the Qwghlm neighbourhood."
    found = next(one for one in resolved(text) if "Qwghlm" in one.mention.text)
    assert (found.place.id, found.radius_m, found.mention.relation) == ("z.p.harth", 4_000, "area")
    assert found.score < 0.5
    assert "put at Harth" in found.why
    text = (
        "Rockets hit Harth and Merrow on Sunday. " + "It rained for hours. " * 20 + "The Qwghlm neighbourhood was calm."
    )
    found = next(one for one in resolved(text) if "Qwghlm" in one.mention.text)
    assert found.place is None  # of two cities, neither just named


def test_a_reference_keeps_its_own_point():
    """The town that places another one is not moved."""
    harth = next(one for one in resolved("Shells fell in Dun, 12 km north of Harth.") if one.mention.text == "Harth")
    assert (harth.mention.role, harth.lon, harth.lat) == ("reference", 37.2, 36.1)


def test_same_input_same_answer():
    text = "Shells fell on Dun near Olla, 5 km east of Tarn Abbas, and on the Dun-Olla road. Harth denied it."
    assert resolved(text) == resolved(text)


def test_scores_are_shares():
    for found in resolved("Shells fell on Dun in Sarn province, on Olla, on Eskil and in Qwghlm; Merrow denied it."):
        assert 0 <= found.score <= 1
        assert (found.lon is None) == (found.lat is None) == (found.radius_m is None)
        assert found.why
