"""Find many phrases in a text in one pass (Aho-Corasick), whole words only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Generic, NamedTuple, TypeVar

import ahocorasick_rs

from geo.text.fold import fold

Label = TypeVar("Label")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


class Hit(NamedTuple, Generic[Label]):
    """A phrase that was found: `text[start:end]`, and the labels it was given."""

    start: int
    end: int
    labels: tuple[Label, ...]


class Scanner(Generic[Label]):
    """All phrases of some lists, looked for at once.

    `phrases` are (phrase, label) pairs; a phrase may have several labels. Case, quotes and blanks are folded.

    >>> scanner = Scanner([("Douma", "town"), ("air strike", "trigger"), ("strike", "other")])
    >>> [(hit.start, hit.end, hit.labels) for hit in scanner.scan("An air strike hit Douma, not Doumani.")]
    [(3, 13, ('trigger',)), (18, 23, ('town',))]
    """

    def __init__(self, phrases: Iterable[tuple[str, Label]]) -> None:
        labels: dict[str, list[Label]] = {}
        for phrase, label in phrases:
            known = labels.setdefault(fold(phrase), [])
            if label not in known:
                known.append(label)
        self._phrases = sorted(labels)
        self._labels: list[tuple[Label, ...]] = [tuple(labels[phrase]) for phrase in self._phrases]
        self._automaton = ahocorasick_rs.AhoCorasick(self._phrases) if self._phrases else None

    def __len__(self) -> int:
        return len(self._phrases)

    def scan(self, text: str, *, folded: bool = False, every: bool = False) -> list[Hit[Label]]:
        """Hits in order of their start; of overlapping ones the longest, unless `every` asks for all.

        Pass `folded=True` when `text` is already folded.
        """
        if self._automaton is None:
            return []
        haystack = text if folded else fold(text)
        found: list[tuple[int, int, int]] = []
        try:
            matches = self._automaton.find_matches_as_indexes(haystack, overlapping=True)
        except UnicodeEncodeError:  # half a character, as broken JSON may hold: no phrase has one
            haystack = _HALF_CHARACTER.sub("\ufffd", haystack)
            matches = self._automaton.find_matches_as_indexes(haystack, overlapping=True)
        for index, start, end in matches:
            if _is_word_edge(haystack, start) and _is_word_edge(haystack, end):
                found.append((start, -end, index))
        found.sort()
        hits: list[Hit[Label]] = []
        for start, minus_end, index in found:
            if every or not hits or start >= hits[-1].end:
                hits.append(Hit(start, -minus_end, self._labels[index]))
            elif -minus_end - start > hits[-1].end - hits[-1].start:
                hits[-1] = Hit(start, -minus_end, self._labels[index])
        return hits


def _is_word_edge(text: str, at: int) -> bool:
    """Whether a word starts or ends at this offset."""
    return at == 0 or at == len(text) or not (text[at - 1].isalnum() and text[at].isalnum())
