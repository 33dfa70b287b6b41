"""The land borders between countries, as lines: one small table, read when a report speaks of one."""

from __future__ import annotations

import functools
from itertools import pairwise
from pathlib import Path

from geo import files
from geo.gazetteer.distance import great_circle_m
from geo.model import Place

ID = "border."  # before the codes of the two countries: "border.sy.tr"
SOURCE = "Natural Earth (public domain), simplified to about 4 km"
REACH_M = 10_000  # "on the border" reaches about this far to either side
Line = tuple[tuple[float, float], ...]


class Borders:
    """The lines of world/borders.csv.

    >>> borders = Borders()
    >>> borders.neighbours("LB")
    ['IL', 'SY']
    >>> borders.between("TR", "SY") == borders.between("SY", "TR") != ()
    True
    """

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or files.shipped("world/borders.csv")

    @functools.cached_property
    def _lines(self) -> dict[tuple[str, str], tuple[Line, ...]]:
        found = {}
        for row in self.path.read_text(encoding="utf-8").splitlines()[1:]:
            one, other, drawn = row.split("|")
            found[one.upper(), other.upper()] = tuple(map(_line, drawn.split(", ")))
        return found

    def between(self, one: str, other: str) -> tuple[Line, ...]:
        """The lines (lon, lat) between two countries, given by their codes; none where they do not meet."""
        return self._lines.get((min(one, other), max(one, other)), ())

    def neighbours(self, code: str) -> list[str]:
        """The codes of the countries that meet a country."""
        return sorted({(a if b == code else b) for a, b in self._lines if code in (a, b)})

    def place(self, one: Place, other: Place) -> Place | None:
        """The border of two countries as a place: the middle of its longest line, a radius that reaches its ends."""
        one, other = sorted((one, other), key=lambda place: place.country_iso2 or "")
        codes = [place.country_iso2 or "" for place in (one, other)]
        lines = self.between(*codes)
        if not lines:
            return None
        lon, lat = _middle(max(lines, key=_length_m))
        points = [point for line in lines for point in line]
        away_m = max(great_circle_m(lon_a=lon, lat_a=lat, lon_b=x, lat_b=y) for x, y in points)
        lons, lats = [x for x, _ in points], [y for _, y in points]
        return Place(
            id=f"{ID}{codes[0].lower()}.{codes[1].lower()}", name=f"{one.name}-{other.name} border", kind="region",
            lon=round(lon, 4), lat=round(lat, 4), radius_m=round(away_m + REACH_M, -3), precision="area",
            names=(f"{one.name}-{other.name} border",), bbox=(min(lons), min(lats), max(lons), max(lats)),
            within=(one.id, other.id),
            country=one.name, country_iso2=one.country_iso2, source=SOURCE,
        )  # fmt: skip


def _line(drawn: str) -> Line:
    numbers = [float(number) for number in drawn.split(" ")]
    return tuple(zip(numbers[::2], numbers[1::2]))


def _steps(line: Line) -> list[float]:
    return [great_circle_m(lon_a=a[0], lat_a=a[1], lon_b=b[0], lat_b=b[1]) for a, b in pairwise(line)]


def _length_m(line: Line) -> float:
    return sum(_steps(line))


def _middle(line: Line) -> tuple[float, float]:
    """The point half way along a line."""
    left = _length_m(line) / 2
    for (a, b), step in zip(pairwise(line), _steps(line)):
        if step >= left > 0:
            share = left / step
            return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])
        left -= step
    return line[0]
