"""Read prepared outlines: countries by themselves, their lines stored once, as differences."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

import orjson
import shapely

from geo.maps.outlines import SCALE

Line = list[tuple[float, float]]
Transform = Mapping[str, Sequence[float]]
PLAIN: Transform = {"scale": (1 / SCALE, 1 / SCALE), "translate": (0, 0)}


class Country:
    """One country's outline; a line is decoded and simplified when it is first asked for.

    >>> lines = {"0": [0, 0, 2, 0, 0, 2, -2, -2]}
    >>> square = Country({"name": "Square", "lines": lines, "borders": [], "polygons": []}, PLAIN)
    >>> square.rings({"rings": [[0]]})
    [[(0.0, 0.0), (0.0002, 0.0), (0.0002, 0.0002), (0.0, 0.0)]]
    """

    def __init__(self, content: Mapping[str, Any], transform: Transform) -> None:
        self.name = str(content["name"])
        self.borders = set(content["borders"])
        self._polygons = content["polygons"]
        self._flat = content["lines"]
        self._transform = transform
        self._lines: dict[tuple[int, float], Line] = {}

    def polygons(self, box: Sequence[float]) -> list[dict[str, Any]]:
        """The polygons that may touch a box."""
        return [p for p in self._polygons if any(_meet(at, box) for at in p["boxes"])]

    def indexes(self, polygon: Mapping[str, Any]) -> set[int]:
        """The numbers of a polygon's lines: neighbours give a shared border the same number."""
        return {i if i >= 0 else ~i for ring in polygon["rings"] for i in ring}

    def line(self, index: int, tolerance: float = 0.0) -> Line:
        """One line's points (lon, lat), simplified so that it is nowhere off by more than `tolerance` degrees."""
        found = self._lines.get((index, tolerance))
        if found is None:
            found = line(self._flat[str(index)], self._transform)
            if tolerance and len(found) > 2:
                simple = shapely.simplify(shapely.LineString(found), tolerance, preserve_topology=False)
                found = [(x, y) for x, y in simple.coords]
            self._lines[index, tolerance] = found
        return found

    def rings(self, polygon: Mapping[str, Any], tolerance: float = 0.0) -> list[Line]:
        """A polygon's closed rings, the outer one first."""
        rings = []
        for numbers in polygon["rings"]:
            points: Line = []
            for i in numbers:
                part = self.line(i, tolerance) if i >= 0 else self.line(~i, tolerance)[::-1]
                points.extend(part[1:] if points else part)
            rings.append(points)
        return rings


def countries(archive: zipfile.ZipFile, scale: str, box: Sequence[float]) -> list[Country]:
    """The countries that may touch a box, at "10m" or "50m"."""
    index = orjson.loads(archive.read(f"{scale}/index.json"))
    numbers = [n for n, boxes in enumerate(index["boxes"]) if any(_meet(at, box) for at in boxes)]
    return [Country(orjson.loads(archive.read(f"{scale}/{n}.json")), index["transform"]) for n in numbers]


def line(flat: Sequence[int], transform: Transform = PLAIN) -> Line:
    """The points of a flat list of differences.

    >>> line([10000, 20000, 5000, 0])
    [(1.0, 2.0), (1.5, 2.0)]
    """
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    return [(x * sx + tx, y * sy + ty) for x, y in zip(accumulate(flat[::2]), accumulate(flat[1::2]))]


def packed(coords: Iterable[Sequence[float]]) -> list[int]:
    """First pair absolute, then differences; points that round to the same place are dropped.

    >>> packed([(1, 2), (1.00001, 2), (1.5, 2)])
    [10000, 20000, 5000, 0]
    """
    flat: list[int] = []
    last_x = last_y = 0
    for x, y, *_ in coords:
        whole_x, whole_y = round(x * SCALE), round(y * SCALE)
        if flat and whole_x == last_x and whole_y == last_y:
            continue
        flat.extend((whole_x - last_x, whole_y - last_y))
        last_x, last_y = whole_x, whole_y
    return flat


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]
