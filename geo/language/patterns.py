"""How a language puts words together, as named patterns read from YAML: one place for every regular expression."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.errors import DataError
from geo.files import load, shipped


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern with the sentences that prove it."""

    regex: re.Pattern[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@cache
def load_patterns(path: Path | None = None) -> dict[str, Pattern]:
    """All patterns of `english/patterns.yaml`, or of another language's file of the same form, by name.

    Raises DataError with the line where a pattern names a list that is not there, or is no regular expression.
    """
    document = load(path or shipped("english/patterns.yaml"))
    lists = {
        name: "|".join(re.escape(str(word)) for word in sorted(words, key=lambda w: (-len(str(w)), str(w))))
        for name, words in document.data["lists"].items()
    }
    found: dict[str, Pattern] = {}
    for name, entry in document.data["patterns"].items():
        line = document.line("patterns", name)
        try:
            source = re.sub(r"(?<!\(\?P)<(\w+)>", lambda match: lists[match.group(1)], entry["regex"])
            regex = re.compile(source, 0 if entry.get("case") else re.IGNORECASE)
        except KeyError as error:
            raise DataError(f"{name}: no such list {error}", path=document.path, line=line) from error
        except re.error as error:
            raise DataError(f"{name}: {error}", path=document.path, line=line) from error
        found[name] = Pattern(regex, tuple(entry.get("yes") or ()), tuple(entry.get("no") or ()))
    return found


def pattern(name: str) -> re.Pattern[str]:
    """One pattern by its name.

    >>> bool(pattern("passive").search("the town was"))
    True
    """
    return load_patterns()[name].regex
