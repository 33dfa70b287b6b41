"""What users type and what they get: data on stdout, talk on stderr, the suffix picks the format."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shlex
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

from geo.cli import main

MONDAY = """---
title: Bakery hit in Kafr Zita
source: Harbour Wire
published: 2014-04-14
---
Warplanes bombed a bakery in Kafr Zita on Friday, killing four people.

Mortar shells hit a school in Aleppo on Sunday. An army statement denied the shelling.

Rebels captured a checkpoint near Yabroud last week, activists said.
"""
TUESDAY = """---
title: Toll of the raid
source: Valley News
published: 2014-04-15
---
Jets struck a bakery in Kafr Zeita on April 11, and five people were killed, a doctor said.
"""


class Typed:
    """Types commands in a folder and keeps what came out."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capfd = folder, capfd

    def __call__(self, command: str, *, code: int = 0) -> str:
        """Run a command; its stdout."""
        got = main(shlex.split(command))
        self.out, self.err = self.capfd.readouterr()
        assert got == code, self.err
        return self.out

    def rows(self, command: str) -> list[dict[str, Any]]:
        """Run a command that prints GeoJSON; the properties of its features."""
        return [feature["properties"] for feature in json.loads(self(command))["features"]]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Typed:
    """A desk with two reports in a folder."""
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "monday.txt").write_text(MONDAY, encoding="utf-8")
    (tmp_path / "reports" / "tuesday.txt").write_text(TUESDAY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Typed(tmp_path, capfd)


def test_events_are_geojson_on_stdout_and_talk_is_on_stderr(typed: Typed):
    """A pipe gets data only; -q says nothing at all."""
    data = json.loads(typed("events reports"))
    assert data["type"] == "FeatureCollection"
    assert {"version", "gazetteer_sha256", "pack"} <= set(data["dateline"])
    assert typed.err.startswith("geo: 2 reports, ")
    assert "\r" not in typed.err
    typed("events reports -q")
    assert typed.err == ""


def test_every_quote_stands_at_its_offsets(typed: Typed):
    """`char_start` and `char_end` cut the quote out of the file."""
    for row in typed.rows("events reports -q"):
        text = (typed.folder / "reports" / row["source_file"]).read_text(encoding="utf-8")
        assert text[row["char_start"] : row["char_end"]] == row["quote"]


def test_reports_tell_where_their_date_is_from(typed: Typed):
    """JSON lines, one report each, with text and the basis of its date."""
    rows = [json.loads(line) for line in typed("reports reports").splitlines()]
    assert [(row["title"], row["source"], row["published"], row["published_basis"]) for row in rows] == [
        ("Bakery hit in Kafr Zita", "Harbour Wire", "2014-04-14", rows[0]["published_basis"]),
        ("Toll of the raid", "Valley News", "2014-04-15", rows[1]["published_basis"]),
    ]
    assert "bombed a bakery" in rows[0]["text"]


def test_incidents_gather_what_two_outlets_tell(typed: Typed):
    """The same raid in two reports is one incident with two sources and a conflict of tolls."""
    raid = next(row for row in typed.rows("incidents reports -q") if row["place"] == "Kafr Zita")
    assert raid["n_reports"] == 2
    assert raid["outlets"] == ["Harbour Wire", "Valley News"]
    assert (raid["killed_min"], raid["killed_max"]) == (4, 5)
    assert "toll" in [conflict["field"] for conflict in raid["conflicts"]]


@pytest.mark.parametrize("suffix", ["geojson", "geojsonl", "jsonl", "csv", "parquet", "gpkg", "fgb", "kml"])
def test_the_suffix_picks_the_format(typed: Typed, suffix: str):
    """Every format is written, and nothing is printed beside it."""
    if suffix in ("parquet", "gpkg", "fgb"):
        pytest.importorskip("pyarrow" if suffix == "parquet" else "pyogrio")
    assert typed(f"events reports -q -o events.{suffix}") == ""
    data = (typed.folder / f"events.{suffix}").read_bytes()
    start = {"parquet": b"PAR1", "gpkg": b"SQLite format 3", "fgb": b"fgb", "kml": b"<?xml"}.get(suffix)
    assert data.startswith(start) if start else b"Kafr Zita" in data


@pytest.mark.parametrize(
    ("command", "filters", "places"),
    [
        ("events", "", {"Kafr Zita", "Aleppo", "Yabroud"}),
        # A type includes its children; a second --type adds to it.
        ("events", "--type air_strike", {"Kafr Zita"}),
        ("events", "--type air_strike --type territory_captured", {"Kafr Zita", "Yabroud"}),
        # Intervals overlap: last week holds the eleventh.
        ("incidents", "--since 2014-04-12", {"Aleppo", "Yabroud"}),
        ("events", "--until 2014-04-11", {"Kafr Zita", "Yabroud"}),
        # A place by another spelling, by its id, or by a region it lies in.
        ("incidents", "--place Kfar-Zeita", {"Kafr Zita"}),
        ("events", "--place sy.hama.kafr-zita", {"Kafr Zita"}),
        ("events", "--place Hama", {"Kafr Zita"}),
        ("events", "--bbox 36.5,35.3,36.7,35.4", {"Kafr Zita"}),
        ("events", "--bbox 0,0,1,1", set()),
        ("events", "--dated-only --until 2014-04-11 --type air_strike", {"Kafr Zita"}),
    ],
)
def test_filters(typed: Typed, command: str, filters: str, places: set[str]):
    """The filters keep what a reader asked for, the same for events and incidents."""
    rows = typed.rows(f"{command} reports -q {filters}")
    assert {row["place"] for row in rows if row["place"]} == places


def test_standard_input(typed: Typed, monkeypatch: pytest.MonkeyPatch):
    """`-` is standard input; --published dates it."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Shells hit Homs on Friday.\n"), encoding="utf-8"))
    (row,) = typed.rows("events - --published 2014-04-14 -q")
    assert (row["place"], row["date_start"], row["published"]) == ("Homs", "2014-04-11", "2014-04-14")


def packets(page: Path) -> list[str]:
    """The packed incidents and texts of a page."""
    return re.findall(
        r'<script type="text/plain" id="data-(?!skipped)[^>]*>([^<]*)</script>', page.read_text(encoding="utf-8")
    )


def test_a_map_from_reports_and_from_what_was_exported(typed: Typed):
    """The incidents on a page are the same whether drawn from reports or from what was exported of them."""
    typed("map reports -o a.html --title T")
    assert len(typed.err.splitlines()) == 1
    assert typed.err.startswith("geo: a.html: ")
    typed("incidents reports -q -o incidents.geojson")
    typed("map incidents.geojson -o b.html --title T -q")
    assert packets(typed.folder / "a.html") == packets(typed.folder / "b.html") != []
    typed("map reports -o a.html")
    counted = typed.err.split(": ", 2)[2]
    typed("events reports -q -o events.geojson")
    typed("map events.geojson -o c.html")
    assert typed.err.split(": ", 2)[2] == counted


def test_a_page_with_credits_and_tiles(typed: Typed):
    """The tile server's host and its credit are on the page; without --tiles no host is."""
    tiles = "--tiles https://tiles.example.org/{z}/{x}/{y}.png --attribution 'Example <Maps>'"
    typed(f"map reports -q -o a.html {tiles}")
    page = (typed.folder / "a.html").read_text(encoding="utf-8")
    assert "https://tiles.example.org" in page
    assert "Example" in page
    assert "Example <Maps>" not in page
    typed("map reports -q -o b.html")
    assert "tiles.example.org" not in (typed.folder / "b.html").read_text(encoding="utf-8")


def test_places_have_a_role_and_a_reason(typed: Typed):
    """Every mention with its offsets; `--not-found` lists what to add to the gazetteer, as YAML."""
    rows = [json.loads(line) for line in typed("places reports -q").splitlines()]
    text = MONDAY + TUESDAY
    assert {"Kafr Zita", "Kafr Zeita", "Aleppo", "Yabroud"} <= {row["text"] for row in rows}
    assert all(row["text"] in text and row["why"] and row["role"] for row in rows)
    (typed.folder / "far.txt").write_text("Shells hit the town of Sinbadiya on Friday.\n", encoding="utf-8")
    (missing,) = [json.loads(line) for line in typed("places far.txt --not-found -q").splitlines()]
    assert missing["name"] == "Sinbadiya"
    assert "name: " in missing["yaml"]


def test_explain_says_why(typed: Typed):
    """An event's quote, date, place and reasons; by the first characters of its id too."""
    events = typed.rows("events reports -q --type air_strike")
    event_id = events[0]["id"]
    text = typed(f"explain reports -q --event {event_id[:8]}")
    assert text.startswith(event_id)
    for words in (events[0]["quote"], "Kafr Zita", "Friday", "2014-04-11", events[0]["why"], events[0]["place_why"]):
        assert words in text
    assert typed("explain reports -q").count("confidence: ") == len(typed.rows("events reports -q"))


def test_explain_skipped_says_why_not(typed: Typed):
    """A sentence with an event word that became no pin is listed with the word and the reason."""
    (typed.folder / "opinion.txt").write_text("Officials warned that an air strike could follow.\n", encoding="utf-8")
    text = typed("explain opinion.txt --skipped -q")
    assert "air strike" in text
    assert "opinion.txt" in text


def test_lookup_shows_candidates(typed: Typed):
    """A name in any spelling, with the reason; `--in` keeps what lies there."""
    out = typed("lookup Kfar-Zeita")
    assert "sy.hama.kafr-zita" in out
    assert "score" in out.splitlines()[1]
    assert "sy.hama.kafr-zita" in typed("lookup 'كفر زيتا'")
    assert typed("lookup Homs --in sy.hama") == ""
    assert "no place 'Homs' in sy.hama" in typed.err


class Nominatim(BaseHTTPRequestHandler):
    """A geocoder that knows one village."""

    def do_GET(self) -> None:
        """Answer as Nominatim would."""
        known = [{"lat": "34.9", "lon": "36.2", "name": "Qaryat Sinbad", "display_name": "Qaryat Sinbad, Syria"}]
        known[0] |= {"addresstype": "village", "address": {"country_code": "sy"}}
        body = json.dumps(known if "Sinbad" in self.path else []).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def test_lookup_online_prints_yaml_to_paste(typed: Typed, monkeypatch: pytest.MonkeyPatch):
    """Only --online asks; what comes out is a gazetteer file, and what is not known has a reason."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(typed.folder))
    monkeypatch.setenv("LOCALAPPDATA", str(typed.folder))
    typed("lookup 'Qaryat Sinbad'")
    assert "no place 'Qaryat Sinbad'" in typed.err
    with ThreadingHTTPServer(("127.0.0.1", 0), Nominatim) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        local = f"--geocoder-option domain=127.0.0.1:{server.server_port} --geocoder-option scheme=http"
        out = typed(f"lookup 'Qaryat Sinbad' Homs Atlantis --online {local}")
        server.shutdown()
    rows = yaml.safe_load(out)
    assert rows["sy.qaryat-sinbad"]["lat"] == 34.9
    assert "# Homs" in out
    assert "Atlantis: nominatim knows no such place" in typed.err
    typed("lookup Homs --online --geocoder-option nonsense", code=2)


def test_check(typed: Typed):
    """All problems at once, one line each with file and line, exit 1; nothing wrong, exit 0."""
    row = "xx.{0}:\n  name: {0}\n  kind: {1}\n  lat: {2}\n  lon: 2.5\n  radius_m: 500\n  source: own survey\n"
    good, bad = row.format("Alfa", "town", 1.5), row.format("Beta", "moonbase", 95)
    (typed.folder / "good.yaml").write_text(good, encoding="utf-8")
    (typed.folder / "bad.yaml").write_text(good + bad, encoding="utf-8")
    assert typed("check good.yaml") == ""
    lines = typed("check bad.yaml good.yaml", code=1).splitlines()
    assert len(lines) >= 2
    assert all(line.startswith("bad.yaml:") for line in lines[:2])
    fixes = "corrections:\n- do: explode\n"
    (typed.folder / "corrections.yaml").write_text(fixes, encoding="utf-8")
    assert "corrections.yaml:2" in typed("check corrections.yaml", code=1)


def test_what_we_ship_is_sound(typed: Typed):
    """`geo check` has nothing to say about our own gazetteer, event types and packs."""
    from geo.files import shipped

    typed(f"check {shipped('syria/gazetteer.yaml')} {shipped('conflict')} {shipped('syria')}")


def test_import_and_use_a_gazetteer(typed: Typed):
    """A bulk file is compiled once and then used by --gazetteer."""
    dump = "1 Sinbad Sinbad Sindbad 35.1 36.5 P PPL SY _ 00 _ _ _ 1200 _ 400 Asia/Damascus 2014-01-01"
    line = dump.replace(" ", "\t").replace("_", "").replace("Sinbad", "Qaryat Sinbad")
    (typed.folder / "XX.txt").write_text(line + "\n", encoding="utf-8")
    typed("gazetteer import geonames XX.txt -o xx.db")
    assert "1 places of 1 read" in typed.err
    assert "Qaryat Sinbad" in typed("lookup Qaryat-Sinbad --gazetteer xx.db --no-default-gazetteer")


def test_corrections_beside_the_input_are_found(typed: Typed):
    """A rejected event is gone, without naming the file."""
    before = typed.rows("events reports -q --type air_strike")
    entry = {"do": "reject", "event": before[0]["id"], "quote": before[0]["quote"], "by": "A. Editor", "why": "a drill"}
    text = json.dumps({"corrections": [entry]}, ensure_ascii=False)
    (typed.folder / "reports" / "corrections.yaml").write_text(text, encoding="utf-8")
    after = typed.rows("events reports -q --type air_strike")
    assert [row["id"] for row in after] == [row["id"] for row in before[1:]]


def test_strict_exits_1_when_something_has_no_place(typed: Typed):
    """--strict makes an unplaced event a failure; the data is written all the same."""
    typed("events reports --strict -q")
    (typed.folder / "far.txt").write_text("Shells hit the town of Sinbadiya on Friday.\n", encoding="utf-8")
    assert json.loads(typed("events far.txt --strict -q", code=1))["features"]
    assert "no place for" in typed.err


def test_types_and_packs_name_their_files(typed: Typed):
    """What can be recognised, and from which folder."""
    out = typed("types")
    assert "barrel_bomb" in out
    assert "conflict" in out.splitlines()[-1]
    assert "syria" in typed("packs")


def test_score_of_a_file_against_itself(typed: Typed):
    """Gold made from the result scores 1 everywhere."""
    rows = typed.rows("events reports/tuesday.txt -q")
    (row,) = rows
    gold = {
        "reports": [{"id": "t", "published": "2014-04-15"}],
        "events": [
            {
                "report": "t",
                "start": row["char_start"],
                "end": row["char_end"],
                "core": True,
                "types": [row["type"]],
                "points": [[35.374, 36.603]],
                "place_precision": "town",
                "dates": [{"start": "2014-04-11", "end": "2014-04-11", "precision": "day"}],
                "statuses": ["reported"],
                "deaths": [{"min": 5, "max": 5}],
            }
        ],
    }
    (typed.folder / "gold.yaml").write_text(json.dumps(gold), encoding="utf-8")
    figures = json.loads(typed("score reports/tuesday.txt --gold gold.yaml --json -q"))
    assert figures["full"] == {"recall": 1.0, "precision": 1.0, "f1": 1.0}
    assert figures["killed right"] == "1/1"
    typed("events reports/tuesday.txt -q -o e.geojson")
    assert "1.000   1.000  1.000" in typed("score e.geojson --gold gold.yaml")


def test_escape_sequences_do_not_reach_the_terminal(typed: Typed):
    """Text for people is printed without characters that steer a terminal."""
    hostile = "Shells hit Homs \x1b[31mon Friday\x1b]0;owned\x07 \u202eagain.\n"
    (typed.folder / "hostile.txt").write_text(hostile, encoding="utf-8")
    for command in (
        "explain hostile.txt --published 2014-04-14",
        "explain hostile.txt --skipped",
        "lookup \x1b[31mHoms",
    ):
        typed(command)
        assert not {"\x1b", "\x07", "\u202e"} & set(typed.out + typed.err)


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
        {"TZ": "America/Adak", "PYTHONHASHSEED": "2", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
)
def test_same_bytes_everywhere(typed: Typed, environment: dict[str, str]):
    """The time zone, the locale and the order of sets change no byte."""
    expected = typed("incidents reports -q").encode()
    done = subprocess.run(
        [sys.executable, "-m", "geo", "incidents", "reports", "-q"],
        capture_output=True,
        env={**os.environ, **environment},
        timeout=60,
    )
    assert done.stderr == b""
    assert done.stdout == expected


def test_csv_has_lat_and_lon(typed: Typed):
    """A spreadsheet finds the point in two columns, lists as JSON."""
    typed("events reports -q -o e.csv")
    with (typed.folder / "e.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(row for row in csv.DictReader(file) if row["place"] == "Kafr Zita")
    assert float(row["lat"]) == pytest.approx(35.37, abs=0.05)
    assert isinstance(json.loads(row["actors"] or "[]"), list)


def test_help_of_every_command(typed: Typed):
    """Every command has a help page that names its options."""
    for name in typed("--help").split("Commands:")[1].split("\n"):
        if name.strip():
            out = typed(f"{name.split()[0]} --help")
            assert out.startswith("Usage: geo ")
    assert typed("") == typed("--help")
