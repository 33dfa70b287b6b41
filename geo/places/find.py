"""Find the place names of a report, without a model: known names, and unknown ones that their words give away."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.language import split
from geo.model import Mention, Place, Report, Sentence, Span
from geo.places import borders, evidence, roles, trust
from geo.places import phrase as phrases
from geo.places.lists import listed
from geo.places.names import Name, covering
from geo.places.tokens import arabic, around, has_arabic, is_title_case, runs, words_beside
from geo.places.words import IN_THE_NAME, Words, words
from geo.text import Scanner, fold

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

SURE = 0.9  # a name as the gazetteer writes it, or one of its spellings
ALIKE = 0.74  # a name with the consonants of a listed one, more than one word long
PREFIXED = frozenset({"village", "neighbourhood"})
LONGEST_NAME = 5  # words: longer runs are looked up in parts
AREAS = frozenset({"country", "governorate", "district", "region"})
_INITIAL = re.compile(r"\b[A-Z]\w+ [A-Z]\. $")  # "Peter W. Merrow"


def find(report: Report, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> list[Mention]:
    """Every place name in a report, in order, each with the role its own words give it ("open" where events decide).

    Known names are taken where they stand as names; unknown ones only where a preposition or a class noun says that a
    place is meant ("in the village of X"), so that persons and organisations stay out. `sentences` are those of
    `geo.language.split`; without any, the text is split here.
    """
    text = report.text
    folded = fold(text)
    sentences = sentences or split(text, title=report.title) or [Sentence(Span(0, len(text)), "body", 0)]
    finder = _Finder(text, folded, sentences, gazetteer)
    names = finder.names()
    mentions = roles.assign(text, folded, names, sentences)
    return borders.scenes(text, folded, names, mentions, sentences, gazetteer)


def mark(
    report: Report, spans: Sequence[Span], gazetteer: Gazetteer, *, sentences: Sequence[Sentence] = ()
) -> list[Mention]:
    """Mentions for names that somebody else has found: what the words around each span say, in the order given."""
    text = report.text
    folded = fold(text)
    parts = sentences or split(text, title=report.title) or [Sentence(Span(0, len(text)), "body", 0)]
    finder = _Finder(text, folded, parts, gazetteer)
    order = sorted(range(len(spans)), key=lambda index: spans[index])
    names = [finder.given(spans[index]) for index in order]
    marked = roles.assign(text, folded, names, parts)
    return [mention for _, mention in sorted(zip(order, marked, strict=True), key=lambda pair: pair[0])]


class _Finder:
    """One pass over one report."""

    def __init__(self, text: str, folded: str, sentences: Sequence[Sentence], gazetteer: Gazetteer) -> None:
        self.text, self.folded, self.sentences, self.gazetteer = text, folded, sentences, gazetteer
        self.lexicon: Words = words()
        self.title_case = [is_title_case(sentence.span.of(text)) for sentence in sentences]
        self.persons: set[str] = set()
        self._passed: list[tuple[int, int, int, list[tuple[int, int]]]] = []
        self.small = trust.uncapitalised(text)
        self._known: dict[str, tuple[Place, ...]] = {}
        self.focus: set[str] = set()  # countries that the report names or whose people it names

    def names(self) -> list[Name]:
        found = self._seats(self._curated())
        self.focus = trust.countries(self.text, self.folded, found, self.gazetteer)
        found += self._from_runs(found)
        found += self._arabic(found)
        found = self._lists(found)
        found.sort(key=lambda name: (name.start, -name.end))
        found = _without_overlaps(found)
        found = self._joined_by_hyphen(found)
        evidence.share(found, self.folded)
        return self._accepted(found)

    def given(self, span: Span) -> Name:
        """A name whose span is given."""
        places = self._look_up(span.start, span.end)
        return self._name(span.start, span.end, self._sentence_at(span.start), places=places, curated=True)

    # -- known names ---------------------------------------------------------------------------------------------

    def _curated(self) -> list[Name]:
        """Names of curated rows, written as names."""
        found: list[Name] = []
        hits = self.gazetteer.scan(self.text, folded=self.folded)
        at = 0
        for hit in hits:
            while at < len(self.sentences) - 1 and self.sentences[at].span.end <= hit.start:
                at += 1
            sentence = self.sentences[at]
            if sentence.kind == "source" or not sentence.span.contains(Span(hit.start, hit.end)):
                continue
            start, labels = self._after_compass(hit.start, hit.end), hit.labels
            if start > hit.start:
                inner = [one for one in self.gazetteer.scan(self.text[start : hit.end]) if start + one.end == hit.end]
                if not inner:
                    continue
                start, labels = start + inner[0].start, inner[0].labels
            if self.lexicon.landmarks.ends(self.folded[max(0, start - 12) : start].split()):
                continue  # "Lake Quern" is not Quern
            places = tuple(place for label in labels if (place := self.gazetteer.get(label)) is not None)
            if self._is_written_as_name(start, hit.end, places):
                found.append(self._name(start, hit.end, at, places=places, curated=True))
        return found

    def _after_compass(self, start: int, end: int) -> int:
        """Where the name starts once "western" is cut from "south-western X", which is not in western X."""
        if start < 2 or self.folded[start - 1] not in "- ":
            return start
        first = self.folded[start:end].split(" ", 1)[0]
        last = self.folded[max(0, start - 8) : start - 1].split(" ")[-1]
        if first in self.lexicon.compass and f"{last}-{first}" in self.lexicon.compass:
            return start + len(first) + 1
        return start

    def _is_written_as_name(self, start: int, end: int, places: tuple[Place, ...]) -> bool:
        """Capitals where a name has them; names of three letters or fewer exactly as the gazetteer writes them."""
        printed = self.text[start:end]
        if has_arabic(printed):
            return True
        if len(printed) <= 3:
            return any(printed in (place.name, *place.names) for place in places)
        named = any(printed in (place.name, *place.names) for place in places)
        if printed.isupper() and len(printed) <= 5 and not named:  # an acronym, unless it opens a line: "CAIRO:"
            return not self.text[self.text.rfind("\n", 0, start) + 1 : start].strip()
        parts = printed.replace("-", " ").split()
        lexicon = self.lexicon
        telling = [part for part in parts if fold(part) not in lexicon.compass and fold(part) not in lexicon.particles]
        telling = [part for part in telling if fold(part) not in lexicon.kinds] or telling
        if any(part[:1].isupper() or (part[:1] in "'’‘" and part[1:2].isupper()) for part in telling):
            return True
        if any(part[:1].isupper() for part in parts):
            return True
        return len(parts) > 1 and lexicon.kinds.get(fold(parts[-1])) in IN_THE_NAME  # "the bakery checkpoint"

    def _seats(self, found: list[Name]) -> list[Name]:
        """Buildings, streets and blocs that stand for governments ("the Kremlin"), beside the curated names."""
        ends = {name.end: name for name in found}
        for hit in _seats().scan(self.folded, folded=True):
            printed = self.text[hit.start : hit.end]
            last = printed.split()[-1]
            followed = self.text[hit.end : hit.end + 2]
            if not last[0].isupper() or (followed[:1] in (" ", "-") and followed[1:].isupper()):
                continue  # "the west", "the West Bank"
            start = hit.end - len(last) if printed.startswith(("the ", "The ")) else hit.start
            number = self._sentence_at(start)
            if self.folded[hit.end : hit.end + 4] == " of " or self.sentences[number].kind == "source":
                continue
            listed = ends.get(hit.end)
            if listed is None or listed.start > start:
                listed = self._name(start, hit.end, number, curated=True)
                found.append(listed)
            listed.seat = True
        return _without_overlaps(sorted(found, key=lambda name: (name.start, -name.end)))

    def _lists(self, found: list[Name]) -> list[Name]:
        """The members of lists under one class noun, in place of what else was found there."""
        members: list[Name] = []
        for number, sentence in enumerate(self.sentences):
            if sentence.kind == "source" or self.title_case[number]:
                continue
            for member in listed(self.text, self.folded, sentence.span, self._known_by):
                start, end = member.span.start, member.span.end
                name = self._name(start, end, number, places=self._look_up(start, end))
                name.run, name.strong, name.barred = [(start, end)], True, False
                name.phrase = replace(name.phrase, kind_hint=member.kind, plural=True, of_kind=True)
                members.append(name)
        kept = [
            name
            for name in found
            if (name.curated and any(m.start == name.start and m.end == name.end for m in members))
            or not any(m.start < name.end and name.start < m.end for m in members)
        ]
        standing = {(name.start, name.end) for name in kept}
        return kept + [m for m in members if (m.start, m.end) not in standing]

    def _known_by(self, start: int, end: int) -> float:
        """How surely the gazetteer knows a stretch of the text: its best score, 0 below a shared key."""
        best = max((candidate.score for candidate in self.gazetteer.lookup(self.text[start:end])), default=0.0)
        return best if best >= ALIKE else 0.0

    # -- capitalised runs ----------------------------------------------------------------------------------------

    def _from_runs(self, curated: list[Name]) -> list[Name]:
        """Names of bulk rows and names nobody knows: pieces of capitalised runs that no curated name covers."""
        found: list[Name] = []
        at = 0
        for number, sentence in enumerate(self.sentences):
            if sentence.kind == "source":
                continue
            for run in runs(self.text, sentence.span.start, sentence.span.end):
                while at < len(curated) and curated[at].end <= run[0][0]:
                    at += 1
                inside = []
                for name in curated[at : at + 8]:
                    if name.start >= run[-1][1]:
                        break
                    name.run = _beside(run, name)
                    inside.append(name)
                self._note_person(run)
                for piece in self._pieces(run, inside):
                    if candidate := self._candidate(piece, number, run):
                        found.append(candidate)
        return found

    def _pieces(self, run: list[tuple[int, int]], inside: list[Name]) -> list[list[tuple[int, int]]]:
        """The run without curated names and without words that are never places."""
        if inside and len(run) <= LONGEST_NAME and inside[0].start <= run[0][0] and inside[-1].end >= run[-1][1]:
            return []
        pieces: list[list[tuple[int, int]]] = [[]]
        for start, end in run:
            word = self.folded[start:end]
            covered = any(name.start < end and start < name.end for name in inside)
            if covered or word in self.lexicon.never or word.removesuffix("s") in self.lexicon.never:
                pieces.append([])
            else:
                pieces[-1].append((start, end))
        return [piece for piece in pieces if piece]

    def _note_person(self, run: list[tuple[int, int]]) -> None:
        """Remember the surnames of persons named in full or with a title."""
        told = [self.folded[start:end] for start, end in run]
        if _INITIAL.search(self.text, max(0, run[0][0] - 24), run[0][0]):
            self.persons.add(told[0])
        for index, word in enumerate(told[:-1]):
            if word in self.lexicon.first_names or word in self.lexicon.titles:
                for surname in told[index + 1 :]:
                    bare = surname.split("-", 1)[-1] if surname.split("-", 1)[0] in self.lexicon.particles else surname
                    self.persons.update((surname, bare, surname + "s", bare + "s"))  # an apostrophe may be lost
                break

    def _candidate(self, piece: list[tuple[int, int]], number: int, run: list[tuple[int, int]]) -> Name | None:
        """A piece of a run as a name, None where it cannot be one."""
        lexicon = self.lexicon
        told = [self.folded[start:end] for start, end in piece]
        prefixed = len(told) > 1 and lexicon.kinds.get(told[0]) in PREFIXED and not self._is_name(piece, whole=piece)
        if prefixed:
            piece, told = piece[1:], told[1:]  # "Barangay Quern": the class noun, capitalised
        part = told[0] in lexicon.compass and len(told) > 1 and not self._look_up(piece[0][0], piece[-1][1])
        if part and (told[0].endswith("ern") or self._is_name(piece[1:], whole=piece)):
            piece, told = piece[1:], told[1:]  # "Northern Quern": a part, unless the gazetteer knows better
        of_kind = words_beside(self.folded, piece[0][0], piece[-1][1])[1] in lexicon.kinds
        best = self._longest_known(piece) if len(piece) > 1 else None
        if best and (best[-1] == piece[-1] or not of_kind):  # "Quern Ostby village" is not Quern
            piece = best
            told = [self.folded[start:end] for start, end in piece]
        start, end = piece[0][0], piece[-1][1]
        kind_words = [word for word in told if word in lexicon.kinds]
        if all(word in lexicon.kinds or word in lexicon.compass or lexicon.is_demonym(word) for word in told):
            return None
        places = self._look_up(start, end) if len(piece) <= LONGEST_NAME else ()
        if not places and self.folded[end - 1] != "s":
            before, after = words_beside(self.folded, start, end)
            if (
                not (kind_words or prefixed)
                and before not in lexicon.before_places
                and after not in lexicon.after_places
            ):
                self._passed.append((start, end, number, run))  # unknown, and nothing beside it can say "place"
                return None
        name = self._name(start, end, number, places=places)
        name.run = _beside(run, name)
        if prefixed:
            name.strong, name.barred = True, False
        small = not trust.is_well_known(places)
        if small and self.folded[end - 1] == "s":  # "Querns president": an apostrophe was lost
            stem = self.folded[start : end - 1]
            listed = [place for place in self._look_up(start, end - 1) if place.curated]
            owners = tuple(place for place in listed if stem in map(fold, (place.name, *place.names)))
            if owners:
                name.end, name.places, name.curated, name.barred = end - 1, owners, True, False
                name.phrase = replace(name.phrase, end=end, kind_hint=None, of_kind=False)  # "Querns city of Abber"
        return name

    def _longest_known(self, piece: list[tuple[int, int]]) -> list[tuple[int, int]] | None:
        """The longest part of a piece that the gazetteer knows as it is written, at least half of it."""
        count = len(piece)
        for length in range(min(count, LONGEST_NAME), (count + 1) // 2 - 1, -1):
            for first in range(count - length + 1):
                part = piece[first : first + length]
                if self._is_name(part, whole=piece):
                    return part
        return None

    def _is_name(self, part: list[tuple[int, int]], *, whole: list[tuple[int, int]]) -> bool:
        """Whether part of a run is a listed name: no lone particle or direction, and no "Kivu" of "North Kivu"."""
        lexicon = self.lexicon
        told = [self.folded[start:end] for start, end in part]
        if all(word in lexicon.particles or word in lexicon.compass or word in lexicon.kinds for word in told):
            return False
        listed = self._look_up(part[0][0], part[-1][1])
        first = self.folded[whole[0][0] : whole[0][1]]
        if part[0] != whole[0] and first in lexicon.compass and not first.endswith("ern"):
            key = self.folded[part[0][0] : part[-1][1]]
            return any(key in map(fold, (place.name, *place.names)) for place in listed)
        return bool(listed)

    def _look_up(self, start: int, end: int) -> tuple[Place, ...]:
        """Places that bear exactly this name."""
        key = self.folded[start:end]
        if key not in self._known:
            candidates = self.gazetteer.lookup(self.text[start:end])
            self._known[key] = tuple(candidate.place for candidate in candidates if candidate.score >= SURE)
        return self._known[key]

    # -- Arabic script -------------------------------------------------------------------------------------------

    def _arabic(self, curated: list[Name]) -> list[Name]:
        """Names in Arabic script: the longest groups of words that the gazetteer knows, also behind "and" or "in"."""
        found: list[Name] = []
        if not has_arabic(self.text):
            return found
        for run in arabic(self.text):
            first = 0
            while first < len(run):
                for length in range(min(4, len(run) - first), 0, -1):
                    start, end = run[first][0], run[first + length - 1][1]
                    if covering(curated, start) or covering(curated, end - 1):
                        continue
                    clitic = 1 if self.text[start] in "وفبلك" and end - start > 3 else 0
                    skip = next((n for n in (0, clitic) if self._look_up(start + n, end)), None)
                    if skip is not None and end - start - skip >= 3:
                        name = self._name(
                            start + skip, end, self._sentence_at(start), places=self._look_up(start + skip, end)
                        )
                        name.strong = True
                        found.append(name)
                        first += length - 1
                        break
                first += 1
        return found

    def _sentence_at(self, offset: int) -> int:
        number = bisect_right(self.sentences, offset, key=lambda sentence: sentence.span.end)
        return min(number, len(self.sentences) - 1)

    # -- evidence ------------------------------------------------------------------------------------------------

    def _name(
        self, start: int, end: int, number: int, *, places: tuple[Place, ...] = (), curated: bool = False
    ) -> Name:
        span = self.sentences[number].span
        near = around(self.folded, start, end, low=span.start, high=span.end)
        name = Name(start, end, number, places=places, curated=curated, near=near)
        name.in_heading = self.title_case[number]
        key = self.folded[start:end]
        name.exact = any(key == fold(listed) for place in places for listed in (place.name, *place.names))
        name.obscure = bool(places) and not curated and not trust.is_likely(places, self.focus)
        name.ordinary = not curated and trust.is_ordinary(self.text, self.folded, start, end, self.small)
        if not name.exact and not curated and not any(place.country_iso2 in self.focus for place in places):
            name.places = places = ()  # of all the world's towns one always sounds like it
            name.obscure = False
        areas = bool(places) and all(place.kind in AREAS for place in places)
        name.phrase = phrases.read(start, end, near, name=self.folded[start:end], is_area=areas)
        evidence.weigh(name, self.text, self.folded, span.of(self.text), self.persons)
        return name

    def _joined_by_hyphen(self, names: list[Name]) -> list[Name]:
        """ "the Quern-Abber road": two names and a way are one mention, between the two."""
        joined: list[Name] = []
        for name in names:
            last = joined[-1] if joined else None
            if last and name.start - last.end == 1 and self.folded[last.end] == "-" and (last.places or name.places):
                after = name.near.after
                if any(word in self.lexicon.routes for word in after[:2]):
                    last.phrase = phrases.Phrase(
                        last.phrase.start, name.phrase.end, last.phrase.lead, kind_hint="route", relation="between"
                    )
                    last.run = [(last.start, last.end), (name.start, name.end)]
                    last.strong = True
                    continue
            joined.append(name)
        return joined

    def _accepted(self, names: list[Name]) -> list[Name]:
        """Those that are places by their words, or bear a name that such words gave away elsewhere in the report."""
        accepted: set[int] = set()
        told: set[str] = set()
        groups = {self.folded[name.start : name.end] for name in names if name.group}
        for name in names:
            if not name.curated and self.folded[name.start : name.end] in groups and not name.phrase.of_kind:
                name.barred = True  # "Merrow militants" once, and "near Merrow" is near them
        for name in names:
            unsure = name.obscure or (not name.exact and name.places == ())
            if unsure and not name.phrase.of_kind and self._is_person(name):
                name.barred = True  # named as a person later in the report
        for index, name in enumerate(names):
            if name.curated or trust.stands_alone(name, self.folded, self.focus):
                accepted.add(index)
                if name.strong or name.curated or name.places:
                    told.add(self.folded[name.start : name.end])
        for index, name in enumerate(names):
            if index not in accepted and not name.barred and self.folded[name.start : name.end] in told:
                accepted.add(index)
        kept = [name for index, name in enumerate(names) if index in accepted]
        for start, end, number, run in self._passed:
            if self.folded[start:end] in told:
                name = self._name(start, end, number)
                name.run = _beside(run, name)
                if not name.barred:
                    kept.append(name)
        return sorted(kept, key=lambda name: name.start)

    def _is_person(self, name: Name) -> bool:
        return not self.persons.isdisjoint(self.folded[name.start : name.end].replace("-", " ").split())


@lru_cache(maxsize=1)
def _seats() -> Scanner[str]:
    return Scanner((seat, seat) for seat in words().seats)


def _beside(run: list[tuple[int, int]], name: Name) -> list[tuple[int, int]]:
    """The words of a run next to a name: the two before, the name's own, the two after."""
    first = bisect_right(run, (name.start, 0))
    last = bisect_right(run, (name.end, 0))
    return run[max(0, first - 2) : last + 2]


def _without_overlaps(names: list[Name]) -> list[Name]:
    """Of names that overlap, the longest."""
    kept: list[Name] = []
    for name in names:
        if kept and name.start < kept[-1].end:
            if name.end - name.start > kept[-1].end - kept[-1].start:
                kept[-1] = name
        else:
            kept.append(name)
    return kept
