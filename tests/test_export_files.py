"""Rows as files: every format holds every value, the same rows give the same bytes, and what is wrong is said."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import ExportError, InputError, UnknownName
from geo.export import event_row, exporters, feature, incident_row, is_export, is_ours, read_back, write
from geo.export.columns import EVENT_COLUMNS, INCIDENT_COLUMNS, KIND_OF
from geo.export.valid import problems
from geo.incidents import merge
from geo.model import Event, Mention, Party, Place, Report, Resolution, Span, Toll, When

BACK = (".geojson", ".geojsonl", ".jsonl", ".csv", ".parquet", ".gpkg")
ALL = (*BACK, ".fgb", ".kml")
SQUARE = "POLYGON ((36 33, 36 34, 37 34, 37 33, 36 33))"  # clockwise, as WKT from elsewhere may be
META = {"version": "0", "gazetteer_sha256": "00", "pack": "test", "options": {}}

QUOTE = "Shells fell on Tel Asfar on Friday, killing two."
TEXT = f"A head.\n{QUOTE}\n"


def an_event(**changes: Any) -> Event:
    report = Report("r1", TEXT, "a.txt", offset=5, published=dt.date(2020, 5, 9), outlet="Daily Letter")
    place = Place("tel-asfar", "Tel Asfar", "village", 36.61234567, 35.3, 900.0, admin1="North", country="Testland")
    mention = Mention(Span(23, 32), "Tel Asfar", "Tel Asfar")
    day = dt.date(2020, 5, 8)
    values: dict[str, Any] = {
        "id": "e1",
        "report": report,
        "span": Span(8, 8 + len(QUOTE)),
        "type": "shelling",
        "parent_type": None,
        "trigger": "Shells fell",
        "status": "reported",
        "when": When(day, day, "day", "on Friday", "relative"),
        "resolution": Resolution(mention, place, 0.9, "the only place of that name"),
        "parties": (Party("the Reds", "reds", "initiator"),),
        "tolls": (Toll("killed", 2, 2),),
        **changes,
    }
    return Event(**values)


def rows() -> list[dict[str, Any]]:
    """Three rows: with a place, without one, with an area; texts that every format must quote."""
    placed = event_row(an_event(), incident_id="e1")
    placeless = event_row(an_event(id="e2", resolution=None, said_by='=HYPERLINK("x")\n"é, ؟'), incident_id="e1")
    area = dict(placed, id="e3", area_wkt=SQUARE, lat=33.5, lon=36.5)
    return [placed, placeless, area]


def test_a_row_has_the_columns_of_the_contract_and_null_where_unknown() -> None:
    row = event_row(an_event(), incident_id="e1")
    assert list(row) == [*EVENT_COLUMNS, "lat", "lon"]
    assert row["quote"] == QUOTE
    assert (row["char_start"], row["char_end"]) == (13, 13 + len(QUOTE))  # in the file, where the report starts at 5
    assert (row["killed_min"], row["injured_min"]) == (2, None)
    assert row["actors"] == [{"name": "the Reds", "id": "reds", "role": "initiator"}]
    bare = event_row(an_event(resolution=None, tolls=(), parties=(), when=When(None, dt.date(2020, 5, 9))))
    assert set(bare) == set(row)
    for column in (
        "incident_id",
        "place",
        "lat",
        "radius_m",
        "place_relation",
        "date_start",
        "killed_min",
        "acled_event_type",
    ):
        assert bare[column] is None
    assert bare["date_end"] == "2020-05-09"


def test_an_incident_row_adds_what_all_statements_say() -> None:
    elsewhere = Report("r2", TEXT + " A market burned.", "b.txt", published=dt.date(2020, 5, 9), outlet="Evening Post")
    second = an_event(id="e2", report=elsewhere, said_by="a medic", tolls=(Toll("killed", 5, 5),))
    [incident] = merge([an_event(), second])
    row = incident_row(incident)
    assert list(row) == [*INCIDENT_COLUMNS, "lat", "lon"]
    assert (row["id"], row["incident_id"], row["event_ids"]) == ("e1", "e1", ["e1", "e2"])
    assert (row["killed_min"], row["killed_max"]) == (2, 5)
    assert [quote["event_id"] for quote in row["quotes"]] == ["e1", "e2"]
    assert row["conflicts"][0]["field"] == "toll"
    assert [value["value"] for value in row["conflicts"][0]["values"]] == ["2 killed", "5 killed"]


def test_codes_come_from_the_ontology_and_depend_on_the_side_where_it_says_so() -> None:
    types = {
        "territory_captured": {
            "label": "Territory captured",
            "acled_event_type": "Battles",
            "acled_sub_event_type": "Government regains territory",
            "acled_by_side": {
                "government": "Government regains territory",
                "other": "Non-state actor overtakes territory",
            },
            "cameo": "192",
        }
    }
    event = an_event(type="territory_captured")
    for side, sub_event in (
        ("government", "Government regains territory"),
        ("rebels", "Non-state actor overtakes territory"),
        (None, None),
    ):
        row = event_row(event, types=types, side_of=lambda _, side=side: side)
        assert (row["acled_event_type"], row["acled_sub_event_type"], row["cameo"]) == ("Battles", sub_event, "192")


@pytest.mark.parametrize("suffix", BACK)
@pytest.mark.filterwarnings("ignore")
def test_what_is_exported_reads_back_equal(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"x{suffix}"
    write(rows(), path, meta=META)
    assert read_back(path) == rows()
    assert is_export(path)


def test_kml_reads_back_but_for_characters_that_xml_cannot_hold(tmp_path: Path) -> None:
    path = tmp_path / "x.kml"
    write(rows(), path)
    kept = [{k: v.replace("\x00", "\ufffd") if isinstance(v, str) else v for k, v in row.items()} for row in rows()]
    assert read_back(path) == kept
    path.write_text("<kml xmlns='http://www.opengis.net/kml/2.2'><Placemark><name>a</name></Placemark></kml>")
    with pytest.raises(InputError, match=r"x\.kml: holds no events of ours"):
        read_back(path)


@pytest.mark.parametrize(
    ("name", "content", "ours"),
    [
        ("a.geojson", '{"type": "FeatureCollection", "dateline": {}, "features": []}', True),
        ("a.geojson", '{"features": [{"properties": {"type": 1, "trigger": 1, "quote": 1, "char_start": 1}}]}', True),
        ("a.geojson", '{"features": [{"properties": {"type": "flood", "quote": "q"}}]}', False),
        ("a.geojson", "{", False),
        ("a.geojsonl", '\x1e{"properties": {"type": 1, "trigger": 1, "quote": 1, "char_start": 1}}\n', True),
        ("a.geojsonl", '{"properties": {}}\n', False),
        ("a.csv", "id,title,text\n", False),
    ],
)
def test_our_columns_tell_our_files_from_those_of_others(name: str, content: str, ours: bool, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert is_ours(path) is ours


@pytest.mark.parametrize("suffix", ALL)
def test_the_same_rows_give_the_same_bytes(suffix: str, tmp_path: Path) -> None:
    one, other = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    write(rows(), one, meta=META)
    write(iter(rows()), other, meta=META)
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("suffix", ALL)
def test_no_rows_make_a_readable_file(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"x{suffix}"
    write([], path, meta=META)
    assert path.stat().st_size > 0 or suffix in (".jsonl", ".geojsonl")
    if suffix in BACK:
        assert read_back(path) == []


_TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=20)
_DAYS = st.none() | st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)).map(dt.date.isoformat)
_WHOLES = st.none() | st.integers(0, 2**40)
_NUMBERS = st.none() | st.floats(0, 1e9, allow_nan=False).map(lambda x: x + 0.0)
_JSONS = st.lists(st.fixed_dictionaries({"name": _TEXTS, "value": _WHOLES}), max_size=3)
_VALUES = {"text": _TEXTS, "day": _DAYS, "whole": _WHOLES, "number": _NUMBERS, "json": _JSONS}
_POINTS = st.none() | st.tuples(st.floats(-180, 180), st.floats(-90, 90)).map(
    lambda p: tuple(round(x, 7) + 0.0 for x in p)
)


@st.composite
def any_rows(draw: Callable[..., Any]) -> list[dict[str, Any]]:
    drawn = []
    for number in range(draw(st.integers(1, 3))):
        row = {name: draw(_VALUES[kind]) for name, kind in KIND_OF.items()}
        point = draw(_POINTS)
        row.update(id=f"id{number}", area_wkt=None, lon=point and point[0], lat=point and point[1])
        drawn.append(row)
    return drawn


@pytest.mark.parametrize("suffix", BACK)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(drawn=any_rows())
def test_whatever_is_exported_reads_back_equal(suffix: str, tmp_path: Path, drawn: list[dict[str, Any]]) -> None:
    path = tmp_path / f"x{suffix}"
    write(drawn, path, layer="incidents")
    assert read_back(path) == drawn
    if suffix == ".geojson":
        assert problems(json.loads(path.read_text(encoding="utf-8"))) == []


def test_geojson_keeps_rfc_7946_and_says_how_it_was_made(tmp_path: Path) -> None:
    path = tmp_path / "x.geojson"
    for geometry in ("point", "area"):
        write(rows(), path, meta=META, geometry=geometry)
        whole = json.loads(path.read_text(encoding="utf-8"))
        assert problems(whole) == []
        assert whole["dateline"] == META
        assert [f["id"] for f in whole["features"]] == ["e1", "e2", "e3"]
        assert read_back(path) == rows()
    shapes = [f["geometry"] and f["geometry"]["type"] for f in whole["features"]]
    assert shapes == ["Point", None, "Polygon"]


@pytest.mark.parametrize(
    ("geometry", "problem"),
    [
        ({"type": "Point", "coordinates": [36.4, 33.5]}, None),
        ({"type": "Point", "coordinates": [33.5, 136.4]}, "latitude 136.4 is beyond 90"),
        ({"type": "Point", "coordinates": [36.4, float("nan")]}, "latitude nan is not a finite number"),
        ({"type": "Point", "coordinates": [36.12345678, 1]}, "longitude 36.12345678 has more than 7 decimals"),
        ({"type": "Point", "coordinates": "36"}, "'36' is not a position"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}, None),
        (
            {"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 0]]]},
            "an outer ring must run counter-clockwise, a hole clockwise",
        ),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}, "a ring is not closed"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}, "a ring has fewer than four positions"),
        (
            {"type": "Polygon", "coordinates": [[[-179, 0], [179, 0], [179, 1], [-179, 0]]]},
            "a ring spans more than half the world: cut it at the antimeridian",
        ),
        ({"type": "Circle"}, "unknown geometry type 'Circle'"),
    ],
)
def test_the_check_finds_what_is_wrong_with_a_geometry(geometry: dict[str, Any], problem: str | None) -> None:
    whole = {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "id": "a", "properties": {}, "geometry": geometry}],
    }
    assert problems(whole) == ([f"feature a: {problem}"] if problem else [])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"lat": 136.0}, "lon and lat may be swapped"),
        ({"lat": float("nan")}, "not a number"),
        ({"area_wkt": "POLYGON ((oops"}, "is not WKT"),
        ({"quote": "\ud800"}, "check the encoding of the input"),
        ({"id": "e1"}, "two rows have the id 'e1'"),
    ],
)
def test_what_cannot_be_written_is_said_and_leaves_the_old_file(
    changes: dict[str, Any], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.geojson"
    write(rows()[:1], path)
    before = path.read_bytes()
    with pytest.raises(ExportError, match=words):
        write([rows()[0], dict(rows()[2], **changes)], path, geometry="area")
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["x.geojson"]


def test_an_unknown_suffix_lists_the_formats(tmp_path: Path) -> None:
    with pytest.raises(UnknownName, match=r"\.csv.*\.gpkg"):
        write(rows(), tmp_path / "x.shp")
    assert set(exporters()) >= set(ALL)


def test_no_path_means_geojson_on_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write(rows(), "-", meta=META)
    assert problems(json.loads(capfdbinary.readouterr().out)) == []


def test_csv_leaves_cells_that_look_like_formulas_and_says_so(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(rows(), tmp_path / "x.csv")
    assert '"=HYPERLINK(""x"")' in (tmp_path / "x.csv").read_text(encoding="utf-8")
    assert "1 cells start with =" in caplog.text


def test_a_geopackage_opens_with_points_real_dates_and_areas(tmp_path: Path) -> None:
    pyogrio = pytest.importorskip("pyogrio")
    path = tmp_path / "x.gpkg"
    write(rows(), path, meta=META)
    assert [name for name, _ in pyogrio.list_layers(path)] == ["events", "event_areas"]
    info = pyogrio.read_info(path, layer="events")
    assert set(info["fields"]) == set(EVENT_COLUMNS)
    kinds = dict(zip(info["fields"], info["dtypes"]))
    assert (kinds["date_start"], kinds["killed_min"], kinds["radius_m"]) == ("datetime64[D]", "int64", "float64")
    assert json.loads(info["layer_metadata"]["dateline"]) == META
    frame = pyogrio.read_dataframe(path, layer="events")
    assert frame.crs.to_epsg() == 4326
    assert (frame.geometry[0].x, frame.geometry[0].y) == (36.6123457, 35.3)
    assert frame.geometry[1] is None
    assert frame["quote"].tolist() == [QUOTE] * 3
    areas = pyogrio.read_dataframe(path, layer="event_areas")
    assert areas["id"].tolist() == ["e3"]
    assert areas.geometry[0].geom_type == "Polygon"
    with sqlite3.connect(path) as database:
        assert dict(database.execute("select name, type from pragma_table_info('events')"))["date_start"] == "DATE"
    database.close()


def test_geoparquet_opens_with_geopandas(tmp_path: Path) -> None:
    geopandas = pytest.importorskip("geopandas")
    path = tmp_path / "x.parquet"
    write(rows(), path, meta=META)
    frame = geopandas.read_parquet(path)
    assert frame.geometry[0].x == 36.6123457
    assert frame["date_start"][0] == dt.date(2020, 5, 8)
    assert json.loads(frame["actors"][0]) == [{"name": "the Reds", "id": "reds", "role": "initiator"}]


def test_kml_has_a_placemark_and_a_time_span_for_each_row(tmp_path: Path) -> None:
    path = tmp_path / "x.kml"
    write([dict(rows()[0], quote="a < b & c \x07"), *rows()[1:]], path, geometry="area")
    name = "{http://www.opengis.net/kml/2.2}"
    marks = list(ET.parse(path).getroot().iter(f"{name}Placemark"))
    assert [mark.findtext(f"{name}name") for mark in marks] == [
        "Shelling, Tel Asfar",
        "Shelling",
        "Shelling, Tel Asfar",
    ]
    assert marks[0].findtext(f"{name}description") == "a < b & c \ufffd"
    assert marks[0].findtext(f".//{name}begin") == "2020-05-08"
    assert marks[0].findtext(f".//{name}coordinates") == "36.6123457,35.3"
    assert [mark.find(f"{name}Polygon") is not None for mark in marks] == [False, False, True]


@pytest.mark.parametrize(
    ("name", "content", "exported"),
    [
        ("reports.csv", "id,title,text\n1,a,b\n", False),
        ("reports.jsonl", '{"id": 1, "text": "b"}\n', False),
        ("events.jsonl", '{"type": "t", "trigger": "t", "quote": "q", "char_start": 0}\n', True),
        ("events.csv", "type,trigger,quote,char_start\n", True),
        ("empty.jsonl", "", False),
        ("report.txt", "Shells fell.", False),
        ("events.geojson", "{}", True),
    ],
)
def test_exports_are_told_from_tables_of_reports(name: str, content: str, exported: bool, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    assert is_export(path) is exported


@pytest.mark.parametrize(
    ("name", "content"),
    [("x.geojson", "{}"), ("x.geojson", "not json"), ("x.geojsonl", "[1]\n"), ("x.jsonl", "1\n"), ("x.geojson", None)],
)
def test_a_file_that_is_none_of_ours_is_refused_in_one_line(name: str, content: str | None, tmp_path: Path) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=name) as caught:
        read_back(path)
    assert "\n" not in str(caught.value)


def test_a_feature_is_a_point_or_nothing() -> None:
    assert feature(rows()[0])["geometry"] == {"type": "Point", "coordinates": [36.6123457, 35.3]}
    assert feature(rows()[1])["geometry"] is None
    assert "lat" not in feature(rows()[0])["properties"]
