"""The first-level units of every country, so that no province is unknown: one small table, read when first asked."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from geo import files
from geo.gazetteer.matching import Found, stored_keys, tier_of
from geo.gazetteer.spelling import family_of_country
from geo.model import Place

ID = "adm1:"  # before the code that GeoNames gives a unit: "adm1:UA.05"
SOURCE = {
    "shape": "GeoNames (CC BY 4.0) for the name; Natural Earth (public domain) for point, radius and bbox",
    "towns": "GeoNames (CC BY 4.0): name; point and radius from the towns that it lists there",
}
PRECISION = {"shape": "area", "towns": "estimate"}


class _Row(NamedTuple):
    code: str
    names: tuple[str, ...]
    lat: float
    lon: float
    radius_m: float
    box: str
    people: str
    basis: str


class Units:
    """The units of world/units.csv, asked like a compiled gazetteer; `country` gives the place of a country code.

    >>> units = Units()
    >>> found = next(units.with_keys(["eborno"]))
    >>> place = units.place(found.place)
    >>> place.name, place.kind, place.country_iso2
    ('Borno State', 'governorate', 'NG')
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or files.shipped("world/units.csv")
        self.country: Callable[[str], Place | None] = lambda code: None
        self.place: Callable[[int], Place] = functools.lru_cache(maxsize=5_000)(self._place)

    @property
    def digest(self) -> str:
        """What the table says, as a hash."""
        return hashlib.sha256(self.path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()

    @functools.cached_property
    def _rows(self) -> list[_Row]:
        rows = []
        for line in self.path.read_text(encoding="utf-8").splitlines()[1:]:
            code, name, lat, lon, radius_m, box, people, basis, also = line.split("|")
            names = (name, *also.split(";")) if also else (name,)
            rows.append(_Row(code, names, float(lat), float(lon), float(radius_m), box, people, basis))
        return rows

    @functools.cached_property
    def _numbers(self) -> dict[str, int]:
        return {row.code: number for number, row in enumerate(self._rows)}

    @functools.cached_property
    def _keys(self) -> dict[str, list[tuple[int, int]]]:
        keys: dict[str, list[tuple[int, int]]] = {}
        for number, row in enumerate(self._rows):
            family = family_of_country(row.code[:2])
            for at, name in enumerate(row.names):
                for key in stored_keys(name, family=family):
                    if key[0] != "r":  # names read backwards serve slips of the pen: too loose for an area
                        keys.setdefault(key, []).append((number, at))
        return keys

    def with_keys(self, keys: Sequence[str]) -> Iterator[Found]:
        """Every name of a unit under one of the keys."""
        for key in keys:
            for number, at in self._keys.get(key, ()):
                yield Found(number, self._rows[number].names[at], tier_of(key))

    def of_code(self, code: str) -> Place | None:
        """The unit of a code of GeoNames ("UA.05")."""
        number = self._numbers.get(code)
        return None if number is None else self.place(number)

    def get(self, id_: str) -> Place | None:
        """The unit of an id of ours."""
        return self.of_code(id_.removeprefix(ID)) if id_.startswith(ID) else None

    def _place(self, number: int) -> Place:
        row = self._rows[number]
        iso2 = row.code[:2]
        country = self.country(iso2)
        edges = [float(edge) for edge in row.box.split()]
        return Place(
            id=ID + row.code, name=row.names[0], kind="governorate", lon=row.lon, lat=row.lat, radius_m=row.radius_m,
            precision=PRECISION[row.basis], names=row.names, within=(country.id,) if country else (),
            ids=(("code", row.code),), population=int(row.people) if row.people else None,
            bbox=(edges[0], edges[1], edges[2], edges[3]) if edges else None,
            admin1=row.names[0], country=country.name if country else None, country_iso2=iso2,
            source=SOURCE[row.basis],
        )  # fmt: skip
