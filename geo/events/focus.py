"""Which places "the town", "there" or "both villages" mean: what the report named last."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from geo.files import load, shipped
from geo.language.patterns import pattern
from geo.model import Mention, Place, Resolution, Sentence, Span
from geo.text import Scanner, expand, fold

LABEL_WORDS = 5  # a longer line says more than where
NEAR_FACTOR = 3  # "near the capital" may be as far out as its suburbs
_SETTLED = {"city", "town", "village", "neighbourhood", "facility", "military", "crossing", "subdistrict", "street"}
UNLISTED = {"city", "town", "village"}  # "the village of X" may be meant by "there", though nobody lists it
_WIDE = {"governorate", "region", "district", "country"}


@cache
def _scanner() -> Scanner[str]:
    data = load(shipped("english/anaphora.yaml")).data
    return Scanner((phrase, kind) for kind, patterns in data.items() for p in patterns for phrase in expand(p))


class Focus:
    """The places named so far, newest last, list by list. Feed it each sentence of the body with `see`."""

    def __init__(self, capital: Place | None = None) -> None:
        self._capital = capital
        self._filed: Resolution | None = None
        self.section: Resolution | None = None
        self._here: Sequence[Resolution] = ()
        self._lists: list[list[Resolution]] = []

    def see(self, text: str, resolutions: Sequence[Resolution]) -> None:
        """Remember the places of a sentence; neighbours joined by commas or "and" form one list."""
        for resolution in resolutions:
            if resolution.mention.role == "dateline" and resolution.place is not None:
                self._filed = resolution
            if resolution.mention.role in ("metonym", "part_of_name", "dateline"):
                continue
            if resolution.place is None and resolution.mention.kind_hint not in UNLISTED:
                continue
            last = self._lists[-1][-1] if self._lists else None
            if last is not None and _listed(text, last.mention.span, resolution.mention.span):
                self._lists[-1].append(resolution)
            else:
                self._lists.append([resolution])

    def label(self, text: str, sentence: Sentence, resolutions: Sequence[Resolution]) -> None:
        """Remember the place that a heading or label names ("KUNDUZ", "Imam Sahib.").

        What follows without a place of its own happened there.
        """
        if sentence.kind not in ("heading", "body") or len(sentence.span.of(text).split()) > LABEL_WORDS:
            return
        placed = [r for r in resolutions if r.place is not None and r.place.kind != "country"]
        named = sum(r.mention.span.end - r.mention.span.start for r in placed)
        if named * 2 > sentence.span.end - sentence.span.start:  # "Quern, Abber Province": the finer one first
            self.section = next((r for r in placed if r.place and r.place.kind in _SETTLED), placed[0])
        elif sentence.kind == "heading":
            self.section = None  # another section, about something else or a place that nobody lists

    def enter(self, resolutions: Sequence[Resolution]) -> None:
        """Begin a sentence that names these places."""
        self._here = resolutions

    def meant(self, text: str, span: Span) -> tuple[list[Resolution], str]:
        """The places that an expression inside `span` points back to, and the expression; empty when none does."""
        for hit in _scanner().scan(span.of(text)):
            kind = hit.labels[0]
            at, until = span.start + hit.start, span.start + hit.end
            if not text[at:until].islower():
                continue  # "Islamic State" is a name
            if any(other.mention.span.end <= at <= other.mention.span.end + 8 for other in self._here):
                continue  # "Bukamal, the town nearby" says what Bukamal is
            if kind == "capital":
                if self._capital is not None and pattern("the_capital").search(text[max(0, at - 24) : until + 4]):
                    return [_at(self._capital, text, Span(at, until))], text[at:until]
                continue
            if kind == "here":
                if pattern("exists").search(text[until : until + 20]):
                    continue
                kind = "one"
            elif pattern("names_itself").search(text[until : until + 20]) or not pattern("points_back").search(
                fold(text[max(0, at - 30) : at])
            ):
                continue
            words = text[span.start + hit.start : span.start + hit.end]
            beside = [
                r
                for r in self._here
                if r.mention.span.end < at
                and r.place is not None
                and r.place.kind in _SETTLED
                and r.mention.role not in ("reference", "metonym", "part_of_name", "dateline")
            ]
            if kind == "one" and beside:
                return [beside[-1]], text[at:until]
            before = [group for group in self._lists if group[-1].mention.span.end <= span.start + hit.start]
            found = self._search(kind, before)
            if not found and kind == "one" and self._filed is not None:
                found = [self._filed]  # "in the city" of a dispatch that names no other is where it was filed
            if found:
                return found, words
        return [], ""

    def last_settlement(self) -> Resolution | None:
        """The town or village named last, not as a mere landmark."""
        found = self._search("one", self._lists)
        return found[0] if found else None

    def _search(self, kind: str, groups: Sequence[list[Resolution]]) -> list[Resolution]:
        for group in reversed(groups):
            if kind == "many":
                if len(group) > 1:
                    return list(group)
                continue
            wanted = _WIDE if kind == "wide" else _SETTLED
            for resolution in reversed(group):
                held = resolution.place.kind if resolution.place is not None else resolution.mention.kind_hint
                if held in wanted and resolution.mention.role != "reference":
                    return [resolution]
        return []


def _at(place: Place, text: str, span: Span) -> Resolution:
    """A place that is described and not named, near it where the words say so."""
    near = bool(pattern("beside").search(fold(text[max(0, span.start - 24) : span.start])))
    mention = Mention(span, span.of(text), place.name, relation="near" if near else "at")
    radius_m = place.radius_m * (NEAR_FACTOR if near else 1)
    return Resolution(mention, place, 0.9, "the capital of the region's country", (), place.lon, place.lat, radius_m)


def _listed(text: str, left: Span, right: Span) -> bool:
    gap = text[left.end : right.start].strip().lower()
    return left.end <= right.start and gap in (",", "and", ", and", "or", "&", "as well as")
