"""The error tree: what can go wrong, each error also being the builtin a caller would expect.

GeoError
├── InputError(ValueError)        a report, folder or option we were given cannot be used
├── DataError(ValueError)         a data file of ours or the user's is wrong: path, line, hint
│   ├── GazetteerError
│   └── OntologyError
├── UnknownName(LookupError)      a name that we do not have: lists what there is, suggests the nearest
├── MissingExtra(ImportError)     an optional library is needed: the line to install it
└── ExportError(OSError)          an output cannot be written
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path


class GeoError(Exception):
    """Anything Dateline refuses to do, in one line a user can act on."""


class InputError(GeoError, ValueError):
    """An input or an option cannot be used: what, where, what to try."""


class DataError(GeoError, ValueError):
    """A data file is wrong at a line.

    >>> print(DataError("two places share 'Kfar Zeita'", path="gazetteer.yaml", line=41, hint="declare it on both"))
    gazetteer.yaml:41: two places share 'Kfar Zeita' (declare it on both)
    """

    def __init__(
        self, what: str, *, path: str | Path | None = None, line: int | None = None, hint: str | None = None
    ) -> None:
        self.what, self.path, self.line, self.hint = what, path, line, hint
        where = f"{path}:{line}: " if path and line else f"{path}: " if path else ""
        super().__init__(f"{where}{what}" + (f" ({hint})" if hint else ""))


class GazetteerError(DataError):
    """A gazetteer row or file is wrong."""


class OntologyError(DataError):
    """An event type, trigger or example is wrong."""


class UnknownName(GeoError, LookupError):
    """A name is not among those we have; the message names the nearest.

    >>> print(UnknownName("event type", "air_strke", ["air_strike", "shelling"]))
    unknown event type 'air_strke': did you mean 'air_strike'? (there are: air_strike, shelling)
    """

    def __init__(self, what: str, name: str, known: Iterable[str]) -> None:
        self.what, self.name, self.known = what, name, sorted(known)
        near = difflib.get_close_matches(name, self.known, n=1)
        guess = f": did you mean '{near[0]}'?" if near else ""
        super().__init__(f"unknown {what} '{name}'{guess} (there are: {', '.join(self.known)})")


class MissingExtra(GeoError, ImportError):
    """An optional library is missing; the message is the line that installs it.

    >>> print(MissingExtra("GeoParquet", "arrow"))
    GeoParquet needs an extra: pip install 'dateline[arrow]'
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an extra: pip install 'dateline[{extra}]'")


class ExportError(GeoError, OSError):
    """An output cannot be written: which, why, what to try."""
