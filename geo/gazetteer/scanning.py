"""Curated names in running text, found in one pass; case tells "Nice" from "nice"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from geo.gazetteer.memory import family_of
from geo.gazetteer.spelling import Spelling, families, is_arabic, spelling, without_accents
from geo.model import Place
from geo.text import Hit, Scanner, fold

_WORD = re.compile(r"[^\W_]+")
SHORTEST = 2  # letters: "U" is no name, "US" is


class NameScanner:
    """All names of some places, looked for at once.

    A name counts where its first telling word (neither an article nor "eastern", "upper") is written with a capital, as
    in the row; a name whose row writes it in lower case ("bakery checkpoint") counts in any case; all capitals count.
    """

    def __init__(self, places: Iterable[Place]) -> None:
        phrases: dict[tuple[str, tuple[str, int]], None] = {}
        for place in places:
            family = family_of(place.country_iso2, place.names)
            for name in place.names:
                for written in _as_written(name, family):
                    if len(written) >= SHORTEST:
                        phrases[written, (place.id, _telling_word(written))] = None
        self._scanner = Scanner(phrases)

    def scan(self, text: str, *, folded: str | None = None) -> list[Hit[str]]:
        """Hits in order of their start, of overlapping ones the longest; labels are place ids."""
        hits: list[Hit[str]] = []
        crowd: list[Hit[str]] = []  # hits that overlap, waiting for the end of their run
        reach = 0
        for start, end, labels in self._scanner.scan(
            text if folded is None else folded, folded=folded is not None, every=True
        ):
            ids = [id_ for id_, at in labels if at < 0 or not text[start + at].islower()]
            if not ids:
                continue
            if start >= reach and crowd:
                hits += _longest(crowd)
                crowd = []
            crowd.append(Hit(start, end, tuple(dict.fromkeys(ids)) if len(ids) > 1 else (ids[0],)))
            reach = max(reach, end)
        return hits + _longest(crowd)


def _longest(crowd: list[Hit[str]]) -> list[Hit[str]]:
    """Of hits that overlap the longest ones, in order of their start; of equal ones the first."""
    if len(crowd) < 2:
        return crowd
    taken: list[Hit[str]] = []
    for hit in sorted(crowd, key=lambda hit: (hit.start - hit.end, hit.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in taken):
            taken.append(hit)
    return sorted(taken)


def _as_written(name: str, family: str | None) -> Iterator[str]:
    """The ways one name may be printed: with and without accents, apostrophes, hyphens, and its family's article."""
    if is_arabic(name):
        yield name
        return
    for bare in dict.fromkeys((name, without_accents(name))):
        for marked in dict.fromkeys((bare, re.sub(r"(?<=\w)['’‘`´ʼʻʾʿ′](?=\w)", "", bare))):
            for joined in dict.fromkeys((marked, marked.replace("-", " "))):
                yield joined
                if family and joined[:1].isupper() and not _starts_with_article(joined, spelling(family)):
                    yield from (article + joined for article in spelling(family).printed_articles)


def _starts_with_article(name: str, family: Spelling) -> bool:
    first = re.split(r"[\s-]", fold(name), maxsplit=1)[0]
    return first in family.plain_articles or first in family.sun_articles


def _telling_word(name: str) -> int:
    """Where the word starts that must have a capital; -1 where the name is written without one."""
    if is_arabic(name):
        return -1
    known = (*families(), spelling("latin"))
    words = list(_WORD.finditer(name))
    for word in words:
        folded = fold(word.group())
        if any(folded in f.plain_articles or folded in f.sun_articles or folded in f.modifiers for f in known):
            continue
        return word.start() if not word.group()[0].islower() else -1
    return words[0].start() if words and not words[0].group()[0].islower() else -1
