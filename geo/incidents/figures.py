"""Which of the victims a figure counts: all of them, the children among them, those of a whole month."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from geo.files import load, shipped
from geo.language import quantities
from geo.language.patterns import load_patterns
from geo.model import Event, Span, Toll
from geo.text import fold

WORDS_TO_NOUN = 3  # "seven young government soldiers": so many words at most from a number to what it counts
_WORD = re.compile(r"\s+([\w'-]+)")


class Figure(NamedTuple):
    """A toll with what it counts: `group` is a kind of victim, None for everybody.

    `share` is "all" of the group, those "among" others told of, or "more" on top of others (or over a longer time).
    """

    kind: str
    group: str | None
    low: int | None
    high: int | None
    share: str = "all"

    @property
    def value(self) -> str | None:
        """The figure as a claim.

        >>> [Figure("killed", *rest).value for rest in ((None, 2, 2), ("child", 5, None), ("soldier", 1, 1))]
        ['2 killed', 'at least 5 children killed', '1 soldier killed']
        """
        number = _number(self.low, self.high)
        if number is None or self.group is None or self.group in _victims().loose:
            return f"{number} {self.kind}" if number else None
        return f"{number} {_victims().names[self.group][number != '1']} {self.kind}"


class _Victims(NamedTuple):
    group_of: dict[str, str]
    names: dict[str, tuple[str, str]]
    loose: frozenset[str | None]
    apart: frozenset[str | None]
    everybody: frozenset[str]
    patterns: dict[str, re.Pattern[str]]


@cache
def _victims() -> _Victims:
    path = shipped("english/victims.yaml")
    data, patterns = load(path).data, load_patterns(path)
    return _Victims(
        {str(word): group for group, words in data["groups"].items() for word in words},
        {group: (str(words[0]), str(words[1])) for group, words in data["groups"].items()},
        frozenset(data["loose"]) | {None},
        frozenset(data["apart"]),
        frozenset(data["lists"]["everybody"]),
        {name: pattern.regex for name, pattern in patterns.items()},
    )


def figures(event: Event) -> tuple[Figure, ...]:
    """What the figures of a statement count: its tolls, and the numbers given for one kind of victim among them."""
    if not event.tolls:
        return ()
    sentence = event.span
    text = fold(event.report.text[: sentence.end])
    long_run = bool(_victims().patterns["long_run"].search(text, sentence.start))
    found = [_figure(event, toll, text, long_run) for toll in event.tolls]
    counted = [toll.span for toll in event.tolls if toll.span]
    if long_run or not counted:
        return tuple(found)
    for number in quantities(event.report.text, sentence.start, sentence.end):
        if any(number.span.overlaps(span) for span in counted):
            continue
        group = _group_of(text, number.span)
        if group and _share(text, sentence.start, number.span) == "among":
            told = [toll for toll in event.tolls if toll.span and toll.span < number.span] or event.tolls
            found.append(Figure(told[-1].kind, group, number.low, number.high, "among"))
    return tuple(dict.fromkeys(found))


def clash(one: Figure, other: Figure) -> bool:
    """Whether two figures cannot both be right: of one group, or more of a group than there were of all.

    >>> clash(Figure("killed", None, 3, 3), Figure("killed", "child", 5, None))
    True
    >>> clash(Figure("killed", None, 9, 9), Figure("killed", "child", 5, None))
    False
    """
    if one.kind != other.kind or "more" in (one.share, other.share):
        return False
    loose, apart = _victims().loose, _victims().apart
    if one.group == other.group or (one.share == other.share == "all" and {one.group, other.group} <= loose):
        return _below(one, other) or _below(other, one)
    if {one.group, other.group} & apart:
        return False
    if one.group is None and one.share == "all":
        return _below(one, other)
    return other.group is None and other.share == "all" and _below(other, one)


def _below(one: Figure, other: Figure) -> bool:
    return one.high is not None and other.low is not None and one.high < other.low


def _figure(event: Event, toll: Toll, text: str, long_run: bool) -> Figure:
    sentence = event.span
    if long_run:
        return Figure(toll.kind, None, toll.low, toll.high, "more")
    if toll.span is None or not sentence.contains(toll.span):
        return Figure(toll.kind, None, toll.low, toll.high)
    own = quantities(text, toll.span.start, toll.span.end)
    summed = bool(own) and (own[0].low, own[0].high) != (toll.low, toll.high)
    group = None if summed else _group_of(text, toll.span)
    share = _share(text, sentence.start, toll.span)
    if share == "more" and any(t.kind != toll.kind and t.span and t.span < toll.span for t in event.tolls):
        share = "all"  # "two dead and nine others hurt": others than the dead
    return Figure(toll.kind, group, toll.low, toll.high, share)


def _share(text: str, start: int, number: Span) -> str:
    before, after, patterns = text[start : number.start], text[number.end :], _victims().patterns
    for share in ("among", "more"):
        if patterns[f"{share}_before"].search(before) or patterns[f"{share}_after"].search(after):
            return share
    return "all"


def _group_of(text: str, number: Span) -> str | None:
    """The kind of victim that a number counts, None where it counts everybody or the noun is unknown."""
    victims, at = _victims(), number.end
    for _ in range(WORDS_TO_NOUN):
        word = _WORD.match(text, at)
        if word is None or word[1] in victims.everybody:
            break
        if word[1] in victims.group_of:
            return victims.group_of[word[1]]
        at = word.end()
    *_, last = number.of(text).split() or [""]  # "a young man" is a number too
    return victims.group_of.get(last)


def _number(low: int | None, high: int | None) -> str | None:
    if low is None and high is None:
        return None
    if low == high:
        return f"{low}"
    if high is None:
        return f"at least {low}"
    if low is None:
        return f"at most {high}"
    return f"{low} to {high}"
