"""Data that others made: coded tables and GeoJSON of any kind become rows of ours, or an error that says where."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import pytest

from geo import export, others
from geo.errors import DataError, GeoError, InputError
from geo.events.ontology import load_ontology
from geo.export.columns import INCIDENT_COLUMNS
from geo.others.days import days_of, plain_day
from geo.others.kinds import Kinds

TYPES = load_ontology().types
ACLED = """event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,admin1,location,\
latitude,longitude,geo_precision,source,notes,fatalities
UTO1,05 May 2021,1,Battles,Armed clash,Army of Utopia,Northern Front,Utopia,Coast,Harbour,10.5,20.25,1,Wire A; Wire B,\
"Made up: two sides fought, says the note.",3
UTO2,2021-05-06,2,Violence against civilians,Attack,Northern Front,Civilians (Utopia),Utopia,Coast,Mill,10.6,20.3,2,,,0
"""
GED = """id,type_of_violence,side_a,side_b,source_office,source_date,source_headline,where_prec,where_coordinates,\
adm_1,latitude,longitude,country,date_start,date_end,best,high,low
7,3,Northern Front,Civilians,Wire A,2021-05-09,A made-up headline,4,Mill town,Coast,10.6,20.3,Utopia,\
2021-05-06 00:00:00.000,2021-05-08 00:00:00.000,4,9,2
"""


def point(lon: float = 20.0, lat: float = 10.0, **properties: Any) -> dict[str, Any]:
    """A feature with a point."""
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lon, lat]},
        "properties": properties,
    }


@pytest.fixture
def read(tmp_path: Path):
    """Write a file and read it as of others."""

    def go(content: str | list[dict[str, Any]], name: str = "", **options: Any) -> list[dict[str, Any]]:
        path = tmp_path / (name or ("coded.csv" if isinstance(content, str) else "things.geojson"))
        if not isinstance(content, str):
            content = json.dumps({"type": "FeatureCollection", "features": content})
        path.write_text(content, encoding="utf-8")
        assert others.is_others(path)
        return others.read([path], TYPES, **options)

    return go


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2021-05-06", "2021-05-06", "2021-05-06"),
        ("2021-05-06T23:30:00+02:00", "2021-05-06", "2021-05-06"),
        ("2021/5/6", "2021-05-06", "2021-05-06"),
        ("20210506", "2021-05-06", "2021-05-06"),
        ("6 May 2021", "2021-05-06", "2021-05-06"),
        ("06-May-2021", "2021-05-06", "2021-05-06"),
        ("May 6, 2021", "2021-05-06", "2021-05-06"),
        ("06.05.2021 14:00", "2021-05-06", "2021-05-06"),
        # A month or a year is all its days.
        ("2021-02", "2021-02-01", "2021-02-28"),
        (2021, "2021-01-01", "2021-12-31"),
        # Seconds and milliseconds since 1970, also as text; before 1970 too.
        (1620259200, "2021-05-06", "2021-05-06"),
        (1620259200000, "2021-05-06", "2021-05-06"),
        ("1620259200000", "2021-05-06", "2021-05-06"),
        (-1620259200000, "1918-08-29", "1918-08-29"),
        # No day at all.
        ("soon", None, None),
        ("31 April 2021", None, None),
        ("2021-13-01", None, None),
        (17, None, None),
        (True, None, None),
        (1e30, None, None),
        (float("nan"), None, None),
        ([2021], None, None),
        (None, None, None),
    ],
)
def test_days(value: Any, first: str | None, last: str | None):
    """Every usual way to write a day, and what is none."""
    found = days_of(value)
    assert (found and tuple(map(str, found))) == (first and (first, last))


def test_a_month_is_no_plain_day():
    """A coded table needs days."""
    assert (plain_day("2021-05"), plain_day("May 2021")) == (None, None)


@pytest.mark.parametrize(
    ("event", "sub_event", "type", "parent"),
    [
        ("Battles", "Armed clash", "armed_clash", None),
        # Of several with one code the parent of all others, or the one with its name.
        ("Explosions/Remote violence", "Air/drone strike", "air_strike", None),
        ("Violence against civilians", "Attack", "attack", None),
        # A code that depends on the side.
        ("Battles", "Non-state actor overtakes territory", "territory_captured", None),
        # No type of ours: ACLED's name, under ours where the event type is one type alone.
        ("Protests", "Protest with intervention", "protest_with_intervention", "protest"),
        ("Riots", "Mob violence", "mob_violence", None),
        ("Riots", "", "riots", None),
    ],
)
def test_the_crosswalk_read_backwards(event: str, sub_event: str, type: str, parent: str | None):
    """ACLED's codes give our types where they are one type."""
    row = Kinds(TYPES).acled(event, sub_event)
    assert (row["type"], row["parent_type"], row["acled_event_type"]) == (type, parent, event)


