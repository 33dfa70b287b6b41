"""The score counts what people would count."""

from __future__ import annotations

import importlib.util
import json
import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from geo.errors import DataError
from geo.score import read_gold, read_table, score, score_table

TEXT = "Jets hit Saraqib at dawn. Nobody was hurt there. Rebels said the army would storm Idlib."


def coded(**changes: Any) -> dict[str, Any]:
    """One coded event: an air strike on Saraqib on 12 April."""
    return {
        "id": "g1",
        "report": "r1",
        "start": 0,
        "end": 25,
        "quote": TEXT[:25],
        "core": True,
        "types": ["air_strike"],
        "place": "Saraqib",
        "points": [[35.86, 36.80]],
        "place_precision": "town",
        "coord_confidence": "high",
        "dates": [{"start": "2014-04-12", "end": "2014-04-12", "precision": "day"}],
        "statuses": ["reported"],
        "deaths": None,
        "injured": None,
        "incident": "saraqib",
        **changes,
    }


def found(*, lon: float | None = 36.80, lat: float = 35.86, **changes: Any) -> dict[str, Any]:
    """One exported statement, right in everything unless told otherwise."""
    properties = {
        "type": "air_strike",
        "parent_type": None,
        "char_start": 0,
        "char_end": 25,
        "quote": TEXT[:25],
        "status": "reported",
        "date_start": "2014-04-12",
        "date_end": "2014-04-12",
        "place": "Saraqib",
        "incident_id": "i1",
        "killed_min": None,
        "killed_max": None,
        "injured_min": None,
        "injured_max": None,
        "source_id": None,
        **changes,
    }
    geometry = None if lon is None else {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def gold_file(tmp_path: Path, *events: dict[str, Any], traps: tuple[dict[str, Any], ...] = ()) -> Path:
    """A file of coded events on one report published on 13 April."""
    path = tmp_path / "gold.yaml"
    data = {"reports": [{"id": "r1", "published": "2014-04-13"}], "events": list(events), "traps": list(traps)}
    path.write_text(yaml.safe_dump(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("event", "statement", "right"),
    [
        ({}, {}, "detect place date status full"),
        # A place within 5 km of a town is right, a neighbouring town is not; a governorate may be 80 km off.
        ({}, {"lat": 35.89}, "detect place date status full"),
        ({}, {"lat": 36.0}, "detect date status"),
        ({"place_precision": "governorate"}, {"lat": 36.2}, "detect place date status full"),
        ({}, {"lon": None}, "detect date status"),
        ({"coord_confidence": "low"}, {"lon": None}, "detect place date status full"),
        # A finer type is fine when its parent is accepted; another type is not the same event.
        ({}, {"type": "barrel_bomb", "parent_type": "air_strike"}, ""),
        ({"types": ["barrel_bomb"]}, {}, "detect place date status full"),
        ({}, {"type": "sonic_boom", "parent_type": "air_strike"}, "detect place date status full"),
        ({}, {"type": "shelling"}, ""),
        # A day is a day.
        ({}, {"date_start": "2014-04-11"}, "detect place status"),
        ({}, {"date_start": None}, "detect place status"),
        # A week is overlapped by something no wider than needed.
        (
            {"dates": [{"start": "2014-04-06", "end": "2014-04-12", "precision": "week"}]},
            {"date_start": "2014-04-10", "date_end": "2014-04-13"},
            "detect place date status full",
        ),
        (
            {"dates": [{"start": "2014-04-06", "end": "2014-04-12", "precision": "week"}]},
            {"date_start": "2014-01-01", "date_end": "2014-04-13"},
            "detect place status",
        ),
        # Where the text has no date, an unknown start or a day shortly before publication will do.
        ({"dates": [{"start": None, "end": "2014-04-13"}]}, {}, "detect place date status full"),
        ({"dates": [{"start": None, "end": "2014-04-13"}]}, {"date_start": "2014-03-01"}, "detect place status"),
        # Reported and claimed are both current; a denial is something else.
        ({}, {"status": "claimed"}, "detect place date status full"),
        ({}, {"status": "denied"}, "detect place date"),
        # A page is no quote.
        ({}, {"char_end": 2000}, ""),
        ({}, {"char_start": 20}, "detect place date status full"),
        ({}, {"char_start": 26, "char_end": 50}, ""),
    ],
)
def test_one_event(tmp_path: Path, event: dict[str, Any], statement: dict[str, Any], right: str):
    """What counts as right, one thing at a time."""
    figures = score([found(**statement)], read_gold(gold_file(tmp_path, coded(**event)))).figures
    names = ("detect", "place", "date", "status", "full")
    assert " ".join(name for name in names if figures[name]["recall"] == 1) == right


def test_an_optional_event_is_neither_hit_nor_miss(tmp_path: Path):
    """Finding what only one coder saw costs no precision, missing it no recall; a second find of it is false."""
    gold = read_gold(gold_file(tmp_path, coded(), coded(id="g2", start=26, end=48, core=False, types=["shelling"])))
    extra = found(type="shelling", char_start=26, char_end=48)
    assert score([found(), extra], gold).figures["detect"] == {"recall": 1, "precision": 1, "f1": 1}
    assert score([found()], gold).figures["detect"]["recall"] == 1
    assert score([found(), extra, extra], gold).figures["counts"]["false"] == 1


def test_a_pin_on_a_trap_is_wrong(tmp_path: Path):
    """A current pin on a passage that only sounds like an event is wrong; the same row without a pin is only false."""
    path = gold_file(tmp_path, coded(), traps=({"report": "r1", "start": 49, "end": 88},))
    on_trap = {"type": "armed_clash", "char_start": 49, "char_end": 88}
    gold = read_gold(path)
    assert score([found(**on_trap)], gold).figures["counts"]["wrong_pins"] == 1
    assert score([found(**on_trap, status="planned")], gold).figures["counts"]["wrong_pins"] == 0
    assert (
        score([found(**on_trap, lon=None)], gold).figures["counts"] | {"wrong_pins": 0, "false": 1}
        == (score([found(**on_trap, lon=None)], gold).figures["counts"])
    )


def test_tolls(tmp_path: Path):
    """A toll is right when both its ends are."""
    gold = read_gold(gold_file(tmp_path, coded(deaths=[{"min": 3, "max": 3}])))
    assert score([found(killed_min=3, killed_max=3)], gold).figures["killed found"] == "1/1"
    assert score([found(killed_min=3)], gold).figures["killed found"] == "0/1"
    assert score([found()], gold).figures["killed right"] == "0/1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1", "gold.yaml:1: not a file of coded events (it needs the keys `reports` and `events`)"),
        ("- 1", "gold.yaml:1: not a file of coded events"),
        ("reports: []\nevents:\n- start: 1", "gold.yaml:3: event 1 lacks 'report' (an event needs report, start"),
    ],
)
def test_broken_gold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, says: str):
    """A file that is not gold says what it lacks, and where."""
    monkeypatch.chdir(tmp_path)
    Path("gold.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_gold("gold.yaml")
    assert says in str(caught.value)


def _shaken(gold: dict[str, Any], seed: int) -> list[dict[str, Any]]:
    """Statements made from coded events: some missing, doubled, moved, misdated, mistyped or without a place."""
    pick = random.Random(seed)
    features = []
    for event in gold["events"] + gold["traps"]:
        for _ in range(pick.choice((0, 1, 1, 1, 2))):
            lat, lon = pick.choice(event.get("points") or [[35.0, 38.0]])
            date = pick.choice(event.get("dates") or [{"start": "2014-04-10", "end": "2014-04-10"}])
            toll = pick.choice(event.get("deaths") or [{}])
            features.append(
                found(
                    lon=None if pick.random() < 0.1 else lon + pick.choice((0, 0, 0.04, 0.3, 2)),
                    lat=lat + pick.choice((0, 0, 0.04)),
                    type=pick.choice([*event.get("types", ["attack"]), "air_strike", "attack"]),
                    parent_type=pick.choice((None, "attack")),
                    char_start=event["start"] + pick.choice((-30, 0, 0, 20)),
                    char_end=event["end"] + pick.choice((0, 0, 40, 800)),
                    status=pick.choice([*event.get("statuses", ["reported"]), "reported", "denied", "background"]),
                    date_start=pick.choice((date["start"], date["start"], "2014-04-11", None)),
                    date_end=pick.choice((date["end"], date["end"], None)),
                    incident_id=pick.choice((event.get("incident"), event.get("incident"), "other", None)),
                    killed_min=toll.get("min"),
                    killed_max=pick.choice((toll.get("max"), 5)),
                    injured_min=pick.choice((None, 10)),
                    source_id=event.get("report"),
                )
            )
    return [*features, found(char_start=None)]


@pytest.mark.parametrize("seed", range(6))
def test_same_figures_as_the_reference_scorer(shared: Path, tmp_path: Path, seed: int):
    """On the real sample's truth, with statements shaken at random, every figure equals the reference scorer's."""
    spec = importlib.util.spec_from_file_location("reference", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    path = shared / "gold" / "seed-gold.yaml"
    raw = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    if seed % 2:  # the same as a table, where offsets count within each record
        for report in raw["reports"]:
            report["record"] = True
        path = tmp_path / "gold.yaml"
        path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")
        copied = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert copied == raw
    features = _shaken(raw, seed)
    expected = reference.score(features, raw)[0]
    assert json.loads(json.dumps(score(features, read_gold(path)).figures)) == json.loads(json.dumps(expected))


ACLED = """event_id_cnty,event_date,time_precision,event_type,sub_event_type,location,\
latitude,longitude,geo_precision,fatalities
SYR1,2014-04-12,1,Explosions/Remote violence,Air/drone strike,Saraqib,35.86,36.80,1,3
SYR2,2014-04-12,1,Battles,Armed clash,Idlib,35.93,36.63,2,0
"""
GED = """id,date_start,date_end,type_of_violence,where_coordinates,latitude,longitude,where_prec,low,high,best
7,2014-04-11 00:00:00.000,2014-04-12 00:00:00.000,1,Saraqib town,35.86,36.80,1,2,4,3
"""


def drawn(**changes: Any) -> dict[str, Any]:
    """An incident that fits the first row of either table."""
    codes = {"acled_event_type": "Explosions/Remote violence", "acled_sub_event_type": "Air/drone strike"}
    return found(**{"killed_min": 3, "killed_max": 3, **codes, **changes})


@pytest.mark.parametrize(
    ("table", "incident", "right"),
    [
        (ACLED, {}, "detect sub-event killed"),
        # A day later is fine, a week is not.
        (ACLED, {"date_start": "2014-04-13", "date_end": "2014-04-13"}, "detect sub-event killed"),
        (ACLED, {"date_start": "2014-04-19", "date_end": "2014-04-19"}, ""),
        # The row says how exact its point is.
        (ACLED, {"lat": 36.0}, ""),
        (ACLED.replace(",36.80,1,3", ",36.80,2,3"), {"lat": 36.0}, "detect sub-event killed"),
        # The same kind of event is found, if less exactly; another kind is not.
        (ACLED, {"acled_sub_event_type": "Chemical weapon"}, "detect killed"),
        (ACLED, {"acled_event_type": "Protests"}, ""),
        (ACLED, {"killed_min": 4, "killed_max": None}, "detect sub-event"),
        # What was denied or planned claims nothing.
        (ACLED, {"status": "denied"}, ""),
        (ACLED.replace(",", ";"), {}, "detect sub-event killed"),
        (ACLED.replace("2014-04-12", "12 April 2014"), {}, "detect sub-event killed"),
        (GED, {}, "detect killed"),
        (GED, {"killed_min": 5, "killed_max": 5}, "detect"),
        (GED, {"acled_event_type": "Protests"}, ""),
    ],
)
def test_tables_of_others(tmp_path: Path, table: str, incident: dict[str, Any], right: str):
    """An incident is compared with the rows of an ACLED or UCDP GED table."""
    path = tmp_path / "coded.csv"
    path.write_text(table, encoding="utf-8")
    figures = score_table([drawn(**incident)], read_table(path)).figures
    got = [name for name in ("detect", "sub-event") if name in figures and figures[name]["precision"] == 1]
    got += ["killed"] if figures["killed right"] == "1/1" else []
    assert " ".join(got) == right


def test_one_row_is_one_incident(tmp_path: Path):
    """Two incidents cannot both be the same row; the row nobody drew is missed."""
    path = tmp_path / "coded.csv"
    path.write_text(ACLED, encoding="utf-8")
    result = score_table([drawn(), drawn()], read_table(path))
    assert result.figures["detect"] == {"recall": 0.5, "precision": 0.5, "f1": 0.5}
    assert [row.id for row in result.missed] == ["SYR2"]
    assert len(result.false) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a,b\n1,2\n", "coded.csv:1: neither an ACLED nor a UCDP GED table"),
        (ACLED.replace("2014-04-12,1,B", "soon,1,B"), "coded.csv:3: this row cannot be read: 'soon' is not a date"),
        (ACLED.replace("36.63", "east"), "coded.csv:3: this row cannot be read"),
    ],
)
def test_broken_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, says: str):
    """A table that cannot be read says where."""
    monkeypatch.chdir(tmp_path)
    Path("coded.csv").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_table("coded.csv")
    assert says in str(caught.value)
