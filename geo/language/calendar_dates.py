"""Read dates of the calendar: "12 April", "April 3-5, 2014", "2014-04-14", "in August", "early 2012", "last summer"."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from geo.language import intervals
from geo.language.atom import WORD_AFTER, Atom, Lead, Page, last_word, lead_of
from geo.language.date_words import Label
from geo.language.intervals import UNKNOWN, Interval

_JOIN = r"\s?(?P<join>-|/|to|and|until|through)\s?(?:the\s)?"
_TH = r"(?:st|nd|rd|th)?"
_DAY_BEFORE = re.compile(
    rf"(?<![\w.,:/-])(?:(?P<other>\d{{1,2}}){_TH}{_JOIN})?(?P<day>\d{{1,2}}){_TH}(?:\sof|\sday\sof)?\s$"
)
# the second day must not begin a date of its own ("April 3 and 5 May"); a year may have lost its comma ("Apr 232017")
_DAY_AFTER = re.compile(
    rf"\.?\s(?:the\s)?(?P<day>\d{{1,2}}){_TH}(?:{_JOIN}(?P<other>\d{{1,2}}){_TH}(?![\w:])(?!\s[a-z]{{3,9}}\.?\s\d{{4}}))?"
    r"(?=(?:19|20)\d\d\b|(?![\d:])(?![.,]\d)(?!\w))"
)
_YEAR_AFTER = re.compile(r"\.?(?:,\s?|\s|\sof\s|,?\sin\s)?(?P<year>(?:19|20)\d\d)(?![\w])(?![.,]\d)")
_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?:t\d\d:\d\d(?::\d\d)?(?:\.\d+)?z?)?(?![\w-])"
)
_DAY_FIRST = re.compile(r"(?<![\w.,/-])(?P<day>\d{1,2})\s?(?P<sep>[./-])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?$")
_GOES_ON = re.compile(r"[.:/-]\d")  # a version or an address, not a date
_LISTED_YEAR = re.compile(r"\b(?:19|20)\d\d,\s$")  # "in 2015, 2016 and 2017"
_NO_YEAR = re.compile(r"[.,]\d|-?[a-z%]|-\d{1,3}\b")  # 2012.5, 2012th, 2012-13


class _Days(NamedTuple):
    """The days beside a month's name: where they begin and end, and the days themselves."""

    begin: int
    end: int
    days: re.Match[str] | None
    first: bool  # "12 April", not "April 12"


def month(page: Page, label: Label, start: int, end: int) -> Atom | None:
    """A month's name, with the day and the year beside it."""
    days = _days_beside(page, start, end)
    if not _may_be_month(page, label, start, end, days):
        return None
    lead = lead_of(page, days.begin)
    end = days.end + (days.days is None and label.short and page.folded.startswith(".", days.end))
    year_after = _YEAR_AFTER.match(page.folded, end)
    if year_after and page.words.counted_after.match(page.folded, year_after.end()):
        year_after = None
    year_number = int(year_after["year"]) if year_after else None
    end = year_after.end() if year_after else end
    owns = page.folded.startswith("'s", end)
    if days.days is not None:
        return _month_days(page, label.number, days, year_number, end + 2 * owns, lead, owns)
    if year_number is None and not _stands_alone(page, label, start, end, lead):
        return None
    return _whole_month(page, label.number, year_number, end + 2 * owns, lead, owns)


def _days_beside(page: Page, start: int, end: int) -> _Days:
    before = _DAY_BEFORE.search(page.folded, max(0, start - 24), start)
    if before and 1 <= int(before["day"]) <= 31:
        return _Days(before.start(), end, before, True)
    after = _DAY_AFTER.match(page.folded, end)
    if after and 1 <= int(after["day"]) <= 31 and not page.words.counted_after.match(page.folded, after.end()):
        return _Days(start, after.end(), after, False)
    return _Days(start, end, None, False)


