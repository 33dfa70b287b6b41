"""How well unseen spellings are found among ten thousand real places, and how fast."""

import sys
import time
from pathlib import Path

import pytest

from geo.gazetteer import import_from, load

DUMP = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "gazetteers" / "SY.txt"
pytestmark = pytest.mark.skipif(not DUMP.exists(), reason="the gazetteer to measure with is not here: ../shared/data")
sys.path.insert(0, str(Path(__file__).parent / "bench"))


def test_unseen_spellings_find_their_place():
    """Of 3,000 recorded variants, each left out in turn: among the candidates, first by governorate, plainly wrong."""
    import name_keys

    rows = [line.split("\t") for line in DUMP.read_text(encoding="utf-8").splitlines()]
    latin, _ = name_keys.measure(rows, name_keys.sample(rows, script="latin", size=3000))
    arabic, _ = name_keys.measure(rows, name_keys.sample(rows, script="arabic", size=3000))
    assert latin["among"] / latin["all"] >= 0.92
    assert latin["first"] / latin["all"] >= 0.78
    assert latin["wrong"] / latin["all"] <= 0.045
    assert arabic["among"] / arabic["all"] >= 0.82
    assert arabic["wrong"] / arabic["all"] <= 0.07


def test_a_country_is_compiled_in_seconds_and_opened_at_once(tmp_path):
    started = time.process_time()
    done = import_from("geonames", DUMP, tmp_path / "sy.sqlite")
    compiled = time.process_time()
    opening, asking = [], []
    for _ in range(5):  # the quickest of a few: what it needs, not what the machine was busy with
        before = time.process_time()
        gazetteer = load([done.path], default=False)
        opened = time.process_time()
        gazetteer.lookup("Kfar Zeita")
        opening.append(opened - before)
        asking.append(time.process_time() - opened)
    assert done.kept > 10_000
    assert compiled - started < 10
    assert min(opening) < 0.3
    assert min(asking) < 0.1
