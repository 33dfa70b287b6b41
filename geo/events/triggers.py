"""Find the words of a sentence that name an event, and check the company they need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.events.ontology import Ontology, Trigger
from geo.language.clauses import Clause
from geo.language.patterns import pattern
from geo.model import Span
from geo.text import fold

_LINKS = frozenset({"in", "on", "at", "by", "to", "from", "with", "and", "as"})  # no noun follows here
_PEOPLE = frozenset({"persons", "fighters"})
OBJECT_WITHIN = 60  # characters: about ten words, further away is not an object any more
_OBJECT_CLASSES = {"persons", "ground", "prisoners", "buildings", "civilians", "arms", "armour", "homes", "supply"}


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

    @property
    def type(self) -> str:
        """The event type it names."""
        return self.trigger.type


@dataclass(frozen=True, slots=True)
class _ClassHit:
    span: Span
    names: frozenset[str]


def find_triggers(
    text: str, sentence: Span, clauses: Sequence[Clause], ontology: Ontology, places: Sequence[Span] = ()
) -> list[Found]:
    """Every trigger of a sentence whose company is right, in order; of overlapping ones of a type the longest.

    `places` are the spans of place names, which count as the object of a capture.

    >>> from geo.events.ontology import load_ontology
    >>> from geo.language.clauses import clauses
    >>> text = "Jets bombed the market."
    >>> [f.type for f in find_triggers(text, Span(0, len(text)), clauses(text), load_ontology())]
    ['air_strike']
    """
    folded = fold(sentence.of(text))
    base = sentence.start
    raw: list[tuple[Span, int]] = []
    classes: list[_ClassHit] = []
    never: list[tuple[Span, str]] = []
    for hit in ontology.scanner.scan(folded, folded=True, every=True):
        span = Span(base + hit.start, base + hit.end)
        names = frozenset(value for kind, value in hit.labels if kind == "class")
        # "Artillery Academy" is a place: its words are no company
        if names and not any(place.contains(span) for place in places):
            classes.append(_ClassHit(span, names))
        for kind, value in hit.labels:
            if kind == "trigger":
                raw.append((span, value))
            elif kind == "never":
                never.append((span, value))
    if not raw:
        return []
    classes = _longest(classes)
    found: list[Found] = []
    for span, index in raw:
        trigger = ontology.triggers[index]
        if any(type_id == trigger.type and void.overlaps(span) for void, type_id in never):
            continue
        number = next((i for i, clause in enumerate(clauses) if clause.span.start <= span.start < clause.span.end), 0)
        before = folded[: span.start - base]
        after = folded[span.end - base :]
        is_verb = trigger.is_verb and not _is_nominal(span.of(text), before)
        # "rebels fighting to topple him" and "a coalition fighting militants" describe who fights
        participle = (
            not is_verb
            and " " not in span.of(text)
            and span.of(text).lower().endswith("ing")
            and not pattern("passive").search(before[-40:])
            and (
                bool(pattern("participle_next").search(after))
                or any(
                    hit.names & _PEOPLE
                    and (hit.span.end <= span.start <= hit.span.end + 1 or span.end <= hit.span.start <= span.end + 1)
                    for hit in classes
                )
            )
        )
        passive = (
            is_verb
            and not before.rstrip().endswith(" to")
            and not span.of(text).lower().endswith("ing")
            and (bool(pattern("passive").search(before[-40:])) or bool(pattern("by_next").search(after)))
        )
        if not _in_company(folded, base, trigger, span, passive, number, clauses, classes, places):
            continue
        found.append(
            Found(
                span=span,
                trigger=trigger,
                clause=number,
                definite=not is_verb and bool(pattern("definite").search(before[-40:])),
                passive=passive,
                attribute=participle
                or before.endswith("-")
                or (is_verb and _is_attribute(span.of(text), before, after)),
                is_verb=is_verb,
            )
        )
    return _strongest(found, ontology)


def _longest(hits: list[_ClassHit]) -> list[_ClassHit]:
    """Of overlapping class words the longest: "anti-tank missile" is no missile of the artillery."""
    kept: list[_ClassHit] = []
    for hit in sorted(hits, key=lambda h: (h.span.start - h.span.end, h.span.start)):
        if not any(hit.span.overlaps(other.span) and hit.span != other.span for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.span)


def _in_company(
    folded: str,
    base: int,
    trigger: Trigger,
    span: Span,
    passive: bool,
    number: int,
    clauses: Sequence[Clause],
    classes: Sequence[_ClassHit],
    places: Sequence[Span],
) -> bool:
    """Whether the words a trigger asks for stand near it, and those it forbids do not."""
    scope = _scope(number, clauses)
    near = [hit for hit in classes if scope.contains(hit.span) and not hit.span.overlaps(span)]
    if trigger.with_class and not any(trigger.with_class in hit.names for hit in near):
        return False
    if trigger.without_class and any(trigger.without_class in hit.names for hit in near):
        return False
    if trigger.object_class:
        return _has_object(folded, base, trigger, span, passive, clauses[number].span, scope, classes, places)
    return True


def _scope(number: int, clauses: Sequence[Clause]) -> Span:
    """The stretch in which company counts: the clause, with the one it continues ("and bombed", "which hit")."""
    clause = clauses[number]
    start = clause.span.start
    while number > 0 and clauses[number].kind in ("coordinate", "relative") and clauses[number].marker != "who":
        number -= 1
        start = clauses[number].span.start
    return Span(start, clause.span.end)


def _has_object(
    folded: str,
    base: int,
    trigger: Trigger,
    span: Span,
    passive: bool,
    clause: Span,
    scope: Span,
    classes: Sequence[_ClassHit],
    places: Sequence[Span],
) -> bool:
    """Whether the nearest thing that something is done to is of the class asked for."""
    things = [(hit.span, hit.names & _OBJECT_CLASSES) for hit in classes if hit.names & _OBJECT_CLASSES]
    things += [(place, frozenset({"ground"})) for place in places]
    if passive:
        reach = [(span.start - t.end, t, n) for t, n in things if scope.start <= t.start and t.end <= span.start]
    else:
        reach = [(t.start - span.end, t, n) for t, n in things if span.end <= t.start and t.end <= clause.end]
    reach = [item for item in reach if item[0] <= OBJECT_WITHIN]
    if not passive:
        reach = [
            item for item in reach if not pattern("object_ends").search(folded[span.end - base : item[1].start - base])
        ]
    if not reach:
        return False
    nearest = min(distance for distance, _, _ in reach)
    # a place name and its class noun ("the town of X") stand side by side and count together
    return any(trigger.object_class in names for distance, _, names in reach if distance == nearest)


def _is_nominal(words: str, before: str) -> bool:
    """Whether a form that may be a verb is a noun here: "the capture", "an attack", "its use"."""
    return not words.lower().endswith(("ed", "ing")) and bool(pattern("nominal").search(before[-14:]))


def _is_attribute(words: str, before: str, after: str) -> bool:
    """Whether a participle only describes: "the barrel-bombed half", "the besieged suburbs"."""
    if " " in words or not words.lower().endswith(("ed", "en", "n")):
        return False
    following = after.split(maxsplit=1)
    return bool(pattern("attribute").search(before[-14:])) and bool(following) and following[0] not in _LINKS


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
