"""Say how many: "at least 22", "dozens", "between 20 and 30", "a young man", "no casualties"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from geo.language.date_words import choice, date_words, dates_data
from geo.language.numerals import numbers_data, numerals, value
from geo.model import Span
from geo.text import Scanner, expand, fold

LOOK_BACK = 26  # characters before a number in which its bound or the name it belongs to stands
PERSON_BACK = 44  # an article and at most two words before a person's noun
OLDEST = 110  # ", 34," after a name is an age
FIRST_YEAR, LAST_YEAR = 1900, 2099

_DIGITS = re.compile(r"[0-9]+")
_REST = re.compile(r"[\d.,:/-]*\d")
_THROUGH = re.compile(r"\s?(?:-|/)\s?|\s(?:to|or)\s")
_FRACTION = re.compile(r"\s\d/\d")
_AGE_AFTER = re.compile(r"[,).]|\s(?:was|is|has|who)\b")
_AND = re.compile(r"\sand\s")
_WORD_AFTER = re.compile(r"\s+([\w'-]+)")
_WORD_BEFORE = re.compile(r"([\w'.$-]+)\s+$")
_PERSON = re.compile(r"(?<![\w'-])(an?|one|another)\s((?:[\w'-]+\s){0,2})$")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as printed: at least `low`, at most `high`, None where that end is open."""

    span: Span
    low: int | None
    high: int | None
    text: str


class NumberWords(NamedTuple):
    """The words of numbers.yaml, ready to match."""

    scanner: Scanner[tuple[str, int]]
    vague: tuple[tuple[int | None, int | None, re.Pattern[str] | None], ...]
    times: re.Pattern[str]
    before: tuple[tuple[str, re.Pattern[str]], ...]
    after: tuple[tuple[str, re.Pattern[str]], ...]
    between: re.Pattern[str]
    units: re.Pattern[str]
    name_before: re.Pattern[str]
    place_before: re.Pattern[str]
    one_before: frozenset[str]
    one_after: re.Pattern[str]
    month_before: re.Pattern[str]
    month_after: re.Pattern[str]
    continues: frozenset[str]
    never_between: frozenset[str]


@cache
def number_words() -> NumberWords:
    """The shipped words for how many."""
    data: dict[str, Any] = numbers_data().data
    known = numerals()
    phrases: list[tuple[str, tuple[str, int]]] = [(word, ("number", 0)) for word in (*known.small, *known.multipliers)]
    vague = []
    for index, entry in enumerate(data["vague"]):
        phrases += [(phrase, ("vague", index)) for pattern in entry["words"] for phrase in expand(pattern)]
        low, high = entry["means"].split("..")
        needs = re.compile(rf"\s{choice(entry['needs_after'])}\b") if "needs_after" in entry else None
        vague.append((int(low) if low else None, int(high) if high else None, needs))
    phrases += [(phrase, ("none", 0)) for pattern in data["none"]["words"] for phrase in expand(pattern)]
    persons, never = data["persons"], data["not_counts"]
    phrases += [(noun, ("person", 0)) for noun in persons["nouns"]]
    months = choice([*(m := dates_data().data["months"])["names"], *m["short"]])
    return NumberWords(
        scanner=Scanner(phrases),
        vague=tuple(vague),
        times=re.compile(rf"\s(dozen|{'|'.join(known.multipliers)})\b"),
        before=tuple((e["opens"], re.compile(rf"(?<!\w){choice(e['before'])}\s$")) for e in data["bounds"]),
        after=tuple((e["opens"], re.compile(rf"\s{choice(e['after'])}\b")) for e in data["bounds"]),
        between=re.compile(rf"\b{choice(data['ranges']['between'])}\s$"),
        units=re.compile(rf"[\s-]?(?:{choice(never['units_apart'])}\s)?{choice(never['units_after'])}(?!\w)"),
        name_before=re.compile(rf"(?<![\w'-]){choice(never['names_before'])}[\s-]+$|[$£€#]\s?$"),
        place_before=re.compile(rf"(?<![\w'-]){choice(never['places_before'])}[\s-]+$"),
        one_before=frozenset(never["one_before"]),
        one_after=re.compile(rf"\s{choice(never['one_after'])}\b"),
        month_before=re.compile(
            rf"(?<!\w){months}\.?\s(?:the\s)?(?:\d{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|to|and|,)\s?|\s))?$"
        ),
        month_after=re.compile(rf"(?:st|nd|rd|th)?(?:\s?(?:-|to|and|or)\s?\d{{1,2}})?(?:\sof)?\s{months}\b"),
        continues=frozenset(persons["continues"]),
        never_between=frozenset(persons["never_between"]),
    )


