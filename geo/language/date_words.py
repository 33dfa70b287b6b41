"""The English words that date things, ready to be looked for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo.files import Document, load, shipped
from geo.language.numerals import numerals
from geo.text import Scanner, expand

FIRST_YEAR, LAST_YEAR = 1900, 2099  # other four-digit numbers are taken for counts


@dataclass(frozen=True, slots=True)
class Label:
    """What an anchor word is: its kind and its number, or the entry that explains it."""

    kind: str
    number: int = 0
    short: bool = False


@dataclass(frozen=True, slots=True)
class DateWords:
    """The words of dates.yaml: one scanner for the anchors, and patterns for the few characters around them."""

    scanner: Scanner[Label]
    relative: tuple[dict[str, Any], ...]
    anchored: tuple[dict[str, Any], ...]
    units: tuple[str, ...]
    seasons: tuple[tuple[int, int], ...]
    lead: dict[str, str]
    lead_weeks: dict[str, int]
    ordinals: dict[str, int]
    careful: frozenset[str]
    time_before: frozenset[str]
    habit_before: frozenset[str]
    year_cues: frozenset[str]
    year_articles: frozenset[str]
    year_of: frozenset[str]
    day_part_after: re.Pattern[str]
    counted_after: re.Pattern[str]
    stretch_before: re.Pattern[str]
    stretch_after: re.Pattern[str]
    says_before: re.Pattern[str]
    told_before: re.Pattern[str]
    says_after: re.Pattern[str]
    released_before: re.Pattern[str]
    inverting: frozenset[str]


@cache
def dates_data() -> Document:
    """The shipped date words, with their examples."""
    return load(shipped("english/dates.yaml"))


def choice(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; words may use the `(a|b|)` notation."""
    phrases = {phrase for word in words for phrase in expand(word)}
    return "(?:" + "|".join(re.escape(phrase) for phrase in sorted(phrases, key=lambda p: (-len(p), p))) + ")"


@cache
def date_words() -> DateWords:
    """The shipped date words."""
    data: dict[str, Any] = dates_data().data
    phrases: list[tuple[str, Label]] = [(name, Label("nothing")) for name in data["not_dates"]]
    for name, number in data["weekdays"]["names"].items():
        phrases += [(name, Label("weekday", number)), (name + "s", Label("weekdays", number))]
    phrases += [(name, Label("weekday", n, short=True)) for name, n in data["weekdays"]["short"].items()]
    phrases += [(name, Label("month", n)) for name, n in data["months"]["names"].items()]
    phrases += [(name, Label("month", n, short=True)) for name, n in data["months"]["short"].items()]
    phrases += [(name, Label("alias", n)) for name, n in data["months"]["aliases"].items()]
    phrases += [(str(year), Label("year", year)) for year in range(FIRST_YEAR, LAST_YEAR + 1)]
    seasons = tuple(data["seasons"]["names"].items())
    phrases += [(name, Label("season", index)) for index, (name, _) in enumerate(seasons)]
    for section in ("relative", "anchored"):
        for index, entry in enumerate(data[section]):
            phrases += [(phrase, Label(section, index)) for pattern in entry["phrases"] for phrase in expand(pattern)]
    units: dict[str, str] = data["stretches"]["units"]
    phrases += [(name, Label("unit", index)) for index, name in enumerate(units)]
    return DateWords(
        scanner=Scanner(phrases),
        relative=tuple(data["relative"]),
        anchored=tuple(data["anchored"]),
        units=tuple(units.values()),
        seasons=tuple((first, last) for _, (first, last) in seasons),
        lead=_lead(data["lead"]),
        lead_weeks=data["lead"]["weeks"],
        ordinals=data["stretches"]["ordinals"],
        careful=frozenset(data["months"]["careful"]),
        time_before=frozenset(data["months"]["time_before"]),
        habit_before=frozenset(data["weekdays"]["habit_before"]),
        year_cues=frozenset(data["years"]["cues"]),
        year_articles=frozenset(data["years"]["articles"]),
        year_of=frozenset(data["years"]["of_needs"]),
        day_part_after=re.compile(rf"(?:\s(?:early|late|at))?\s{choice(data['lead']['day_parts'])}\b"),
        counted_after=re.compile(rf"\s{choice(data['counted'])}\b"),
        inverting=frozenset(data["saying"]["inverting"]),
        **_stretches(data["stretches"]),
        **_sayings(data["saying"], data["released"]),
    )


