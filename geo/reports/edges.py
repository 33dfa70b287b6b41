"""The lines at a report's edges: source line, byline, headline, date line."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from geo.files import load, shipped
from geo.reports import written_dates
from geo.reports.written_dates import WrittenDate, one_of
from geo.text import expand, fold

LONGEST_EDGE = 240  # characters; longer lines are paragraphs and are not looked at
MOST_OUTLET_WORDS = 8  # "Office of the Spokesperson of the Ministry" has seven
MOST_HEADLINE_WORDS = 25
HEAD_ZONE = 160  # characters after the title within which a date line stands
MOST_LEAD_WORDS = 8  # outlet, author, section and time may stand before the date
_WORD = re.compile(r"\w[\w'’.-]*")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "（": "）"}
_LINK = re.compile(r"\[(?P<name>[^\]\n]*)\]\((?P<link>[^)\s]+)\)|<?(?P<bare>https?://[^\s>)\]|]+)>?")
_TIME = re.compile(
    r"\d{1,2}[:.h]?\d{2}(?::\d{2})?(\s*[ap]\.?m\.?)?(\s*\(?(GMT|UTC|[A-Z]{2,4}T|Z|[+-]\d{2}:?\d{2})\)?)?", re.I
)
_ENDS_SENTENCE = re.compile(r"[.,;:…\-–—]['\"”’»)\]]*$")
_INITIALISM = re.compile(r"(\b\w\.){2,}$|\b(Gen|Col|Lt|Sgt|Dr|Mr|Mrs|Jr|Sr|St|No|Inc|Co|Gov|Sen|Rep)\.$")
_LETTER = re.compile(r"[^\W\d_]")
_BULLET = re.compile(r"[•·*‣◦▪●>|–—-]\s")


class SourceLine(NamedTuple):
    """What a source line says. `strong` lines have brackets or a word such as "Source:"; weak ones only look like it."""

    outlet: str | None
    date: dt.date | None
    url: str | None
    strong: bool


@cache
def _words(section: str) -> tuple[str, ...]:
    phrases = load(shipped("english/report_edges.yaml")).data[section]["phrases"]
    return tuple(fold(form) for phrase in phrases for form in expand(phrase) if form)


@cache
def _begins(section: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{one_of(list(_words(section)))})(?!\w)")


@cache
def _today() -> re.Pattern[str]:
    """A word for today beside a weekday, in either order."""
    day = one_of([name for name in written_dates.weekdays() if len(name) > 3])
    today = one_of(list(_words("today")))
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
    after = _TIME.sub("", after).strip(" .,;|/–—-)")
    outlet = _TIME.sub("", before).strip(" \u00a0\t,;:|/–—-") or None
    if after or (outlet is not None and not _names_an_outlet(outlet, loose=bool(word))):
        return None
    if outlet is None:
        outlet = name
    if not (outlet or dates or url):
        return None
    return SourceLine(outlet, dates[0].date if dates else None, url, bool(bracketed or word))


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
    words = _WORD.findall(text)
    if not words or len(words) > MOST_OUTLET_WORDS or (text.endswith(".") and not loose):
        return False
    small = [word for word in words if word[0].islower() and len(word) > 3 and "." not in word]
    return not small or (loose and len(small) <= 2)


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
    words = _WORD.findall(line[begun.end() :])
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
    words = _WORD.findall(line)
    if not 2 <= len(words) <= MOST_HEADLINE_WORDS or len(line) > LONGEST_EDGE or not _LETTER.search(line):
        return False
    if _BULLET.match(line) or (_ENDS_SENTENCE.search(line) and not _INITIALISM.search(line)):
        return False
    if words[0][0].islower() and "-" not in words[0]:  # al-, el-, e-mail; other small letters continue a sentence
        return False
    return not is_byline(line) and source_line(line) is None


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


def date_at_head(text: str, title: str | None = None) -> WrittenDate | None:
    """The date of publication that a text's first lines state, None where they state none.

    `title` may be known from elsewhere; where it also stands at the head of the text, the date is looked for after it.

    >>> date_at_head("Wed 05 Apr 2017 Gunfire hits ferry. Two people were hurt.").date
    datetime.date(2017, 4, 5)
    >>> date_at_head("The ferry was hit on 5 April 2017.") is None
    True
    """
    start = _after_title(text, title)
    end = start + HEAD_ZONE
    for found in written_dates.find(text, start, end + 40):
        if found.start > end:
            break
        if _is_head(text[start : found.start], text[found.end : found.end + 40], titled=start > 0):
            return found
    return None


def _after_title(text: str, title: str | None) -> int:
    """Where the text goes on after its title; page titles have the site's name behind them, so part of it will do."""
    if not title:
        return 0
    words = [fold(word) for word in _WORD.findall(title)]
    at = 0
    for count, match in enumerate(_WORD.finditer(text[: 2 * len(title) + 40])):
        if count == len(words) or fold(match[0]).strip(".") != words[count].strip("."):
            return at if count >= min(3, len(words)) else 0
        at = match.end()
    return at


def _is_head(lead: str, tail: str, *, titled: bool) -> bool:
    """Whether a date between `lead` and `tail` stands in a head, not in a sentence."""
    cut = max(lead.rfind("\n"), lead.rfind("\r"))
    own_line = lead[cut + 1 :]
    above = [line for line in re.split(r"[\r\n]+", lead[: cut + 1]) if line.strip()]
    if any(_ENDS_SENTENCE.search(line.strip()) and len(_WORD.findall(line)) > 12 for line in above):
        return False  # a paragraph lies between: too far down for a head
    lead_folded = fold(own_line)
    cued = re.search(rf"(?<!\w)(?:{one_of(list(_words('dated')))})[:\s]*$", lead_folded)
    own_line = own_line[: cued.start()] if cued else own_line
    words = _WORD.findall(_TIME.sub("", own_line))
    if len(words) > (MOST_LEAD_WORDS if not cued else 2 * MOST_LEAD_WORDS):
        return False
    if not cued and any(word[0].islower() for word in words):
        return False
    if not cued and words and (words[-1].lower() in _PROSE or not (titled or above or _all_large(words))):
        return False
    after = re.match(r"\s*(\w+)?", tail.split("\n")[0])
    following = after[1] if after and after[1] else ""
    return bool(cued) or not following or not following[0].islower() or following in ("at", "by", "updated")


_PROSE = frozenset(["on", "of", "since", "in", "until", "till", "from", "by", "before", "after", "to", "between", "and", "the", "this"])


def _all_large(words: list[str]) -> bool:
    """Whether words may be a dateline or an outlet: capitals only, or at most three names."""
    return all(word.isupper() for word in words) or len(words) <= 3
