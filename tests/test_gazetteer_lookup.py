"""Names as reports print them, and the places of a gazetteer they lead to."""

# ruff: noqa: E501  (one line, one row of the table)

import pytest

from geo.gazetteer import load

ROWS = """
xx:
  {name: Examplia, kind: country, lat: 35, lon: 38, radius_m: 300000, iso2: SY, source: made up, bbox: [35, 32, 43, 38]}
xx.north:
  {name: North Province, kind: governorate, lat: 36, lon: 37, radius_m: 60000, within: [xx], pcode: XX01, source: made up}
xx.north.mid:
  {name: Mid District, kind: district, lat: 36, lon: 37, radius_m: 9000, within: [xx.north], pcode: XX0101, source: made up}
kafr-zita: {name: Kafr Zita, kind: town, lat: 35.37, lon: 36.6, radius_m: 1500, within: [xx.north.mid], source: made up,
  names: {ar: [كفر زيتا]}}
abu-kamal: {name: Abu Kamal, kind: city, lat: 34.45, lon: 40.92, radius_m: 3000, within: [xx], source: made up}
mleiha: {name: Mleiha, kind: town, lat: 33.48, lon: 36.38, radius_m: 1500, within: [xx], source: made up}
rankous: {name: Rankous, kind: town, lat: 33.75, lon: 36.38, radius_m: 1500, within: [xx], source: made up}
daraya: {name: Daraya, kind: town, lat: 33.46, lon: 36.23, radius_m: 1500, within: [xx], source: made up}
daraa: {name: Daraa, kind: city, lat: 32.62, lon: 36.1, radius_m: 4000, within: [xx], source: made up}
maaloula: {name: Maaloula, kind: town, lat: 33.84, lon: 36.54, radius_m: 1000, within: [xx], source: made up}
deir-ezzor: {name: Deir Ezzor, kind: city, lat: 35.33, lon: 40.14, radius_m: 4000, within: [xx], source: made up}
kafranbel: {name: Kafranbel, kind: town, lat: 35.61, lon: 36.57, radius_m: 1500, within: [xx], source: made up}
lattakia: {name: Lattakia, kind: city, lat: 35.53, lon: 35.79, radius_m: 5000, within: [xx], source: made up}
hammuriyeh: {name: Hammuriyeh, kind: town, lat: 33.53, lon: 36.42, radius_m: 1000, within: [xx], source: made up}
sheikh-said: {name: Sheikh Said, kind: neighbourhood, lat: 36.16, lon: 37.13, radius_m: 1000, within: [xx], source: made up}
jibab: {name: Jibab, kind: town, lat: 33.1, lon: 36.26, radius_m: 1000, within: [xx], source: made up}
karfitayn: {name: Karfitayn, kind: town, lat: 34.2, lon: 37.2, radius_m: 1000, within: [xx], source: made up}
east-ghouta: {name: Eastern Ghouta, kind: region, lat: 33.5, lon: 36.4, radius_m: 9000, within: [xx], source: made up}
hama: {name: Hama, kind: city, lat: 35.13, lon: 36.75, radius_m: 4000, within: [xx], source: made up,
  not: [{id: hama-province, why: the city}]}
hama-province: {name: Hama, kind: governorate, lat: 35.2, lon: 37.2, radius_m: 60000, within: [xx], source: made up,
  not: [{id: hama, why: the province}]}
"""


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    path = tmp_path_factory.mktemp("gazetteer") / "g.yaml"
    path.write_text(ROWS, encoding="utf-8")
    return load([path], default=False)


@pytest.mark.parametrize(
    ("printed", "id_", "why"),
    [
        ("Kafr Zita", "kafr-zita", "exact name"),
        ("KAFR ZITA", "kafr-zita", "exact name"),
        ("Kafr Zeita", "kafr-zita", "spelling variant"),
        ("Kfar Zeita", "kafr-zita", "spelling variant"),
        ("كفرزيتا", "kafr-zita", "exact name"),
        ("كفر زيته", "kafr-zita", "exact name"),
        ("القرفيتين", "karfitayn", "same consonants"),
        ("Bukamal", "abu-kamal", "same consonants"),
        ("Albu Kamal", "abu-kamal", "spelling variant"),
        ("al-Bukamal", "abu-kamal", "same consonants"),
        ("Mleha", "mleiha", "same consonants"),
        ("Al-Mulayhah", "mleiha", "same consonants"),
        ("Rankus", "rankous", "spelling variant"),
        ("Daryya", "daraya", "same consonants"),
        ("Darayya", "daraya", "spelling variant"),
        ("Ma’aloula", "maaloula", "exact name"),
        ("Ma‘lūlah", "maaloula", "spelling variant"),
        ("Maloula", "maaloula", "spelling variant"),
        ("Deir ez-Zor", "deir-ezzor", "exact name"),
        ("Deir el-Zour", "deir-ezzor", "spelling variant"),
        ("Dayr az Zawr", "deir-ezzor", "spelling variant"),
        ("Kafr Nabl", "kafranbel", "same consonants"),
        ("Kafr Nabil", "kafranbel", "same consonants"),
        ("Latakia", "lattakia", "spelling variant"),
        ("Deraa", "daraa", "spelling variant"),
        ("Hamouriyeh", "hammuriyeh", "spelling variant"),
        ("Ghouta ash-Sharqiyah", "east-ghouta", "spelling variant"),
        ("Rankkous", "rankous", "spelling variant"),
        ("Maaloulla", "maaloula", "spelling variant"),
        ("Maaloulab", "maaloula", "one letter off"),
        ("Lattakiam", "lattakia", "one letter off"),
    ],
)
def test_a_spelling_leads_first_to_its_place(gazetteer, printed, id_, why):
    candidates = [found for found in gazetteer.lookup(printed) if not found.place.id.startswith("adm1:")]
    assert candidates, f"{printed} finds nothing"
    assert candidates[0].place.id == id_
    assert candidates[0].why.startswith(why)


