"""With every town of the world listed: which names count as places, and which of their namesakes are meant."""

import pytest

from geo.gazetteer import import_from, load
from geo.language import split
from geo.model import Report
from geo.places import find, resolve

WORLD_ROWS = "id,name,lat,lon,kind,country,population\n" + "\n".join(
    [
        "w1,Quorn,52.7,-1.2,village,GB,5000",
        "w2,Lambeau,36.0,-90.0,village,US,700",
        "w3,Hope,33.7,-93.6,town,US,9000",
        "w4,Gwoza,11.1,13.7,town,NG,9000",
        "w5,Syrias,41.0,2.0,village,ES,800",
        "w6,Congress,34.2,-112.9,village,US,1900",
        "w7,Metropole,10.0,10.0,city,CM,900000",
    ]
)


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    folder = tmp_path_factory.mktemp("world")
    (folder / "world.csv").write_text(WORLD_ROWS + "\n", encoding="utf-8")
    return load([import_from("csv", folder / "world.csv", folder / "world.sqlite").path])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Police in Nigeria went to Gwoza from the north.", ["Nigeria", "Gwoza"]),
        ("Nigerian police left for Gwoza.", ["Gwoza"]),
        ("Police in Kenya spoke to Lambeau from the north.", ["Kenya"]),  # too small, and in no country named
        ("Police in Kenya went to the village of Lambeau.", ["Kenya", "Lambeau"]),
        ("Police in Kenya went to Metropole from the north.", ["Kenya", "Metropole"]),
        ("In the United States people spoke of Hope on Monday.", ["United States"]),
        ("A fire in the town of Hope in the United States killed two.", ["Hope", "United States"]),
        ("In the United States the law went to Congress.", ["United States"]),
        ("Syrias army left Homs.", ["Syria", "Homs"]),
        ("Senator Ann Quorn is British, said Quorn.", []),
    ],
)
def test_of_all_the_worlds_villages_those_of_the_countries_named_count(world, text, found):
    """With every town of the world listed, small ones elsewhere, persons and ordinary words stay out."""
    report = Report("r", text, "r.txt")
    assert [mention.name for mention in find(report, split(text), world)] == found


@pytest.mark.parametrize(
    ("text", "name", "place_id"),
    [
        ("Floods hit the Luhansk region.", "Luhansk", "adm1:UA.14"),  # the province before the city
        ("Floods hit Luhansk.", "Luhansk", "ua.luhansk"),
        ("Floods hit West Darfur in Sudan.", "Darfur", "adm1:SD.47"),
        ("Four died in Kharkiv, in Kharkiv oblast.", "Kharkiv", "ua.kharkiv"),
        ("Four died in the state of Guanajuato.", "Guanajuato", "adm1:MX.11"),
        ("Four died in Borno, Yobe and Adamawa states.", "Yobe", "adm1:NG.44"),
    ],
)
def test_provinces_of_any_country(world, text, name, place_id):
    report = Report("r", text, "r.txt")
    found = resolve(report, find(report, split(text), world), world)
    assert next(one.place.id for one in found if one.mention.name == name and one.place) == place_id


def test_a_town_beside_its_province_is_the_scene(world):
    text = "A bus fell into a river in Borno state near the town of Gwoza."
    report = Report("r", text, "r.txt")
    found = {mention.name: (mention.role, mention.relation) for mention in find(report, split(text), world)}
    assert found == {"Borno": ("context", "at"), "Gwoza": ("open", "near")}


def test_consonants_alone_make_no_country_of_a_name(world):
    """Countries are spelled right: "Antar" is not Syria."""
    for text in ("Four died in Antar region, Syria said.", "Four died in Sevre district, Syria said."):
        report = Report("r", text, "r.txt")
        first = resolve(report, find(report, split(text), world), world)[0]
        assert first.place is None or first.place.kind != "country", text


def test_a_direction_is_no_province(world):
    """Provinces called West, Centre or North need their class noun."""
    report = Report("r", "Cameroon blamed the West for the strike.", "r.txt")
    found = resolve(report, find(report, split(report.text), world), world)
    assert [one.place and one.place.id for one in found] == ["cm", None]
