"""Say which days a text speaks of: "on Friday", "since March 2011", "for 10 consecutive days"."""

from __future__ import annotations

import datetime as dt
import re

from geo.language import intervals
from geo.language.atom import BOUNDS, Atom
from geo.language.date_atoms import atoms
from geo.language.date_words import DateWords, date_words
from geo.language.intervals import UNKNOWN, Interval
from geo.model import Span, When
from geo.text import fold

LONGEST_GAP = 8  # between two parts of one date: ", ", " of ", " through "
LOOK_BACK = 72  # characters before a date in which a verb of saying that governs it stands
LONGEST_INVERSION = 8  # words after "said" in "..., said state television": more is a clause of its own

_SAME = re.compile(r"[\s,(]*(?:of\s|on\s|in\s|the\s|from\s)*$")
_THROUGH = re.compile(r"\s?(?:-|to|until|till|through|and)\s?(?:on\s|the\s)?$")
_AND = re.compile(r"\sand\s(?:on\s)?$")
_SINCE_CLAUSE = re.compile(r"\bsince\s(?:(?!since\b)[\w'-]+\s){1,7}$")  # "since the dam broke in March 2011"
_BREAK = re.compile(r"[.!?]\s|\n\s*\n")
_CALENDAR = {"day", "days", "month", "year", "weekday"}


def dates(
    text: str, *, published: dt.date | None, start: int = 0, end: int | None = None, anchor: When | None = None
) -> list[When]:
    """Every date that `text[start:end]` speaks of, in order, with its span in `text`.

    `published` is the day from which words like "Friday" or "yesterday" are counted; without it these come out with no
    days and precision "unknown". `anchor` is the date that "a day later" counts from where its own sentence has none.

    >>> monday = dt.date(2014, 4, 14)
    >>> for when in dates("Shells fell on Friday, a monitor said Sunday.", published=monday):
    ...     print(when.text, when.earliest, when.precision, when.saying)
    Friday 2014-04-11 day False
    Sunday 2014-04-13 day True
    """
    end = len(text) if end is None else min(end, len(text))
    start = max(0, start)
    piece = text[start:end]
    folded = fold(piece)
    words = date_words()
    found = atoms(piece, folded, published)
    found = _merge(found, folded, published)
    _settle_anchored(found, folded, published, anchor)
    whens = []
    reach = 0
    for atom in found:
        if atom.kind == "dropped":
            continue
        whens.append(_when(atom, piece, folded, start, published, words, reach))
        reach = atom.end
    return whens


def _merge(found: list[Atom], folded: str, published: dt.date | None) -> list[Atom]:
    """Join the parts of one date, and the two ends of one range."""
    merged: list[Atom] = []
    for atom in found:
        while merged:
            last = merged[-1]
            gap = folded[last.end : atom.start]
            if len(gap) > LONGEST_GAP + 4:
                break
            joined = None
            # the small words of the second date may fill the gap: "this morning, early Monday"
            if _SAME.fullmatch(gap):
                joined = _one_date(last, atom, published, gap)
            if joined is None and (_THROUGH.fullmatch(gap) or gap in (" ", ", ")):
                joined = _one_range(last, atom, gap)
            if joined is None:
                break
            if "(" in gap and folded.startswith(")", joined.end):
                joined.end += 1
            merged.pop()
            atom = joined
        merged.append(atom)
    return merged