def quantities(text: str, start: int = 0, end: int | None = None) -> list[Quantity]:
    """Every number of people or things in `text[start:end]`, in order, with its span in `text`.

    Dates, times, ages, distances, percentages, money, ordinals and numbers that are part of a name are left out.

    >>> for quantity in quantities("At least 22 recruits and a young man died near Brigade 52, dozens were hurt."):
    ...     print(quantity.text, quantity.low, quantity.high)
    At least 22 22 None
    a young man 1 1
    dozens 12 None
    """
    end = len(text) if end is None else min(end, len(text))
    start = max(0, start)
    piece = text[start:end]
    folded = fold(piece)
    words = number_words()
    anchors: list[tuple[int, int, str, int]] = [(d.start(), d.end(), "number", 0) for d in _DIGITS.finditer(folded)]
    for hit in words.scanner.scan(folded, folded=True):
        anchors += [(hit.start, hit.end, kind, index) for kind, index in hit.labels]
    anchors.sort()
    found: list[Quantity] = []
    reach = 0
    for low, high, kind, index in anchors:
        if low < reach:
            continue
        read: tuple[int, int, int | None, int | None] | None
        if kind == "number":
            read = _number(piece, folded, low, words)
            if read is None and folded[low].isdigit():
                rests = (_REST.match(folded, low), numerals().pattern.match(folded, low))
                reach = max([high, *(rest.end() for rest in rests if rest)])  # "$2 billion" is left out as a whole
        elif kind == "vague":
            read = _vague(folded, low, high, index, words)
        elif kind == "none":
            read = (low, high, 0, 0)
        else:
            read = _person(folded, low, high, words)
        if read is None:
            continue
        begin, stop, least, most = read
        if found and begin + start < found[-1].span.end:
            if kind != "person":
                begin = max(begin, found[-1].span.end - start)
            else:
                found.pop()  # "one child": the number alone was read before
        found.append(Quantity(Span(start + begin, start + stop), least, most, piece[begin:stop]))
        reach = stop
    return found


def _number(piece: str, folded: str, at: int, words: NumberWords) -> tuple[int, int, int | None, int | None] | None:
    """A counted number, with its range and bound; None where it counts nothing."""
    first = _one_number(folded, at, words)
    if first is None:
        return None
    stop, low = first
    high: int | None = low
    begin = at - 2 if folded[max(0, at - 2) : at] == "a " and low >= 100 else at
    if begin == at and folded.startswith(tuple(numerals().multipliers), at):
        return None  # "million" alone goes on something that was left out
    head = folded[max(0, begin - LOOK_BACK) : begin]
    between = words.between.search(head)
    link = (_AND if between else _THROUGH).match(folded, stop)
    if link:
        second = _one_number(folded, link.end(), words)
        if second:
            if second[1] > low:
                stop, high = second
            elif "-" in link[0] or "/" in link[0]:
                return None  # a score or a code, "3-0"
    if not _counts(piece, folded, begin, stop, low, words):
        return None
    if between and high != low:
        begin = begin - len(head) + between.start()
    return _bounded(folded, begin, stop, low, high, words)


def _one_number(folded: str, at: int, words: NumberWords) -> tuple[int, int] | None:
    """The end and value of the number that begins here."""
    if at >= len(folded) or (at and folded[at - 1].isalnum()):
        return None
    if at and folded[at].isdigit() and _is_part(folded, at):
        return None
    found = numerals().pattern.match(folded, at)
    if not found:
        return None
    stop = found.end()
    number = value(found[0])
    if number is None:
        return None
    if folded.startswith(" dozen", stop) and not folded[stop + 6 : stop + 7].isalnum():
        return stop + 6, number * 12
    return stop, number


def _is_part(folded: str, at: int) -> bool:
    """Whether digits go on something: T-72, 14.04, 10:30, 1/2."""
    mark, beyond = folded[at - 1], folded[at - 2 : at - 1] if at > 1 else ""
    return (mark in ".,:/" and beyond.isdigit()) or (mark in "-_/#@" and beyond.isalnum() and not beyond.isdigit())


