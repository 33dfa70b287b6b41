"""Stretches of days, and how to count them from the day a report was published."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import NamedTuple

DAY, WEEK = 1, 7
TOLERANCE_DAYS = 3  # "April 16" in a report stamped April 14 is this year's: time zones, papers dated ahead


class Interval(NamedTuple):
    """From one day to another, both included; None where an end is open or unknown."""

    earliest: dt.date | None
    latest: dt.date | None
    precision: str


UNKNOWN = Interval(None, None, "unknown")


def shift(day: dt.date, days: int) -> dt.date:
    """A day some days later or earlier; stops at the ends of the calendar instead of failing.

    >>> shift(dt.date(2014, 4, 14), -3)
    datetime.date(2014, 4, 11)
    >>> shift(dt.date(1, 1, 1), -5)
    datetime.date(1, 1, 1)
    """
    try:
        return day + dt.timedelta(days=days)
    except OverflowError:
        return dt.date.min if days < 0 else dt.date.max


def shift_months(day: dt.date, months: int) -> dt.date:
    """The same day some months later or earlier, the month's last day where it has no such day.

    >>> shift_months(dt.date(2014, 3, 31), -1)
    datetime.date(2014, 2, 28)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return dt.date.min if months < 0 else dt.date.max
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def one_day(day: dt.date) -> Interval:
    """Just that day."""
    return Interval(day, day, "day")


def weekday(published: dt.date, number: int, *, strictly: bool = False) -> dt.date:
    """The most recent such weekday (Monday is 0) on or before publication; `strictly` before it: "last Monday".

    >>> weekday(dt.date(2014, 4, 14), 4)
    datetime.date(2014, 4, 11)
    >>> weekday(dt.date(2014, 4, 14), 0), weekday(dt.date(2014, 4, 14), 0, strictly=True)
    (datetime.date(2014, 4, 14), datetime.date(2014, 4, 7))
    """
    back = (published.weekday() - number) % WEEK
    return shift(published, -(back or (WEEK if strictly else 0)))


def next_weekday(published: dt.date, number: int) -> dt.date:
    """The first such weekday after publication."""
    return shift(published, (number - published.weekday() - 1) % WEEK + 1)


def week(published: dt.date, weeks: int = 0) -> Interval:
    """The week from Monday to Sunday that lies so many weeks from the one of publication.

    >>> week(dt.date(2014, 4, 14), -1)[:2]
    (datetime.date(2014, 4, 7), datetime.date(2014, 4, 13))
    """
    monday = shift(published, WEEK * weeks - published.weekday())
    return Interval(monday, shift(monday, WEEK - 1), "week")


def weekend(published: dt.date, *, strictly: bool = False) -> Interval:
    """The most recent Saturday and Sunday, not beyond publication; `strictly` the one before ("last weekend")."""
    saturday = weekday(published, 5)
    if strictly and shift(saturday, 1) >= published:
        saturday = shift(saturday, -WEEK)
    return Interval(saturday, min(shift(saturday, 1), max(published, saturday)), "range")


def month_end(day: dt.date) -> dt.date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month(year: int, number: int) -> Interval:
    """A whole month."""
    first = dt.date(year, number, 1)
    return Interval(first, month_end(first), "month")


def year(number: int) -> Interval:
    """A whole year."""
    return Interval(dt.date(number, 1, 1), dt.date(number, 12, 31), "year")


def part(whole: Interval, which: str) -> Interval:
    """The early, middle or late third of a month or year.

    >>> part(month(2014, 3), "mid")[:2]
    (datetime.date(2014, 3, 11), datetime.date(2014, 3, 20))
    >>> part(year(2012), "early")[:2]
    (datetime.date(2012, 1, 1), datetime.date(2012, 4, 30))
    """
    first, last = whole.earliest, whole.latest
    if first is None or last is None or whole.precision not in ("month", "year"):
        return whole
    if whole.precision == "month":
        ends = {"early": (1, 10), "mid": (11, 20), "late": (21, last.day)}[which]
        return Interval(first.replace(day=ends[0]), first.replace(day=min(ends[1], last.day)), "range")
    months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[which]
    return Interval(month(first.year, months[0]).earliest, month(first.year, months[1]).latest, "range")


def recent_day(published: dt.date, month_number: int, day: int, *, on: int | None = None) -> dt.date | None:
    """The most recent such day of the calendar, a few days of tolerance; `on` is its weekday where it is said too.

    >>> recent_day(dt.date(2014, 4, 14), 8, 21)
    datetime.date(2013, 8, 21)
    """
    latest = shift(published, TOLERANCE_DAYS)
    days = [found for back in range(9) if (found := calendar_day(published.year + 1 - back, month_number, day))]
    past = [found for found in days if found <= latest]
    if on is not None:
        for found in past[:2]:
            if found.weekday() == on:
                return found
    return past[0] if past else None


def recent_month(published: dt.date, number: int, *, strictly: bool = False) -> Interval:
    """The most recent such month, which may be the one of publication (then it ends there) unless `strictly`."""
    if number == published.month and not strictly:
        return Interval(published.replace(day=1), published, "month")
    back = (published.month - number) % 12 or 12
    return month(max(dt.MINYEAR, published.year - (published.month - back < 1)), number)


def calendar_day(year_number: int, month_number: int, day: int) -> dt.date | None:
    """The day of that year, month and number, None where the calendar has none."""
    try:
        return dt.date(year_number, month_number, day)
    except ValueError:
        return None


def until(published: dt.date, count: int, unit: str, *, inclusive: bool = True) -> Interval:
    """The last so many days, weeks, months or years up to publication: "for 10 consecutive days".

    `inclusive` counts the day of publication as one of the days.

    >>> until(dt.date(2014, 4, 14), 10, "day")[:2]
    (datetime.date(2014, 4, 5), datetime.date(2014, 4, 14))
    """
    return Interval(ago(published, count - (inclusive and unit == "day"), unit), published, "range")


def ago(day: dt.date, count: int, unit: str) -> dt.date:
    """The day so many units before; a negative count looks ahead.

    >>> ago(dt.date(2014, 4, 14), 2, "week"), ago(dt.date(2014, 4, 14), -1, "day")
    (datetime.date(2014, 3, 31), datetime.date(2014, 4, 15))
    """
    if unit in ("day", "week"):
        return shift(day, -count * (WEEK if unit == "week" else DAY))
    if unit == "hour":
        return shift(day, -(count // 24))
    return shift_months(day, -count * (12 if unit == "year" else 1))


def around(day: dt.date, unit: str) -> Interval:
    """The day, week, month or year a day lies in: "two weeks ago" is a week, not a day."""
    if unit == "week":
        return week(day)
    if unit == "month":
        return month(day.year, day.month)
    if unit == "year":
        return year(day.year)
    return one_day(day)
