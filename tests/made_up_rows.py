"""Rows for the page's bench: as many as wanted, seeded, each sentence as long and as hard to compress as news is.

The sample's sentences have 187 characters on average and gzip to 0.39 of their size in one go; these have the same,
from a made-up vocabulary in which, as in every language, few words are common and most are rare.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, overload

import made_up

SMALL = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "on",
    "that",
    "for",
    "by",
    "from",
    "with",
    "as",
    "at",
    "it",
    "was",
    "were",
]
STARTS = ["b", "br", "c", "ch", "d", "f", "g", "h", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "w"]
MIDDLES = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
ENDS = ["l", "m", "n", "r", "s", "t", "d", "nd", "st", "ck"]
VOCABULARY = 6000
SHORTEST, LONGEST = 60, 314  # characters of a sentence; 187 on average
FIRST_DAY, DAYS, PLACES = dt.date(2011, 3, 15), 3650, 3000


def vocabulary(chance: random.Random) -> list[str]:
    """Small words first, then made-up ones, the shorter the more common."""
    words: dict[str, None] = dict.fromkeys(SMALL)
    while len(words) < VOCABULARY:
        parts = 1 + (len(words) > 150) + (chance.random() < 0.45) * (len(words) > 400)
        words["".join(chance.choice(STARTS) + chance.choice(MIDDLES) for _ in range(parts)) + chance.choice(ENDS)] = (
            None
        )
    return list(words)


class Rows(Sequence[dict[str, Any]]):
    """Features as `geo incidents` writes them, made when asked for: a million of them would not fit into memory.

    >>> rows = Rows(3)
    >>> rows[2] == Rows(3)[2], len(rows)
    (True, 3)
    """

    def __init__(self, count: int, *, sentences: bool = True) -> None:
        chance = random.Random(11)
        self.count, self.sentences = count, sentences
        self.spots = made_up.villages(PLACES, chance)
        self.words = vocabulary(chance)
        self.weights = list(accumulate(1 / (rank + 1.5) for rank in range(len(self.words))))

    def __len__(self) -> int:
        return self.count

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, at: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, at: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(self.count))]
        if not 0 <= at < self.count:
            raise IndexError(at)
        chance = random.Random(at)
        feature = made_up.incident(at, chance, FIRST_DAY, DAYS, self.spots)
        if not self.sentences:
            return feature
        row = feature["properties"]
        for quote in row["quotes"]:
            quote["quote"] = self.sentence(chance, row["place_text"], quote["trigger"])
        row["quote"] = row["quotes"][0]["quote"]
        return feature

    def sentence(self, chance: random.Random, place: str, trigger: str) -> str:
        """Words until it is long enough, the trigger and the place among them."""
        wanted = chance.randrange(SHORTEST, LONGEST) - len(place) - len(trigger) - 2
        words = chance.choices(self.words, cum_weights=self.weights, k=wanted // 4)
        while sum(map(len, words)) + len(words) > wanted and len(words) > 1:
            words.pop()
        for word in (place, trigger):
            words.insert(chance.randrange(len(words) + 1), word)
        text = " ".join(words)
        return text[0].upper() + text[1:] + "."
