"""The first-level units of all countries: found by their names, left out where another file knows them better."""

import csv

import pytest

from geo.files import shipped
from geo.gazetteer import Gazetteer, import_from, load
from geo.gazetteer.units import PRECISION, Units
from geo.model import Place


@pytest.fixture(scope="module")
def world():
    return load(default=False)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Borno", "NG.27"),
        ("Borno State", "NG.27"),
        ("Donetsk", "UA.05"),
        ("Lugansk", "UA.14"),
        ("Sagaing Region", "MM.10"),
        ("Michoacan", "MX.16"),
        ("North Darfur", "SD.55"),
        ("South Kordofan", "SD.50"),
        ("Texas", "US.TX"),
    ],
)
def test_a_province_is_found_by_its_names(world, name, code):
    found = {candidate.place.id: candidate.place for candidate in world.lookup(name, kind="governorate")}
    place = found[f"adm1:{code}"]
    assert place.country_iso2 == code[:2]
    assert place.within, "it lies in a country that is listed"
    assert world.get(place.id) == place


def test_every_unit_is_an_area_with_an_honest_size_in_a_known_country(world):
    rows = list(csv.DictReader(shipped("world/units.csv").read_text(encoding="utf-8").splitlines(), delimiter="|"))
    assert len(rows) > 3_500
    assert len({row["code"] for row in rows}) == len(rows)
    for row in rows:
        place = world.get("adm1:" + row["code"])
        assert place.radius_m >= 3_000, row
        assert place.precision == PRECISION[row["basis"]], row
        assert "GeoNames (CC BY 4.0)" in place.source
        if place.bbox:
            west, south, east, north = place.bbox
            assert west <= place.lon <= east, row
            assert south <= place.lat <= north, row
    assert all(world.get("adm1:" + row["code"]).country for row in rows)


def test_a_curated_province_replaces_the_shipped_one():
    """By its name and country; "Borno" is then one place, with what the curated row says."""
    own = Place("ng.borno", "Borno", "governorate", 13.0, 11.5, 1e5, names=("Borno",), country_iso2="NG", curated=True)
    gazetteer = Gazetteer([own], units=Units())
    assert [candidate.place.id for candidate in gazetteer.lookup("Borno State")] == ["ng.borno"]
    assert [candidate.place.id for candidate in gazetteer.lookup("Borno") if candidate.score > 0.9] == ["ng.borno"]


def test_towns_of_a_dump_without_areas_lie_in_the_shipped_ones(tmp_path):
    line = ["9", "Gwoza", "Gwoza", "", "11.08", "13.69", "P", "PPL", "NG", "", "27", "", "", "", "9000", "", "", "", ""]
    (tmp_path / "NG.txt").write_text("\t".join(line) + "\n", encoding="utf-8")
    import_from("geonames", tmp_path / "NG.txt", tmp_path / "ng.sqlite")
    place = load([tmp_path / "ng.sqlite"], default=False).lookup("Gwoza")[0].place
    assert (place.admin1, place.country) == ("Borno State", "Nigeria")
    assert place.within == ("adm1:NG.27", "ng")


def test_nothing_is_read_until_a_name_is_asked_for(tmp_path):
    units = Units(tmp_path / "missing.csv")
    Gazetteer([], units=units)
    with pytest.raises(FileNotFoundError):
        units.of_code("NG.27")
