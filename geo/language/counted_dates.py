"""Read dates that are counted from a day: "Friday", "last week", "three days ago", "for 10 consecutive days"."""

from __future__ import annotations

import re
from typing import Any

from geo.language import intervals
from geo.language.atom import WORD_AFTER, Atom, Page, last_word, lead_of
from geo.language.date_words import Label
from geo.language.intervals import UNKNOWN, Interval
from geo.language.numerals import value

LOOK_BACK = 64  # characters before a unit in which its number and its small words stand
MOST_UNITS = 400  # "for 5,000 days" is no phrase of a report

_DATE_AFTER = re.compile(r"\.?,?\s(?:\d{1,2}|[a-z]{3,9}\.?\s\d{1,2})\b")
_OF_MONTH = re.compile(r"\sof\s[a-z]")
_NOT_A_NOUN = frozenset({"and", "in", "at", "for", "to", "when", "but", "or"})


def weekday(page: Page, label: Label, start: int, end: int) -> Atom | None:
    """Friday, Sunday's, early Monday morning; None for a habit ("on Fridays", "every Friday")."""
    folded, words, published = page.folded, page.words, page.published
    lead = lead_of(page, start)
    owns = False
    if label.short:
        if not page.text[start].isupper() or not _DATE_AFTER.match(folded, end):
            return None
        end += folded.startswith(".", end)
    elif label.kind == "weekdays":
        follows = WORD_AFTER.match(folded, end)
        if lead.words[:1] in (("on",), ("of",), ("in",)) or not follows or follows[1] in _NOT_A_NOUN:
            return None  # "on Fridays" is a habit; "Saturdays blast" has lost its apostrophe
        owns = True
    elif folded.startswith("'s", end):
        end, owns = end + 2, True
    if last_word(folded, lead.begin) in words.habit_before:
        return None
    part = words.day_part_after.match(folded, end)
    if part and not owns:
        end = part.end()
        if folded.startswith("'s", end):
            end, owns = end + 2, True
    if published is None:
        when = UNKNOWN
    elif "next" in lead.effects:
        when = intervals.one_day(intervals.next_weekday(published, label.number))
    else:
        when = intervals.one_day(intervals.weekday(published, label.number, strictly="last" in lead.effects))
    return Atom(lead.begin, end, "weekday", when, "relative", label.number, None, None, lead.effects, lead.words, owns)


def relative(page: Page, entry: dict[str, Any], start: int, end: int) -> Atom | None:
    """A phrase of the list: yesterday, overnight, last week, in recent days."""
    if "week" in entry and _OF_MONTH.match(page.folded, end):
        return None  # "the last week of March"
    kind = "relative"
    if "unknown" in entry:
        kind = "unknown"
    elif entry.get("days") in ([0, 0], [-1, 0]):
        kind = "today" if entry["days"] == [0, 0] else "night"
    elif "week" in entry or "year" in entry:
        kind = "relative_week" if "week" in entry else "relative_year"
    atom = Atom(start, end, kind, _relative_interval(page, entry), owns=page.folded[start:end].endswith("'s"))
    previous = last_word(page.folded, start)
    effect = page.words.lead.get(previous, "")
    if effect in ("since", "until", "by"):
        atom.start = page.folded.rfind(previous, 0, start)
        atom.lead, atom.lead_words = frozenset({effect}), (previous,)
    return atom


def _relative_interval(page: Page, entry: dict[str, Any]) -> Interval:
    published = page.published
    if published is None:
        return UNKNOWN
    when = Interval(None, published, "unknown")
    if "days" in entry:
        first, last = (intervals.shift(published, days) for days in entry["days"])
        when = Interval(first, last, "day" if first == last else "range")
    elif "weekend" in entry:
        when = intervals.weekend(published, strictly=entry["weekend"] == -1)
    elif "week" in entry:
        when = intervals.week(published, entry["week"])
    elif "month" in entry or "year" in entry:
        unit = "month" if "month" in entry else "year"
        when = intervals.around(intervals.ago(published, -entry[unit], unit), unit)
    elif "to_date" in entry:
        when = Interval(intervals.around(published, entry["to_date"]).earliest, published, entry["to_date"])
    return intervals.part(when, entry["part"]) if "part" in entry else when


