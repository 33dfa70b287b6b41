"""Borders as scenes: "along the border between A and B", "the A-B border", "near the Turkish border".

A border is a mention of its own only where the sentence has no town to offer: "the town of X near the Turkish border"
is X. What it resolves to is the line that the two countries share; where only one is named, the other is its neighbour
that the report is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from geo.model import Mention, Sentence, Span
from geo.places import peoples
from geo.places.names import Name
from geo.places.tokens import tokens
from geo.places.words import words

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

COMPASS_GAP = 24  # characters: "Zemblan southeastern border"
KIND = "border"  # the kind hint of such mentions
REACH_LEFT = 40  # characters before a border that may lead to it
_SIDES = re.compile(r" (?:between|of|with|separating|dividing|shared by) (?:the )?")
_SECOND = re.compile(r" (?:and|with|from) (?:the )?")


class _Side(NamedTuple):
    """A country or its people beside a border word; `number` is that of the mention, None for a people."""

    start: int
    end: int
    country: str
    number: int | None


def scenes(
    text: str,
    folded: str,
    names: Sequence[Name],
    mentions: Sequence[Mention],
    sentences: Sequence[Sentence],
    gazetteer: Gazetteer,
) -> list[Mention]:
    """The mentions, with those of borders that may be a scene; `names` and `mentions` belong to each other."""
    hits = [hit for hit in _pattern().finditer(folded) if folded[hit.start() - 1 : hit.start()] != "-"]
    if not hits:
        return list(mentions)
    sides = _sides(text, folded, names, gazetteer)
    changed = dict(enumerate(mentions))
    added: list[Mention] = []
    for hit in hits:
        sentence = next((one for one in sentences if one.span.start <= hit.start() < one.span.end), None)
        if sentence is None or sentence.kind != "body":
            continue
        beside = _beside(folded, hit, sides)
        start = min([hit.start(), *(side.start for side in beside)])
        if not beside or not _leads(folded, max(start - REACH_LEFT, sentence.span.start), start):
            continue
        own = {side.number for side in beside}
        rivals = (
            index
            for index, mention in changed.items()
            if index not in own and mention.role == "open" and sentence.span.contains(mention.span)
            and not names[index].is_country
        )  # fmt: skip
        if any(True for _ in rivals):
            continue
        for index in own - {None}:
            changed.pop(index, None)  # type: ignore[arg-type]
        span = Span(start, max([hit.end(), *(side.end for side in beside)]))
        other = beside[1].country if len(beside) > 1 else None
        added.append(Mention(span, span.of(text), beside[0].country, kind_hint=KIND, relation="between", other=other))
    return sorted([*changed.values(), *added], key=lambda mention: mention.span)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    listed = sorted(words().borders, key=lambda phrase: (-len(phrase), phrase))
    return re.compile(
        rf"\b(?:{'|'.join(map(re.escape, listed))})\b(?! (?:town|village|city|crossing|post|guard|police))"
    )


def _sides(text: str, folded: str, names: Sequence[Name], gazetteer: Gazetteer) -> list[_Side]:
    found = []
    for index, name in enumerate(names):
        country = next((place.name for place in name.places if place.kind == "country"), None)
        if country:
            found.append(_Side(name.start, name.end, country, index))
    for hit in peoples.named(text, folded):
        place = gazetteer.get(hit.labels[0])
        if place:
            found.append(_Side(hit.start, hit.end, place.name, None))
    return sorted(found)


def _beside(folded: str, hit: re.Match[str], sides: Sequence[_Side]) -> list[_Side]:
    """The countries that a border word stands between: one or two, in the order of the text."""
    compass = words().compass
    left: list[_Side] = []
    for side in sides:
        if not 0 < hit.start() - side.end <= COMPASS_GAP:
            continue
        gap = folded[side.end : hit.start()]
        told = gap.removeprefix("'s").split()
        if gap.endswith(" ") and len(told) <= 1 and all(word in compass for word in told):
            left = [side]
    if left:
        ends = [side for side in sides if side.end == left[0].start - 1 and folded[side.end] in "-/"]
        left = ends + left
    right: list[_Side] = []
    if opening := _SIDES.match(folded, hit.end()):
        right = [side for side in sides if side.start == opening.end()][:1]
    if right and not left and (second := _SECOND.match(folded, right[0].end)):
        right += [side for side in sides if side.start == second.end()][:1]
    found = [*left, *right][:2]
    return found if len({side.country for side in found}) == len(found) else []


def _leads(folded: str, low: int, start: int) -> bool:
    """Whether the words before a border lead to it as a place: "along the", "near the long"."""
    told = [token.word for token in tokens(folded, low, start)]
    for at in range(len(told) - 1, max(-1, len(told) - 4), -1):
        if told[at] in ("the", "their", "its"):
            return words().borders_before.ends(told[:at]) > 0
    return words().borders_before.ends(told) > 0
