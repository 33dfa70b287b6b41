"""The lines at a report's edges: source line, byline, headline."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from geo.files import load, shipped
from geo.reports import written_dates
from geo.reports.written_dates import one_of
from geo.text import expand, fold

LONGEST_EDGE = 240  # characters; longer lines are paragraphs and are not looked at
MOST_OUTLET_WORDS = 8  # "Office of the Spokesperson of the Ministry" has seven
MOST_HEADLINE_WORDS = 25
WORD = re.compile(r"\w[\w'’.-]*")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）"}
_LINK = re.compile(r"\[(?P<name>[^\]\n]*)\]\((?P<link>[^)\s]+)\)|<?(?P<bare>https?://[^\s>)\]|]+)>?")
TIME = re.compile(
    r"\d{1,2}[:.h]?\d{2}(?::\d{2})?(\s*[ap]\.?m\.?)?(\s*\(?(GMT|UTC|[A-Z]{2,4}T|Z|[+-]\d{2}:?\d{2})\)?)?", re.I
)
ENDS_SENTENCE = re.compile(r"[.,;:…\-–—]['\"”’»)\]]*$")
_INITIALISM = re.compile(r"(\b\w\.){2,}$")  # "talks at the U.N."
_SECOND_SENTENCE = re.compile(  # a full stop inside, not one of an initial, a title or a number
    r"(?<!\d)(?<!\b[A-Z])(?<!\bSt)(?<!\b(?:Dr|Lt|Mr|Ms))(?<!\b(?:Mrs|Gen|Col|Sgt|Gov|Sen|Rep))\.['\"”’)]*\s+\S"
)
_LETTER = re.compile(r"[^\W\d_]")
_BULLET = re.compile(r"[•·*‣◦▪●>|–—-]\s")


class SourceLine(NamedTuple):
    """What a source line says. `strong` ones have brackets or a word such as "Source:"; weak ones only look like it."""

    outlet: str | None
    date: dt.date | None
    url: str | None
    strong: bool


@cache
def phrases(section: str) -> tuple[str, ...]:
    """The phrases of a section of the data, spelled out and folded."""
    listed = load(shipped("english/report_edges.yaml")).data[section]["phrases"]
    return tuple(fold(form) for phrase in listed for form in expand(phrase) if form)


@cache
def _begins(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of(list(phrases(section)))})(?!\w)")


@cache
def _today() -> re.Pattern[str]:
    """A word for today beside a weekday, in either order."""
    day = one_of([name for name in written_dates.weekdays() if len(name) > 3])
    today = one_of(list(phrases("today")))
    return re.compile(rf"(?<!\w)(?:(?:{today})(?:,? |,? on |,? \()({day})|({day}),? \(?(?:{today}))(?!\w)")


def todays_weekdays(text: str) -> list[tuple[int, int, int]]:
    """Where a text says which weekday it is today: (weekday, start, end), Monday being 0.

    >>> todays_weekdays("The post was taken this morning, Monday.")
    [(0, 19, 39)]
    """
    found = []
    for match in _today().finditer(fold(text)):
        weekday = written_dates.weekdays()[match[1] or match[2]]
        found.append((weekday, match.start(), match.end()))
    return found


def source_line(line: str) -> SourceLine | None:
    """What a line says if it is a source line, else None.

    >>> source_line("(Source: Harbour News / 14.04.2014)").outlet
    'Harbour News'
    >>> source_line("(Source / 14.04.2014)")
    SourceLine(outlet=None, date=datetime.date(2014, 4, 14), url=None, strong=True)
    >>> source_line("Sources said on 14.04.2014 that the road was open.") is None
    True
    """
    line = line.strip().strip("*_").strip()
    if not line or len(line) > LONGEST_EDGE:
        return None
    inner, bracketed = _unbracketed(line)
    inner = inner.lstrip("–—-•*> ").strip()
    word = _begins("source").match(fold(inner))
    rest = inner
    if word:
        after = inner[word.end() :].lstrip()
        told = after[:1] in (":", "/", "|", "–", "—", "-", ",", "") or fold(word[0]).startswith("via") or " " in word[0]
        if not told and not (bracketed and next(written_dates.find(after, short_years=True), None)):
            return None
        rest = after.lstrip(":/|–—-, ")
    rest, url, name = _without_link(rest)
    dates = list(written_dates.find(rest, short_years=bool(bracketed or word)))
    if len(dates) > 1 or not (dates or word):
        return None
    before, after = (rest[: dates[0].start], rest[dates[0].end :]) if dates else (rest, "")
    after = TIME.sub("", after).strip(" .,;|/–—-)")
    outlet = TIME.sub("", before).strip(" \u00a0\t,;:|/–—-") or None
    if after or (outlet is not None and not _names_an_outlet(outlet, loose=bool(word))):
        return None
    strong = bool(bracketed or word)
    if outlet is not None and not (strong or inner != line or _is_known_outlet(outlet)):
        outlet = None  # "Port Town, 3 May 2021" says where, not who
    outlet = outlet or name
    if not (outlet or dates or url):
        return None
    return SourceLine(outlet, dates[0].date if dates else None, url, strong)


def _unbracketed(line: str) -> tuple[str, bool]:
    body = line.rstrip(".")
    closing = _BRACKETS.get(body[:1])
    if closing and body.endswith(closing) and len(body) > 2 and "](" not in body[:-1].split(closing)[0][:1]:
        return body[1:-1].strip(), True
    return line, False


def _without_link(text: str) -> tuple[str, str | None, str | None]:
    """The text without a link, the link, and the name that stands for it (its host where it has none)."""
    match = _LINK.search(text)
    if not match:
        return text, None, None
    url = match["link"] or match["bare"]
    host = re.sub(r"^https?://(www\.)?", "", url).split("/")[0]
    return text[: match.start()] + text[match.end() :], url, (match["name"] or "").strip() or host


def _names_an_outlet(text: str, *, loose: bool) -> bool:
    """Whether words may be an outlet's name: few, each one written large, no sentence."""
    words = WORD.findall(text)
    if not words or len(words) > MOST_OUTLET_WORDS or (text.endswith(".") and not loose):
        return False
    small = [word for word in words if word[0].islower() and len(word) > 3 and "." not in word]
    return not small or (loose and len(small) <= 2)


