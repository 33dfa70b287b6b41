"""What the words around an event say of it: who tells, who denies, what is planned, unreal, past or a total."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from geo.errors import DataError
from geo.files import load, shipped
from geo.text import Scanner, expand


class Cue(NamedTuple):
    """A cue that was found: `text[start:end]` belongs to the class `kind` ("say", "deny", "plan" ...)."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Cues:
    """All cue phrases of a language, ready to scan, with their proving sentences."""

    scanner: Scanner[str]
    examples: dict[str, tuple[tuple[str, ...], tuple[str, ...]]]

    def find(self, text: str) -> list[Cue]:
        """Every cue in `text`, in order; of one kind the longest, while kinds may overlap.

        >>> [(cue.kind, cue.start) for cue in load_cues().find("The army denied it.") if cue.kind == "deny"]
        [('deny', 9)]
        """
        found: list[Cue] = []
        last: dict[str, Cue] = {}
        for hit in self.scanner.scan(text, every=True):
            for kind in hit.labels:
                before = last.get(kind)
                if before and hit.start < before.end:
                    if hit.end - hit.start <= before.end - before.start:
                        continue
                    found.remove(before)
                cue = Cue(hit.start, hit.end, kind)
                last[kind] = cue
                found.append(cue)
        found.sort()
        return found


@cache
def load_cues(path: Path | None = None) -> Cues:
    """The cue lists of `english/cues.yaml`, or of another language's file of the same form.

    Raises DataError, with the line, where a list has no words or a pattern is broken.
    """
    document = load(path or shipped("english/cues.yaml"))
    phrases: list[tuple[str, str]] = []
    examples: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for kind, entry in document.data.items():
        for number, pattern in enumerate(entry.get("words") or ()):
            try:
                phrases += [(phrase, kind) for phrase in expand(str(pattern)) if phrase]
            except ValueError as error:
                raise DataError(str(error), path=document.path, line=document.line(kind, "words", number)) from error
        examples[kind] = (tuple(entry.get("yes") or ()), tuple(entry.get("no") or ()))
    return Cues(Scanner(phrases), examples)