def _may_be_month(page: Page, label: Label, start: int, end: int, days: _Days) -> bool:
    """A month without its capital needs a day, or a word of time where it is no everyday word."""
    if label.kind == "alias":
        return days.days is not None
    if page.text[start].isupper():
        return True
    careful = page.folded[start:end] in page.words.careful
    if days.days is not None:
        return days.first or not careful
    return not careful and not label.short and last_word(page.folded, start) in page.words.time_before


def _stands_alone(page: Page, label: Label, start: int, end: int, lead: Lead) -> bool:
    """Whether a month's name without day and year is a month: "in May", not "May he", nor April Jones."""
    if page.folded[start:end].rstrip(".") in page.words.careful or label.short:
        previous = lead.words[0] if lead.words else last_word(page.folded, start)
        return previous in page.words.time_before
    if page.folded.startswith("'s", end) or lead.words:
        return True
    previous = last_word(page.folded, start)
    return previous in page.words.time_before or previous in page.words.year_articles


def _whole_month(page: Page, number: int, year_number: int | None, end: int, lead: Lead, owns: bool) -> Atom:
    published = page.published
    if year_number is not None:
        when = intervals.month(year_number, number)
    elif published is None:
        when = UNKNOWN
    elif "next" in lead.effects:
        when = intervals.month(min(published.year + (number <= published.month), dt.MAXYEAR), number)
    else:
        last = "last" in lead.effects and "week" not in lead.words
        when = intervals.recent_month(published, number, strictly=last)
    if "week" in lead.words and when.earliest and when.latest:
        nth = next((page.words.lead_weeks[word] for word in lead.words if word in page.words.lead_weeks), None)
        if nth:
            begins = when.earliest.replace(day=7 * nth - 6)
            when = Interval(begins, begins.replace(day=7 * nth), "week")
        elif "last" in lead.effects and when.latest:
            ends = intervals.month_end(when.latest)
            when = Interval(intervals.shift(ends, -6), ends, "week")
    else:
        when = narrowed(when, lead, published)
    relative = year_number is None and not lead.effects.isdisjoint({"last", "next"})
    basis = "relative" if relative else "stated"
    return Atom(lead.begin, end, "month", when, basis, None, number, None, lead.effects, lead.words, owns)


def narrowed(when: Interval, lead: Lead, published: dt.date | None) -> Interval:
    """The early, middle or late part that the words before it ask for, unless it would lie after publication."""
    for which in ("early", "mid", "late"):
        if which in lead.effects:
            narrow = intervals.part(when, which)
            beyond = published is not None and narrow.earliest is not None and narrow.earliest > published
            return when if beyond else narrow
    return when


def _month_days(
    page: Page, number: int, days: _Days, year_number: int | None, end: int, lead: Lead, owns: bool
) -> Atom | None:
    assert days.days is not None
    found = days.days
    day, other = int(found["day"]), found["other"]
    ends = (day, day) if other is None else (int(other), day) if days.first else (day, int(other))
    known = year_number is not None
    kind_day = None if known else ends[1]
    if other is None or found["join"] != "and" or "between" in lead.words or ends[1] - ends[0] == 1:
        when = _interval(page, number, ends, year_number)
        if when is None:
            return None
        kind = "day" if ends[0] == ends[1] else "days"
        return Atom(lead.begin, end, kind, when, "stated", None, number, kind_day, lead.effects, lead.words, owns)
    # "on 3 and 9 April": two days of one month
    pair: list[Atom] = []
    if days.first:
        places = (found.span("other"), (found.start("day"), end))
    else:
        places = ((days.begin, found.end("day")), (found.start("other"), end))
    for each, (begin, stop) in zip(ends, places):
        when = _interval(page, number, (each, each), year_number)
        if when is None:
            return None
        pair.append(Atom(begin, stop, "day", when, "stated", None, number, each if not known else None))
    pair[1].other = pair[0]
    return pair[1]


