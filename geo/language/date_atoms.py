"""Find single dates in folded text: a weekday, a day of the calendar, a year, "last week", "three days ago"."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from geo.language import intervals
from geo.language.date_words import DateWords, Label, date_words
from geo.language.intervals import UNKNOWN, Interval
from geo.language.numerals import value

LOOK_BACK = 64  # characters before an anchor in which its number and its small words stand
MOST_LEAD_WORDS = 8
LONGEST_WORD = 16
MOST_UNITS = 400  # "for 5,000 days" is no phrase of a report

_DAY_BEFORE = re.compile(
    r"(?<![\w.,:/-])(?:(?P<from>\d{1,2})(?:st|nd|rd|th)?\s?(?P<join>-|/|to|and|until|through)\s?(?:the\s)?)?"
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\sof|\sday\sof)?\s$"
)
_DAY_AFTER = re.compile(
    r"\.?\s(?:the\s)?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"(?:\s?(?P<join>-|/|to|and|until|through)\s?(?P<to>\d{1,2})(?:st|nd|rd|th)?(?![\w:])(?!\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))?"
    r"(?=(?:19|20)\d\d\b|(?![\d:])(?![.,]\d)(?!\w))"
)
_YEAR_AFTER = re.compile(r"\.?(?:,\s?|\s|\sof\s|,?\sin\s)?(?P<year>(?:19|20)\d\d)(?![\w])(?![.,]\d)")
_ISO = re.compile(
    r"(?P<year>(?:19|20)\d\d)[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?:t\d\d:\d\d(?::\d\d)?(?:\.\d+)?z?)?(?![\w-])"
)
_DAY_FIRST = re.compile(r"(?<![\w.,/-])(?P<day>\d{1,2})\s?(?P<sep>[./-])\s?(?P<month>\d{1,2})\s?(?P=sep)\s?$")
_WORD_BEFORE = re.compile(r"([\w'$-]+)[\s(-]*$")
_WORD_AFTER = re.compile(r"\s+([\w'-]+)")


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


def atoms(text: str, folded: str, published: dt.date | None) -> list[Atom]:
    """All single dates of the text, in order; none overlaps another."""
    words = date_words()
    found: list[Atom] = []
    reach = 0
    for hit in words.scanner.scan(folded, folded=True):
        if hit.start < reach:
            continue
        for label in hit.labels:
            atom = _read(label, text, folded, hit.start, hit.end, published, words)
            if atom is not None:
                if found and atom.start < found[-1].end:
                    atom.start = max(found[-1].end, hit.start)
                found.append(atom)
                reach = atom.end
                break
            if label.kind == "nothing":
                reach = hit.end
                break
    return found


def _read(
    label: Label, text: str, folded: str, start: int, end: int, published: dt.date | None, words: DateWords
) -> Atom | None:
    if label.kind in ("weekday", "weekdays"):
        return _weekday(label, text, folded, start, end, published, words)
    if label.kind in ("month", "alias"):
        return _month(label, text, folded, start, end, published, words)
    if label.kind == "year":
        return _numeric(label, folded, start) or _year(label, folded, start, end, published, words)
    if label.kind == "relative":
        return _relative(words.relative[label.number], folded, start, end, published)
    if label.kind == "anchored":
        return Atom(start, end, "anchored", UNKNOWN, offset=int(words.anchored[label.number]["days"]))
    if label.kind == "unit":
        return _stretch(words.units[label.number], folded, start, end, published, words)
    if label.kind == "season":
        return _season(words.seasons[label.number], folded, start, end, published, words)
    return None


def _lead_of(folded: str, at: int, words: DateWords) -> tuple[int, frozenset[str], tuple[str, ...]]:
    """The small words before a date: where those that belong to it begin, their effects, the words nearest first."""
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
        effect = words.lead.get(word) or ("week" if word in words.lead_weeks and read and read[-1] == "week" else None)
        if word == "week" and not effect:
            effect = "glue"
        if stop == seen or not effect:
            break
        if effect == "before" and "day_parts" in effects[-1:]:
            effect = "glue"  # "before dawn Thursday" is on Thursday
        if effect in ("by", "since", "until", "before") and any(
            e in ("by", "since", "until", "before") for e in effects
        ):
            break
        read.append(word)
        effects.append(effect)
        seen = first
        if effect != "glue":
            begin = first
    return begin, frozenset(effects), tuple(read)


def _weekday(
    label: Label, text: str, folded: str, start: int, end: int, published: dt.date | None, words: DateWords
) -> Atom | None:
    begin, lead, lead_words = _lead_of(folded, start, words)
    owns = False
    if label.short:
        after = folded[end : end + 12]
        if not text[start].isupper() or not re.match(r"\.?,?\s(?:\d{1,2}|[a-z]{3,9}\.?\s\d{1,2})\b", after):
            return None
        end += folded.startswith(".", end)
    elif label.kind == "weekdays":
        previous = lead_words[0] if lead_words else ""
        follows = _WORD_AFTER.match(folded, end)
        if previous in ("on", "of", "in") or not follows or follows[1] in ("and", "in", "at", "for", "to", "when"):
            return None  # "on Fridays" is a habit; "Saturdays blast" has lost its apostrophe
        owns = True
    elif folded.startswith("'s", end):
        end, owns = end + 2, True
    before = _WORD_BEFORE.search(folded, max(0, begin - LONGEST_WORD), begin)
    if before and before[1] in words.habit_before:
        return None
    part = words.day_part_after.match(folded, end)
    if part and not owns:
        end = part.end()
        if folded.startswith("'s", end):
            end, owns = end + 2, True
    if published is None:
        when = UNKNOWN
    elif "next" in lead:
        when = intervals.one_day(intervals.next_weekday(published, label.number))
    else:
        when = intervals.one_day(intervals.weekday(published, label.number, strictly="last" in lead))
    return Atom(begin, end, "weekday", when, "relative", label.number, None, None, lead, lead_words, owns)


def _month(
    label: Label, text: str, folded: str, start: int, end: int, published: dt.date | None, words: DateWords
) -> Atom | None:
    alias = label.kind == "alias"
    if (
        not alias
        and not text[start].isupper()
        and not (folded[start - 1 : start].isspace() and _DAY_BEFORE.search(folded, max(0, start - 16), start))
    ):
        return None
    before = _DAY_BEFORE.search(folded, max(0, start - 24), start)
    if before and int(before["day"]) > 31:
        before = None
    after = None if before else _DAY_AFTER.match(folded, end)
    if after and words.counted_after.match(folded, after.end()):
        after = None
    if after and not 1 <= int(after["day"]) <= 31:
        after = None
    day, other, joined = None, None, ""
    name = folded[start:end]
    if before:
        begin, day, other, joined = before.start(), int(before["day"]), before["from"], before["join"] or ""
        first_last = (int(other), day) if other else None
    elif after:
        end, day, other, joined = after.end(), int(after["day"]), after["to"], after["join"] or ""
        first_last = (day, int(other)) if other else None
        begin = start
    else:
        first_last, begin = None, start
        if alias:
            return None
        end += label.short and folded.startswith(".", end)
    begin, lead, lead_words = _lead_of(folded, begin, words)
    year_after = _YEAR_AFTER.match(folded, end)
    if year_after and words.counted_after.match(folded, year_after.end()):
        year_after = None
    year_number = int(year_after["year"]) if year_after else None
    if year_after:
        end = year_after.end()
    owns = folded.startswith("'s", end)
    end += 2 * owns
    if day is None:
        if (name in words.careful or label.short) and year_number is None:
            previous = lead_words[0] if lead_words else _last_word(folded, start)
            if previous not in words.time_before:
                return None
        if year_number is None and not lead_words and _is_person(text, folded, start, end):
            return None
        return _whole_month(label.number, year_number, begin, end, published, lead, lead_words, owns, words)
    if first_last is None or (
        joined == "and" and "between" not in lead_words and abs(first_last[1] - first_last[0]) != 1
    ):
        if first_last and before:
            begin = before.start("day")
        elif first_last and after:
            end = after.end("day")
            year_number = None
        first_last = (day, day)
    return _month_days(label.number, first_last, year_number, begin, end, published, lead, lead_words, owns)


def _last_word(folded: str, at: int) -> str:
    found = _WORD_BEFORE.search(folded, max(0, at - LONGEST_WORD), at)
    return found[1] if found else ""


def _is_person(text: str, folded: str, start: int, end: int) -> bool:
    """April Jones: a capitalised word on either side, and no word of time."""
    after = re.match(r"\s([A-Z][a-z]+)", text[end : end + LONGEST_WORD])
    before = re.search(r"[a-z]\s+([A-Z][a-z]+)\s$", text[max(0, start - LONGEST_WORD) : start])
    return bool(after or before)


def _whole_month(
    number: int,
    year_number: int | None,
    begin: int,
    end: int,
    published: dt.date | None,
    lead: frozenset[str],
    lead_words: tuple[str, ...],
    owns: bool,
    words: DateWords,
) -> Atom:
    if year_number is not None:
        when = intervals.month(year_number, number)
    elif published is None:
        when = UNKNOWN
    elif "next" in lead:
        when = intervals.month(min(published.year + (number <= published.month), dt.MAXYEAR), number)
    else:
        when = intervals.recent_month(published, number, strictly="last" in lead and "week" not in lead_words)
    if "week" in lead_words and when.earliest and when.latest:
        nth = next((words.lead_weeks[word] for word in lead_words if word in words.lead_weeks), None)
        if nth:
            monday = when.earliest.replace(day=7 * nth - 6)
            when = Interval(monday, monday.replace(day=7 * nth), "week")
        elif "last" in lead and when.latest:
            when = Interval(intervals.shift(when.latest, -6), when.latest, "week")
    else:
        when = _narrow(when, lead, published)
    basis = "relative" if year_number is None and lead & {"last", "next"} else "stated"
    return Atom(begin, end, "month", when, basis, None, number, None, lead, lead_words, owns)


def _narrow(when: Interval, lead: frozenset[str], published: dt.date | None) -> Interval:
    for which in ("early", "mid", "late"):
        if which in lead:
            narrow = intervals.part(when, which)
            beyond = published is not None and narrow.earliest is not None and narrow.earliest > published
            return when if beyond else narrow
    return when


def _month_days(
    number: int,
    first_last: tuple[int, int],
    year_number: int | None,
    begin: int,
    end: int,
    published: dt.date | None,
    lead: frozenset[str],
    lead_words: tuple[str, ...],
    owns: bool,
) -> Atom | None:
    first, last = first_last
    if year_number is not None:
        latest = intervals.calendar_day(year_number, number, last)
    elif published is None:
        latest = None
        when = UNKNOWN
    else:
        latest = intervals.recent_day(published, number, last)
    if latest is None and not (published is None and year_number is None):
        return None
    if latest is not None:
        earliest = intervals.calendar_day(latest.year, number, first)
        if earliest is None or earliest > latest:
            return None
        when = Interval(earliest, latest, "day" if first == last else "range")
    kind = "day" if first == last else "days"
    known_year = year_number is not None
    day = None if known_year else last
    return Atom(begin, end, kind, when, "stated", None, number, day, lead, lead_words, owns)


def _numeric(label: Label, folded: str, start: int) -> Atom | None:
    """2014-04-14, or the year at the end of 14.04.2014, 14/4/2014 or 14-04-2014 (day first unless it cannot be)."""
    iso = _ISO.match(folded, start)
    if iso and not folded[start - 1 : start].isalnum():
        day = intervals.calendar_day(label.number, int(iso["month"]), int(iso["day"]))
        return Atom(start, iso.end(), "day", intervals.one_day(day), "stated") if day else None
    found = _DAY_FIRST.search(folded, max(0, start - 10), start)
    if not found:
        return None
    day = intervals.calendar_day(label.number, int(found["month"]), int(found["day"]))
    day = day or intervals.calendar_day(label.number, int(found["day"]), int(found["month"]))
    return Atom(found.start(), start + 4, "day", intervals.one_day(day), "stated") if day else None


def _year(label: Label, folded: str, start: int, end: int, published: dt.date | None, words: DateWords) -> Atom | None:
    if folded[start - 1 : start] in ("-", "$", ".", ",", "/") and start and not folded.startswith("mid-", start - 4):
        return None
    if re.match(r"[.,]\d|-?[a-z%]|-\d{1,3}\b", folded[end : end + 5]):
        return None
    begin, lead, lead_words = _lead_of(folded, start, words)
    previous = lead_words[0] if lead_words else _last_word(folded, start)
    follows = _WORD_AFTER.match(folded, end)
    if words.counted_after.match(folded, end):
        return None
    if previous == "of" and _last_word(folded, folded.rfind("of", 0, start)) not in words.year_of:
        return None
    if previous in words.year_articles:
        if label.number % 100 == 0 or not follows:
            return None
    else:
        bracketed = folded[start - 1 : start] == "(" and folded.startswith(")", end)
        if previous not in words.year_cues and not bracketed:
            return None
        round_number = label.number % 100 == 0 and follows and follows[1].endswith("s")
        if round_number and previous not in ("in", "since"):
            return None
    owns = folded.startswith("'s", end)
    when = _narrow(intervals.year(label.number), lead, published)
    return Atom(begin, end + 2 * owns, "year", when, "stated", lead=lead, lead_words=lead_words, owns=owns)


def _relative(entry: dict[str, Any], folded: str, start: int, end: int, published: dt.date | None) -> Atom:
    owns = folded.startswith("'s", start) or folded[start:end].endswith("'s")
    if published is None:
        when = UNKNOWN
    elif "days" in entry:
        first, last = (intervals.shift(published, days) for days in entry["days"])
        when = Interval(first, last, "day" if first == last else "range")
    elif "weekend" in entry:
        when = intervals.weekend(published, strictly=entry["weekend"] == -1)
    elif "week" in entry:
        when = intervals.week(published, int(str(entry["week"])))
    elif "month" in entry:
        when = intervals.around(intervals.ago(published, -int(str(entry["month"])), "month"), "month")
    elif "year" in entry:
        when = intervals.around(intervals.ago(published, -int(str(entry["year"])), "year"), "year")
    elif "to_date" in entry:
        unit = str(entry["to_date"])
        when = Interval(intervals.around(published, unit).earliest, published, unit)
    else:
        when = Interval(None, published, "unknown")
    if "part" in entry:
        when = intervals.part(when, str(entry["part"]))
    kind = "today" if entry.get("days") == [0, 0] else "night" if entry.get("days") == [-1, 0] else "relative"
    kind = "unknown" if "unknown" in entry else kind
    kind = next((f"relative_{unit}" for unit in ("week", "year") if unit in entry), kind)
    return Atom(start, end, kind, when, owns=owns)


def _season(
    months: tuple[int, int], folded: str, start: int, end: int, published: dt.date | None, words: DateWords
) -> Atom | None:
    begin, lead, lead_words = _lead_of(folded, start, words)
    after = _YEAR_AFTER.match(folded, end)
    first, last = months
    if after:
        number = int(after["year"])
        end = after.end()
    elif "last" not in lead:
        return None
    elif published is None:
        return Atom(begin, end, "month", UNKNOWN, lead=lead, lead_words=lead_words)
    else:
        number = published.year
        while number > dt.MINYEAR and _season_of(number, first, last)[1] >= published:
            number -= 1
    earliest, latest = _season_of(min(number, dt.MAXYEAR - 1), first, last)
    basis = "stated" if after else "relative"
    return Atom(begin, end, "month", Interval(earliest, latest, "range"), basis, lead=lead, lead_words=lead_words)


def _season_of(number: int, first: int, last: int) -> tuple[dt.date, dt.date]:
    """A season's days; winter 2012 runs into the next year."""
    ends = intervals.month(number + (last < first), last)
    assert ends.latest is not None
    return dt.date(number, first, 1), ends.latest