def _lead(data: dict[str, Any]) -> dict[str, str]:
    """Each word that may stand before a date, and what it does there."""
    return {word: effect for effect, words in data.items() if isinstance(words, list) for word in words}


def _stretches(data: dict[str, Any]) -> dict[str, re.Pattern[str]]:
    row = choice(data["row"])
    ordinal = rf"(?P<ordinal>{choice(data['ordinals'])}|\d{{1,2}}(?:st|nd|rd|th))"
    some = r"(?P<vague>(?:a\s)?few|several|some|many|(?:the\s)?last\sfew)"
    number = rf"(?P<number>{numerals().source}|an?|the|a\scouple\sof)"
    more = r"(?P<more>(?:well\s)?(?:more\sthan|over|at\sleast|nearly|almost|about|around|some|roughly)\s)?"
    back = (
        r"(?P<back>(?:(?:(?:over|in|during|within|for|of|throughout)\s(?:the\s)?|the\s)(?:past|last|previous)"
        r"|past|previous)(?:\s|$))?"  # a bare "last" may be a verb: "will last three days"
    )
    lead = r"(?P<for>for\s(?:the\s)?)?"
    counted = rf"(?P<row>\s{row})?"
    nth = rf"(?P<nth>(?P<go>for|entered|entering|enters|into)\s(?:an?|the|its|their|his|her)\s{ordinal}\s(?:{row}\s)?$)"
    again = ordinal.replace("<ordinal>", "<ordinal_in_row>")
    nth_in_row = rf"(?P<nth_in_row>(?:an?|the|its|their)\s{again}\s(?P<row_word>{row}\s)?$)"
    plain = rf"{lead}{back}{more}(?:(?:{number}|{some}){counted})?\s?$"
    return {
        "stretch_before": re.compile(rf"(?:(?<![\w.,-])){nth}|(?<![\w.,-]){nth_in_row}|(?<![\w.,-]){plain}"),
        "stretch_after": re.compile(
            rf"\s(?P<ago>ago|back\b)|\s(?P<earlier>earlier(?!\sthan)|before)\b|\s(?P<later>later(?!\sthan)|after|following)\b"
            rf"|\s(?P<row>running|in\sa\srow|{row})\b|(?P<old>[\s-]old\b|[\s-]of\sage\b)"
        ),
    }


def _sayings(saying: dict[str, Any], released: dict[str, Any]) -> dict[str, re.Pattern[str]]:
    verb, between = choice(saying["verbs"]), choice(saying["between"])
    gap = rf"(?:[\s,]+(?:{between}))*"
    noun, issued = choice(saying["nouns"]), choice(saying["issued"])
    shown, shown_by = choice(released["nouns"]), choice(released["verbs"])
    passive = r"(?<!\bwas\s)(?<!\bwere\s)(?<!\bbeen\s)(?<!\bis\s)(?<!\bare\s)(?<!\bbeing\s)"
    # who is told, as printed with capitals: "told The Associated Press on Friday"; the caller checks the capitals
    told = r"told\s(?P<told>(?:the\s)?[\w'.-]+(?:\s[\w'.-]+){0,3})"
    speaking = r"speaking\s(?:in|at|from|to|with)\s[\w'. -]{1,40}"
    return {
        "says_before": re.compile(
            rf"(?:(?:{passive}\b{verb}|\b{choice(saying['even_passive'])}){gap}|\b{speaking}{gap}|\b{noun}(?:\s{issued}(?:\sby\s[\w'.-]+)?)?{gap})[\s,]+$"
        ),
        "told_before": re.compile(rf"\b{told}{gap}[\s,]+$"),
        "says_after": re.compile(rf"\s(?:also\s)?(?P<verb>{verb})\b(?P<rest>[^.!?\n]{{0,80}})"),
        "released_before": re.compile(rf"\b{shown}\b[^.;!?,]{{0,50}}\b{shown_by}\b[^.;!?,]{{0,30}}$"),
    }
