"""Read TopoJSON: lines are stored once, as differences, and shapes say which lines they are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import orjson
import shapely

Line = list[tuple[float, float]]


class Topology:
    """A TopoJSON file; a line is decoded and simplified when it is first asked for.

    >>> square = {"type": "Polygon", "arcs": [[0]]}
    >>> topology = Topology({"objects": {}, "arcs": [[[0, 0], [2, 0], [2, 2], [0, 0]]]})
    >>> topology.rings(square)
    [[[(0, 0), (2, 0), (2, 2), (0, 0)]]]
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.objects = content["objects"]
        self.arcs = content["arcs"]
        self.transform = content.get("transform")
        self._lines: dict[tuple[int, float], Line] = {}

    @classmethod
    def read(cls, path: Path) -> Topology | None:
        """The file's content, None where it is missing."""
        return cls(orjson.loads(path.read_bytes())) if path.is_file() else None

    def geometries(self, name: str) -> list[dict[str, Any]]:
        """The shapes of one object."""
        return list(self.objects[name]["geometries"])

    def line(self, index: int, tolerance: float = 0.0) -> Line:
        """One line's points (lon, lat), simplified so that it is nowhere off by more than `tolerance` degrees."""
        line = self._lines.get((index, tolerance))
        if line is None:
            line = _decoded(self.arcs[index], self.transform)
            if tolerance and len(line) > 2:
                simple = shapely.simplify(shapely.LineString(line), tolerance, preserve_topology=False)
                line = [(x, y) for x, y in simple.coords]
            self._lines[index, tolerance] = line
        return line

    def rings(self, geometry: Mapping[str, Any], tolerance: float = 0.0) -> list[list[Line]]:
        """The polygons of a shape, each a list of closed rings, the outer one first."""
        return [[self._joined(ring, tolerance) for ring in polygon] for polygon in polygons(geometry)]

    def _joined(self, ring: Sequence[int], tolerance: float) -> Line:
        points: Line = []
        for index in ring:
            line = self.line(index, tolerance) if index >= 0 else self.line(~index, tolerance)[::-1]
            points.extend(line[1:] if points else line)
        return points


def polygons(geometry: Mapping[str, Any]) -> list[list[list[int]]]:
    """The polygons of a shape as rings of line numbers (a number below zero: that line backwards)."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return list(geometry["arcs"]) if geometry["type"] == "MultiPolygon" else []


def line_uses(geometries: Iterable[Mapping[str, Any]]) -> Counter[int]:
    """How many rings use each line: one for a coast, two for a border.

    >>> sorted(line_uses([{"arcs": [[0, 1]]}, {"arcs": [[~1, 2]]}]).items())
    [(0, 1), (1, 2), (2, 1)]
    """
    uses: Counter[int] = Counter()
    waiting = [geometry.get("arcs", ()) for geometry in geometries]
    while waiting:
        for item in waiting.pop():
            if isinstance(item, int):
                uses[item if item >= 0 else ~item] += 1
            else:
                waiting.append(item)
    return uses


def _decoded(arc: Sequence[Sequence[int]], transform: Mapping[str, Any] | None) -> Line:
    if transform is None:
        return [(point[0], point[1]) for point in arc]
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    xs, ys = accumulate(point[0] for point in arc), accumulate(point[1] for point in arc)
    return [(x * sx + tx, y * sy + ty) for x, y in zip(xs, ys)]
