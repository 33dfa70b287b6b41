"""Days as files of others write them: ISO, words, seconds since 1970, dotted or slashed."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

Days = tuple[dt.date, dt.date]  # first and last: a month is all its days
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
MILLISECONDS = 1e11  # as seconds this is the year 5138, as milliseconds 1973
SECONDS = 1e8  # 1973: smaller numbers are years, counts, or days of something
YEARS = range(1000, 2200)
# calendar.month_abbr would follow the locale
_SHORT = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: n for n, name in enumerate(_SHORT, 1)}
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ].*)?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_WORDS = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})(?:[ ,].*)?$")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})(?:[ ,].*)?$")
_PARTS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[T ,].*)?$")
_YEAR_FIRST = re.compile(r"(\d{4})[./](\d{1,2})[./](\d{1,2})(?:[T ,].*)?$")


def plain_day(text: str) -> dt.date | None:
    """One day: ISO with or without a time, 14 April 2014, 14-Apr-2014, 14/04/2014, 14.04.2014; None for anything else.

    >>> [str(plain_day(text)) for text in ("2014-04-14 00:00:00.000", "14 April 2014", "14/04/2014", "soon")]
    ['2014-04-14', '2014-04-14', '2014-04-14', 'None']
    """
    days = days_of(text)
    return days[0] if days and days[0] == days[1] else None


def days_of(value: Any, *, month_first: bool = False) -> Days | None:
    """The first and last day that a value means, None where it means none. A moment with a zone keeps its own day.

    Numbers are seconds or milliseconds since 1970 (in UTC), or a year.

    >>> days_of(1397433600000)[0].isoformat(), days_of("2014-04")[1].isoformat()
    ('2014-04-14', '2014-04-30')
    """
    try:
        if isinstance(value, bool) or value is None:
            return None
        if isinstance(value, (int, float)):
            return _of_number(float(value))
        return _of_text(str(value).strip(), month_first) if isinstance(value, (str, dt.date)) else None
    except (ValueError, OverflowError):  # the 31st of April, a year beyond 9999
        return None


def reader(values: Iterable[Any]) -> Callable[[Any], Days | None]:
    """How the values of one field are read: 04/13/2014 anywhere in it says that all of it is written month first.

    >>> reader(["01/02/2020", "01/30/2020"])("01/02/2020")[0].isoformat()
    '2020-01-02'
    """
    parts = [match for value in values if isinstance(value, str) and (match := _PARTS.match(value.strip()))]
    month_first = any(int(match[3]) > 12 for match in parts) and not any(int(match[1]) > 12 for match in parts)
    return lambda value: days_of(value, month_first=month_first)


def _of_number(number: float) -> Days | None:
    if number in YEARS:
        return dt.date(int(number), 1, 1), dt.date(int(number), 12, 31)
    if abs(number) < SECONDS:
        return None
    seconds = number / 1000 if abs(number) >= MILLISECONDS else number
    day = (_EPOCH + dt.timedelta(seconds=seconds)).date()
    return day, day


def _of_text(text: str, month_first: bool) -> Days | None:
    if text.isdigit():
        compact = _COMPACT.match(text)
        return _day(*map(int, compact.groups())) if compact else _of_number(float(text))
    if match := _ISO.match(text) or _YEAR_FIRST.match(text):
        year, month = int(match[1]), int(match[2])
        if match[3] is None:
            return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
        return _day(year, month, int(match[3]))
    if match := _PARTS.match(text):
        one, other = int(match[1]), int(match[3])
        return _day(int(match[4]), one, other) if month_first else _day(int(match[4]), other, one)
    if match := _WORDS.match(text):
        return _day(int(match[3]), _MONTHS.get(match[2][:3].lower(), 0), int(match[1]))
    if match := _MONTH_FIRST.match(text):
        return _day(int(match[3]), _MONTHS.get(match[1][:3].lower(), 0), int(match[2]))
    return None


def _day(year: int, month: int, day: int) -> Days:
    date = dt.date(year, month, day)
    return date, date