@pytest.mark.parametrize(
    ("printed", "never"),
    [
        ("Daraa", "daraya"),
        ("Daraya", "daraa"),
        ("Sheikh Sa'd", "sheikh-said"),
        ("Jibbeh", "jibab"),
        ("Western Ghouta", "east-ghouta"),
        ("Ghouta", "east-ghouta"),
        ("Hams", "hama"),
        ("Ranks", "rankous"),
        ("Sheikh Saidd Gate", "sheikh-said"),
        ("", "daraa"),
        ("’", "daraa"),
        ("—", "daraa"),
    ],
)
def test_names_that_only_look_alike_stay_apart(gazetteer, printed, never):
    assert never not in [candidate.place.id for candidate in gazetteer.lookup(printed)]


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        (None, ["hama", "hama-province"]),
        ("town", ["hama"]),
        ("city", ["hama"]),
        ("governorate", ["hama-province"]),
        ("area", ["hama-province"]),
        ("facility", []),
    ],
)
def test_a_class_noun_keeps_places_of_its_class(gazetteer, kind, ids):
    assert sorted(candidate.place.id for candidate in gazetteer.lookup("Hama", kind=kind)) == ids


def test_a_place_knows_its_parents(gazetteer):
    place = gazetteer.get("kafr-zita")
    assert (place.admin1, place.admin1_pcode) == ("North Province", "XX01")
    assert (place.admin2, place.admin2_pcode) == ("Mid District", "XX0101")
    assert (place.country, place.country_iso2) == ("Examplia", "SY")
    assert [parent.id for parent in gazetteer.parents(place)] == ["xx.north.mid", "xx.north", "xx"]
    assert place.curated


def test_what_is_near_comes_nearest_first(gazetteer):
    assert [place.id for place in gazetteer.near(36.3, 33.5, 20_000)][:2] == ["mleiha", "daraya"]
    assert gazetteer.near(0, -60, 1_000) == []


def test_the_same_file_gives_the_same_digest(tmp_path):
    unix, windows, other = (tmp_path / name for name in ("a.yaml", "b.yaml", "c.yaml"))
    unix.write_bytes(ROWS.encode())
    windows.write_bytes(ROWS.replace("\n", "\r\n").encode())
    other.write_bytes(ROWS.replace("33.46", "33.47").encode())
    digests = [load([path], default=False).sha256 for path in (unix, windows, other)]
    assert digests[0] == digests[1] != digests[2]


def test_a_file_given_comes_before_the_shipped_ones(tmp_path):
    own = tmp_path / "own.yaml"
    own.write_text("sy.hama.hama: {name: Our Hama, kind: city, lat: 35, lon: 36, radius_m: 1, source: ours}\n", "utf-8")
    gazetteer = load([own])
    assert gazetteer.get("sy.hama.hama").name == "Our Hama"
    assert gazetteer.get("sy").country_iso2 == "SY"


def test_of_two_files_with_one_place_the_first_is_found(tmp_path):
    """Two curated files may know a place under ids of their own: the GeoNames id says that it is one."""
    first, second = tmp_path / "a.yaml", tmp_path / "b.yaml"
    row = "{{name: Qara, kind: town, lat: 34.15, lon: 36.74, radius_m: {}, source: x, ids: {{geonames: 7}}}}\n"
    first.write_text("mine: " + row.format(1), "utf-8")
    second.write_text("theirs: " + row.format(2), "utf-8")
    gazetteer = load([first, second], default=False)
    assert [candidate.place.id for candidate in gazetteer.lookup("Qara")] == ["mine"]
    assert gazetteer.get("theirs") is not None


def test_the_shipped_gazetteer_names_its_sources():
    assert "GeoNames (CC BY 4.0)" in load().licences


def test_the_shipped_files_are_sound():
    from geo.files import shipped
    from geo.gazetteer import check

    problems = check([shipped("syria/gazetteer.yaml"), shipped("world/countries.yaml")])
    assert [str(problem) for problem in problems] == []