def stretch(page: Page, unit: str, start: int, end: int) -> Atom | None:
    """Three days ago, for 10 consecutive days, the past two weeks, a day after; None for an age or a mere length."""
    folded, words = page.folded, page.words
    if (start and folded[start - 1] == "-") or folded[end : end + 1] == "-":
        return None
    after = words.stretch_after.match(folded, end)
    before = words.stretch_before.search(folded, max(0, start - LOOK_BACK), start)
    if before is None or (after and after["old"]):
        return None
    begin = before.start()
    while begin < start and folded[begin].isspace():
        begin += 1
    if before["nth_in_row"]:
        if not (before["row_word"] or (after and after["row"])):
            return None
        stop = after.end() if after and after["row"] else end
        return _nth(page, unit, before["ordinal_in_row"], begin, stop)
    if before["nth"]:
        if before["go"] != "for" and unit != "day":
            return None  # "entered its fourth year" dates nothing
        return _nth(page, unit, before["ordinal"], begin, end)
    return _counted(page, unit, before, after, begin, (start, end))


def _nth(page: Page, unit: str, ordinal: str, begin: int, end: int) -> Atom | None:
    """For a second day; entered its fifth day; the fifth straight day."""
    if unit == "hour":
        return None
    count = page.words.ordinals.get(ordinal) or int(ordinal[:-2] if ordinal[:-2].isdecimal() else 1)
    known = page.published is not None and 0 < count <= MOST_UNITS
    return Atom(begin, end, "nth", _back(page, count, unit) if known else UNKNOWN)


def _back(page: Page, count: int | None, unit: str) -> Interval:
    """So many units up to publication; an open start where nobody counted them."""
    if page.published is None:
        return UNKNOWN
    return Interval(None, page.published, "range") if count is None else intervals.until(page.published, count, unit)


def _counted(
    page: Page, unit: str, before: re.Match[str], after: re.Match[str] | None, begin: int, at: tuple[int, int]
) -> Atom | None:
    start, end = at
    plural = page.folded[start:end].endswith("s")
    vague = before["vague"] is not None
    raw = (before["number"] or "").strip()
    count = 1 if raw in ("a", "an", "the") else 2 if raw.endswith("couple of") else value(raw) if raw else None
    if count is not None and not 0 < count <= MOST_UNITS:
        return None
    other = bool(after and (after["earlier"] or after["later"]))
    if raw == "the" and (plural or not other):
        return None
    if after and after["ago"]:
        return _ago(page, unit, None if vague else count, begin if raw or vague else start, after.end(), plural)
    if after and other and count is not None:
        return _from_another(unit, after, count, begin)
    if after and after["row"] and count is not None:
        return Atom(begin, after.end(), "nth", _back(page, count, unit))
    if before["back"]:
        if _OF_MONTH.match(page.folded, end):
            return None  # "the last 12 days of September"
        if count is None and not vague and plural:
            return None  # "in the past days" counts nothing
        return Atom(begin, end, "duration", _back(page, None if vague else count or 1, unit))
    if unit == "hour":
        return None
    if before["row"] and count is not None:
        return Atom(begin, end, "nth", _back(page, count, unit))
    if before["for"] and (count is not None or vague or (plural and not before["more"])):
        open_start = (before["more"] or "").split()[:1] in (["more"], ["over"], ["at"], ["well"])
        return Atom(begin, end, "duration", _back(page, None if open_start else count, unit))
    return None


def _ago(page: Page, unit: str, count: int | None, begin: int, end: int, plural: bool) -> Atom | None:
    if count is None and not plural:
        return None
    if page.published is None:
        when = UNKNOWN
    elif count is None:
        when = Interval(None, page.published, "unknown")
    else:
        when = intervals.around(intervals.ago(page.published, count, unit), unit)
    return Atom(begin, end, "relative", when)


def _from_another(unit: str, after: re.Match[str], count: int, begin: int) -> Atom | None:
    """Two days earlier, a day after: settled once the other dates of the sentence are known."""
    if unit not in ("day", "week"):
        return None
    days = count * (intervals.WEEK if unit == "week" else intervals.DAY)
    word = (after["earlier"] or after["later"]).strip()
    kind = {"after": "after", "following": "after", "before": "before"}.get(word, "anchored")
    return Atom(begin, after.end(), kind, UNKNOWN, offset=-days if word in ("earlier", "before") else days)
