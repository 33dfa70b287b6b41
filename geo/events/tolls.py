"""How many people an event killed or injured: numbers bound to the words that count the dead and the hurt."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from geo.files import load, shipped
from geo.language.numbers import Quantity, quantities
from geo.language.patterns import pattern
from geo.model import Span, Toll
from geo.text import Scanner, expand, fold

REACH_AFTER = 90  # characters from a number to "were killed": room for "people, most of them women,"
REACH_BEFORE = 22  # characters from "killed" to its number: "killed in the town three ..." is too far


@dataclass(frozen=True, slots=True)
class _Words:
    scanner: Scanner[tuple[str, str]]


@cache
def _words() -> _Words:
    data = load(shipped("english/casualties.yaml")).data
    phrases: list[tuple[str, tuple[str, str]]] = []
    for kind in ("killed", "injured"):
        for side in ("takes", "follows"):
            phrases += [(p, (kind, side)) for pattern in data[kind][side] for p in expand(pattern) if p]
    for kind in ("deadly", "none"):
        phrases += [(p, (kind, "alone")) for pattern in data[kind] for p in expand(pattern) if p]
    return _Words(Scanner(phrases))


def tolls(text: str, start: int = 0, end: int | None = None) -> tuple[Toll, ...]:
    """The tolls told in `text[start:end]`, at most one of each kind; silence is no toll.

    >>> [(t.kind, t.low, t.high) for t in tolls("A bomb killed two people and injured more than 100.")]
    [('killed', 2, 2), ('injured', 100, None)]
    """
    end = len(text) if end is None else end
    folded = " " * start + fold(text[start:end])  # offsets stay those of the text
    words = [
        (Span(start + hit.start, start + hit.end), hit.labels)
        for hit in _words().scanner.scan(folded[start:end], folded=True)
    ]
    bound: dict[str, list[Quantity]] = {"killed": [], "injured": []}
    numbers = [
        q for q in quantities(text, start, end) if not pattern("part_of_number").search(folded[start : q.span.start])
    ]
    for number in numbers:
        kind = _kind(folded, number, words, numbers)
        if kind:
            bound[kind].append(number)
    found: list[Toll] = []
    for kind, counted in bound.items():
        if counted:
            found.append(_sum(folded, kind, counted))
    for span, labels in words:
        if ("none", "alone") in labels:
            found = [toll for toll in found if toll.kind != "killed"] + [Toll("killed", 0, 0, span)]
        elif ("deadly", "alone") in labels and not bound["killed"] and not any(t.kind == "killed" for t in found):
            found.append(Toll("killed", 1, None, span))
    return tuple(sorted(found, key=lambda toll: toll.kind, reverse=True))


def _kind(
    folded: str,
    number: Quantity,
    words: Sequence[tuple[Span, tuple[tuple[str, str], ...]]],
    numbers: Sequence[Quantity],
) -> str | None:
    """Whether a number counts the killed or the injured: the word right before it, else the nearest one after."""
    for span, labels in reversed(words):
        gap = folded[span.end : number.span.start]
        if span.end <= number.span.start and len(gap) <= REACH_BEFORE and not pattern("number_apart").search(gap):
            taking = [kind for kind, side in labels if side == "takes"]
            if taking and not any(span.end <= n.span.start < number.span.start for n in numbers):
                return taking[0]
    for at, (span, labels) in enumerate(words):
        gap = folded[number.span.end : span.start]
        if span.start >= number.span.end and len(gap) <= REACH_AFTER:
            if _has_its_own(folded, at, words, numbers) and not pattern("passive").search(gap):
                return None  # "two car bombs killed 25": the number before counts the bombs
            if any(number.span.end <= n.span.start < span.start for n in numbers) and not _joined(
                folded, number, numbers
            ):
                return None
            following = [kind for kind, side in labels if side == "follows"]
            if following:
                return following[0]
        elif span.start < number.span.end < span.end:
            following = [kind for kind, _ in labels if kind in ("killed", "injured")]
            if following:
                return following[0]
    return None


def _has_its_own(
    folded: str,
    at: int,
    words: Sequence[tuple[Span, tuple[tuple[str, str], ...]]],
    numbers: Sequence[Quantity],
) -> bool:
    """Whether a word that takes its number after it ("killed 25") has one there, which no later word counts."""
    word, labels = words[at]
    following = next((n for n in numbers if n.span.start >= word.end), None)
    if following is None or not any(side == "takes" for _, side in labels):
        return False
    gap = folded[word.end : following.span.start]
    if len(gap) > REACH_BEFORE or "," in gap or pattern("number_apart").search(gap):
        return False
    later = words[at + 1] if at + 1 < len(words) else None
    if later is None or later[1] == labels:
        return True
    between = folded[following.span.end : later[0].start]
    return len(between) > REACH_BEFORE or bool(pattern("number_apart").search(between))


def _joined(folded: str, number: Quantity, numbers: Sequence[Quantity]) -> bool:
    """Whether the next number is added to this one: "three soldiers and two civilians"."""
    following = next((n for n in numbers if n.span.start >= number.span.end), None)
    return following is not None and bool(pattern("number_and").search(folded[number.span.end : following.span.start]))


def _sum(folded: str, kind: str, counted: Sequence[Quantity]) -> Toll:
    """One toll of several numbers: those joined by "and" are added, of others the first stands."""
    low, high = counted[0].low, counted[0].high
    for before, number in itertools.pairwise(counted):
        if not pattern("number_and").search(folded[before.span.end : number.span.start]):
            break
        low = None if low is None or number.low is None else low + number.low
        high = None if high is None or number.high is None else high + number.high
    return Toll(kind, low, high, counted[0].span)
