"""One date as it is found, with the small words before it ("since", "early", "by")."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import NamedTuple

from geo.language.date_words import DateWords
from geo.language.intervals import Interval

LONGEST_WORD = 16  # letters of a small word
MOST_LEAD_WORDS = 8  # "by the end of the first week of"
BOUNDS = frozenset({"by", "since", "until", "before"})

WORD_AFTER = re.compile(r"\s+([\w'-]+)")
_WORD_BEFORE = re.compile(r"([\w'$-]+)[\s(-]*$")


class Page(NamedTuple):
    """What a reader of dates has before it: the text, its folded twin, and the day it counts from."""

    text: str
    folded: str
    published: dt.date | None
    words: DateWords


class Lead(NamedTuple):
    """The small words before a date: where those that matter begin, their effects, and the words, nearest first."""

    begin: int
    effects: frozenset[str]
    words: tuple[str, ...]


@dataclass(slots=True)
class Atom:
    """One date: where it stands, what it means, and what may still change when it meets a neighbour."""

    start: int
    end: int
    kind: str
    when: Interval
    basis: str = "relative"
    weekday: int | None = None
    month: int | None = None
    day: int | None = None
    lead: frozenset[str] = frozenset()
    lead_words: tuple[str, ...] = ()
    owns: bool = False  # "Sunday's attack": a date that belongs to a noun
    offset: int = 0  # of kind "anchored": days from the other date
    other: Atom | None = None  # "on 3 and 9 April": the day that shares this one's month


def lead_of(page: Page, at: int) -> Lead:
    """Walk back over the small words that belong to a date."""
    folded, words = page.folded, page.words
    begin = seen = at
    read: list[str] = []
    effects: list[str] = []
    while len(read) < MOST_LEAD_WORDS:
        stop = seen
        while stop > 0 and folded[stop - 1] in " -" and seen - stop < 2:
            stop -= 1
        first = stop
        while first > 0 and folded[first - 1].isalpha() and stop - first < LONGEST_WORD:
            first -= 1
        word = folded[first:stop]
        effect = words.lead.get(word)
        if word == "week" or (word in words.lead_weeks and read and read[-1] == "week"):
            effect = "week"
        if stop == seen or effect is None:
            break
        if effect == "before" and effects and effects[-1] == "day_parts":
            effect = "glue"  # "before dawn Thursday" is on Thursday
        if effect in BOUNDS and not BOUNDS.isdisjoint(effects):
            break
        read.append(word)
        effects.append(effect)
        seen = first
        if effect != "glue":
            begin = first
    return Lead(begin, frozenset(effects), tuple(read))


def last_word(folded: str, at: int) -> str:
    """The word before an offset, "" where a comma or a stop comes between."""
    found = _WORD_BEFORE.search(folded, max(0, at - LONGEST_WORD), at)
    return found[1] if found else ""
