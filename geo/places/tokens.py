"""Capitalised runs of words, and the words around a span."""

from __future__ import annotations

import re
from typing import NamedTuple

from geo.places.words import words

_UPPER = "".join(
    c for c in map(chr, (*range(0x41, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x1F00))) if c.isupper()
)
_MARK = "'’‘ʼʻʿʾ`"
_PARTICLE = "|".join(sorted(map(re.escape, words().particles), key=lambda particle: (-len(particle), particle)))
_WORD = (
    rf"(?:(?:[{_UPPER}]\.){{2,}}|(?:St|Mt|Ft|Dr|Mr|Mrs|Ms|Gen|Col|Lt|Capt|Maj|Sgt|Gov|Sen|Rep|Prof)\."
    rf"|(?:(?i:{_PARTICLE})[-{_MARK}])?[{_MARK}]?[{_UPPER}]\w*(?:[{_MARK}](?!s\b)\w+)*)"
)
_GAP = rf"(?:[ \u00a0]+|-)(?:(?:{_PARTICLE})[ \u00a0-]+(?:(?:{_PARTICLE})[ \u00a0-]+)?)?"
_RUN = re.compile(rf"(?<!\w)(?=[{_MARK}]?[{_UPPER}]|[a-z]{{1,5}}[-{_MARK}][{_MARK}{_UPPER}]){_WORD}(?:{_GAP}{_WORD})*")
_WORDS = re.compile(_WORD)
_TOKEN = re.compile(r"'s(?!\w)|[^\W_]+(?:[-'][^\W_]+)*(?:\.[^\W_]+)*|[^\w\s]")
_ARABIC = re.compile(r"[\u0621-\u064a\u066e-\u06d3\u0750-\u077f]+(?:[\u064b-\u065f\u0640\u0670]*[\u0621-\u06d3]+)*")
REACH_LEFT, REACH_RIGHT = 56, 44  # characters around a name that are read: six or seven words either side


class Token(NamedTuple):
    """A word or a mark of a text, folded, with its offsets."""

    start: int
    end: int
    word: str


class Around(NamedTuple):
    """The words before a span (the nearest last) and after it (the nearest first).

    `before` are the words alone, without an article that stands next to the span; `after` likewise.
    """

    left: list[Token]
    right: list[Token]
    before: list[str]
    after: list[str]


def around(folded: str, start: int, end: int, *, low: int = 0, high: int | None = None) -> Around:
    """The words around `folded[start:end]`, not beyond `low` and `high` (the sentence).

    >>> words_around = around("two shells hit the town of douma's market", 27, 32)
    >>> words_around.before[-3:], words_around.after
    (['the', 'town', 'of'], ["'s", 'market'])
    """
    low = max(low, start - REACH_LEFT)
    if low > 0:
        while low < start and folded[low - 1].isalnum():  # do not begin inside a word
            low += 1
    high = min(len(folded) if high is None else high, end + REACH_RIGHT)
    left, right = tokens(folded, low, start), tokens(folded, end, high)
    before = [token.word for token in left]
    if before and before[-1] == "the":
        before.pop()
    return Around(left, right, before, [token.word for token in right])


def tokens(folded: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The words and marks of a stretch of folded text."""
    stop = len(folded) if end is None else end
    return [Token(hit.start(), hit.end(), hit.group()) for hit in _TOKEN.finditer(folded, start, stop)]


def words_beside(folded: str, start: int, end: int) -> tuple[str, str]:
    """The word or mark before a span, an article left out, and the one after it.

    >>> words_beside("fire fell on the quern, they said", 17, 22)
    ('on', ',')
    """
    before = _TOKEN.findall(folded, max(0, start - 24), start)[-2:]
    if before and before[-1] == "the":
        before = before[:-1]
    after = _TOKEN.search(folded, end, end + 24)
    return before[-1] if before else "", after.group() if after else ""


def runs(text: str, start: int = 0, end: int | None = None) -> list[list[tuple[int, int]]]:
    """Capitalised runs of words: for each, the spans of its words.

    >>> text = "Guns fell silent in Kafr al-Tun and Stoke upon Trent, the BBC said."
    >>> [text[run[0][0]:run[-1][1]] for run in runs(text)]
    ['Guns', 'Kafr al-Tun', 'Stoke upon Trent', 'BBC']
    """
    found = []
    for run in _RUN.finditer(text, start, len(text) if end is None else end):
        found.append([word.span() for word in _WORDS.finditer(text, run.start(), run.end())])
    return found


def has_arabic(text: str) -> bool:
    """Whether any word is in Arabic script."""
    return not text.isascii() and _ARABIC.search(text) is not None


def arabic(text: str) -> list[list[tuple[int, int]]]:
    """Runs of words in Arabic script, one blank apart: for each, the spans of its words."""
    found: list[list[tuple[int, int]]] = []
    for word in _ARABIC.finditer(text):
        if found and text[found[-1][-1][1] : word.start()] in (" ", "\u00a0"):
            found[-1].append(word.span())
        else:
            found.append([word.span()])
    return found


def is_title_case(text: str) -> bool:
    """Whether nearly all longer words are capitalised, so that capitals say nothing.

    >>> is_title_case("Death Toll From Infighting Rises To 68"), is_title_case("Troops took Douma on Monday")
    (True, False)
    """
    longer = [word for word in re.findall(r"[^\W\d_]+", text) if len(word) >= 4]
    fewest = (
        6 if text.rstrip().endswith(".") else 4
    )  # few headings have a full stop, and short sentences are full of names
    return len(longer) >= fewest and sum(word[0].isupper() for word in longer) >= 0.8 * len(longer)
