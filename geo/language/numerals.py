"""Numbers in words and digits, read as integers."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from geo.files import Document, load, shipped

MOST_DIGITS = 15  # longer runs of digits are identifiers, not counts


class Numerals(NamedTuple):
    """What each number word is worth, and the pattern of one number (words or digits, at its start)."""

    small: dict[str, int]
    multipliers: dict[str, int]
    pattern: re.Pattern[str]
    source: str


@cache
def numbers_data() -> Document:
    """The shipped words for how many."""
    return load(shipped("english/numbers.yaml"))


@cache
def numerals() -> Numerals:
    """The English numerals, ready to match."""
    data: dict[str, Any] = numbers_data().data["numerals"]
    small: dict[str, int] = data["units"] | data["tens"]
    word = "|".join(sorted([*small, *data["multipliers"]], key=len, reverse=True))
    times = "|".join(data["multipliers"])
    digits = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+)(?:\.\d+(?=\s(?:{times})\b)|(?![.,]?\d))(?:\s(?:{times})\b)?"
    words = rf"(?:an?\s)?(?:{word})\b(?:(?:\s|-|\sand\s)(?:{word})\b)*"
    source = rf"(?:{digits}|{words})"
    return Numerals(small, data["multipliers"], re.compile(source), source)


def value(words: str) -> int | None:
    """The number that folded words or digits stand for, None where they stand for none.

    >>> value("twenty-two"), value("1,400"), value("2.6 million"), value("two hundred and six"), value("a dozen")
    (22, 1400, 2600000, 206, None)
    """
    known = numerals()
    total, current = 0, 0.0
    seen = False
    for word in words.replace("-", " ").split():
        if word in ("and", "a", "an"):
            continue
        if word in known.small:
            current += known.small[word]
        elif word in known.multipliers:
            times = known.multipliers[word]
            current = (current if seen else 1) * times
            if times >= 1000:
                total, current = total + round(current), 0.0
        else:
            digits = word.replace(",", "")
            if len(digits) > MOST_DIGITS or not re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", digits):
                return None
            current += float(digits)
        seen = True
    if not seen or current != round(current):
        return None
    return total + round(current)
