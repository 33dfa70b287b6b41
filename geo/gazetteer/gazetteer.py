"""The places we know: curated rows first, compiled bulk files behind them, asked by name, id or neighbourhood."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from geo import files
from geo.errors import GazetteerError
from geo.gazetteer import checks, curated, matching
from geo.gazetteer.kinds import kind_class
from geo.gazetteer.memory import Shelf
from geo.gazetteer.scanning import NameScanner
from geo.model import Candidate, Place
from geo.text import Hit

SURE = 0.9  # a name this well matched is not searched for slips of the pen
_LICENSED = re.compile(r"\b([A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*) \(((?:CC |ODbL|public domain)[^)]*)\)")


class Gazetteer:
    """Places by id, name and neighbourhood.

    >>> gazetteer = load()
    >>> gazetteer.get("nowhere") is None
    True
    """

    def __init__(self, places: Iterable[Place], *, digests: Sequence[str] = ()) -> None:
        self._places = {place.id: place for place in places}
        self._shelf = Shelf(_without_repeats(self._places.values()))
        self.sha256 = hashlib.sha256("\n".join(digests).encode()).hexdigest()
        self._lookup = functools.lru_cache(maxsize=20_000)(self._look_up)

    def __len__(self) -> int:
        return len(self._places)

    def get(self, id_: str) -> Place | None:
        """The place of an id, None where there is none."""
        return self._places.get(id_)

    def parents(self, place: Place) -> list[Place]:
        """The places that hold a place, nearest first."""
        return [parent for id_ in place.within if (parent := self.get(id_))]

    def lookup(self, name: str, *, kind: str | None = None) -> list[Candidate]:
        """The places a name may mean, best first; `score` is the likeness of the names, `why` says how they match.

        `kind` keeps places of the same class only: any settlement for "town", any area for "governorate"; a class
        ("settlement", "area", "site") may be named as well.
        """
        found = self._lookup(name)
        if kind is None:
            return list(found)
        wanted = kind_class(kind)
        return [candidate for candidate in found if kind_class(candidate.place.kind) == wanted]

    def _look_up(self, name: str) -> tuple[Candidate, ...]:
        best = self._scored(name, self._shelf.with_keys(matching.asked_keys(name)))
        if not any(candidate.score >= SURE for candidate in best.values()):
            slips = self._scored(name, matching.one_letter_off(name, self._shelf))
            best = {**slips, **best}
        return tuple(sorted(best.values(), key=_rank))

    def _scored(self, name: str, found: Iterable[matching.Found]) -> dict[str, Candidate]:
        best: dict[str, Candidate] = {}
        for one in found:
            place = self._shelf.places[one.place]
            score, why = matching.score(name, one, canonical=True)
            if place.id not in best or score > best[place.id].score:
                best[place.id] = Candidate(place, score, why)
        return best

    @functools.cached_property
    def _scanner(self) -> NameScanner:
        return NameScanner(self._shelf.places)

    def scan(self, text: str) -> list[Hit[str]]:
        """Every curated name in a text: where it stands, and the ids of the places it may mean."""
        return self._scanner.scan(text)

    def near(self, lon: float, lat: float, radius_m: float) -> list[Place]:
        """Places whose point lies within a radius, nearest first."""
        found = sorted(self._shelf.near(lon, lat, radius_m), key=lambda pair: (pair[0], pair[1].id))
        return [place for _, place in found]

    @functools.cached_property
    def licences(self) -> list[str]:
        """One line per source that asks to be named."""
        lines = {
            f"{who} ({terms})" for place in self._places.values() for who, terms in _LICENSED.findall(place.source)
        }
        return sorted(lines)


def _rank(candidate: Candidate) -> tuple[float, bool, int, str]:
    place = candidate.place
    return (-candidate.score, not place.curated, -(place.population or 0), place.id)


def _without_repeats(places: Iterable[Place]) -> list[Place]:
    """Places in order, without those that an earlier one already is by its id elsewhere."""
    seen: set[tuple[str, str]] = set()
    kept = []
    for place in places:
        if seen.isdisjoint(place.ids):
            kept.append(place)
        seen.update(place.ids)
    return kept


def load(paths: Sequence[str | Path] = (), *, default: bool = True, pack: str = "syria") -> Gazetteer:
    """The gazetteer of some files, before the pack's own (unless `default` is off) and the world's countries.

    Raises GazetteerError at the first problem and says how many more there are.

    >>> load().lookup("Atlantis")
    []
    """
    layers, problems, digests = [], [], []
    for path in [*map(Path, paths), *shipped_paths(pack, default=default)]:
        rows, wrong, digest = curated.read(path)
        layers.append(rows)
        problems += wrong
        digests.append(digest)
    if files.shipped("world/countries.yaml").exists():
        problems += checks.relations(layers)
    if problems:
        first = problems[0]
        more = f"; and {len(problems) - 1} more: run geo check" if len(problems) > 1 else ""
        raise GazetteerError(
            first.what, path=first.path, line=first.line, hint=f"{first.hint or ''}{more}".strip("; ") or None
        )
    return Gazetteer(curated.places_of(layers).values(), digests=digests)


def shipped_paths(pack: str, *, default: bool) -> list[Path]:
    """The curated files that come with the package: the pack's own (if wanted) and the world's countries."""
    wanted = [f"{pack}/gazetteer.yaml"] if default else []
    return [path for name in [*wanted, "world/countries.yaml"] if (path := files.shipped(name)).exists()]
