"""The real sample: every place mention of the hand-coded gold is found, hardly any is false, and its point is right."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from conftest import SHARED

from geo.gazetteer import load
from geo.language import split
from geo.places import find, resolve
from geo.reports import read

SCORER, GOLD = SHARED / "gold" / "score_places.py", SHARED / "gold" / "seed-gold.yaml"


@pytest.mark.skipif(not SCORER.exists(), reason="the hand-coded sample is not beside this checkout")
def test_the_sample_is_found_and_placed(tmp_path):
    gazetteer = load()
    rows = []
    for report in read([SHARED / "seeds"]):
        mentions = find(report, split(report.text, title=report.title), gazetteer)
        for mention, found in zip(mentions, resolve(report, mentions, gazetteer), strict=True):
            span = {"char_start": report.offset + mention.span.start, "char_end": report.offset + mention.span.end}
            place = {"place": found.place and found.place.name, "lat": found.lat, "lon": found.lon}
            rows.append({**span, "text": mention.text, "role": mention.role, **place})
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "places.jsonl").write_text(lines, encoding="utf-8")
    command = [sys.executable, str(SCORER), str(tmp_path / "places.jsonl"), str(GOLD), "--json"]
    figures = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert figures["found"] >= 0.98, figures
    assert figures["precision"] >= 0.97, figures
    assert figures["place"] >= 0.99, figures