def test_an_acled_table(read):
    """Each row is an incident with all columns, the note as its sentence, and the file's own cells."""
    clash, attack = read(ACLED)
    assert set(INCIDENT_COLUMNS) <= set(clash)
    assert clash["quote"] == "Made up: two sides fought, says the note."
    assert (clash["type"], clash["place"], clash["country"], clash["admin1"]) == (
        "armed_clash", "Harbour", "Utopia", "Coast",
    )  # fmt: skip
    assert (clash["lon"], clash["lat"], clash["date_start"], clash["date_end"]) == (
        20.25, 10.5, "2021-05-05", "2021-05-05",
    )  # fmt: skip
    assert (clash["killed_min"], clash["killed_max"], clash["outlets"]) == (3, 3, ["Wire A", "Wire B"])
    assert {actor["role"] for actor in clash["actors"]} == {"other"}
    assert clash["given"]["event_id_cnty"] == "UTO1"
    # Precision widens the days and the position; in violence against civilians the first actor did it.
    assert (attack["date_start"], attack["date_end"], attack["date_precision"]) == ("2021-05-03", "2021-05-09", "week")
    assert (attack["place_relation"], attack["radius_m"]) == ("near", 25000.0)
    assert [actor["role"] for actor in attack["actors"]] == ["initiator", "target"]
    assert attack["quote"] is None


def test_a_ged_table(read):
    """UCDP's kinds are types of their own; low and high are the toll."""
    (row,) = read(GED)
    assert (row["type"], row["type_label"]) == ("one_sided_violence", "One-sided violence")
    assert (row["killed_min"], row["killed_max"], row["date_precision"]) == (2, 9, "range")
    assert (row["place_relation"], row["radius_m"], row["published"]) == ("area", 80000.0, "2021-05-09")
    assert row["quote"] == "A made-up headline"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (
            ACLED.replace("2021-05-06", "soon"),
            "coded.csv:3: this row cannot be read: 'soon' is not a date (event_date)",
        ),
        (ACLED.replace("20.25", "east"), "coded.csv:2: this row cannot be read: longitude 'east' is not a number"),
        (ACLED.replace("20.25", "202.5"), "coded.csv:2: this row cannot be read: longitude 202.5 is outside"),
        (ACLED.replace("20.25", "nan"), "coded.csv:2: this row cannot be read: longitude nan is outside"),
        (ACLED.replace(",3\n", ",many\n"), "coded.csv:2: this row cannot be read: fatalities 'many' is not a number"),
        (ACLED.replace(",0\n", ",-1\n"), "coded.csv:3: this row cannot be read: fatalities '-1' is not a count"),
        (ACLED.replace("05 May 2021,1", "05 May 2021,9"), "time_precision '9' is none of 1, 2, 3"),
        (ACLED.replace(",0\n", ",0,extra\n"), "coded.csv:3: this row has more cells than the header"),
        (ACLED + "UTO3,2021-05-06\n", "coded.csv:4: this row cannot be read: longitude '' is not a number"),
        # A row is named by its first line, also after a note of two lines.
        (ACLED.replace("Made up: two", "Made up:\ntwo").replace("2021-05-06", "soon"), "coded.csv:4: "),
        (GED.replace("2021-05-08 00", "2021-05-01 00"), "date_end 2021-05-01 is before date_start 2021-05-06"),
    ],
)
def test_a_bad_row_is_named_by_file_and_line(read, text: str, says: str):
    """One line: where, what, what to try."""
    with pytest.raises(DataError) as caught:
        read(text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("properties", "options", "expected"),
    [
        # Guessed by name: the date, the type, the text, the place.
        ({"time": 1620259200000, "type": "earthquake", "title": "M 5", "place": "Deep"}, {},
         {"date_start": "2021-05-06", "type": "earthquake", "quote": "M 5", "place": "Deep"}),
        ({"Event Date": "06/05/2021", "category": "Flood"}, {}, {"date_start": "2021-05-06", "type": "flood"}),
        ({"start_date": "2021-05-06", "end_date": "2021-05-09"}, {}, {"date_end": "2021-05-09"}),
        # Guessed by value, where no name says it.
        ({"am": "06.05.2021", "was": 7}, {}, {"date_start": "2021-05-06", "type": "things"}),
        # Told: also what nobody would guess, and that there is none.
        ({"x": 2021, "date": "2021-05-06"}, {"date_field": "x"}, {"date_end": "2021-12-31", "date_precision": "year"}),
        ({"date": "2021-05-06"}, {"date_field": "none"}, {"date_start": None, "date_precision": "unknown"}),
        ({"date": "2021-05-06", "level": 3}, {"type_field": "level"}, {"type": "level_3", "type_label": "Level 3"}),
        ({"date": "2021-05-06", "type": "flood"}, {"type_field": "none"}, {"type": "things"}),
        # A type of ours by its name or label.
        ({"date": "2021-05-06", "type": "Air strike"}, {}, {"type": "air_strike", "type_label": "Air strike"}),
        # Their words for our columns stay theirs.
        ({"date": "2021-05-06", "status": "denied", "confidence": "low", "actors": 3}, {},
         {"status": "reported", "confidence": None, "actors": []}),
        # No date in one feature is no error.
        ({"date": None, "type": "flood"}, {"date_field": "date"}, {"date_start": None}),
    ],
)  # fmt: skip
def test_geojson_of_any_kind(read, properties: dict[str, Any], options: dict[str, str], expected: dict[str, Any]):
    """Which property plays which part; all of them are kept as they are."""
    (row,) = read([point(**properties)], **options)
    assert {name: row[name] for name in expected} == expected
    assert row["given"] == properties
    assert (row["lon"], row["lat"]) == (20.0, 10.0)


