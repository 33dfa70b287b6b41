"""Corrections: what people decide survives re-runs, and what found no event is listed."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from test_incidents_merge import PLACES, grouped, tell

from geo.errors import DataError
from geo.incidents import Corrections, apply, correction_problems, merge
from geo.incidents.corrections import stub
from geo.model import Event, Report

SAMPLE = """\
corrections:
- do: reject
  event: "a"
  quote: Sentence a
  by: A. Editor
  why: a drill
- do: set
  event: "gone"
  quote: Sentence b.
  type: shelling
  status: claimed
  place: far
  date: {start: null, end: 2020-05-07}
  killed: {min: 2, max: null}
  by: A. Editor
  why: the mayor said so
- do: add
  quote: Two fell at the mill
  type: barrel_bomb
  place: {name: A Mill, lat: 35.5, lon: 36.5}
  date: 2020-05-06
  killed: 2
  by: A. Editor
  why: missed
"""


def decisions(tmp_path: Path, text: str) -> Corrections:
    path = tmp_path / "corrections.yaml"
    path.write_text(text, encoding="utf-8")
    return Corrections.load(path)


def corrected(tmp_path: Path, text: str, *events: Event, **known: Any) -> tuple[list[Event], list[str]]:
    kept, orphans = apply(events, decisions(tmp_path, text), places=PLACES.get, **known)
    return kept, [str(orphan).rsplit("corrections.yaml:", 1)[1] for orphan in orphans]


def entry(do: str, **keys: Any) -> str:
    """One correction of `keys`, by A. Editor."""
    keys = {"do": do, "by": "A. Editor", "why": "so it is", **keys}
    return "corrections:\n- " + "\n  ".join(f"{key}: {json.dumps(value)}" for key, value in keys.items()) + "\n"


def test_reject_set_and_add(tmp_path: Path) -> None:
    report = Report("r9", "Later on. Two fell at the mill that day.", "b.txt", offset=100)
    types = {"shelling": {}, "barrel_bomb": {"parent": "air_strike"}}
    kept, orphans = corrected(tmp_path, SAMPLE, tell("a"), tell("b", at=50), types=types, reports=[report])
    assert orphans == []
    set_one, added = kept
    assert (set_one.id, set_one.type, set_one.status, set_one.place) == ("b", "shelling", "claimed", PLACES["far"])
    assert (set_one.when.earliest, set_one.when.latest, set_one.when.precision) == (
        None,
        dt.date(2020, 5, 7),
        "unknown",
    )
    assert [(toll.kind, toll.low, toll.high) for toll in set_one.tolls] == [("killed", 2, None)]
    assert set_one.resolution is not None
    assert set_one.resolution.why == "set by A. Editor: the mayor said so"
    assert set_one.why == "corrected by A. Editor: the mayor said so"
    assert (added.quote, added.char_start, added.parent_type) == ("Two fell at the mill", 110, "air_strike")
    assert added.place is not None
    assert (added.place.name, added.place.lat, added.when.earliest) == ("A Mill", 35.5, dt.date(2020, 5, 6))
    again, _ = corrected(tmp_path, SAMPLE, tell("a"), tell("b", at=50), types=types, reports=[report])
    assert again == kept


@pytest.mark.parametrize(
    ("teaches", "text", "orphans"),
    [
        ("the id is enough", entry("reject", event="a"), []),
        ("so is the quote", entry("reject", quote="Sentence  a"), []),
        ("the quote finds it when the id has changed", entry("reject", event="old", quote="Sentence a."), []),
        (
            "an id that is gone",
            entry("reject", event="old"),
            ["2: reject: no event has the id old; add its quote, which outlives a change of id"],
        ),
        (
            "a quote that is gone",
            entry("reject", event="old", quote="Nothing"),
            ["2: reject: no event has the id old or the quote 'Nothing'"],
        ),
        (
            "a quote that fits two",
            entry("reject", quote="Sentence"),
            ["2: reject: the quote fits 2 events (a, b); give the id of one"],
        ),
        (
            "an unknown place",
            entry("set", event="a", place="nowhere"),
            ["2: set: no place has the id 'nowhere'; `geo lookup` finds ids"],
        ),
        (
            "an unknown type",
            entry("set", event="a", type="flood"),
            ["2: set: there is no type 'flood'; `geo types` lists them"],
        ),
        (
            "a quote in no report",
            entry("add", quote="Nothing", type="shelling", date="2020-05-08"),
            ["2: add: the quote stands in 0 reports; copy it as printed, long enough to stand in one"],
        ),
        (
            "half of a merge is gone",
            entry("merge", event="a", **{"with": [{"event": "old"}]}),
            ["2: merge: no event has the id old; add its quote, which outlives a change of id"],
        ),
    ],
)
def test_a_decision_that_finds_no_event_is_listed(teaches: str, text: str, orphans: list[str], tmp_path: Path) -> None:
    events = (tell("a"), tell("b", report="r2"))
    assert corrected(tmp_path, text, *events, types={"shelling": {}})[1] == orphans, teaches


def test_a_figure_can_be_taken_away(tmp_path: Path) -> None:
    kept, _ = corrected(tmp_path, entry("set", event="a", killed=None), tell("a", killed=(3, 3)))
    assert kept[0].tolls == ()


def test_merges_are_forced_and_forbidden(tmp_path: Path) -> None:
    a, b, c = tell("a"), tell("b", at=50), tell("c", "armed_clash", place="far", date="?05-02", at=90)
    assert grouped(a, b, c) == "a b | c"
    together = decisions(tmp_path, entry("merge", event="c", **{"with": [{"event": "a"}]}))
    assert grouped(a, b, c, corrections=together) == "a b c"
    apart = decisions(tmp_path, entry("part", event="a", **{"with": [{"quote": "Sentence b."}]}))
    assert grouped(a, b, c, corrections=apart) == "a | b | c"
    both = Corrections(together.entries + apart.entries)
    assert grouped(a, b, c, corrections=both) == "a c | b"
    assert "joined by a correction" in merge([a, c], corrections=together)[0].why


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("corrections:\n- do: drop\n  by: x\n  why: y\n", "2: 'do' is 'drop' (one of: reject, set, add, merge, part)"),
        ("corrections:\n- do: reject\n  event: a\n  by: x\n", "2: no 'why'"),
        (entry("reject"), "2: no event is named"),
        (entry("reject", event="a", place="x"), "6: 'reject' knows no key 'place'"),
        (entry("set", event="a"), "2: nothing to set"),
        (entry("set", event="a", status="true"), "6: unknown status 'true'"),
        (entry("set", event="a", date="8 May"), "6: '8 May' is not a date (write it as 2020-05-08)"),
        (
            entry("set", event="a", date={"start": "2020-05-09", "end": "2020-05-08"}),
            "6: no date, or a start after its end",
        ),
        (entry("set", event="a", killed=-1), "6: 'killed' is -1"),
        (entry("set", event="a", killed={"min": 3, "max": 2}), "6: 'killed' is {'min': 3, 'max': 2}"),
        (entry("set", event="a", place={"name": "x", "lat": 91, "lon": 0}), "6: 'lat' is 91 (a number up to 90)"),
        (entry("set", event="a", place={"name": "x"}), "6: a place is an id or a mapping"),
        (entry("add", quote="x", type="shelling"), "2: an added event needs 'date'"),
        (entry("merge", event="a"), "2: 'merge' needs 'with'"),
        (entry("part", event="a", **{"with": [{"id": "b"}]}), "6: no event is named"),
        ("- a\n", "1: a corrections file holds one list"),
        ("corrections:\n  a: b\n", "1: a corrections file holds one list"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        decisions(tmp_path, text)
    assert f"corrections.yaml:{problem}" in str(caught.value)


def test_all_problems_are_found_at_once(tmp_path: Path) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(
        entry("drop") + entry("reject").split("\n", 1)[1] + entry("reject", event="a").split("\n", 1)[1],
        encoding="utf-8",
    )
    assert [error.line for error in correction_problems(path)] == [2, 5]
    path.write_text("", encoding="utf-8")
    assert correction_problems(path) == []


def test_the_stub_is_a_correction_once_its_blanks_are_filled(tmp_path: Path) -> None:
    text = (
        stub("0012", 'He said: "no" \\ #1').replace("set ", "reject ").replace("by:", "by: x").replace("why:", "why: y")
    )
    [decision] = decisions(tmp_path, "corrections:\n" + text).entries
    assert (decision.references[0].event, decision.references[0].quote) == ("0012", 'He said: "no" \\ #1')
