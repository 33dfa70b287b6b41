"""Dates written out in full (day, month and year), as the heads and source lines of reports have them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from geo.reports.languages import data

YEARS = range(1900, 2101)  # reports, not annals: other numbers of four digits are something else
_BLANK = r"[\s\u00a0]"


class WrittenDate(NamedTuple):
    """A date and where it stands, its weekday's name included."""

    date: dt.date
    start: int
    end: int


@cache
def months() -> dict[str, int]:
    """Month names of the known languages, lower case, and their numbers."""
    return _numbered("months")


@cache
def weekdays() -> dict[str, int]:
    """Weekday names of the known languages, lower case; Monday is 0."""
    return {name: number - 1 for name, number in _numbered("weekdays").items()}


def _numbered(what: str) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for language in data()["languages"].values():  # English first: it wins where two languages differ
        for number, names in enumerate(language.get(what, ()), start=1):
            for name in names:
                numbers.setdefault(name, number)
    return numbers


def one_of(names: list[str]) -> str:
    """A regular expression for any of some words, the longest first."""
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


@cache
def _pattern() -> re.Pattern[str]:
    month, weekday = one_of(list(months())), one_of(list(weekdays()))
    day = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?"
    return re.compile(
        rf"(?:(?<!\w)(?:{weekday})\.?,?{_BLANK}*(?:the{_BLANK}+)?)?"
        r"(?:"
        r"(?<![\d.,/-])(?P<y1>\d{4})(?P<s1>[-/.])(?P<m1>\d{1,2})(?P=s1)(?P<d1>\d{1,2})(?!\d)(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?"
        r"|(?<![\d.,/-])(?P<d2>\d{1,2})(?P<s2>[-/.])(?P<m2>\d{1,2})(?P=s2)(?P<y2>\d{4}|\d{2})(?!\d)"
        rf"|(?<!\d){day.format('d3')}{_BLANK}*-?(?:(?:of|de){_BLANK}+)?(?P<m3>{month})\.?,?-?{_BLANK}*(?:(?:de|del){_BLANK}+)?(?P<y3>\d{{4}})(?!\d)"
        rf"|(?<!\w)(?P<m4>{month})\.?{_BLANK}*{day.format('d4')}[,\s\u00a0]*(?P<y4>\d{{4}})(?!\d)"
        r")",
        re.IGNORECASE,
    )


def find(text: str, start: int = 0, end: int | None = None, *, short_years: bool = False) -> Iterator[WrittenDate]:
    """The dates in `text[start:end]`, numbers day first where both orders are possible.

    `short_years` also takes 14.04.14, which elsewhere may be a version or a price.

    >>> [str(found.date) for found in find("14.04.2014, April 5, 2017; Wed 05 Apr 2017 | 2017-04-05; 12/31/2013")]
    ['2014-04-14', '2017-04-05', '2017-04-05', '2017-04-05', '2013-12-31']
    """
    for match in _pattern().finditer(text, start, len(text) if end is None else end):
        for way in "1234":
            if match[f"d{way}"] is None:
                continue
            year_text, month_text = match[f"y{way}"], match[f"m{way}"]
            day, year = int(match[f"d{way}"]), int(year_text)
            month = int(month_text) if month_text.isdecimal() else months().get(month_text.lower(), 0)
            if len(year_text) == 2:
                if not short_years:
                    break
                year += 2000
            if way == "2" and month > 12 >= day:
                day, month = month, day
            if year in YEARS and (date := _date(year, month, day)) is not None:
                yield WrittenDate(date, match.start(), match.end())
            break


def _date(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def parse(value: object) -> dt.date | None:
    """The date that a table's cell or a front matter's value holds, None when it holds none.

    >>> parse("2014-04-14T22:10:00Z"), parse("Mon, 14 Apr 2014 22:10:00 GMT"), parse("soon")
    (datetime.date(2014, 4, 14), datetime.date(2014, 4, 14), None)
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    text = str(value).strip()
    if re.fullmatch(r"(19|20)\d{6}", text):
        return _date(int(text[:4]), int(text[4:6]), int(text[6:]))
    found = next(find(text, short_years=True), None)
    return found.date if found else None
