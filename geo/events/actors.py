"""Who takes part: the pack's actors with their aliases and sides, found in a sentence and given a role."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.errors import DataError
from geo.events.triggers import Found
from geo.files import load
from geo.language.clauses import Clause
from geo.language.patterns import pattern
from geo.model import Party, Span
from geo.text import Scanner, expand, fold

TELLERS = frozenset({"media", "monitor", "activist", "medic"})  # who tells is not who does
BYSTANDERS = frozenset({"civilian"})


class _Plain(dict[int, int]):
    """Letters without their accents, one for one: names are printed with and without them."""

    def __missing__(self, code: int) -> int:
        plain = code if code < 0x80 else ord(unicodedata.normalize("NFD", chr(code))[0])
        return self.setdefault(code, plain)


_PLAIN = _Plain()


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody the pack knows. What a `party` to the conflict says is a claim; what others say is a report.

    `many`: the row stands for many bodies ("activists"), so that two who bear its name need not be one source.
    """

    id: str
    name: str
    kind: str
    side: str
    party: bool
    many: bool = False


@dataclass(frozen=True, slots=True)
class Actors:
    """All actors of a pack, ready to scan."""

    by_id: dict[str, Actor]
    scanner: Scanner[str]

    def find(self, text: str) -> list[tuple[Span, Actor]]:
        """The actors named in `text`, longest names first where they overlap, in order."""
        hits = self.scanner.scan(text.translate(_PLAIN))
        return [(Span(hit.start, hit.end), self.by_id[hit.labels[0]]) for hit in hits]

    def side_of(self, name: str | None) -> str | None:
        """The side of whoever is named in `name`, None when nobody we know is."""
        found = self.find(name) if name else []
        return found[0][1].side if found else None

    def id_of(self, name: str | None) -> str | None:
        """The body that `name` means, None where nobody we know is named, or it may be any of many."""
        found = self.find(name) if name else []
        return next((actor.id for _, actor in found if not actor.many), None)


NOBODY = Actors({}, Scanner([]))


@cache
def load_actors(*paths: Path) -> Actors:
    """Read `actors.yaml` files: lists of {id, name, aliases, kind, side, party, many}; of two rows the first counts.

    Raises DataError with the line where a row lacks its id or name.
    """
    by_id: dict[str, Actor] = {}
    phrases: list[tuple[str, str]] = []
    for path in paths:
        for phrase, actor in _rows(path):
            phrases.append((phrase, by_id.setdefault(actor.id, actor).id))
    return Actors(by_id, Scanner(phrases))


def _rows(path: Path) -> Iterator[tuple[str, Actor]]:
    """Every spelled-out name of a file, with the actor that bears it."""
    document = load(path)
    rows = document.data.get("actors") if isinstance(document.data, dict) else document.data
    for number, row in enumerate(rows or ()):
        keys = ("actors", number) if isinstance(document.data, dict) else (number,)
        if not isinstance(row, dict) or not row.get("id") or not row.get("name"):
            raise DataError("an actor needs an id and a name", path=document.path, line=document.line(*keys))
        actor = Actor(
            id=str(row["id"]),
            name=str(row["name"]),
            kind=str(row.get("kind") or "other"),
            side=str(row.get("side") or "independent"),
            party=bool(row.get("party")),
            many=bool(row.get("many")),
        )
        for alias in (actor.name, *(row.get("aliases") or ())):
            yield from ((phrase.translate(_PLAIN), actor) for phrase in expand(str(alias)) if phrase)


def parties(
    text: str, clauses: Sequence[Clause], found: Found, actors: Actors, said_by: str | None = None
) -> tuple[Party, ...]:
    """The actors in the clause of a trigger: the doer before an active verb or after "by", the target elsewhere."""
    clause = clauses[found.clause].span
    speaker = _said_at(text, clause, said_by)
    start = clause.start
    if clauses[found.clause].kind in ("coordinate", "relative") and found.clause:
        start = clauses[found.clause - 1].span.start
    told: dict[str, Party] = {}
    for span, actor in actors.find(text[start : clause.end]):
        at = Span(start + span.start, start + span.end)
        if actor.kind in TELLERS:
            continue  # who tells is not who does
        if speaker is not None and (speaker.contains(at) or _beside(text, speaker, at, actor, actors)):
            continue
        before = fold(text[start : at.start])
        if pattern("done_by").search(before):
            role = "initiator"
        elif at.end <= found.span.start:
            role = "target" if found.passive else "initiator"
        elif pattern("done_to").search(before) or found.is_verb:
            role = "target"
        else:
            role = "other"
        if actor.kind in BYSTANDERS and role == "initiator":
            role = "other"  # "residents fled": they did nothing to anybody
        told.setdefault(actor.id, Party(at.of(text), actor.id, role))
    return tuple(told.values())


def _said_at(text: str, clause: Span, said_by: str | None) -> Span | None:
    """Where the source of a sentence is named in a clause."""
    at = text.find(said_by, clause.start, clause.end) if said_by else -1
    return Span(at, at + len(said_by or "")) if at >= 0 else None


def _beside(text: str, speaker: Span, at: Span, actor: Actor, actors: Actors) -> bool:
    """Whether an actor is the speaker named once more: "the main union, the Workers' League, says"."""
    between = text[speaker.end : at.start] if speaker.end <= at.start else text[at.end : speaker.start]
    if not pattern("apposition").search(fold(between)):
        return False
    return any(other.side == actor.side for _, other in actors.find(speaker.of(text)))
