"""The rules of merging that are data: which types may name one incident, and how far sources may differ on its day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from geo.errors import OntologyError
from geo.files import Document, load, shipped
from geo.model import Event
from geo.text import fold

_WORD = re.compile(r"\w+")
KEYS = ("together", "means", "rare", "repeated", "control", "lasting", "mutual")
NEEDS = ("same_day", "support")
_KEYS_HINT = f"there are: {', '.join(KEYS)}"


@dataclass(frozen=True, slots=True)
class Together:
    """Two types that may name one incident; see geo/data/conflict/merging.yaml for what the fields mean."""

    types: frozenset[str]
    tells: str | None
    differ: bool
    needs: frozenset[str]
    one_says: tuple[str, ...]
    why: str

    def vague(self, one: Event, other: Event) -> bool:
        """Whether one of the two says its type in a word that may mean either."""
        return bool(self.one_says) and _says(self.one_says, one, other)


@dataclass(frozen=True, slots=True)
class Rules:
    """When statements may tell of one incident."""

    together: Mapping[frozenset[str], Together] = field(default_factory=dict)
    rare: frozenset[str] = frozenset()
    repeated: frozenset[str] = frozenset()
    control: Mapping[str, int] = field(default_factory=dict)
    lasting: Mapping[str, int] = field(default_factory=dict)
    mutual: frozenset[str] = frozenset()
    means: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def kinship(self, one: Event, other: Event) -> str | None:
        """How the types of two events fit: "same", "parent", "together", or None where they name different things."""
        if one.type == other.type:
            return "same"
        if one.parent_type == other.type or other.parent_type == one.type:
            return "parent"
        pair = self.together.get(frozenset((one.type, other.type)))
        if pair is None or (pair.one_says and not _says(pair.one_says, one, other)):
            return None
        return "together"

    def pair(self, one: Event, other: Event) -> Together | None:
        """The entry for two types, None where there is none."""
        return self.together.get(frozenset((one.type, other.type)))

    def means_not_of(self, event: Event) -> tuple[str, ...]:
        """The types that the means named in a statement are not those of."""
        words = _WORD.findall(fold(event.quote))
        return tuple(kind for kind, starts in self.means.items() if any(word.startswith(starts) for word in words))

    def patience_days(self, kind: str) -> int:
        """By how many days sources may differ and still mean one incident of this type."""
        return self.control.get(kind, self.lasting.get(kind, 0))


def _says(starts: tuple[str, ...], one: Event, other: Event) -> bool:
    words = (*fold(one.trigger).split(), *fold(other.trigger).split())
    return any(word.startswith(starts) for word in words)


@cache
def shipped_rules() -> Rules:
    """The rules that come with the package.

    >>> shipped_rules().patience_days("territory_captured")
    7
    """
    return load_rules(shipped("conflict/merging.yaml"))


def load_rules(path: str | Path) -> Rules:
    """Read merging rules; raises OntologyError with file, line and what to try."""
    document = load(path, error=OntologyError)
    if not isinstance(document.data, dict):
        raise OntologyError("merging rules are a mapping", path=path, line=1, hint=_KEYS_HINT)
    for key in document.data:
        if key not in KEYS:
            raise OntologyError(f"unknown key '{key}'", path=path, line=document.line(key), hint=_KEYS_HINT)
    pairs = [_together(document, i, entry) for i, entry in enumerate(document.data.get("together") or [])]
    together: dict[frozenset[str], Together] = {}
    for i, pair in enumerate(pairs):
        if pair.types in together:
            line = document.line("together", i)
            raise OntologyError(f"{' and '.join(sorted(pair.types))} stand here twice", path=path, line=line)
        together[pair.types] = pair
    return Rules(
        together=together,
        rare=frozenset(document.data.get("rare") or ()),
        repeated=frozenset(document.data.get("repeated") or ()),
        control=_days(document, "control"),
        lasting=_days(document, "lasting"),
        mutual=frozenset(document.data.get("mutual") or ()),
        means={kind: tuple(entry["not"]) for kind, entry in (document.data.get("means") or {}).items()},
    )


def _together(document: Document, i: int, entry: Any) -> Together:
    line = document.line("together", i)

    def wrong(what: str, hint: str) -> OntologyError:
        return OntologyError(what, path=document.path, line=line, hint=hint)

    if not isinstance(entry, dict) or not entry.get("why"):
        raise wrong("an entry of 'together' needs types and why", "see geo/data/conflict/merging.yaml")
    types, needs = entry.get("types"), entry.get("needs") or []
    if not isinstance(types, list) or len(set(types)) != 2:
        raise wrong("'types' must list two different types", "for example [chemical_attack, barrel_bomb]")
    if entry.get("tells") is not None and entry["tells"] not in types:
        raise wrong(f"'tells' is {entry['tells']}, which is neither of the types", "name one of the two, or null")
    for need in needs:
        if need not in NEEDS:
            raise wrong(f"unknown need '{need}'", f"there are: {', '.join(NEEDS)}")
    return Together(
        types=frozenset(types),
        tells=entry.get("tells"),
        differ=bool(entry.get("differ")),
        needs=frozenset(needs),
        one_says=tuple(entry.get("one_says") or ()),
        why=str(entry["why"]),
    )


def _days(document: Document, key: str) -> dict[str, int]:
    given = document.data.get(key) or {}
    for name, days in given.items():
        if not isinstance(days, int) or days < 0:
            line = document.line(key, name)
            raise OntologyError(f"'{name}' needs a number of days", path=document.path, line=line, hint="for example 7")
    return dict(given)
