"""Confidence: it means what it says, on rows that a person judged."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from test_incidents_merge import tell

import geo
from geo import export
from geo.events.confidence import confidence
from geo.files import load, shipped
from geo.incidents import merge
from geo.score import read_gold, score

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
BINS = 5
BAND = 2.58  # standard errors: all five bins lie within theirs in 95 of 100 draws, when the confidence is true


def judged() -> list[tuple[float, bool]]:
    """The confidence of each row of our digest, and whether all of it is right; optional rows left out."""
    features = [export.feature(row) for row in geo.extract(geo.read([SEEDS / "syria-2014-04.txt"])).rows()]
    said = {
        (row["char_start"], row["type"], row["place"]): row["confidence"]
        for row in (feature["properties"] for feature in features)
    }
    found = score(features, read_gold(SEEDS / "gold.yaml"))
    rows = [(pair.found, not pair.wrong) for pair in found.pairs if pair.found is not None]
    rows += [(one, False) for one in found.false]
    return [(said[one.start, one.type, one.place], right) for one, right in rows]


def outside(rows: list[tuple[float, bool]]) -> list[str]:
    """The bins whose share of right rows is not what was predicted, within the band that their size allows."""
    ordered, found = sorted(rows), []
    for at in range(BINS):
        part = ordered[at * len(rows) // BINS : (at + 1) * len(rows) // BINS]
        mean = sum(chance for chance, _ in part) / len(part)
        share = sum(right for _, right in part) / len(part)
        band = BAND * math.sqrt(mean * (1 - mean) / len(part))
        if abs(share - mean) > band:
            found.append(f"predicted {mean:.2f}, right {share:.2f} of {len(part)}")
    return found


def test_of_rows_with_a_confidence_that_share_is_right() -> None:
    rows = judged()
    assert len(rows) >= 80
    assert not outside(rows)
    assert outside([(0.5, right) for _, right in rows]), "a test that no confidence fails says nothing"


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (["place own clause"], ["place borrowed"]),
        (["place borrowed"], ["place none"]),
        (["place score high"], ["place score low"]),
        (["date stated"], ["date unknown"]),
        ([], ["weak trigger"]),
        ([], ["link dear"]),
    ],
)
def test_what_the_text_says_itself_is_surer(better: list[str], worse: list[str]) -> None:
    assert confidence(better) > confidence(worse)


def test_no_sum_of_signs_makes_certain_and_an_unknown_sign_says_nothing() -> None:
    assert confidence(["a"], {"a": 50.0}) == 0.98
    assert confidence(["a"], {"a": -50.0}) == 0.02
    assert confidence(["b"], {"a": 50.0}) == 0.5


def test_every_weight_belongs_to_a_sign_that_the_code_gives() -> None:
    code = (Path(geo.__file__).parent / "events" / "confidence.py").read_text(encoding="utf-8")
    weights = load(shipped("english/confidence.yaml")).data["weights"]
    assert [sign for sign in weights if sign.split()[0] != "status" and f'"{sign}"' not in code] == []


def test_another_source_raises_the_confidence_of_an_incident_and_a_repetition_does_not() -> None:
    one = replace(tell("a", said_by="a medic"), confidence=0.6)
    [again] = merge([one, replace(tell("b", said_by="a medic", at=50), confidence=0.5)])
    [backed] = merge([one, replace(tell("b", said_by="a mayor", at=50), confidence=0.5)])
    assert (again.confidence, backed.confidence) == (0.6, 0.8)
