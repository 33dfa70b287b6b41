"""Curated places in memory: their names by key, in the text, and near a point."""

from __future__ import annotations

import bisect
import functools
from collections.abc import Iterable, Iterator, Sequence

from geo.gazetteer.distance import METRES_PER_DEGREE, great_circle_m
from geo.gazetteer.matching import Found, stored_keys, tier_of
from geo.gazetteer.spelling import families, family_of_country, is_arabic
from geo.model import Place


def _lat(place: Place) -> float:
    return place.lat


class Shelf:
    """Curated places, found by key, prefix or neighbourhood."""

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = list(places)
        self._keys: dict[str, list[Found]] = {}
        for number, place in enumerate(self.places):
            family = family_of(place.country_iso2, place.names)
            seen: set[str] = set()
            for name in place.names:
                for key in stored_keys(name, family=family):
                    if key not in seen:
                        seen.add(key)
                        self._keys.setdefault(key, []).append(Found(number, name, tier_of(key)))

    @functools.cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._keys)

    @functools.cached_property
    def _by_lat(self) -> list[Place]:
        return sorted(self.places, key=_lat)

    def with_keys(self, keys: Sequence[str]) -> Iterator[Found]:
        """Every stored name under one of the keys."""
        for key in keys:
            yield from self._keys.get(key, ())

    def keys_like(self, prefix: str, *, length: int) -> Iterator[str]:
        """Stored keys that begin with a prefix, at most one character longer or shorter than `length`."""
        for at in range(bisect.bisect_left(self._sorted, prefix), len(self._sorted)):
            key = self._sorted[at]
            if not key.startswith(prefix):
                return
            if abs(len(key) - length) <= 1:
                yield key

    def near(self, lon: float, lat: float, radius_m: float) -> Iterator[tuple[float, Place]]:
        """Places whose point lies within a radius, with the distance."""
        reach = radius_m / METRES_PER_DEGREE
        by_lat = self._by_lat
        for at in range(bisect.bisect_left(by_lat, lat - reach, key=_lat), len(by_lat)):
            place = by_lat[at]
            if place.lat > lat + reach:
                return
            metres = great_circle_m(lon_a=lon, lat_a=lat, lon_b=place.lon, lat_b=place.lat)
            if metres <= radius_m:
                yield metres, place


@functools.lru_cache(maxsize=20_000)
def keys_of(place: Place) -> frozenset[str]:
    """All keys of all names of a place."""
    family = family_of(place.country_iso2, place.names)
    return frozenset(key for name in place.names for key in stored_keys(name, family=family))


def family_of(country_iso2: str | None, names: Iterable[str]) -> str | None:
    """The family in which a place's names are romanised: by its country or, where that is unknown, its own names.

    >>> family_of("SY", ["Douma"]), family_of("FR", ["Lyon", "ليون"]), family_of(None, ["دوما"])
    ('arabic', None, 'arabic')
    """
    if country_iso2:
        return family_of_country(country_iso2)
    arabic = any(is_arabic(name) for name in names)
    return next((family.name for family in families() if family.script), None) if arabic else None
