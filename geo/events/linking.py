"""Which place belongs to which event word: the cheapest way through the sentence, then the list it opens."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from geo.events.triggers import Found
from geo.language.clauses import Clause
from geo.language.patterns import pattern
from geo.model import Resolution, Span
from geo.text import fold

# Costs in "words of distance", each chosen so that the nearer reading wins unless a stronger sign speaks
WORD = 0.35  # one word further away
COMMA = 1.0  # a comma between
CLAUSE = {"main": 6.0, "subordinate": 6.0, "relative": 3.5, "coordinate": 3.0, "apart": 6.0}  # a clause opens between
AT_THE_TIME = frozenset({"as", "while", "when"})
AS_IT_HAPPENED = 3.0  # "... hit a bus as it waited in X"
OTHER_TRIGGER = 3.0  # another event word stands between
BEFORE_NOUN = 1.5  # "Douma saw shelling": the place before the noun is less usual than after it
IN_PLACE = -2.5  # "in Douma", "on the town of X": a locative preposition
OBJECT = -3.0  # "captured Sarkha", "shelled Douma": straight after the verb
FRONTED = -2.0  # "In Douma, ...": the sentence opens with the place
ORIGIN = 6.0  # "from A", "to B": not the scene of most events
PEOPLE = 9.0  # "residents from X": who they are
WIDER = 5.0  # a region or province, where the sentence also names a town
COUNTRY = 3.0  # hardly ever the scene itself
BESIDE = 5.0  # a mark for the direction of another place
SOURCE = 12.0  # "activists in Homs said": where the source is
CONTAINER = 5.0  # "Kafr Zita in Hama province": the wider of the two
TOO_FAR = 14.0  # dearer than this, the word has no place here

WIDE_KINDS = {"country", "governorate", "region", "district"}
MOVES_AWAY = frozenset({"displacement", "withdrawal"})


@dataclass(frozen=True, slots=True)
class Linked:
    """The places of one event word, as indices into the sentence's resolutions; `cost` tells how sure we are."""

    places: tuple[int, ...]
    cost: float


def link(
    text: str,
    sentence: Span,
    clauses: Sequence[Clause],
    found: Found,
    others: Sequence[Found],
    resolutions: Sequence[Resolution],
    containers: Sequence[Span] = (),
) -> Linked:
    """The places where the event of a trigger happened, or none.

    `resolutions` are those of the sentence whose role allows a scene, in order of the text; `containers` the names
    that only say in which province one of them lies.
    """
    folded = fold(sentence.of(text))
    for span in containers:
        folded = _without(folded, span.start - sentence.start, span.end - sentence.start)
    costs = [
        (_cost(folded, sentence, clauses, found, others, resolution, resolutions), index)
        for index, resolution in enumerate(resolutions)
    ]
    if not costs:
        return Linked((), TOO_FAR)
    cost, best = min(costs)
    if cost > TOO_FAR:
        return Linked((), cost)
    words = _without_unknown(sentence.of(text), folded, [r.mention.span for r in resolutions], sentence.start)
    return Linked(tuple(_list_around(words, sentence, best, resolutions)), cost)


def _without(folded: str, start: int, end: int) -> str:
    """The text with "in X province" blanked, so that "A in X province and B" reads as a list."""
    opening = pattern("into_container").search(folded[:start])
    begin = opening.start() if opening else start
    return folded[:begin] + " " * (end - begin) + folded[end:]


def _without_unknown(quote: str, folded: str, names: Sequence[Span], base: int) -> str:
    """The text with capitalised words between two names blanked: a list may hold names that nobody knows."""
    words = list(folded)
    for left, right in itertools.pairwise(sorted(names)):
        for match in pattern("unknown_name").finditer(quote, left.end - base, right.start - base):
            words[match.start() : match.end()] = " " * (match.end() - match.start())
    return "".join(words)


