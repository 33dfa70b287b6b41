"""Who stands behind the statements of an incident: one origin told ten times is one source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.incidents.facts import SideOf
from geo.model import Event
from geo.text import fold

_WORD = re.compile(r"\w+")
_SMALL = frozenset({"the", "a", "an", "of", "for", "in", "and"})  # words that do not tell one source from another


def sources(events: Sequence[Event]) -> list[str]:
    """The distinct sources, in order of appearance.

    A source is the origin where one is named ("the agency, quoting state media": state media), else who says so.
    Names count as one when the words of one are among those of the other ("the Observatory").
    The outlet's own voice counts only in a report that names no source for the incident; a sentence printed
    word for word in several reports counts once.
    """
    named_in = {event.report.id for event in events if event.origin or event.said_by}
    found: dict[frozenset[str], str] = {}
    quotes: set[str] = set()
    for event in events:
        speaker = event.origin or event.said_by
        quote = " ".join(fold(event.quote).split())
        if speaker is None and event.report.id in named_in:
            continue
        if quote in quotes:
            continue
        quotes.add(quote)
        name = speaker or event.report.outlet
        words = _telling_words(name) if name else frozenset({f"\0{event.report.id}"})
        if any(words <= known or known <= words for known in found):
            continue
        found[words] = name or "an unnamed outlet"
    return list(found.values())


def _telling_words(name: str) -> frozenset[str]:
    words = frozenset(_WORD.findall(fold(name)))
    return words - _SMALL or words or frozenset({name})


def verification(events: Sequence[Event], *, side_of: SideOf | None = None, contested: bool = False) -> str:
    """How well an incident is attested.

    denied: only denials tell of it. confirmed_by_both_sides: sources of two sides of the conflict tell of it,
    also when each blames the other. contested: somebody denies it, or having done it, or that a place changed hands.
    """
    telling = [event for event in events if event.status != "denied"]
    if not telling:
        return "denied"
    speakers = [event.origin or event.said_by for event in telling]
    sides = {side_of(speaker) for speaker in speakers if speaker} - {None} if side_of else set()
    if len(sides) > 1:
        return "confirmed_by_both_sides"
    if contested or len(telling) < len(events):
        return "contested"
    return "multiple_sources" if len(sources(telling)) > 1 else "single_source"