def _one_date(first: Atom, second: Atom, published: dt.date | None, gap: str) -> Atom | None:
    """Two neighbours that are parts of one date, made one; None where they are two dates."""
    kinds = (first.kind, second.kind)
    if first.owns and first.kind != "today":
        return None
    when: Interval | None = None
    basis, kind = "relative", "day"
    if kinds in (("weekday", "day"), ("day", "weekday")) or (kinds == ("weekday", "days") and second.month):
        calendar = second if first.kind == "weekday" else first
        on = first.weekday if first.kind == "weekday" else second.weekday
        if ", on" in gap and (calendar.when.latest is None or calendar.when.latest.weekday() != on):
            return None  # "left on Monday, on April 3 they came back"
        when, basis, kind = calendar.when, "stated", calendar.kind
        if published and calendar.kind == "day" and calendar.month and calendar.day:
            day = intervals.recent_day(published, calendar.month, calendar.day, on=on)
            when = intervals.one_day(day) if day else when
    elif "weekday" in kinds and set(kinds) & {"today", "nth", "night"}:
        when, kind = (first if first.kind == "weekday" else second).when, "weekday"
    elif "day" in kinds and set(kinds) & {"today", "nth", "night"}:
        when, basis = (first if first.kind == "day" else second).when, "stated"
    elif "weekday" in kinds and "relative_week" in kinds:
        named, frame = (first, second) if first.kind == "weekday" else (second, first)
        if frame.when.earliest and named.weekday is not None:
            when = intervals.one_day(intervals.shift(frame.when.earliest, named.weekday))
        else:
            when = UNKNOWN
    elif kinds == ("month", "relative_year") and first.month:
        when, kind = UNKNOWN, "month"
        if second.when.earliest:
            when = intervals.month(second.when.earliest.year, first.month)
    elif kinds == ("day", "relative_year") and first.month and first.day:
        when = UNKNOWN
        if second.when.earliest:
            day_found = intervals.calendar_day(second.when.earliest.year, first.month, first.day)
            when = intervals.one_day(day_found) if day_found else first.when
    elif first.kind in ("anchored", "after", "before") and second.kind in ("weekday", "day") and gap[:1] == ",":
        when, kind = second.when, second.kind  # "two days later, on Monday"
    elif kinds == ("night", "days"):
        when, kind = second.when, "days"
    elif kinds == ("relative", "night") or kinds == ("night", "relative"):
        when = (first if first.kind == "relative" else second).when
    if when is None:
        return None
    lead, lead_words = (first.lead, first.lead_words) if first.lead else (second.lead, second.lead_words)
    return Atom(first.start, second.end, kind, when, basis, None, None, None, lead, lead_words, second.owns)


def _one_range(first: Atom, second: Atom, gap: str) -> Atom | None:
    """From the first to the second, where the words say so."""
    if first.kind not in _CALENDAR or second.kind not in _CALENDAR or first.owns:
        return None
    between = "between" in first.lead_words
    if gap in (" ", ", "):
        until = gap == " " and "until" in second.lead and "from" in first.lead_words
        listed = second.kind == "days" and not second.month and first.kind == "weekday"
        if not until and not (listed and first.when.latest and _follows(first.when.latest, second.when.earliest)):
            return None
    elif second.lead & BOUNDS:
        return None
    low, high = first.when.earliest, second.when.latest
    if low is None or high is None:
        return None if _AND.match(gap) and not between else _spanning(first, second, UNKNOWN)
    if low > high and first.kind == "weekday":
        low = intervals.shift(low, -intervals.WEEK)
    if low > high and first.month and first.day:
        low = intervals.calendar_day(low.year - 1, first.month, first.day) or low
    if low > high:
        return None
    if _AND.match(gap) and not between:
        neighbours = first.kind == second.kind == "weekday" and (high - low).days == 1
        if not neighbours:
            return None
    return _spanning(first, second, Interval(low, high, "range"))


def _follows(day: dt.date, other: dt.date | None) -> bool:
    return other is not None and (other - day).days == 1


def _spanning(first: Atom, second: Atom, when: Interval) -> Atom:
    basis = "relative" if "relative" in (first.basis, second.basis) else "stated"
    return Atom(
        first.start, second.end, "days", when, basis, lead=first.lead, lead_words=first.lead_words, owns=second.owns
    )


