"""The places we know: curated rows first, compiled bulk files behind them, asked by name, id or neighbourhood."""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from geo.errors import GazetteerError
from geo.gazetteer import borders, checks, curated, matching
from geo.gazetteer.compiled import Compiled, is_compiled
from geo.gazetteer.kinds import kind_class
from geo.gazetteer.memory import Shelf, keys_of
from geo.gazetteer.scanning import NameScanner
from geo.gazetteer.units import ID, Units
from geo.model import Candidate, Place
from geo.text import Hit

SAME_WITHIN_M = 3_000  # two sources rarely put the point of one town further apart
UNIT_KINDS = ("governorate", "region")  # what a row of a first-level unit may be called
SURE = 0.9  # a name this well matched is not searched for slips of the pen
_LICENSED = re.compile(r"\b([A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*) \(((?:CC |ODbL|public domain)[^)]*)\)")


class Gazetteer:
    """Places by id, name and neighbourhood.

    `repeated` are ids of places that `get` knows but no search shows, since another place here is the same.

    >>> gazetteer = load()
    >>> gazetteer.get("nowhere") is None
    True
    """

    def __init__(
        self,
        places: Iterable[Place],
        *,
        repeated: Collection[str] = (),
        bulk: Sequence[Compiled] = (),
        units: Units | None = None,
        digests: Sequence[str] = (),
    ) -> None:
        self._places = {place.id: place for place in places}
        self._shelf = Shelf([place for place in self._places.values() if place.id not in repeated])
        self._bulk = tuple(bulk)
        self._by_id_elsewhere: dict[tuple[str, str], Place] = {}
        countries: dict[str, Place] = {}
        for place in self._places.values():
            for id_ in place.ids:
                self._by_id_elsewhere.setdefault(id_, place)
            if place.kind == "country" and place.country_iso2:
                countries.setdefault(place.country_iso2, place)
        self._units = units
        if units:
            units.country = countries.get
        for store in self._bulk:
            store.link, store.country = self._by_id_elsewhere.get, countries.get
            store.unit = units.of_code if units else store.unit
        self.sha256 = hashlib.sha256("\n".join(digests).encode()).hexdigest()
        self.borders = borders.Borders()
        self.countries = countries
        self._lookup = functools.lru_cache(maxsize=20_000)(self._look_up)
        self._merged: dict[str, Place] = {}

    def __len__(self) -> int:
        return len(self._places) + sum(len(store) for store in self._bulk)

    def get(self, id_: str) -> Place | None:
        """The place of an id, None where there is none."""
        if id_ in self._places:
            return self._places[id_]
        for store in self._bulk:
            number = store.number(id_)
            if number is not None:
                return store.place(number)
        if id_.startswith(borders.ID):
            return self.border(*id_.removeprefix(borders.ID).upper().split(".", 1))
        return self._units.get(id_) if self._units else None

    def border(self, one: str, other: str = "") -> Place | None:
        """The border between two countries, given by their codes, as a place; None where they do not meet.

        >>> load().border("SY", "TR").name
        'Syria-Turkey border'
        """
        both = [self.countries.get(code) for code in (one, other)]
        return self.borders.place(both[0], both[1]) if both[0] and both[1] else None

    def curated(self) -> list[Place]:
        """The places of the curated files, in their order."""
        return list(self._places.values())

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
        keys = list(matching.asked_keys(name))
        best = self._scored(name, lambda store: store.with_keys(keys))
        listed = {(c.place.country_iso2, c.place.kind) for c in best.values() if c.score >= SURE}
        for id_, candidate in self._units_called(name, keys).items():
            if id_ in best or not any((candidate.place.country_iso2, kind) in listed for kind in UNIT_KINDS):
                best[id_] = max(candidate, best.get(id_, candidate), key=_score)
        if not any(candidate.score >= SURE for candidate in best.values()):
            slips = self._scored(name, lambda store: matching.one_letter_off(name, store))
            best = {**slips, **best}
        return tuple(sorted(best.values(), key=_rank))

    def _scored(self, name: str, ask: Callable[[matching.Store], Iterable[matching.Found]]) -> dict[str, Candidate]:
        """The best match of each place that one of our stores has under a name."""
        best: dict[str, Candidate] = {}

        def offer(place: Place, found: matching.Found, *, canonical: bool) -> None:
            score, why = matching.score(name, found, canonical=canonical)
            if place.id not in best or score > best[place.id].score:
                best[place.id] = Candidate(place, score, why)

        for found in ask(self._shelf):
            offer(self._shelf.places[found.place], found, canonical=True)
        for store in self._bulk:
            for found in ask(store):
                place = store.place(found.place)
                same = self._same_place(place)
                offer(same, found, canonical=same is place and found.name == place.name)
        return best

    def _units_called(self, name: str, keys: Sequence[str]) -> dict[str, Candidate]:
        """The best match of each first-level unit that no other row describes better."""
        best: dict[str, Candidate] = {}
        for found in self._units.with_keys(keys) if self._units else ():
            place = self._units.place(found.place) if self._units else None
            if place is None:
                continue
            same = self._same_place(place)
            score, why = matching.score(name, found, canonical=False)
            if same.id not in best or score > best[same.id].score:
                best[same.id] = Candidate(same, score, why)
        return best

    def _same_place(self, place: Place) -> Place:
        """The place of a bulk row, or the curated (or earlier bulk) place that it is."""
        if place.id not in self._merged:
            self._merged[place.id] = self._find_same(place) or place
        return self._merged[place.id]

    def _find_same(self, place: Place) -> Place | None:
        for id_ in place.ids:
            if id_ in self._by_id_elsewhere:
                return self._by_id_elsewhere[id_]
        if place.id.startswith(ID):
            return self._unit_elsewhere(place)
        keys: frozenset[str] = frozenset()
        for _, other in sorted(
            self._shelf.near(place.lon, place.lat, SAME_WITHIN_M), key=lambda pair: (pair[0], pair[1].id)
        ):
            if kind_class(other.kind) == kind_class(place.kind):
                keys = keys or keys_of(place)
                if not keys.isdisjoint(keys_of(other)):
                    return other
        return None

    def _unit_elsewhere(self, unit: Place) -> Place | None:
        """The row that another file has for a first-level unit: by its code, or by name and country."""
        code = unit.id.removeprefix(ID)
        for store in self._bulk:
            number = store.area(code)
            if number is not None:
                return self._same_place(store.place(number))
        for found in self._shelf.with_keys(sorted(keys_of(unit))):
            other = self._shelf.places[found.place]
            if other.country_iso2 == unit.country_iso2 and other.kind in UNIT_KINDS:
                return other
        return None

    @functools.cached_property
    def _scanner(self) -> NameScanner:
        return NameScanner(self._shelf.places)

    def scan(self, text: str, *, folded: str | None = None) -> list[Hit[str]]:
        """Every curated name in a text: where it stands, and the ids of the places it may mean.

        `folded` is the text as geo.text.fold gives it, where the caller has it already.
        """
        return self._scanner.scan(text, folded=folded)

    def near(self, lon: float, lat: float, radius_m: float) -> list[Place]:
        """Places whose point lies within a radius, nearest first."""
        found = {place.id: (metres, place.id, place) for metres, place in self._shelf.near(lon, lat, radius_m)}
        for store in self._bulk:
            for metres, place in store.near(lon, lat, radius_m):
                if self._same_place(place) is place:
                    found.setdefault(place.id, (metres, place.id, place))
        return [place for _, _, place in sorted(found.values(), key=lambda row: row[:2])]

    @functools.cached_property
    def licences(self) -> list[str]:
        """One line per source that asks to be named."""
        lines = {
            f"{who} ({terms})" for place in self._places.values() for who, terms in _LICENSED.findall(place.source)
        }
        return sorted(lines)