def test_one_american_date_turns_all(read):
    """05/30/2021 anywhere says that 05/06/2021 is the sixth of May."""
    rows = read([point(date="05/30/2021"), point(date="05/06/2021")])
    assert [row["date_start"] for row in rows] == ["2021-05-30", "2021-05-06"]


@pytest.mark.parametrize(
    ("geometry", "at", "wkt", "relation"),
    [
        (None, (None, None), None, "at"),
        ({"type": "Point", "coordinates": [20, 10, 500]}, (20, 10), None, "at"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]}, (1, 1), "POLYGON", "area"),
        ({"type": "LineString", "coordinates": [[0, 0], [4, 0]]}, (2, 0), "LINESTRING", "at"),
        ({"type": "MultiPoint", "coordinates": [[3, 3]]}, (3, 3), "MULTIPOINT", "at"),
    ],
)
def test_shapes(read, geometry: Any, at: Any, wkt: str | None, relation: str):
    """A shape is a symbol in it, and itself when it is looked at; no position is no error."""
    (row,) = read([{**point(date="2021-05-06"), "geometry": geometry}])
    assert (row["lon"], row["lat"], row["place_relation"]) == (*at, relation)
    assert (row["area_wkt"] or "").startswith(wkt or "")
    assert export.feature(row)["properties"]["given"]


@pytest.mark.parametrize(
    ("features", "options", "says"),
    [
        ([point(a=1, b="x")], {}, "no field looks like a date; name it with --date-field, or say --date-field none; "
         "its fields are a, b"),
        ([point(a=1, b="x")], {"date_field": "when"}, "no field 'when' for --date-field; its fields are a, b"),
        ([point(date="2021-05-06")], {"type_field": "kind"}, "no field 'kind' for --type-field; its fields are date"),
        ([point()], {}, "its features have no properties"),
        ([point(date="2021-05-06")] * 9 + [point(date="soon")], {}, 'feature 10: date "soon" is not a date'),
        ([point(lon=420000.0, lat=4e6, date="2021-05-06")], {}, "feature 1: longitude 420000.0 is outside"),
        ([{**point(date="2021-05-06"), "geometry": {"type": "Point", "coordinates": []}}], {}, "1 has a broken"),
        ([{**point(date="2021-05-06"), "geometry": {"type": "Polygon", "coordinates": [[[0, 0]]]}}], {}, "a broken g"),
        ([7], {}, "feature 1 is no Feature"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_in_one_line(read, features: Any, options: dict[str, str], says: str):
    """The error names the fields there are, or the feature."""
    with pytest.raises(InputError) as caught:
        read(features, **options)
    assert "things.geojson: " in str(caught.value)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


TABLE = """Date,Lat,Long,Kind,Dead,Note
06.05.2021,10.5,20.25,flood,3,"Made up, it rained."
2021-05-07,,,flood,,
"""


@pytest.mark.parametrize("comma", [",", ";", "\t"])
def test_a_table_of_positions_is_read_as_geojson_is(read, comma: str):
    """The cells play the same parts; a line without a position is an event without one."""
    text = TABLE.replace('"Made up, it rained."', "It rained.").replace(",", comma)
    first, second = read(text, "rain.csv" if comma != "\t" else "rain.tsv")
    told = {name: first[name] for name in ("date_start", "type", "killed_min", "quote", "lat", "lon")}
    assert told == {
        "date_start": "2021-05-06", "type": "flood", "killed_min": 3, "quote": "It rained.", "lat": 10.5, "lon": 20.25
    }  # fmt: skip
    assert first["given"] == {"Date": "06.05.2021", "Kind": "flood", "Dead": "3", "Note": "It rained."}
    assert (second["lat"], second["killed_max"], second["place_why"]) == (
        None, None, f"{'rain.csv' if comma != chr(9) else 'rain.tsv'} has no position for it"
    )  # fmt: skip


def test_decimal_commas_are_degrees(read):
    """As spreadsheets of half of Europe write them."""
    (row,) = read("date;lat;lon\n2021-05-06;10,5;-20,25\n", "a.csv")
    assert (row["lat"], row["lon"]) == (10.5, -20.25)


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("lat,lon,name\n1,2,a\n", {}, "no field looks like a date; name it with --date-field"),
        ("lat,lon,when\n1,2,2021-05-06\n", {"date_field": "day"}, "no field 'day' for --date-field"),
        ("lat,lon,date\n1,2,2021-05-06\nnorth,2,2021-05-07\n", {}, "a.csv:3: lat 'north' is no number"),
        ("lat,lon,date\n95,2,2021-05-06\n", {}, "line 2: latitude 95.0 is outside -90 to 90; positions are in degrees"),
        ("lat,lon,date\n1,2,2021-05-06,x\n", {}, "a.csv:2: this row has more cells than the header"),
        ("lat,lon,date\n" + "1,2,2021-05-06\n" * 9 + "1,2,soon\n", {}, 'line 11: date "soon" is not a date'),
    ],
)  # fmt: skip
def test_a_table_that_does_not_fit_is_said_in_one_line(read, text: str, options: dict[str, str], says: str):
    """The error names the columns there are, or the line."""
    with pytest.raises(InputError) as caught:
        read(text, "a.csv", **options)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"type": "Topology"}', '{"type": "FeatureCollection"}'])
