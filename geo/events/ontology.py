"""The event types: labels, precedence, codes and the triggers that name them, all read from YAML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geo.errors import OntologyError, UnknownName
from geo.files import Document, load, shipped
from geo.text import Scanner, expand

_TRIGGER_KEYS = {"noun", "verb", "particle", "with", "without", "object", "weak", "refers", "denies"}
_TYPE_KEYS = {
    "label",
    "parent",
    "family",
    "symbol",
    "thing",
    "alike",
    "acled",
    "acled_by_side",
    "cameo",
    "plover",
    "triggers",
    "never",
    "yes",
    "no",
}


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event and its codes in other schemes. `rank` counts from 0, the strongest."""

    id: str
    label: str
    parent: str | None
    family: str
    colour: str
    symbol: str
    rank: int
    thing: bool = False  # also names a thing that others attack: an aid convoy, reinforcements
    alike: tuple[str, ...] = ()  # types that reports use for the same event
    acled_event_type: str | None = None
    acled_sub_event_type: str | None = None
    acled_by_side: dict[str, str] | None = None
    cameo: str | None = None
    plover: str | None = None


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that name a type, and the company they need. `line` is where they stand in the file."""

    type: str
    is_verb: bool
    particles: tuple[str, ...]
    with_class: str | None
    without_class: str | None
    object_class: str | None
    weak: bool
    refers: bool
    denies: bool
    patterns: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Ontology:
    """All types with their triggers and word classes; build it with `load_ontology`.

    The scanner labels what it finds: ("trigger", index), ("class", name) or ("never", type).
    """

    path: str
    types: dict[str, EventType]
    families: dict[str, str]
    triggers: tuple[Trigger, ...]
    scanner: Scanner[tuple[str, Any]]
    examples: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

    def get(self, type_id: str) -> EventType:
        """A type by its slug.

        >>> load_ontology().get("barrel_bomb").parent
        'air_strike'

        Raises UnknownName, with the nearest slug.
        """
        try:
            return self.types[type_id]
        except KeyError:
            raise UnknownName("event type", type_id, self.types) from None

    def parent(self, type_id: str) -> str | None:
        """The parent's slug, None for a type of its own."""
        return self.types[type_id].parent

    def family(self, type_id: str) -> str:
        """The family whose colour the type wears."""
        return self.types[type_id].family


@cache
def load_ontology(path: Path | None = None) -> Ontology:
    """Read types and word classes from a folder with `types.yaml` and `classes.yaml`; the shipped one by default.

    >>> list(load_ontology().types)[:2]
    ['chemical_attack', 'barrel_bomb']

    Raises OntologyError with file, line and a hint.
    """
    folder = path or shipped("conflict")
    document = load(folder / "types.yaml", error=OntologyError)
    classes = load(folder / "classes.yaml", error=OntologyError)
    families = document.data.get("families") or {}
    types: dict[str, EventType] = {}
    triggers: list[Trigger] = []
    phrases: list[tuple[str, tuple[str, Any]]] = []
    examples: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for name, patterns in classes.data.items():
        for number, pattern in enumerate(patterns):
            line = classes.line(name, number)
            phrases += [(phrase, ("class", name)) for phrase in _phrases(pattern, classes.path, line)]
    for rank, (type_id, entry) in enumerate(document.data["types"].items()):
        _only_known(entry, _TYPE_KEYS, document, ("types", type_id))
        types[type_id] = _type(type_id, entry, rank, families, document)
        for number, raw in enumerate(entry.get("triggers") or ()):
            keys = ("types", type_id, "triggers", number)
            trigger = _trigger(type_id, raw, classes.data, document, keys)
            for pattern in trigger.patterns:
                label = ("trigger", len(triggers))
                phrases += [(phrase, label) for phrase in _phrases(pattern, document.path, trigger.line)]
            triggers.append(trigger)
        for number, pattern in enumerate(entry.get("never") or ()):
            line = document.line("types", type_id, "never", number)
            phrases += [(phrase, ("never", type_id)) for phrase in _phrases(pattern, document.path, line)]
        examples[type_id] = (tuple(entry.get("yes") or ()), tuple(entry.get("no") or ()))
    for type_id, event_type in types.items():
        if event_type.parent is not None and event_type.parent not in types:
            line = document.line("types", type_id, "parent")
            raise OntologyError(f"{type_id}: no such parent {event_type.parent!r}", path=document.path, line=line)
    labels = {name: str(family["label"]) for name, family in families.items()}
    return Ontology(str(folder), types, labels, tuple(triggers), Scanner(phrases), examples)


def _type(type_id: str, entry: dict[str, Any], rank: int, families: dict[str, Any], document: Document) -> EventType:
    line = document.line("types", type_id)
    for key in ("label", "family", "symbol"):
        if not entry.get(key):
            raise OntologyError(f"{type_id} has no {key}", path=document.path, line=line, hint=f"add `{key}:`")
    if entry["family"] not in families:
        hint = "one of: " + ", ".join(families)
        raise OntologyError(f"{type_id}: no such family {entry['family']!r}", path=document.path, line=line, hint=hint)
    acled, plover = entry.get("acled") or {}, entry.get("plover") or {}
    return EventType(
        id=type_id,
        label=str(entry["label"]),
        parent=entry.get("parent"),
        family=entry["family"],
        colour=str(families[entry["family"]]["colour"]),
        symbol=str(entry["symbol"]),
        rank=rank,
        thing=bool(entry.get("thing")),
        alike=tuple(entry.get("alike") or ()),
        acled_event_type=acled.get("event"),
        acled_sub_event_type=acled.get("sub_event"),
        acled_by_side=entry.get("acled_by_side"),
        cameo=entry.get("cameo"),
        plover=" / ".join(str(part) for part in plover.values() if part) or None,
    )


def _trigger(type_id: str, raw: Any, classes: dict[str, Any], document: Document, keys: Sequence[Any]) -> Trigger:
    line = document.line(*keys)
    if not isinstance(raw, dict) or ("noun" in raw) == ("verb" in raw):
        raise OntologyError(
            f"{type_id}: a trigger is either a noun or a verb", path=document.path, line=line, hint="- noun: [words]"
        )
    _only_known(raw, _TRIGGER_KEYS, document, keys)
    for key in ("with", "without", "object"):
        if raw.get(key) is not None and raw[key] not in classes:
            hint = "one of: " + ", ".join(sorted(classes))
            raise OntologyError(f"{type_id}: no such class {raw[key]!r}", path=document.path, line=line, hint=hint)
    return Trigger(
        type=type_id,
        is_verb="verb" in raw,
        particles=tuple(str(word) for word in raw.get("particle") or ()),
        with_class=raw.get("with"),
        without_class=raw.get("without"),
        object_class=raw.get("object"),
        weak=bool(raw.get("weak")),
        refers=bool(raw.get("refers")),
        denies=bool(raw.get("denies")),
        patterns=tuple(str(pattern) for pattern in raw.get("verb") or raw.get("noun") or ()),
        line=line,
    )


def _only_known(entry: dict[str, Any], known: set[str], document: Document, keys: Sequence[Any]) -> None:
    for key in entry:
        if key not in known:
            error = UnknownName("key", str(key), known)
            raise OntologyError(str(error), path=document.path, line=document.line(*keys, key))


def _phrases(pattern: Any, path: str, line: int) -> Iterable[str]:
    try:
        return [phrase for phrase in expand(str(pattern)) if phrase]
    except ValueError as error:
        raise OntologyError(str(error), path=path, line=line) from error
