"""Fit the weights of `geo.places.scene` on one half of a corpus, and measure it on both halves.

    python tests/bench/scene_weights.py ../shared/data/corpora/event_location_dev.jsonl.gz [--fit] [--errors 20]

Each row of the corpus is a sentence with the span of a verb and the spans of the places where that event happened, none
where the sentence does not tell. "placed": of the sentences with a place, how often the scene overlaps one of them.
"nowhere": of the others, how often no scene is named. `--fit` fits on the first half and prints the `weights:` of
english/scene.yaml; without it, the weights as they stand are measured.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import numpy as np

from geo.model import Span
from geo.places.scene import candidates, signs, weights

SEED = 20140414  # halves the corpus the same way every time
RARE = 30  # a sign seen less often says nothing certain
SHRINK = 15.0  # pulls weights to zero: the more, the fewer signs stay
STEPS, PACE = 250, 0.05
LEAN = -0.3  # taken from "nowhere": a place is named where it is nearly as likely as none
SMALL = 0.05  # weights below this are left out


class Example(NamedTuple):
    """A sentence: the signs of "nowhere" and of each candidate, and which of these options are right."""

    signs: list[list[str]]
    right: set[int]
    row: dict


def main() -> None:
    """Print the share of right answers in each half."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--errors", type=int, default=0)
    options = parser.parse_args()
    first, second = halves(options.corpus)
    weighing = fit(first) if options.fit else weights()
    for name, examples in (("fitted on", first), ("held out", second)):
        placed, nowhere = measure(examples, weighing)
        print(f"# {name}: {len(examples)} sentences, placed {placed:.3f}, nowhere {nowhere:.3f}")
    if options.fit:
        print("weights:")
        for sign, weight in sorted(weighing.items()):
            print(f"  {json.dumps(sign)}: {weight:.2f}")
    for example in [one for one in second if answer(one, weighing) not in one.right][: options.errors]:
        print(json.dumps(example.row, ensure_ascii=False))


def halves(corpus: Path) -> tuple[list[Example], list[Example]]:
    """The corpus in two random halves."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    order = list(range(len(rows)))
    random.Random(SEED).shuffle(order)
    examples = [example_of(rows[index]) for index in order]
    return examples[: len(rows) // 2], examples[len(rows) // 2 :]


def example_of(row: dict) -> Example:
    """Signs and right options of one row."""
    places = candidates(row["text"])
    gold = row["locations"]
    right = {
        at + 1 for at, span in enumerate(places) if any(span.start < end and start < span.end for start, end in gold)
    }
    return Example(signs(row["text"], Span(*row["verb"][0]), places), right if gold else {0}, row)


def fit(examples: list[Example]) -> dict[str, float]:
    """Weights by which the right options are likeliest (softmax over the options of a sentence), shrunk to zero."""
    seen = Counter(sign for example in examples for option in example.signs for sign in set(option))
    signs = sorted(sign for sign, count in seen.items() if count >= RARE)
    column = {sign: at for at, sign in enumerate(signs)}
    rows, columns, starts, right = [], [], [], []
    for example in examples:
        if not example.right:
            continue
        starts.append(len(right))
        for at, option in enumerate(example.signs):
            known = [column[sign] for sign in option if sign in column]
            rows += [len(right)] * len(known)
            columns += known
            right.append(1.0 if at in example.right else 0.0)
    row, col, start, gold = np.array(rows), np.array(columns), np.array(starts), np.array(right)
    sentence = np.repeat(np.arange(len(start)), np.diff(np.append(start, len(gold))))
    weight, mean, square = np.zeros(len(signs)), np.zeros(len(signs)), np.zeros(len(signs))
    for step in range(1, STEPS + 1):
        score = np.bincount(row, weight[col], minlength=len(gold))
        power = np.exp(score - np.maximum.reduceat(score, start)[sentence])
        chance = power / np.add.reduceat(power, start)[sentence]
        wanted = chance * gold / np.add.reduceat(chance * gold, start)[sentence]
        slope = np.bincount(col, (chance - wanted)[row], minlength=len(weight)) + SHRINK * weight
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        weight -= PACE * mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    weight[column["nowhere"]] += LEAN
    return {sign: round(float(w), 2) for sign, w in zip(signs, weight, strict=True) if abs(w) >= SMALL}


def answer(example: Example, weights: dict[str, float]) -> int:
    """The likeliest option."""
    scores = [sum(weights.get(sign, 0.0) for sign in option) for option in example.signs]
    return max(range(len(scores)), key=lambda at: scores[at])


def measure(examples: list[Example], weights: dict[str, float]) -> tuple[float, float]:
    """The share of right answers where there is a place, and where there is none."""
    told = [example for example in examples if example.row["locations"]]
    silent = [example for example in examples if not example.row["locations"]]
    right = [sum(answer(one, weights) in one.right for one in group) for group in (told, silent)]
    return right[0] / max(1, len(told)), right[1] / max(1, len(silent))


if __name__ == "__main__":
    main()
