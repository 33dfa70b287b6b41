"""Fit the weights of `geo.events.confidence` on hand-coded reports, and test them on reports held out.

    python tests/bench/confidence_weights.py seeds/gold.yaml=seeds/syria-2014-04.txt \
        geo/data/colombia/sample/gold.yaml=geo/data/colombia/sample/colombia-2002-05.txt=colombia [--gazetteer FILE]

Each argument is coded events, the text they were coded in, and a pack if it is not the default one. A row is right when
`geo score` finds it wholly right (place, date, status of a matching coded event); rows on optional events do not count.
Printed: rows in five bins of the predicted confidence, then the weights fitted on all, as english/confidence.yaml has
them. A report is predicted by weights fitted without it and without all else that was published on its day: reports of
one day retell each other, and two printings of one article must not vouch for each other.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from typing import NamedTuple

import geo
from geo import export
from geo.events import confidence as model
from geo.events import rows as rows_module
from geo.score import read_gold, score

RARE = 4  # a sign seen less often says nothing certain; the shrinking keeps what is rare small
SHRINK = 3.0  # as if each weight had been seen to be zero that often
STEPS, PACE = 600, 1.0
BINS = 5


class Row(NamedTuple):
    """A statement: the day its report was published, its signs, and whether all of it is right."""

    day: str
    signs: frozenset[str]
    right: bool


def main() -> None:
    """Print the table of the held-out reports and the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("coded", nargs="+", metavar="GOLD=TEXT[=PACK]")
    parser.add_argument("--gazetteer", action="append", default=[])
    options = parser.parse_args()
    told = [row for one in options.coded for row in coded_rows(one, options.gazetteer)]
    days = sorted({row.day for row in told})
    held_out = []
    for day in days:
        weights = fit([row for row in told if row.day != day])
        held_out += [(model.confidence(row.signs, weights), row.right) for row in told if row.day == day]
    print(f"# {len(told)} rows of {len(days)} days, {sum(row.right for row in told)} right; each day held out")
    for line in table(held_out):
        print(f"# {line}")
    print(f"# error (Brier): {brier(held_out):.3f}; always the mean: {brier(always_the_mean(told)):.3f}")
    print("weights:")
    for sign, weight in sorted(fit(told).items()):
        print(f"  {sign}: {weight:.2f}")


def coded_rows(coded: str, gazetteers: list[str]) -> list[Row]:
    """The statements found in a text, neutral ones left out."""
    gold_path, text, *pack = coded.split("=")
    seen: list[frozenset[str]] = []

    def remember(signs: frozenset[str]) -> float:
        seen.append(signs)
        return float(len(seen) - 1)

    kept, rows_module.confidence = rows_module.confidence, remember
    try:
        events = geo.extract(geo.read([text]), pack=pack[0] if pack else None, gazetteer=gazetteers if not pack else [])
    finally:
        rows_module.confidence = kept
    gold = read_gold(gold_path)
    features = [export.feature(row) for row in events.rows()]
    by_place = {
        _key(f["properties"]): (int(e.confidence), str(e.report.published))
        for f, e in zip(features, events, strict=True)
    }
    found = score(features, gold)
    right = [pair.found for pair in found.pairs if pair.found is not None and not pair.wrong]
    wrong = [pair.found for pair in found.pairs if pair.found is not None and pair.wrong]
    rows = []
    for group, truth in ((right, True), (wrong, False), (found.false, False)):
        for one in group:
            index, day = by_place[one.record, one.start, one.end, one.type, one.place]
            rows.append(Row(day, seen[index], truth))
    return rows


def _key(row: dict) -> tuple:
    return str(row["source_id"]), row["char_start"], row["char_end"], row["type"], row["place"]


def fit(rows: list[Row]) -> dict[str, float]:
    """Weights under which what was right is likeliest (logistic, gradient descent), shrunk towards zero."""
    counted = Counter(sign for row in rows for sign in row.signs)
    weights = {sign: 0.0 for sign, times in sorted(counted.items()) if times >= RARE}
    known = [([sign for sign in sorted(row.signs) if sign in weights], row.right) for row in rows]
    every = 0.0
    for _ in range(STEPS):
        slope, base = {sign: SHRINK * weight for sign, weight in weights.items()}, 0.0
        for signs, right in known:
            off = 1 / (1 + math.exp(-every - sum(weights[sign] for sign in signs))) - right
            base += off
            for sign in signs:
                slope[sign] += off
        every -= PACE * base / len(rows)
        weights = {sign: weight - PACE * slope[sign] / len(rows) for sign, weight in weights.items()}
    return {"every row": round(every, 2)} | {sign: round(weight, 2) for sign, weight in weights.items()}


def table(predicted: list[tuple[float, bool]]) -> list[str]:
    """Rows in bins of the same size: what was predicted, what was so, and the band that chance allows."""
    ordered = sorted(predicted)
    lines = []
    for at in range(BINS):
        part = ordered[at * len(ordered) // BINS : (at + 1) * len(ordered) // BINS]
        mean, share = (sum(pair[i] for pair in part) / len(part) for i in (0, 1))
        band = 1.96 * math.sqrt(mean * (1 - mean) / len(part))
        within = "within" if abs(share - mean) <= band else "OUTSIDE"
        lines.append(f"predicted {mean:.2f}, right {share:.2f} of {len(part)}, {within} +-{band:.2f}")
    return lines


def brier(predicted: list[tuple[float, bool]]) -> float:
    """The mean squared error."""
    return sum((chance - right) ** 2 for chance, right in predicted) / len(predicted)


def always_the_mean(rows: list[Row]) -> list[tuple[float, bool]]:
    """What one confidence for all rows would be worth."""
    share = sum(row.right for row in rows) / len(rows)
    return [(share, row.right) for row in rows]


if __name__ == "__main__":
    main()