def _stretch(unit: str, folded: str, start: int, end: int, published: dt.date | None, words: DateWords) -> Atom | None:
    """Three days ago, for 10 consecutive days, the past two weeks, a day after."""
    if folded[start - 1 : start] == "-" or folded[end : end + 1] == "-":
        return None
    after = words.stretch_after.match(folded, end)
    if after and after["old"]:
        return None
    before = words.stretch_before.search(folded, max(0, start - LOOK_BACK), start)
    if before is None:
        return None
    begin = before.start()
    while begin < start and folded[begin].isspace():
        begin += 1
    if before["nth"]:
        return _nth(unit, before, begin, end, published, words)
    vague = before["vague"] is not None
    count = None
    if before["number"]:
        raw = before["number"].strip()
        count = 1 if raw in ("a", "an") else 2 if raw.endswith("couple of") else value(raw)
    if count is not None and not 0 < count <= MOST_UNITS:
        return None
    known = count if count is not None else 1
    plural = folded[start:end].endswith("s")
    if after and (after["ago"] or after["earlier"] or after["later"]) and (count is not None or vague):
        return _counted(unit, before, after, None if vague else known, begin, published)
    if after and after["ago"] and plural:
        return _counted(unit, before, after, None, start, published)
    if after and after["row"] and count is not None and published:
        return Atom(begin, after.end(), "nth", intervals.until(published, count, unit))
    if before["back"] and (count is not None or vague or not plural or unit != "day"):
        if not (count or vague) and plural:
            return None
        if (
            before["back"].split()[0] not in ("over", "in", "during", "within", "for", "throughout", "the", "past")
            and not count
        ):
            return None
        when = (
            UNKNOWN
            if published is None
            else Interval(None, published, "range")
            if vague
            else intervals.until(published, known, unit)
        )
        return Atom(begin, end, "duration", when)
    if unit == "hour":
        return None
    if before["row"] and count is not None:
        when = intervals.until(published, count, unit) if published else UNKNOWN
        return Atom(begin, end, "nth", when)
    if before["for"] and (count is not None or vague or (plural and not before["more"])):
        open_start = count is None or (before["more"] or "").split()[:1] in (["more"], ["over"], ["at"], ["well"])
        when = (
            UNKNOWN
            if published is None
            else Interval(None, published, "range")
            if open_start
            else intervals.until(published, known, unit)
        )
        return Atom(begin, end, "duration", when)
    return None