def _rank(candidate: Candidate) -> tuple[float, bool, bool, int, str]:
    place = candidate.place
    shipped = place.id.startswith(ID)  # behind what users bring
    return (-candidate.score, not place.curated, shipped, -(place.population or 0), place.id)


def _score(candidate: Candidate) -> float:
    return candidate.score


def _repeated(layers: Sequence[Sequence[curated.Row]]) -> set[str]:
    """Ids of rows that are, by an id elsewhere (GeoNames, Wikidata), the same place as a row of an earlier file."""
    seen: set[tuple[str, str]] = set()
    known: set[str] = set()
    repeated: set[str] = set()
    for rows in layers:
        repeated |= {row.id for row in rows if row.id not in known and not seen.isdisjoint(row.ids)}
        seen.update(id_ for row in rows for id_ in row.ids)
        known.update(row.id for row in rows)
    return repeated


def load(paths: Sequence[str | Path] = (), *, default: bool = True, pack: str | None = None) -> Gazetteer:
    """The gazetteer of some files, before the pack's own (unless `default` is off) and the world's countries.

    Raises GazetteerError at the first problem and says how many more there are.

    >>> load().lookup("Atlantis")
    []
    """
    layers, problems, digests, bulk = [], [], [], []
    last = len(paths) + int(default)  # the world's countries: checked by the tests, not at each start
    for path in [*map(Path, paths), *curated.shipped_paths(pack, default=default)]:
        if path.is_file() and is_compiled(path):
            bulk.append(Compiled(path))
            digests.append(bulk[-1].digest)
            last -= 1
            continue
        rows, wrong, digest = curated.read(path)
        layers.append(rows)
        problems += wrong
        digests.append(digest)
    problems += checks.relations(layers[:last], context=layers[last:])
    if problems:
        first = problems[0]
        more = f"; and {len(problems) - 1} more: run geo check" if len(problems) > 1 else ""
        raise GazetteerError(
            first.what, path=first.path, line=first.line, hint=f"{first.hint or ''}{more}".strip("; ") or None
        )
    units = Units()
    digests.append(units.digest)
    places = curated.places_of(layers).values()
    return Gazetteer(places, repeated=_repeated(layers), bulk=bulk, units=units, digests=digests)