def _settle_anchored(found: list[Atom], folded: str, published: dt.date | None, anchor: When | None) -> None:
    """Count "a day after", "the next day" from another date of the sentence, else from `anchor`, else publication."""
    for index, atom in enumerate(found):
        if atom.kind not in ("anchored", "after", "before"):
            continue
        before = _neighbour(found[:index][::-1], folded, atom)
        after = _neighbour(found[index + 1 :], folded, atom) if atom.kind != "anchored" else None
        base: dt.date | None
        if after is not None:
            base, days = after.when.earliest, atom.offset
        elif before is not None:
            base, days = before.when.latest, -atom.offset if atom.kind != "anchored" else atom.offset
        else:
            base, days = (
                anchor.latest if anchor else published,
                -atom.offset if atom.kind != "anchored" else atom.offset,
            )
            if anchor is None and days == 0:
                atom.kind = "dropped"  # "that day": what it points at is another sentence's business
                continue
        if atom.kind == "before" and after is None and before is None and anchor is None:
            base, days = published, atom.offset  # "a day before", with nothing after it to count from
        vague = atom.kind == "before" and after is None and folded[atom.end : atom.end + 1] == " "
        if vague and before is None:
            base = None  # "the day before the vote": counted from something without a date
        when = Interval(None, published, "unknown") if base is None else intervals.one_day(intervals.shift(base, days))
        if published and when.latest and when.latest > published and after is None and before is None:
            when = Interval(None, published, "unknown")
        atom.when = when


def _neighbour(others: list[Atom], folded: str, atom: Atom) -> Atom | None:
    """The nearest atom of the same sentence that is a day."""
    for other in others:
        low, high = min(other.end, atom.end), max(other.start, atom.start)
        if _BREAK.search(folded, low, high):
            return None
        if other.when.precision in ("day", "range") and other.when.latest and other.kind not in ("duration", "nth"):
            return other
    return None


def _when(
    atom: Atom, piece: str, folded: str, offset: int, published: dt.date | None, words: DateWords, reach: int
) -> When:
    earliest, latest, precision = atom.when
    basis, lead = atom.basis, atom.lead
    start = atom.start
    since = (
        _SINCE_CLAUSE.search(folded, max(0, start - LOOK_BACK), start)
        if atom.kind in _CALENDAR and not lead - {"glue"}
        else None
    )
    if since and since.start() >= reach and not _BREAK.search(since[0]):
        lead, start = frozenset({"since"}), since.start()
    if "since" in lead and earliest is not None and published is not None and earliest <= published:
        latest, precision = published, "range"
    elif lead & {"by", "until"} and not atom.owns:
        earliest, precision = None, "unknown"
    elif "before" in lead and earliest is not None:
        latest, earliest, precision = intervals.shift(earliest, -1), None, "unknown"
    saying = False
    # a longer stretch dates the deed even beside such a verb: "the state they declared a year ago"
    if (
        not atom.owns
        and atom.kind not in ("duration", "nth", "unknown", "year", "month")
        and precision not in ("month", "year")
    ):
        begin = _without_glue(folded, atom.start)
        window = folded[max(0, begin - LOOK_BACK) : begin] + " "
        if words.released_before.search(window):
            earliest, precision = None, "unknown"
        else:
            saying = _is_saying(atom, piece, folded, begin, window, words)
    span = Span(offset + start, offset + atom.end)
    return When(earliest, latest, precision, piece[start : atom.end], basis, span, saying)


def _without_glue(folded: str, at: int) -> int:
    """Step back over "on ", "late on " and the like, so that the word before the date is a real one."""
    while True:
        head = folded[max(0, at - 9) : at]
        found = re.search(r"\b(?:on|in|at|the|late|early|earlier|later|of)\s$", head)
        if not found:
            return at
        at -= len(head) - found.start()


def _is_saying(atom: Atom, piece: str, folded: str, begin: int, window: str, words: DateWords) -> bool:
    """Whether the date stands beside a verb of saying: "said Friday", "on Saturday blamed"."""
    if words.says_before.search(window):
        return True
    told = words.told_before.search(window)
    if told:
        at = begin - len(window) + 1
        printed = piece[at + told.start("told") : at + told.end("told")].split()
        if all(word == "the" or any(map(str.isupper, word)) for word in printed):
            return True
    after = words.says_after.match(folded, atom.end)
    if after:
        rest = after["rest"].split()
        inverted = (
            after["verb"] in words.inverting
            and len(rest) <= LONGEST_INVERSION
            and not {"that", "had", "has", "have", "was", "were", "is", "are", "the"} & set(rest[1:])
        )
        return not inverted or not rest
    return False
