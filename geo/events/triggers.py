"""Find the words of a sentence that name an event, and check the company they need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.events.ontology import Ontology, Trigger
from geo.language.clauses import Clause
from geo.language.patterns import pattern
from geo.model import Span
from geo.text import fold

LOOK_BACK = 40  # characters before a word in which its auxiliary or determiner stands
HEAD_WITHIN = 2  # characters: "the station that fighters overran", "the town, which fell"
OBJECT_WITHIN = 60  # characters: about ten words, further away is not an object any more
SUBJECT_WITHIN = 120  # a passive subject may carry a relative or two: "villages along the coast and ... are"
PARTICLE_WITHIN = 45  # "brought a small drone down": room for the object in between
_LINKS = frozenset({"in", "on", "at", "by", "to", "from", "with", "and", "as"})  # no noun follows here
_PEOPLE = frozenset({"persons", "fighters"})
_OBJECT_CLASSES = frozenset(
    {"persons", "ground", "prisoners", "buildings", "civilians", "arms", "armour", "homes", "supply", "positions"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """A trigger at its place in the text. `definite` marks "the attack", `passive` "was attacked"."""

    span: Span
    trigger: Trigger
    clause: int
    definite: bool
    passive: bool
    attribute: bool  # "the besieged town": a description
    is_verb: bool  # "they capture", not "the capture"
    reduced: bool = False  # "a town captured by rebels": passive without "was"

    @property
    def type(self) -> str:
        """The event type it names."""
        return self.trigger.type


@dataclass(frozen=True, slots=True)
class _ClassHit:
    span: Span
    names: frozenset[str]


def find_triggers(
    text: str,
    sentence: Span,
    clauses: Sequence[Clause],
    ontology: Ontology,
    places: Sequence[Span] = (),
    fighters: Sequence[Span] = (),
) -> list[Found]:
    """Every trigger of a sentence whose company is right, in order; of overlapping ones of a type the longest.

    `places` are the spans of place names, which count as the object of a capture; `fighters` those of named parties.

    >>> from geo.events.ontology import load_ontology
    >>> from geo.language.clauses import clauses
    >>> text = "Jets bombed the market."
    >>> [f.type for f in find_triggers(text, Span(0, len(text)), clauses(text), load_ontology())]
    ['air_strike']
    """
    reader = _Reader(text, sentence, clauses, ontology, places, fighters)
    found = [item for span, index in reader.raw if (item := reader.read(span, ontology.triggers[index])) is not None]
    return _strongest(found, ontology)


class _Reader:
    """A sentence with its trigger words, class words and clauses."""

    def __init__(
        self,
        text: str,
        sentence: Span,
        clauses: Sequence[Clause],
        ontology: Ontology,
        places: Sequence[Span],
        fighters: Sequence[Span],
    ) -> None:
        self.text, self.base, self.clauses, self.places = text, sentence.start, clauses, places
        self.folded = fold(sentence.of(text))
        self.raw: list[tuple[Span, int]] = []
        self.never: list[tuple[Span, str]] = []
        classes: list[_ClassHit] = []
        for hit in ontology.scanner.scan(self.folded, folded=True, every=True):
            span = Span(self.base + hit.start, self.base + hit.end)
            names = frozenset(value for kind, value in hit.labels if kind == "class")
            # "Artillery Academy" is a place: its words are no company
            if names and not any(place.contains(span) for place in places):
                classes.append(_ClassHit(span, names))
            for kind, value in hit.labels:
                if kind == "trigger":
                    self.raw.append((span, value))
                elif kind == "never":
                    self.never.append((span, value))
        named = [_ClassHit(span, frozenset({"fighters"})) for span in fighters]  # compete with no word
        self.classes = sorted(_longest(classes) + named, key=lambda hit: hit.span) if self.raw else []

    def before(self, span: Span) -> str:
        """The folded words shortly before a span."""
        return self.folded[max(0, span.start - self.base - LOOK_BACK) : span.start - self.base]

    def after(self, span: Span) -> str:
        """The folded words after a span."""
        return self.folded[span.end - self.base :]

    def read(self, span: Span, trigger: Trigger) -> Found | None:
        """The trigger at a span, None where it means something else or its company is missing."""
        if any(type_id == trigger.type and void.overlaps(span) for void, type_id in self.never):
            return None
        words = self.folded[span.start - self.base : span.end - self.base]
        before, after = self.before(span), self.after(span)
        number = next((i for i, c in enumerate(self.clauses) if c.span.start <= span.start < c.span.end), 0)
        nominal = not words.endswith(("ed", "ing")) and bool(pattern("nominal").search(before))
        is_verb = trigger.is_verb and not nominal
        passive = (
            is_verb
            and not before.endswith(" to ")
            and not words.endswith("ing")
            and (bool(pattern("passive").search(before)) or bool(pattern("by_next").search(after)))
        )
        if trigger.particles and not self._has_particle(trigger, after[: self.clauses[number].span.end - span.end]):
            return None
        reduced = passive and not pattern("passive").search(before)
        if not self._in_company(trigger, span, passive, number, reduced=reduced):
            return None
        return Found(
            span=span,
            trigger=trigger,
            clause=number,
            definite=not is_verb and bool(pattern("definite").search(before)),
            passive=passive,
            attribute=before.endswith("-")
            or (not is_verb and self._is_participle(span, words))
            or (is_verb and _is_attribute(words, before, after, moves=trigger.type == "displacement")),
            is_verb=is_verb,
            reduced=reduced,
        )

    def _has_particle(self, trigger: Trigger, after: str) -> bool:
        """Whether the second part of a split verb follows: "brought a small drone down"."""
        found = re.search(rf"\b(?:{'|'.join(map(re.escape, trigger.particles))})\b", after[:PARTICLE_WITHIN])
        return found is not None and not re.search(r"[,;:]", after[: found.start()])

    def _is_participle(self, span: Span, words: str) -> bool:
        """Whether "fighting" only describes: "rebels fighting to topple him", "a coalition fighting militants"."""
        if " " in words or not words.endswith("ing") or pattern("passive").search(self.before(span)):
            return False
        if pattern("participle_next").search(self.after(span)):
            return True
        return any(hit.names & _PEOPLE and span.end <= hit.span.start <= span.end + 1 for hit in self.classes)

    def _in_company(self, trigger: Trigger, span: Span, passive: bool, number: int, *, reduced: bool) -> bool:
        """Whether the words a trigger asks for stand near it, and those it forbids do not."""
        scope = _scope(number, self.clauses)
        near = [hit for hit in self.classes if scope.contains(hit.span) and not hit.span.overlaps(span)]
        beside = any(trigger.with_class in hit.names for hit in near)
        beside = beside or (trigger.with_class == "persons" and self._is_counted(span))
        if trigger.with_class and not beside:
            return False
        if trigger.without_class and any(trigger.without_class in hit.names for hit in near):
            return False
        if trigger.object_class is None:
            return True
        things = [(hit.span, hit.names & _OBJECT_CLASSES) for hit in near if hit.names & _OBJECT_CLASSES]
        things += [(place, frozenset({"ground"})) for place in self.places]
        if passive:
            return trigger.object_class in self._subject(span, scope, things, nearest=reduced)
        done_to = self._object(span, self.clauses[number].span, things)
        if not done_to and self.clauses[number].kind == "relative" and self.clauses[number].marker in ("that", "which"):
            done_to = self._head(self.clauses[number].span, things)
        return trigger.object_class in done_to

    def _is_counted(self, span: Span) -> bool:
        """Whether a number beside a verb says that people are meant: "killed 12", "of 18 killed"."""
        return bool(
            pattern("counted_before").search(self.before(span)) or pattern("counted_after").search(self.after(span))
        )

    def _subject(
        self, span: Span, scope: Span, things: Sequence[tuple[Span, frozenset[str]]], *, nearest: bool
    ) -> frozenset[str]:
        """What a passive verb is done to: the first thing before it that hangs on no preposition.

        The `nearest` such thing where the verb has no "was": "attacked a town captured by rebels".
        """
        before = sorted(
            (thing, names)
            for thing, names in things
            if scope.start <= thing.start and thing.end <= span.start and span.start - thing.end <= SUBJECT_WITHIN
        )
        for thing, names in reversed(before) if nearest else before:
            if not pattern("hangs_on").search(self.before(thing)):
                return names
        return before[-1][1] if before else frozenset()

    def _head(self, clause: Span, things: Sequence[tuple[Span, frozenset[str]]]) -> frozenset[str]:
        """What a relative clause belongs to: "the station that fighters overran"."""
        before = [(thing.end, names) for thing, names in things if 0 <= clause.start - thing.end <= HEAD_WITHIN]
        return max(before, key=lambda item: item[0])[1] if before else frozenset()

    def _object(self, span: Span, clause: Span, things: Sequence[tuple[Span, frozenset[str]]]) -> frozenset[str]:
        """What an active verb is done to: the nearest thing after it."""
        after = [
            (thing.start - span.end, names)
            for thing, names in things
            if span.end <= thing.start and thing.end <= clause.end and thing.start - span.end <= OBJECT_WITHIN
            if not pattern("object_ends").search(self.folded[span.end - self.base : thing.start - self.base])
        ]
        if not after:
            return frozenset()
        nearest = min(distance for distance, _ in after)
        # a place name and its class noun ("the town of X") stand side by side and count together
        return frozenset().union(*(names for distance, names in after if distance == nearest))


def _longest(hits: list[_ClassHit]) -> list[_ClassHit]:
    """Of overlapping class words the longest: "anti-tank missile" is no missile of the artillery."""
    kept: list[_ClassHit] = []
    for hit in sorted(hits, key=lambda h: (h.span.start - h.span.end, h.span.start)):
        if not any(hit.span.overlaps(other.span) and hit.span != other.span for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.span)


def _scope(number: int, clauses: Sequence[Clause]) -> Span:
    """The stretch in which company counts: the clause, with the one it continues ("and bombed", "which hit")."""
    clause = clauses[number]
    start = clause.span.start
    while number > 0 and clauses[number].kind in ("coordinate", "relative") and clauses[number].marker != "who":
        number -= 1
        start = clauses[number].span.start
    return Span(start, clause.span.end)


def _is_attribute(words: str, before: str, after: str, *, moves: bool) -> bool:
    """Whether a participle only describes: "the barrel-bombed half", "the besieged suburbs"."""
    if " " in words or not words.endswith(("ed", "en", "n")):
        return False
    following = after.split(maxsplit=1)
    if not following or following[0] in _LINKS or after[:1] != " ":
        return False
    # "full of displaced people" tells of them; "in besieged quarters" only says which
    return bool(pattern("attribute").search(before)) or (not moves and bool(pattern("besieged_there").search(before)))


def _strongest(found: list[Found], ontology: Ontology) -> list[Found]:
    """Of triggers that share words the longest, then the strongest type; in order of the text."""
    ranked = sorted(
        found, key=lambda f: (f.span.start - f.span.end, f.trigger.weak, ontology.types[f.type].rank, f.span.start)
    )
    kept: list[Found] = []
    for item in ranked:
        if not any(item.span.overlaps(other.span) for other in kept):
            kept.append(item)
    return sorted(kept, key=lambda f: f.span)