def _is_known_outlet(name: str) -> bool:
    """Whether a name is an agency's, or has a word in it that names of outlets have."""
    known = one_of([*phrases("outlets"), *phrases("agencies")])
    return re.search(rf"(?<!\w)(?:{known})(?!\w)|\w\.(com|org|net|info)\b", fold(name)) is not None


def is_byline(line: str) -> bool:
    """Whether a line only names its author: "By Jo Doe", with whatever signs follow.

    >>> is_byline("By Jo Doe"), is_byline("By Friday the port was closed again.")
    (True, False)
    """
    line = line.strip().strip("*_").strip()
    if len(line) > LONGEST_EDGE:
        return False
    begun = _begins("byline").match(fold(line))
    if not begun:
        return False
    words = WORD.findall(line[begun.end() :])
    if not 1 <= len(words) <= 12 or words[0].lower() in written_dates.weekdays():
        return False
    large = [word for word in words if not word[0].islower()]
    small = [
        word
        for word in words
        if word[0].islower() and word not in ("and", "in", "at", "of", "for", "with", "und", "et", "y")
    ]
    return len(large) >= 1 and not words[0][0].islower() and not small and not line.endswith(".")


def is_headline(line: str) -> bool:
    """Whether a line looks like a headline: short, no full stop, no list item, no byline, no date or source line.

    >>> is_headline("Gunfire hits ferry near Port Town"), is_headline("The ferry was hit.")
    (True, False)
    """
    line = heading_text(line)
    words = WORD.findall(line)
    if not 2 <= len(words) <= MOST_HEADLINE_WORDS or len(line) > LONGEST_EDGE or not _LETTER.search(line):
        return False
    if _BULLET.match(line) or (ENDS_SENTENCE.search(line) and not _INITIALISM.search(line)):
        return False
    if words[0][0].islower() and "-" not in words[0]:  # al-, el-, e-mail; other small letters continue a sentence
        return False
    return not (_SECOND_SENTENCE.search(line) or is_byline(line) or source_line(line))


def heading_text(line: str) -> str:
    """A heading without its Markdown marks.

    >>> heading_text("## Gunfire hits ferry ##")
    'Gunfire hits ferry'
    """
    line = line.strip()
    marked = re.match(r"(#{1,6})\s+(.*?)\s*#*$", line)
    if marked:
        return marked[2]
    bold = re.fullmatch(r"(\*\*|__)(.+?)\1", line)
    return bold[2].strip() if bold else line
