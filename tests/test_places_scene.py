"""The scene of a verb: which of a sentence's places, or none."""

# ruff: noqa: E501  (one line, one row of the table)

import gzip
import json

import pytest
from conftest import SHARED

from geo.model import Span
from geo.places import rank, scene
from geo.places.scene import candidates

CORPUS = SHARED / "data" / "corpora" / "event_location_dev.jsonl.gz"


def ask(text, verb, *names):
    at = text.index(verb)
    places = [Span(text.index(name), text.index(name) + len(name)) for name in names]
    found = scene(text, Span(at, at + len(verb)), places)
    return found and found.of(text)


@pytest.mark.parametrize(
    ("text", "verb", "names", "wanted"),
    [
        ("A bomb exploded in Dun on Friday, police in Merrow said.", "exploded", ["Dun", "Merrow"], "Dun"),
        ("Rebels captured the town of Dun after leaving Eskil.", "captured", ["Dun", "Eskil"], "Dun"),
        ("In Dun, soldiers shot two men who came from Eskil.", "shot", ["Dun", "Eskil"], "Dun"),
        ("A car bomb killed five people in the village of Dun, in Harth province.", "killed", ["Dun", "Harth"], "Dun"),
        ("Jets bombed Dun while troops shelled Eskil.", "shelled", ["Dun", "Eskil"], "Eskil"),
        ("Troops were attacked near Dun, 20 km north of Harth.", "attacked", ["Dun", "Harth"], "Dun"),
        ("The minister condemned the killing, a spokesman said.", "condemned", [], None),
        ("He was captured after years as a commander of forces loyal to Merrow.", "captured", ["Merrow"], None),
    ],
)
def test_where_it_happened(text, verb, names, wanted):
    assert ask(text, verb, *names) == wanted


def test_ranks_are_likelihoods_of_every_mention_and_of_none():
    text = "A bomb exploded in Dun on Friday, police in Merrow said."
    ranked = rank(text, Span(7, 15), [Span(19, 22), Span(44, 50)])
    assert sorted(index for _, index in ranked) == [-1, 0, 1]
    assert sum(share for share, _ in ranked) == pytest.approx(1)
    assert ranked[0][1] == 0
    assert rank(text, Span(7, 15), [Span(44, 50), Span(19, 22)])[0][1] == 1, "the order of the mentions does not matter"


def test_a_report_may_be_passed_whole():
    """Only the paragraph around the trigger counts."""
    text = "Calm returned to Eskil.\n\nA bomb exploded in Dun on Friday.\n\nMerrow was quiet."
    places = [Span(text.index(name), text.index(name) + len(name)) for name in ("Dun",)]
    at = text.index("exploded")
    assert scene(text, Span(at, at + 8), places).of(text) == "Dun"


@pytest.mark.skipif(not CORPUS.exists(), reason=f"{CORPUS.name} is not beside this checkout")
def test_on_sentences_of_a_corpus():
    """Held to the figures measured on the half that the weights were not fitted on (.74 and .76 there), over a sample."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][::4]
    right = {True: [0, 0], False: [0, 0]}
    for row in rows:
        found = scene(row["text"], Span(*row["verb"][0]), candidates(row["text"]))
        told = bool(row["locations"])
        good = (
            found is None if not told else found and any(found.start < e and s < found.end for s, e in row["locations"])
        )
        right[told][0] += bool(good)
        right[told][1] += 1
    placed, nowhere = (hits / of for hits, of in (right[True], right[False]))
    assert placed >= 0.70, placed
    assert nowhere >= 0.72, nowhere
