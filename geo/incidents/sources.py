"""Who stands behind the statements of an incident: one origin told ten times is one source."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from geo.incidents.facts import WATCHING, IdOf, SideOf
from geo.model import Event
from geo.text import fold

COPIED_WORDS = 8  # so many words in a row, the same in two reports, were copied: both print one text
OUTSIDE = frozenset({WATCHING, "foreign"})  # these sides watch or support; they are not the two that fight
_WORD = re.compile(r"\w+")
_SMALL = frozenset({"the", "a", "an", "of", "for", "in", "and"})  # words that do not tell one source from another


class Voices:
    """The voices in which the statements of an incident speak, by number.

    A voice is that of the origin where one is named ("the agency, quoting state media": state media), else of who says
    so. Names are of one voice where the pack knows both as one body, or when the words of one are among those of the
    other ("the Observatory"). An outlet speaks in one voice in all its reports, and all that print one text in one.
    """

    def __init__(self, events: Sequence[Event], *, id_of: IdOf | None = None) -> None:
        self._id_of = id_of
        self._texts = _Texts(events)
        self._names: list[str] = []
        self._known: dict[frozenset[str], int] = {}
        self._with_word: dict[str, list[frozenset[str]]] = defaultdict(list)
        self._of_text: dict[str, int] = {}
        self._of = {event.id: self._voice(event) for event in events}

    def __getitem__(self, event: Event) -> int:
        return self._of[event.id]

    def name(self, voice: int) -> str:
        """The voice as first printed."""
        return self._names[voice]

    def differ(self, events: Iterable[Event]) -> bool:
        """Whether more than one voice speaks in these statements."""
        return len({self[event] for event in events}) > 1

    def witnesses(self, events: Iterable[Event]) -> list[int]:
        """The voices that count: an outlet's own not where its text names another one, nor what is copied."""
        events = list(events)
        naming = {self._texts.of(event) for event in events if event.origin or event.said_by}
        found: dict[int, None] = {}
        for event in events:
            named = bool(event.origin or event.said_by)
            if event.id not in self._texts.copied and (named or self._texts.of(event) not in naming):
                found[self[event]] = None
        return list(found) or [self[event] for event in events[:1]]

    def _voice(self, event: Event) -> int:
        speaker, outlet = event.origin or event.said_by, event.report.outlet
        if speaker is not None:
            known = self._id_of(speaker) if self._id_of else None
            return self._of_words(frozenset({f"\0{known}"}) if known else _telling_words(speaker), speaker)
        text = self._texts.of(event)
        if text not in self._of_text:
            words = _telling_words(outlet) if outlet else frozenset({f"\0\0{text}"})
            self._of_text[text] = self._of_words(words, outlet or "an unnamed outlet")
        return self._of_text[text]

    def _of_words(self, words: frozenset[str], name: str) -> int:
        if words not in self._known:
            alike = (others for word in sorted(words) for others in self._with_word[word])
            same = next((others for others in alike if words <= others or others <= words), None)
            if same is None:
                self._names.append(name)
            self._known[words] = len(self._names) - 1 if same is None else self._known[same]
            for word in words:
                self._with_word[word].append(words)
        return self._known[words]


class _Texts:
    """Which reports print one text, in whole or in part, and which statements were copied from an earlier one."""

    def __init__(self, events: Sequence[Event]) -> None:
        self._root: dict[str, str] = {}
        self.copied: set[str] = set()
        first: dict[tuple[str, ...], Event] = {}
        for event in events:
            self._root.setdefault(event.report.id, event.report.id)
            for run in _runs(event.quote):
                earlier = first.setdefault(run, event)
                if earlier.report.id != event.report.id:
                    self.copied.add(event.id)
                    self._root[self._find(event.report.id)] = self._find(earlier.report.id)

    def of(self, event: Event) -> str:
        """The report whose text the statement's report prints: its own, or an earlier one's."""
        return self._find(event.report.id)

    def _find(self, report: str) -> str:
        while self._root[report] != report:
            report = self._root[report]
        return report


def _runs(quote: str) -> list[tuple[str, ...]]:
    words = _WORD.findall(fold(quote))
    return [tuple(words[i : i + COPIED_WORDS]) for i in range(max(1, len(words) - COPIED_WORDS + 1))]


def _telling_words(name: str) -> frozenset[str]:
    words = frozenset(_WORD.findall(fold(name)))
    return words - _SMALL or words or frozenset({name})


def sources(events: Sequence[Event], *, id_of: IdOf | None = None) -> list[str]:
    """The distinct sources, in order of appearance, as first printed."""
    voices = Voices(events, id_of=id_of)
    return [voices.name(voice) for voice in voices.witnesses(events)]


def verification(
    events: Sequence[Event], *, voices: Voices, side_of: SideOf | None = None, contested: bool = False
) -> str:
    """How well an incident is attested.

    denied: only denials tell of it. confirmed_by_both_sides: sources of two sides of the conflict tell of it,
    also when each blames the other. contested: somebody denies it, or having done it, or that a place changed hands.
    """
    telling = [event for event in events if event.status != "denied"]
    if not telling:
        return "denied"
    speakers = [event.origin or event.said_by for event in telling]
    sides = {side_of(speaker) for speaker in speakers if speaker} - {None} - OUTSIDE if side_of else set()
    if len(sides) > 1:
        return "confirmed_by_both_sides"
    if contested or len(telling) < len(events):
        return "contested"
    return "multiple_sources" if len(voices.witnesses(telling)) > 1 else "single_source"