def test_no_geojson(read, content: str):
    """A file that is none says so."""
    with pytest.raises(GeoError, match="not GeoJSON"):
        read(content, "x.geojson")


def test_what_was_guessed_is_said(read, caplog: pytest.LogCaptureFixture):
    """Once per file, with the way to put it right; nothing where all was told."""
    with caplog.at_level(logging.WARNING, logger="geo.others"):
        read([point(when="2021-05-06", kind="flood")])
        assert "guessed days from 'when', types from 'kind'" in caplog.text
        caplog.clear()
        read([point(when="2021-05-06", kind="flood")], date_field="when", type_field="kind")
        read(ACLED)
    assert caplog.text == ""


def test_acled_and_ged_as_geojson_are_read_as_tables(read):
    """Portals serve the same columns as GeoJSON."""
    row = dict(zip(GED.split("\n")[0].split(","), GED.split("\n")[1].split(",")))
    (found,) = read([point(20.3, 10.6, **{k: v for k, v in row.items() if k not in ("latitude", "longitude")})])
    assert (found["type"], found["killed_max"], found["lon"]) == ("one_sided_violence", 9, 20.3)


def test_ids_are_unique_over_all_files(tmp_path: Path):
    """The same id in two files, or twice in one, is two events."""
    for name in ("a.geojson", "b.geojson"):
        features = [point(id=1, date="2021-05-06"), point(id=1, date="2021-05-06")]
        (tmp_path / name).write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    rows = others.read([tmp_path / "a.geojson", tmp_path / "b.geojson"], TYPES)
    assert len({row["id"] for row in rows}) == 4


def test_a_layer_of_others(tmp_path: Path):
    """GeoPackages and GeoParquet files of others are read like GeoJSON."""
    pytest.importorskip("pyogrio")
    geopandas = pytest.importorskip("geopandas")
    shapely = pytest.importorskip("shapely")
    frame = geopandas.GeoDataFrame(
        {"date": ["2021-05-06"], "kind": ["flood"]}, geometry=[shapely.Point(20, 10)], crs="EPSG:4326"
    )
    frame.to_file(tmp_path / "a.gpkg")
    assert others.is_others(tmp_path / "a.gpkg")
    (row,) = others.read([tmp_path / "a.gpkg"], TYPES)
    assert (row["type"], row["date_start"], row["lon"]) == ("flood", "2021-05-06", 20.0)


@pytest.mark.parametrize(
    ("name", "content", "theirs"),
    [
        ("reports.csv", "id,title,text\n1,a,b\n", False),
        ("acled.csv", ACLED, True),
        ("acled.csv", ACLED.replace(",", ";"), True),
        ("points.csv", "date,Latitude,Longitude\n", True),
        ("points.tsv", "date\tLAT\tLNG\n", True),
        ("reports.csv", "id,Text,lat,lon\n1,a,1,2\n", False),  # where a table has articles it is read
        ("places.csv", "date,place\n", False),
        ("report.txt", "Shells fell.", False),
        ("a.json", '{"type": "FeatureCollection", "features": []}', True),
        ("ours.geojson", '{"type": "FeatureCollection", "dateline": {}, "features": []}', False),
        ("none.csv", None, False),
    ],
)
def test_files_of_others_are_told_from_reports_and_ours(name: str, content: str | None, theirs: bool, tmp_path: Path):
    """By suffix and columns, never by name."""
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert others.is_others(path) is theirs