def _nth(
    unit: str, before: re.Match[str], begin: int, end: int, published: dt.date | None, words: DateWords
) -> Atom | None:
    """For a second day; entered its fifth day (only days: "its fourth year" dates nothing)."""
    if unit == "hour" or (before["go"] != "for" and unit != "day"):
        return None
    ordinal = before["ordinal"]
    count = words.ordinals.get(ordinal) or int(ordinal[:-2] if ordinal[:-2].isdigit() else 1)
    if published is None or not 0 < count <= MOST_UNITS:
        return Atom(begin, end, "nth", UNKNOWN)
    return Atom(begin, end, "nth", intervals.until(published, count, unit))


def _counted(
    unit: str, before: re.Match[str], after: re.Match[str], count: int | None, begin: int, published: dt.date | None
) -> Atom | None:
    """Counted from publication ("ago") or from another date ("a day after")."""
    if after["ago"]:
        if published is None:
            when = UNKNOWN
        elif count is None:
            when = Interval(None, published, "unknown")
        else:
            when = intervals.around(intervals.ago(published, count, unit), unit)
        return Atom(begin, after.end(), "relative", when)
    if unit not in ("day", "week") or count is None:
        return None
    days = count * (7 if unit == "week" else 1)
    word = (after["earlier"] or after["later"]).strip()
    kind = {"after": "after", "following": "after", "before": "before"}.get(word, "anchored")
    return Atom(begin, after.end(), kind, UNKNOWN, offset=-days if word in ("earlier", "before") else days)