def _cost(
    folded: str,
    sentence: Span,
    clauses: Sequence[Clause],
    found: Found,
    others: Sequence[Found],
    resolution: Resolution,
    resolutions: Sequence[Resolution],
) -> float:
    place = resolution.mention.span
    base = sentence.start
    low, high = (found.span.end, place.start) if found.span.end <= place.start else (place.end, found.span.start)
    between = folded[max(0, low - base) : max(0, high - base)] if low < high else ""
    cost = WORD * len(between.split()) + COMMA * between.count(",")
    after_trigger = place.start >= found.span.end
    for clause in clauses:
        if low <= clause.span.start <= high and clause.span.start > sentence.start:
            cost += AS_IT_HAPPENED if clause.marker in AT_THE_TIME and after_trigger else CLAUSE[clause.kind]
    cost += OTHER_TRIGGER * sum(1 for other in others if low <= other.span.start < high and other is not found)
    before = folded[: place.start - base]
    if after_trigger and found.is_verb and not found.passive and len(between.split()) <= 5 and "," not in between:
        cost += OBJECT
    elif found.passive and not after_trigger:
        cost += OBJECT / 2
    if not after_trigger and not found.passive and not found.is_verb:
        cost += BEFORE_NOUN
    if found.type in MOVES_AWAY:
        cost += ORIGIN if pattern("destination").search(before[-40:]) else 0.0  # the scene is the place left
    elif pattern("people_from").search(folded[: _list_head(folded, base, resolution, resolutions) - base][-80:]):
        cost += PEOPLE
    elif pattern("origin").search(before[-40:]) or pattern("route").search(before[-60:]):
        cost += ORIGIN
    elif pattern("source_place").search(before[-60:]) and not after_trigger:
        cost += SOURCE
    elif pattern("locative").search(before[-60:]):
        cost += IN_PLACE
        if not after_trigger and len(before.split()) <= 6:
            cost += FRONTED
    if resolution.mention.relation == "direction" and any(other.mention.relation == "at" for other in resolutions):
        cost += BESIDE  # "south of X, in Y": Y is the scene
    if resolution.place is not None and resolution.place.kind == "country":
        finer = any(other.place is not None and other.place.kind != "country" for other in resolutions)
        cost += COUNTRY * (2 if finer else 1)
    if _is_container(folded, base, resolution, resolutions) or _holds_another(resolution, resolutions):
        cost += CONTAINER
    elif (
        resolution.place is not None
        and resolution.place.kind in WIDE_KINDS
        and any(other.place is not None and other.place.kind not in WIDE_KINDS for other in resolutions)
    ):
        cost += WIDER
    return cost


def _is_container(folded: str, base: int, resolution: Resolution, resolutions: Sequence[Resolution]) -> bool:
    """Whether the words say that this place only holds the one before it: "X in the suburbs of Y"."""
    at = resolution.mention.span
    before = [other for other in resolutions if other.mention.span.end <= at.start]
    if not before:
        return False
    last = max(before, key=lambda other: other.mention.span)
    if last.mention.relation == "direction" or _contains(last, resolution):
        return False  # "south of X, in Y", "in X province, in Y": Y is the finer one
    gap = folded[last.mention.span.end - base : at.start - base]
    return bool(pattern("inside_gap").search(gap)) and not _are_alike(last, resolution)


def _list_head(folded: str, base: int, resolution: Resolution, resolutions: Sequence[Resolution]) -> int:
    """Where the list begins in which a place stands: what is said before its first member is said of all."""
    start = resolution.mention.span.start
    for other in reversed(resolutions):
        end = other.mention.span.end
        if end <= start and pattern("list_gap").fullmatch(folded[end - base : start - base]):
            start = other.mention.span.start
    return start


def _are_alike(one: Resolution, other: Resolution) -> bool:
    """Whether two places are towns beside each other: "in Daryya, in Harasta" is a list."""
    if one.place is None or other.place is None:
        return False
    return one.place.kind == other.place.kind and one.place.kind not in WIDE_KINDS


def _holds_another(resolution: Resolution, resolutions: Sequence[Resolution]) -> bool:
    """Whether a finer place in the sentence lies inside this one."""
    if resolution.place is None:
        return False
    return any(other.place is not None and resolution.place.id in other.place.within for other in resolutions)


def _list_around(folded: str, sentence: Span, best: int, resolutions: Sequence[Resolution]) -> list[int]:
    """The list ("A, B and C") in which a place stands; only itself where it stands alone."""
    base = sentence.start
    members = [best]
    for step in (-1, 1):
        at, ahead = best, best + step
        while 0 <= ahead < len(resolutions):
            left, right = sorted((resolutions[at], resolutions[ahead]), key=lambda r: r.mention.span)
            if step > 0 and _is_container(folded, base, right, [left]):
                ahead += step  # "A in province B and C in province D": the provinces only hold them
                continue
            left, right = sorted((resolutions[ahead - step], resolutions[ahead]), key=lambda r: r.mention.span)
            gap = folded[left.mention.span.end - base : right.mention.span.start - base]
            if not pattern("and_others").search(gap) and (
                not pattern("list_gap").search(gap) or _contains(right, left) or _contains(left, right)
            ):
                break
            members.append(ahead)
            at, ahead = ahead, ahead + step
    return sorted(members)


def _contains(outer: Resolution, inner: Resolution) -> bool:
    if outer.stands_in or inner.stands_in:
        return False
    return outer.place is not None and inner.place is not None and outer.place.id in inner.place.within
