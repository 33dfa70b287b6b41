"""Curated names in running text, found in one pass; case tells "Nice" from "nice"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from geo.gazetteer.memory import family_of
from geo.gazetteer.spelling import Spelling, families, is_arabic, spelling, without_accents
from geo.model import Place
from geo.text import Hit, Scanner, fold

_WORD = re.compile(r"[^\W_]+")
_INNER_MARK = re.compile(r"(?<=\w)['’‘`´ʼʻʾʿ′](?=\w)")
SHORTEST = 2  # letters: "U" is no name, "US" is


class _Label(NamedTuple):
    """The place of a name, where in the name its telling word starts (-1: any case counts), its articles in print."""

    id: str
    telling: int
    articles: tuple[str, ...]


class NameScanner:
    """All names of some places, looked for at once.

    A name counts where its first telling word (neither an article nor "eastern", "upper") is written with a capital, as
    in the row; a name whose row writes it in lower case ("bakery checkpoint") counts in any case; all capitals count.
    An article before a name that has none in its row belongs to the hit ("al-Harak").
    """

    def __init__(self, places: Iterable[Place]) -> None:
        phrases: dict[tuple[str, _Label], None] = {}
        for place in places:
            name_family = family_of(place.country_iso2, place.names)
            family = spelling(name_family) if name_family else None
            for name in place.names:
                for written in _as_written(name):
                    if len(written) >= SHORTEST:
                        phrases[written, _label(place.id, written, family)] = None
        self._scanner = Scanner(phrases)

    def scan(self, text: str, *, folded: str | None = None) -> list[Hit[str]]:
        """Hits in order of their start, of overlapping ones the longest; labels are place ids."""
        folded = fold(text) if folded is None else folded
        hits: list[Hit[str]] = []
        crowd: list[Hit[str]] = []  # hits that overlap, waiting for the end of their run
        reach = 0
        for start, end, labels in self._scanner.scan(folded, folded=True, every=True):
            ids: dict[str, None] = {}
            first = start
            for id_, telling, articles in labels:
                if telling < 0 or not text[start + telling].islower():
                    ids[id_] = None
                    if articles:
                        first = min(first, _with_article(folded, start, articles))
            if not ids:
                continue
            if first >= reach and crowd:
                hits += _longest(crowd)
                crowd = []
            crowd.append(Hit(first, end, tuple(ids)))
            reach = max(reach, end)
        return hits + _longest(crowd)


def _with_article(folded: str, start: int, articles: tuple[str, ...]) -> int:
    """Where a name starts when the article printed before it is counted in."""
    for article in articles:
        at = start - len(article)
        if at >= 0 and folded.startswith(article, at) and (at == 0 or not folded[at - 1].isalnum()):
            return at
    return start


def _longest(crowd: list[Hit[str]]) -> list[Hit[str]]:
    """Of hits that overlap the longest ones, in order of their start; of equal ones the first."""
    if len(crowd) < 2:
        return crowd
    taken: list[Hit[str]] = []
    for hit in sorted(crowd, key=lambda hit: (hit.start - hit.end, hit.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in taken):
            taken.append(hit)
    return sorted(taken)


def _as_written(name: str) -> Iterator[str]:
    """The ways one name may be printed: with and without accents, apostrophes and hyphens."""
    if is_arabic(name):
        yield name
        return
    for bare in dict.fromkeys((name, without_accents(name))):
        for marked in dict.fromkeys((bare, _INNER_MARK.sub("", bare))):
            yield from dict.fromkeys((marked, marked.replace("-", " ")))


def _label(id_: str, name: str, family: Spelling | None) -> _Label:
    articles = (
        family.printed_articles if family and name[0].isupper() and not _starts_with_article(name, family) else ()
    )
    return _Label(id_, _telling_word(name), articles)


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
