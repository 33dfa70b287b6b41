"""The date of publication as a text's first lines state it."""

from __future__ import annotations

import re

from geo.reports import written_dates
from geo.reports.edges import ENDS_SENTENCE, TIME, WORD, phrases
from geo.reports.written_dates import WrittenDate, one_of
from geo.text import fold

HEAD_ZONE = 160  # characters after the title within which a date line stands
MOST_LEAD_WORDS = 8  # outlet, author, section and time may stand before the date
LONGEST_LEAD_LINE = 12  # words; a longer line that ends with a full stop is a paragraph of the body
MOST_DATED_LINES = 2  # published, updated; a chronology has more
CHRONOLOGY_ZONE = 4000  # characters that are looked at for dated lines
_PROSE = re.compile(  # small words after which a date belongs to a sentence
    r"(a|an|the|this|that|on|of|since|in|until|till|from|by|before|after|to|between|and|or|for|at)$"
)
_CLOCK = re.compile(r"[\s,|–-]*(at )?\d{1,2}[:.]\d{2}(?!\.?\d)")


def stated_date(text: str, title: str | None = None) -> WrittenDate | None:
    """The date of publication that a text's first lines state, None where they state none.

    `title` may be known from elsewhere; where it also stands at the head of the text, the date is looked for after it.

    >>> stated_date("Wed 05 Apr 2017 Gunfire hits ferry. Two people were hurt.").date
    datetime.date(2017, 4, 5)
    >>> stated_date("The ferry was hit on 5 April 2017.") is None
    True
    """
    start = _after_title(text, title)
    end = start + HEAD_ZONE
    for found in written_dates.find(text, start, end + 40):
        if found.start > end:
            break
        lead, tail = text[start : found.start], text[found.end : found.end + 40]
        if _is_head(lead, tail, text[found.start : found.end], titled=start > 0):
            return None if _is_chronology(text) else found
    return None


def _is_chronology(text: str) -> bool:
    """Whether many lines begin with dates: then the first one is that of an event."""
    starts = [line.start() for line in re.finditer(r"^\W{0,4}\w", text[:CHRONOLOGY_ZONE], re.MULTILINE)]
    dates = {
        next((found.date for found in written_dates.find(text, at, at + 30) if found.start <= at + 4), None)
        for at in starts
    }
    return len(dates - {None}) > MOST_DATED_LINES


def _after_title(text: str, title: str | None) -> int:
    """Where the text goes on after its title; page titles have the site's name behind them, so part of it will do."""
    if not title:
        return 0
    words = [fold(word) for word in WORD.findall(title)]
    at = 0
    for count, match in enumerate(WORD.finditer(text[: 2 * len(title) + 40])):
        if count == len(words) or fold(match[0]).strip(".") != words[count].strip("."):
            return at if count >= min(3, len(words)) else 0
        at = match.end()
    return at


def _is_head(lead: str, tail: str, found: str, *, titled: bool) -> bool:
    """Whether a date between `lead` and `tail` stands in a head, not in a sentence."""
    cut = max(lead.rfind("\n"), lead.rfind("\r"))
    own_line = lead[cut + 1 :]
    above = [line for line in re.split(r"[\r\n]+", lead[: cut + 1]) if line.strip()]
    if any(ENDS_SENTENCE.search(line.strip()) and len(WORD.findall(line)) > LONGEST_LEAD_LINE for line in above):
        return False  # a paragraph lies between: too far down for a head
    if _ends_with("dated", own_line):
        return len(WORD.findall(own_line)) <= 2 * MOST_LEAD_WORDS
    if _ends_with("agencies", own_line) and found[:1].isalpha() and (titled or len(WORD.findall(own_line)) == 1):
        return True
    words = WORD.findall(TIME.sub("", own_line))
    if len(words) > MOST_LEAD_WORDS or (words and _PROSE.match(words[-1].lower())):
        return False
    if _CLOCK.match(tail):
        return True
    if any(word[0].islower() for word in words):
        return False
    if words and not (titled or above or _all_large(words)):
        return False
    return not _goes_on(tail)


def _ends_with(section: str, line: str) -> bool:
    """Whether a line ends with one of the data's phrases."""
    return re.search(rf"(?<!\w)(?:{one_of(list(phrases(section)))})[:,\s]*$", fold(line)) is not None


def _goes_on(tail: str) -> bool:
    """Whether what follows a date goes on with a sentence: "May 3, 2021 was the day"."""
    after = re.match(r"[^\S\r\n]*(\w+)(:?)", tail)
    return after is not None and after[1][0].islower() and not after[2] and after[1] not in ("at", "by", "updated")


def _all_large(words: list[str]) -> bool:
    """Whether words may be a dateline or an outlet: capitals only, or at most three names."""
    return all(word.isupper() for word in words) or len(words) <= 3
