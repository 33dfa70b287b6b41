"""`geo map` of data: what others made, alone and beside reports and our own files."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from geo.cli import main

REPORT = "---\nsource: Harbour Wire\npublished: 2014-04-14\n---\nShells hit the town of Kafr Zita on Friday.\n"
ACLED = """event_id_cnty,event_date,event_type,sub_event_type,actor1,country,location,latitude,longitude,notes,\
fatalities
UTO1,2014-04-12,Battles,Armed clash,Army of Utopia,Utopia,Harbour,10.5,20.25,Made up: <b>two</b> sides fought.,3
UTO2,2014-04-13,Riots,Mob violence,Crowd,Utopia,Mill,10.6,20.3,,0
"""
DAY_MS = 24 * 60 * 60 * 1000
QUAKES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": f"q{number}",
            "geometry": {"type": "Point", "coordinates": [140 + number, 40, 9.5]},
            "properties": {"mag": 4.5, "time": 1397433600000 + number * DAY_MS, "type": kind, "title": f"No. {number}"},
        }
        for number, kind in enumerate(["earthquake", "earthquake", "quarry blast"])
    ],
}  # fmt: skip


class Page:
    """What a page holds: its count, its types, its title."""

    def __init__(self, path: Path) -> None:
        html = path.read_text(encoding="utf-8")
        self.title = re.search(r"<title>(.*?)</title>", html)[1]
        self.config = json.loads(re.search(r'id="config">(.*?)</script>', html, re.DOTALL)[1])
        data = gzip.decompress(base64.b64decode(re.search(r'id="data-columns">(.*?)</script>', html, re.DOTALL)[1]))
        self.table = json.loads(data[4 : 4 + int.from_bytes(data[:4], "little")])
        self.texts = re.findall(r'id="data-text-\d+"', html)
        self.used = {row["id"]: row for row in self.config["types"] if row["id"] in self.table["types"]}


@pytest.fixture
def draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]):
    """A desk with a report, a table and GeoJSON; `draw("INPUTS")` makes a page and gives it with what was said."""
    (tmp_path / "report.md").write_text(REPORT, encoding="utf-8")
    (tmp_path / "coded.csv").write_text(ACLED, encoding="utf-8")
    (tmp_path / "small-quakes.geojson").write_text(json.dumps(QUAKES), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    def go(command: str, *, code: int = 0) -> tuple[Any, str]:
        got = main(["map", *shlex.split(command), "-o", "page.html"])
        said = capfd.readouterr().err
        assert got == code, said
        return (Page(tmp_path / "page.html") if code == 0 else None), said

    return go


@pytest.mark.parametrize(
    ("inputs", "count", "title", "types"),
    [
        ("coded.csv", 2, "Utopia, 12 to 13 April 2014", {"armed_clash", "mob_violence"}),
        ("small-quakes.geojson", 3, "Small quakes, 14 to 16 April 2014", {"earthquake", "quarry_blast"}),
        ("small-quakes.geojson --type-field none", 3, "Small quakes, 14 to 16 April 2014", {"small_quakes"}),
        ("small-quakes.geojson --date-field none", 3, "Small quakes", {"earthquake", "quarry_blast"}),
        ("report.md coded.csv small-quakes.geojson", 6, "Incidents, 12 to 16 April 2014",
         {"shelling", "armed_clash", "mob_violence", "earthquake", "quarry_blast"}),
        # Filters hold for all, also for types that only the data have.
        ("small-quakes.geojson --type quarry_blast", 1, "Small quakes, 16 April 2014", {"quarry_blast"}),
        ("coded.csv small-quakes.geojson --until 2014-04-12", 1, "Utopia, 12 April 2014", {"armed_clash"}),
        ("coded.csv --actor crowd", 1, "Utopia, 13 April 2014", {"mob_violence"}),
    ],
)  # fmt: skip
def test_data_of_others_alone_and_mixed(draw, inputs: str, count: int, title: str, types: set[str]):
    """Reports, tables and GeoJSON in one page, each with its types."""
    page, _ = draw(inputs)
    assert (page.table["count"], page.title, set(page.used)) == (count, title, types)


def test_a_folder_is_looked_through_for_data(draw):
    """Reports are read, tables and GeoJSON drawn, what holds no events is left out and said; reports stay reports."""
    folder = Path("all")
    (folder / "deep").mkdir(parents=True)
    for name, into in (("report.md", "all"), ("coded.csv", "all"), ("small-quakes.geojson", "all/deep")):
        Path(name).rename(Path(into, name))
    (folder / "articles.csv").write_text(
        "text,lat,lon,published\nShells hit the town of Idlib on Friday.,1,2,2014-04-14\n", encoding="utf-8"
    )
    border = {"type": "Feature", "properties": {"name": "a"}, "geometry": None}
    (folder / "borders.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": [border]}), encoding="utf-8"
    )
    page, said = draw("all")
    assert (page.table["count"], set(page.used)) == (
        7, {"shelling", "armed_clash", "mob_violence", "earthquake", "quarry_blast"}
    )  # fmt: skip
    assert "borders.geojson: no field looks like a date" in said
    assert "left out" in said
    assert draw("all/deep -q")[0].table["count"] == 3
    _, said = draw("all/borders.geojson", code=2)  # named, it must be readable
    assert "no field looks like a date" in said


def test_an_empty_folder_is_said(draw):
    """As by the commands that read reports."""
    Path("empty").mkdir()
    assert "no reports in this folder" in draw("empty", code=2)[1]


def test_what_reports_tell_again_is_drawn_once(draw):
    """A folder that also holds what was exported from its reports."""
    Path("all").mkdir()
    Path("report.md").rename("all/report.md")
    alone, _ = draw("all")
    for command, name in (("events", "events.geojson"), ("incidents", "incidents.geojson")):
        assert main([command, "all/report.md", "-q", "-o", f"all/{name}"]) == 0
    page, said = draw("all")
    assert page.table["count"] == alone.table["count"] == 1
    assert "1 exported incident that the reports tell too: drawn once" in said
    Path("all/report.md").unlink()
    assert draw("all")[0].table["count"] == 1


@pytest.mark.parametrize(
    ("inputs", "count"),
    [
        ("report.md small-quakes.geojson --type quarry_blast", 1),
        ("report.md small-quakes.geojson --type shelling", 1),
        ("report.md small-quakes.geojson --type shelling --type earthquake", 3),
        ("report.md coded.csv --type mob_violence", 1),
        ("report.md coded.csv --place Harbour", 1),
        ("report.md coded.csv --place 'Kfar Zeita'", 1),
        ("report.md coded.csv --since 2014-04-13", 1),
    ],
)
def test_filters_hold_for_reports_and_data_alike(draw, inputs: str, count: int):
    """A type or a place that only one of them has is no error."""
    assert draw(inputs)[0].table["count"] == count


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        (
            "report.md small-quakes.geojson --type earthquak",
            "unknown event type 'earthquak': did you mean 'earthquake'?",
        ),
        ("small-quakes.geojson --type quarry_blst", "unknown event type 'quarry_blst': did you mean 'quarry_blast'?"),
        ("report.md coded.csv --place Nowhereville", "no place 'Nowhereville' for --place"),
        ("coded.csv --place Nowhereville", "no place 'Nowhereville' for --place"),
    ],
)
def test_what_neither_knows_is_said_with_the_nearest(draw, inputs: str, says: str):
    """Slips are answered from the types of both."""
    _, said = draw(f"{inputs} -q", code=2)
    assert says in said
    assert said.count("\n") == 1


def test_a_page_without_text(draw):
    """No sentence and no headline leaves with it; days, types and places do."""
    full, _ = draw("report.md coded.csv")
    bare, _ = draw("report.md coded.csv --text none")
    assert full.texts
    assert not bare.texts
    assert (bare.table["count"], bare.table["text"], bare.title) == (3, False, full.title)
    assert "none" in draw("report.md --text some", code=2)[1]


def test_types_of_others_wear_colours_that_no_family_wears(draw):
    """The most frequent first, the legend under a heading of its own."""
    page, _ = draw("small-quakes.geojson")
    assert [row["colour"] for row in page.used.values()] == ["#1f5fae", "#4caf7a"]
    page, _ = draw("coded.csv small-quakes.geojson")
    own = [page.used[name]["colour"] for name in ("earthquake", "quarry_blast", "mob_violence")]
    assert page.used["armed_clash"]["colour"] not in own
    assert len(set(own)) == 3
    assert {page.used[name]["family"] for name in ("earthquake", "mob_violence")} == {"other"}


def test_what_was_guessed_is_said_and_q_is_quiet(draw):
    """On stderr, with the way to put it right."""
    _, said = draw("small-quakes.geojson")
    assert "geo: small-quakes.geojson: guessed days from 'time', types from 'type', text from 'title'; if " in said
    _, said = draw("small-quakes.geojson -q")
    assert said == ""


@pytest.mark.parametrize("command", ["events", "incidents"])
@pytest.mark.parametrize("suffix", ["geojson", "geojsonl", "jsonl", "csv", "parquet", "gpkg", "fgb", "kml"])
def test_whatever_geo_writes_is_drawn(draw, command: str, suffix: str):
    """Every format of ours, also beside data of others."""
    if suffix in ("parquet", "gpkg", "fgb"):
        pytest.importorskip("pyarrow" if suffix == "parquet" else "pyogrio")
    assert main([command, "report.md", "-q", "-o", f"ours.{suffix}"]) == 0
    page, _ = draw(f"ours.{suffix} coded.csv -q")
    assert (page.table["count"], set(page.used)) == (3, {"shelling", "armed_clash", "mob_violence"})
    assert "Kafr Zita" in page.table["siteNames"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (ACLED.replace("10.6", "north"), "coded.csv:3: this row cannot be read: latitude 'north' is not a number"),
        (ACLED.replace("2014-04-13", "13.13.2014"), "coded.csv:3: this row cannot be read: '13.13.2014' is not a date"),
    ],
)
def test_a_bad_row_ends_in_one_line(draw, text: str, says: str):
    """Exit 2, file and row, what, what to try."""
    Path("coded.csv").write_text(text, encoding="utf-8")
    _, said = draw("coded.csv", code=2)
    assert says in said
    assert said.count("\n") == 1


def test_a_field_that_is_not_there_is_answered_with_those_there_are(draw):
    """The stranger sees what can be named."""
    _, said = draw("small-quakes.geojson --date-field when", code=2)
    assert (
        said == "geo: small-quakes.geojson: no field 'when' for --date-field; its fields are mag, time, type, title\n"
    )


def test_a_page_of_data_alone_credits_no_gazetteer(draw):
    """Nothing came from it."""
    page, _ = draw("small-quakes.geojson --attribution 'Made up'")
    assert [credit for credit in page.config["credits"] if "Natural Earth, not" not in credit] == ["Made up"]