def _interval(page: Page, number: int, ends: tuple[int, int], year_number: int | None) -> Interval | None:
    """The days of a month; None where the calendar has no such days."""
    if year_number is not None:
        latest = intervals.calendar_day(year_number, number, ends[1])
    elif page.published is not None:
        latest = intervals.recent_day(page.published, number, ends[1])
    else:
        return UNKNOWN
    earliest = intervals.calendar_day(latest.year, number, ends[0]) if latest else None
    if latest is None or earliest is None or earliest > latest:
        return None
    return Interval(earliest, latest, "day" if earliest == latest else "range")


def numeric(page: Page, label: Label, start: int) -> Atom | None:
    """2014-04-14, or the year at the end of 14.04.2014, 14/4/2014 or 14-04-2014 (day first unless it cannot be)."""
    iso = _ISO.match(page.folded, start)
    if iso:
        day = intervals.calendar_day(label.number, int(iso["month"]), int(iso["day"]))
        return Atom(start, iso.end(), "day", intervals.one_day(day), "stated") if day else None
    found = _DAY_FIRST.search(page.folded, max(0, start - 10), start)
    if not found or _GOES_ON.match(page.folded, start + 4):
        return None
    day = intervals.calendar_day(label.number, int(found["month"]), int(found["day"]))
    day = day or intervals.calendar_day(label.number, int(found["day"]), int(found["month"]))
    return Atom(found.start(), start + 4, "day", intervals.one_day(day), "stated") if day else None


def year(page: Page, label: Label, start: int, end: int) -> Atom | None:
    """A year that stands alone: "in 2012", "since 2011", "the 2013 raid", but not "2012 people"."""
    folded, words = page.folded, page.words
    mark = folded[start - 1 : start] if start else ""
    if mark and mark in "-$.,/" and not folded.startswith("mid-", max(0, start - 4)):
        return None
    if _NO_YEAR.match(folded, end) or words.counted_after.match(folded, end):
        return None
    lead = lead_of(page, start)
    previous = lead.words[0] if lead.words else last_word(folded, start)
    follows = WORD_AFTER.match(folded, end)
    whole_hundred = label.number % 100 == 0
    if previous == "of" and last_word(folded, folded.rfind("of", 0, start)) not in words.year_of:
        return None
    if previous in words.year_articles:
        if whole_hundred or not follows:
            return None
    else:
        bracketed = mark == "(" and folded.startswith(")", end)
        listed = _LISTED_YEAR.search(folded, max(0, start - 8), start)
        if previous not in words.year_cues and not bracketed and not listed:
            return None
        if whole_hundred and follows and follows[1].endswith("s") and previous not in ("in", "since"):
            return None
    owns = folded.startswith("'s", end)
    when = narrowed(intervals.year(label.number), lead, page.published)
    return Atom(lead.begin, end + 2 * owns, "year", when, "stated", lead=lead.effects, lead_words=lead.words, owns=owns)


def season(page: Page, months: tuple[int, int], start: int, end: int) -> Atom | None:
    """Last summer, the winter of 2012."""
    lead = lead_of(page, start)
    after = _YEAR_AFTER.match(page.folded, end)
    if after:
        number = int(after["year"])
    elif "last" not in lead.effects:
        return None
    elif page.published is None:
        return Atom(lead.begin, end, "month", UNKNOWN, lead=lead.effects, lead_words=lead.words)
    else:
        number = page.published.year
        while number > dt.MINYEAR and _season_of(number, *months)[1] >= page.published:
            number -= 1
    earliest, latest = _season_of(number, *months)
    basis, end = ("stated", after.end()) if after else ("relative", end)
    when = Interval(earliest, latest, "range")
    return Atom(lead.begin, end, "month", when, basis, lead=lead.effects, lead_words=lead.words)


def _season_of(number: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    """A season's days; winter 2012 runs into the next year."""
    ends_in = min(number + (last < first), dt.MAXYEAR)
    return dt.date(number, first, 1), intervals.month_end(dt.date(ends_in, last, 1))