def _counts(piece: str, folded: str, begin: int, stop: int, number: int, words: NumberWords) -> bool:
    """Whether a number counts people or things."""
    after = folded[stop : stop + 2]
    if after[:1].isalpha() or after[:1] == "%" or (after[:1] in ":/" and after[1:].isdigit()):
        return False
    if (after[:1] == "-" and after[1:].isalpha()) or (
        folded[max(0, begin - 1) : begin] == "-" and folded[max(0, begin - 2) : begin - 1].isalpha()
    ):
        return False
    if words.units.match(folded, stop) or _FRACTION.match(folded, stop):
        return False
    head = folded[max(0, begin - LOOK_BACK) : begin]
    counted = date_words().counted_after.match(folded, stop)
    if words.name_before.search(head) or (not counted and words.place_before.search(head)):
        return False
    written = folded[begin:stop]
    if (
        written[:1].isdigit()
        and "," not in written
        and not _digits_count(piece, folded, begin, stop, head, bool(counted), words)
    ):
        return False
    if written == "one":
        previous = _WORD_BEFORE.search(head)
        return not (previous and previous[1] in words.one_before) and not words.one_after.match(folded, stop)
    return True


def _digits_count(piece: str, folded: str, begin: int, stop: int, head: str, counted: bool, words: NumberWords) -> bool:
    """Whether bare digits are neither a day, a year nor an age."""
    digits = _DIGITS.match(folded, begin)
    number = int(digits[0][:18]) if digits else 0
    if number <= 31 and words.month_after.match(folded, stop):
        return False
    if not counted and words.month_before.search(head) and (number <= 31 or number >= FIRST_YEAR):
        return False
    if digits and digits.end() - begin == 4 and FIRST_YEAR <= number <= LAST_YEAR and not counted:
        follows = _WORD_AFTER.match(folded, stop)
        previous = _WORD_BEFORE.search(head)
        cue = (
            bool(previous)
            and previous is not None
            and previous[1] in date_words().year_cues | date_words().year_articles
        )
        if cue or not follows or not follows[1].endswith("s") or follows[1] in ("as", "was", "is", "has"):
            return False
    if number <= OLDEST and head.endswith((", ", "(")) and _AGE_AFTER.match(folded, stop):
        named = re.search(r"([^\W\d_][\w'-]*)[,\s(]+$", piece[max(0, begin - LOOK_BACK) : begin])
        if named and named[1][0].isupper():
            return False
    return True


def _bounded(
    folded: str, begin: int, stop: int, low: int | None, high: int | None, words: NumberWords
) -> tuple[int, int, int | None, int | None]:
    """Apply "at least", "up to", "about" before the number, "or more" after it."""
    opens = ""
    for _ in range(2):
        head = folded[max(0, begin - LOOK_BACK) : begin]
        found = next(((what, m) for what, pattern in words.before if (m := pattern.search(head))), None)
        if not found:
            break
        opens = opens or (found[0] if found[0] != "neither" else "")
        begin = begin - len(head) + found[1].start()
    for what, pattern in words.after:
        tail = pattern.match(folded, stop)
        if tail:
            opens, stop = opens or what, tail.end()
    if folded[stop : stop + 1] == "+":
        opens, stop = "high", stop + 1
    if opens == "high":
        high = None
    elif opens == "low" and high is not None:
        low = None
    return begin, stop, low, high


def _vague(
    folded: str, low: int, high: int, index: int, words: NumberWords
) -> tuple[int, int, int | None, int | None] | None:
    """Dozens, several, a dozen."""
    least, most, needs = words.vague[index]
    times = words.times.match(folded, high)
    if times and least == 3:  # "several hundred" is hundreds
        least, high = 12 if times[1] == "dozen" else numerals().multipliers[times[1]], times.end()
    elif needs and not needs.match(folded, high):
        return None
    if words.units.match(folded, high) or folded[high : high + 1] == "-":
        return None
    return _bounded(folded, low, high, least, most, words)


def _person(folded: str, low: int, high: int, words: NumberWords) -> tuple[int, int, int | None, int | None] | None:
    """A man, a young man, one child: one person, unless the noun stands before another noun."""
    found = _PERSON.search(folded, max(0, low - PERSON_BACK), low)
    if not found or any(word in words.never_between for word in found[2].split()):
        return None
    follows = folded[high : high + 1]
    if follows in ("-", "'"):
        return None
    if follows == " ":
        word = _WORD_AFTER.match(folded, high)
        if word and word[1] not in words.continues and not word[1].endswith(("ing", "ed")):
            return None
    return found.start(), high, 1, 1
