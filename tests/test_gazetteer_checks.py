"""`geo check`: every problem of a gazetteer at once, each at its line."""

# ruff: noqa: E501  (one line, one row of the table)
import pytest

from geo.errors import GazetteerError
from geo.gazetteer import check, load

GOOD = "a: {name: Alba, kind: town, lat: 10, lon: 50, radius_m: 900, source: a map}\n"


def row(**facts):
    """A sound row with some facts changed; None leaves one out."""
    whole = {"name": "Beta", "kind": "town", "lat": 20, "lon": 60, "radius_m": 900, "source": "a map", **facts}
    return "{" + ", ".join(f"{key}: {value}" for key, value in whole.items() if value is not None) + "}"


@pytest.mark.parametrize(
    ("second", "problem"),
    [
        (row(radius_m=0), "'b': radius_m must be more than 0"),
        (row(radius_m=None), "'b' has no radius_m"),
        (row(radius_m="wide"), "'b': radius_m should be a number, not 'wide'"),
        (row(source=None), "'b' has no source (say where the point comes from)"),
        (row(name=None), "'b' has no name"),
        (row(name=12), "'b': name should be text, not 12 (put it in quotes)"),
        (row(popluation=7), "'b' has an unknown key 'popluation' (did you mean 'population'?)"),
        (row(population=-1), "'b': population should be a whole number, not -1"),
        (row(kind="twon"), "'b': unknown kind 'twon' (did you mean 'town'?"),
        (row(precision="rough"), "'b': unknown precision 'rough' (there are: exact"),
        (row(lat=120, lon=20), "'b': lat 120.0 is beyond the poles (lat and lon look swapped)"),
        (row(lat=95, lon=195), "'b': 95.0, 195.0 is nowhere on Earth"),
        (row(lat=0, lon=0), "'b': 0, 0 is in the sea off Africa"),
        (row(within="a"), "'b': within should be a list of ids"),
        (row(within="[zz]"), "'b' lies within 'zz', which there is not"),
        (row(names="[x]"), "'b': names should be lists by language"),
        (row(names="{en: x}"), "'b': names should be lists by language"),
        (row(ids="[1]"), "'b': ids should be one id by source"),
        (row(**{"not": "[a]"}), "'b': not should list other places"),
        (row(**{"not": "[{id: zz, why: x}]"}), "'b' is said not to be 'zz', which there is not"),
        (row(bbox="[1, 2, 3]"), "'b': bbox should be four numbers"),
        (row(bbox="[59, 21, 61, 19]"), "'b': bbox [59, 21, 61, 19] is no box"),
        (row(bbox="[1, 2, 3, 4]"), "'b': its point 20.0, 60.0 lies outside its own bbox"),
        (row(name="ALBA"), "'ALBA' belongs to two places, 'a' and 'b' (declare it on both with 'not: [{id: a, why: ...}]'"),
        (row(names="{en: [Al-ba]}"), "'Al-ba' belongs to two places"),
        (row(name="Beta", lat=10.0005, lon=50), "'b' is 56 m from 'a' (the same place twice?"),
        ("nothing", "'b' is no row"),
        ("{name: Beta, name: Gamma}", "the key 'name' stands here twice"),
        (row(name="NO"), "NO is read as true or false"),
        (row(lat="0o17"), "'b': lat should be a number, not '0o17'"),
        (row(lat="017"), "017 is read as an octal"),
        (row(lat="33:30:01"), "base-60"),
        (row(lat=".nan"), "undefined"),
        (row(name="&x Beta"), "anchors and aliases"),
    ],
)  # fmt: skip
def test_each_problem_is_told_with_its_line(tmp_path, second, problem):
    path = tmp_path / "g.yaml"
    path.write_text(f"{GOOD}b:\n  {second}\n", encoding="utf-8")
    told = [str(problem) for problem in check([path], context=[])]
    assert len(told) == 1, told
    assert problem in told[0]
    assert told[0].startswith((f"{path}:2: ", f"{path}:3: "))


TWO_LEVELS = """
land: {name: Land, kind: country, lat: 20, lon: 60, radius_m: 500000, source: x, bbox: [55, 15, 65, 25]}
"""


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (TWO_LEVELS + "b: " + row(lat=60, lon=20, within="[land]"), "lies outside 'land' (lat and lon look swapped)"),
        (TWO_LEVELS + "b: " + row(lat=30, lon=60, within="[land]"), "lies outside 'land' (check the point, or the bbox of 'land')"),
        (TWO_LEVELS + "b: " + row(within="[lnad]"), "lies within 'lnad', which there is not (did you mean 'land'?)"),
        ("p: " + row(name="Pi", radius_m=9000) + "\nb: " + row(lat=60, lon=20, within="[p]"), "km from 'p' (lat and lon look swapped)"),
        ("b: " + row(within="[c]") + "\nc: " + row(name="Ce", lat=21, within="[b]"), "'b' lies within itself: b > c > b"),
        ("b: " + row(within="[b]"), "'b' lies within itself: b > b"),
        ("b: " + row(ids="{geonames: 5}") + "\nc: " + row(name="Ce", lat=21, ids="{geonames: 5}"), "'c' has the geonames id 5 of 'b'"),
        ("- a\n- b", "expected rows by id"),
    ],
)  # fmt: skip
def test_problems_between_rows(tmp_path, rows, problem):
    path = tmp_path / "g.yaml"
    path.write_text(rows, encoding="utf-8")
    told = [str(problem) for problem in check([path], context=[])]
    assert len(told) == 1, told
    assert problem in told[0]


@pytest.mark.parametrize(
    "rows",
    [
        GOOD,
        "",
        "a: " + row() + "\nb: " + row(precision="parent", source=None, name="Gate", within="[a]"),
        "a: " + row(**{"not": "[{id: b, why: x}]"}) + "\nb: " + row(lat=30, **{"not": "[{id: a, why: x}]"}),
        "a: " + row() + "\nb: " + row(name="Gate", kind="facility"),
        "fj: " + row(lat=-17.8, lon=178, bbox="[177, -21, -178, -12]") + "\nb: " + row(name="Ce", lat=-16, lon=-179, within="[fj]"),
    ],
)  # fmt: skip
def test_sound_files_have_no_problems(tmp_path, rows):
    """A point taken from the parent, a declared namesake, a checkpoint in its town, a box across the 180th meridian."""
    path = tmp_path / "g.yaml"
    path.write_text(rows, encoding="utf-8")
    assert check([path], context=[]) == []
    load([path], default=False)


def test_all_problems_come_at_once_in_order(tmp_path):
    path = tmp_path / "g.yaml"
    path.write_text(f"a: {row(kind='twon', radius_m=-1)}\nb: {row(within='[zz]', lat=30)}\n", encoding="utf-8")
    assert [problem.line for problem in check([path], context=[])] == [1, 1, 2]
    assert [str(path) in str(problem) for problem in check([path, tmp_path / "missing.yaml"], context=[])].count(
        True
    ) == 3


def test_loading_tells_the_first_problem_and_how_many_more(tmp_path):
    path = tmp_path / "g.yaml"
    path.write_text(f"a: {row(kind='twon', radius_m=-1)}\nb: {row(within='[zz]', lat=30)}\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"g.yaml:1: .*and 2 more: run geo check"):
        load([path], default=False)


def test_a_missing_file_is_told_in_one_line(tmp_path):
    with pytest.raises(GazetteerError, match="no such file"):
        load([tmp_path / "none.yaml"])


def test_a_pack_that_is_not_there_is_told():
    with pytest.raises(GazetteerError, match="no pack 'atlantis'"):
        load(pack="atlantis")
