"""The offline outline under the events: Natural Earth land, borders and water, cut to the events' box.

Everything comes from the vendored TopoJSON files. Lines are simplified arc by arc, so that neighbours still share
their border; outside the box the world stays, coarsely, so that zooming out never falls off the edge.
"""

from __future__ import annotations

import functools
import gzip
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import shapely

from geo.maps import vendor

ATTRIBUTION = "Natural Earth, not an endorsement"
PAD = 0.6  # the box grows by this share of its size on each side: room to pan at the first zoom
SMALLEST_DEG = 3.0  # a single village still shows its region
FINE_DEG = 45.0  # up to this width the 1:10m outlines are used, beyond it 1:50m
SCALE = 10_000  # coordinates are whole numbers of 1/10,000 degree, about 11 m
Box = tuple[float, float, float, float]


def outline(bounds: Box | None, *, folder: Path = vendor.VENDOR) -> dict[str, Any] | None:
    """Land, coast, borders, admin-1 lines, lakes, rivers and country names around `bounds`; None without the files.

    Geometry is lists of [lon, lat, dlon, dlat, ...] in whole 1/10,000 degrees, each pair after the first a difference.
    """
    coarse = _topology(folder / "countries-50m.json")
    if coarse is None:
        return None
    box = _grown(bounds) if bounds else None
    fine = _topology(folder / "countries-10m.json") if box and box[2] - box[0] <= FINE_DEG else None
    detail = fine or coarse
    if box is None:
        return _layers(coarse, None, outside=None, tolerance=0.08)
    tolerance = max(box[2] - box[0], box[3] - box[1]) / 4000
    inner = _layers(detail, box, outside=None, tolerance=tolerance)
    outer = _layers(coarse, None, outside=box, tolerance=0.15)
    merged = {key: inner[key] + outer[key] for key in ("land", "coast", "border")}
    water = _topology(folder / "water-50m.json")
    return {
        **merged,
        "names": inner["names"],
        "admin": _admin1(folder, box, tolerance),
        "lakes": _water(water, "lakes", box) if water else [],
        "rivers": _water(water, "rivers", box) if water else [],
    }


def _grown(bounds: Box) -> Box:
    west, south, east, north = bounds
    wide, high = max(east - west, SMALLEST_DEG), max(north - south, SMALLEST_DEG)
    middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
    half = max(wide, high) * (0.5 + PAD)  # square: a tall screen must not show the edge either
    return (
        max(-180.0, middle_lon - half * 1.2),
        max(-89.0, middle_lat - half),
        min(180.0, middle_lon + half * 1.2),
        min(89.0, middle_lat + half),
    )


class _Topology:
    """A TopoJSON file with its arcs decoded."""

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.objects = content["objects"]
        transform = content.get("transform")
        self.arcs = [_decoded(arc, transform) for arc in content["arcs"]]

    @functools.lru_cache(maxsize=4)  # noqa: B019 - topologies live as long as the process
    def simplified(self, tolerance: float) -> list[list[tuple[float, float]]]:
        lines = shapely.linestrings
        whole = [lines(arc) if len(arc) > 1 else None for arc in self.arcs]
        simple = shapely.simplify(whole, tolerance, preserve_topology=False)
        return [
            list(map(tuple, shapely.get_coordinates(line))) if line is not None else arc
            for line, arc in zip(simple, self.arcs)
        ]

    def rings(
        self, geometry: Mapping[str, Any], arcs: Sequence[Sequence[tuple[float, float]]]
    ) -> list[list[list[tuple[float, float]]]]:
        kind = geometry["type"]
        polygons = [geometry["arcs"]] if kind == "Polygon" else geometry["arcs"] if kind == "MultiPolygon" else []
        return [[_joined(ring, arcs) for ring in polygon] for polygon in polygons]


@functools.lru_cache(maxsize=4)
def _topology(path: Path) -> _Topology | None:
    if not path.is_file():
        return None
    return _Topology(json.loads(path.read_text(encoding="utf-8")))


def _decoded(arc: Sequence[Sequence[int]], transform: Mapping[str, Any] | None) -> list[tuple[float, float]]:
    if transform is None:
        return [(point[0], point[1]) for point in arc]
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    xs, ys = accumulate(point[0] for point in arc), accumulate(point[1] for point in arc)
    return [(x * sx + tx, y * sy + ty) for x, y in zip(xs, ys)]


def _joined(ring: Sequence[int], arcs: Sequence[Sequence[tuple[float, float]]]) -> list[tuple[float, float]]:
    points: list[tuple[float, float]] = []
    for index in ring:
        line = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(line[1:] if points else line)
    return points


def _arc_uses(geometries: Iterable[Mapping[str, Any]]) -> Counter[int]:
    """How many rings use each arc: one for a coast, two for a border."""
    uses: Counter[int] = Counter()

    def walk(value: Any) -> None:
        for item in value:
            if isinstance(item, int):
                uses[item if item >= 0 else ~item] += 1
            else:
                walk(item)

    for geometry in geometries:
        walk(geometry.get("arcs", ()))
    return uses


def _polygons(rings: Iterable[list[list[tuple[float, float]]]]) -> list[Any]:
    shapes = [shapely.Polygon(parts[0], [r for r in parts[1:] if len(r) > 3]) for parts in rings if len(parts[0]) > 3]
    return [shape if shape.is_valid else shapely.make_valid(shape) for shape in shapes]


def _layers(topology: _Topology, box: Box | None, *, outside: Box | None, tolerance: float) -> dict[str, Any]:
    arcs = topology.simplified(tolerance)
    countries = topology.objects["countries"]["geometries"]
    uses = _arc_uses(countries)
    smallest = tolerance * tolerance * 12  # islands of a few pixels at the widest zoom are left out
    land: list[list[int]] = []
    names: list[dict[str, Any]] = []
    for country in countries:
        shapes = [s for s in _polygons(topology.rings(country, arcs)) if s.area > smallest]
        clipped = [_cut(shape, box, outside) for shape in shapes if _near(shape, box)]
        parts = [part for shape in clipped for part in _parts(shape, "Polygon")]
        land.extend(_quantised(part.exterior.coords) for part in parts)
        name = (country.get("properties") or {}).get("name")
        if box and name and parts:
            biggest = max(parts, key=lambda part: part.area)
            at = shapely.point_on_surface(biggest)
            share = biggest.area / ((box[2] - box[0]) * (box[3] - box[1]))
            names.append({"name": str(name), "lon": round(at.x, 3), "lat": round(at.y, 3), "share": round(share, 4)})
    kept = _ring_lines(topology, countries, arcs, smallest) if box is None else None
    coast, border = [], []
    for index, count in sorted(uses.items()):
        if (kept is not None and index not in kept) or len(arcs[index]) < 2:
            continue
        line = shapely.LineString(arcs[index])
        if not _near(line, box):
            continue
        for part in _parts(_cut(line, box, outside), "LineString"):
            (coast if count == 1 else border).append(_quantised(part.coords))
    return {"land": land, "coast": coast, "border": border, "names": names, "admin": [], "lakes": [], "rivers": []}


def _ring_lines(topology: _Topology, countries: Iterable[Mapping[str, Any]], arcs: Any, smallest: float) -> set[int]:
    """The arcs of rings big enough to be drawn."""
    kept: set[int] = set()
    for country in countries:
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country.get("arcs", ())
        for polygon in polygons:
            points = _joined(polygon[0], arcs)
            if len(points) > 3 and shapely.Polygon(points).area > smallest:
                kept.update(i if i >= 0 else ~i for ring in polygon for i in ring)
    return kept


def _admin1(folder: Path, box: Box, tolerance: float) -> list[list[int]]:
    """Lines between first-level divisions of the countries that touch the box."""
    lines: list[list[int]] = []
    for topology in _divisions(folder / "admin1.json.gz", box):
        arcs = topology.simplified(tolerance)
        uses = _arc_uses(geometry for value in topology.objects.values() for geometry in value["geometries"])
        for index, count in sorted(uses.items()):
            if count > 1 and len(arcs[index]) > 1:
                line = shapely.LineString(arcs[index])
                lines.extend(_quantised(part.coords) for part in _parts(_cut(line, box, None), "LineString"))
    return lines


@functools.lru_cache(maxsize=1)
def _all_divisions(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    return dict(json.loads(gzip.decompress(path.read_bytes())))


def _divisions(path: Path, box: Box) -> list[_Topology]:
    found = []
    for code, content in sorted(_all_divisions(path).items()):
        transform = content.get("transform")
        if code.startswith("_") or code == "world" or not transform:
            continue
        (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
        # these files are quantised to 10,000 steps, so the transform gives the country's box
        if tx < box[2] and tx + sx * 1e4 > box[0] and ty < box[3] and ty + sy * 1e4 > box[1]:
            found.append(_Topology(content))
    return found


def _water(topology: _Topology, name: str, box: Box) -> list[list[int]]:
    geometries = topology.objects[name]["geometries"]
    if name == "lakes":
        shapes = [s for g in geometries for s in _polygons(topology.rings(g, topology.arcs)) if _near(s, box)]
        parts = [part for shape in shapes for part in _parts(_cut(shape, box, None), "Polygon")]
        return [_quantised(part.exterior.coords) for part in parts]
    lines = [shapely.LineString(topology.arcs[i]) for i in sorted(_arc_uses(geometries)) if len(topology.arcs[i]) > 1]
    cut = [_cut(line, box, None) for line in lines if _near(line, box)]
    return [_quantised(part.coords) for shape in cut for part in _parts(shape, "LineString")]


def _near(shape: Any, box: Box | None) -> bool:
    if box is None:
        return True
    west, south, east, north = shape.bounds
    return bool(west < box[2] and east > box[0] and south < box[3] and north > box[1])


def _cut(shape: Any, box: Box | None, outside: Box | None) -> Any:
    if box is not None:
        return shapely.clip_by_rect(shape, *box)
    if outside is not None and _near(shape, outside):
        return shapely.difference(shape, shapely.box(*outside))
    return shape


def _parts(shape: Any, kind: str) -> list[Any]:
    return (
        [part for part in shapely.get_parts(shape) if part.geom_type == kind and not part.is_empty]
        if not shape.is_empty
        else []
    )


def _quantised(coords: Iterable[Sequence[float]]) -> list[int]:
    """First pair absolute, then differences; points that round to the same place are dropped."""
    flat: list[int] = []
    last_x = last_y = 0
    for x, y, *_ in coords:
        whole_x, whole_y = round(x * SCALE), round(y * SCALE)
        if flat and whole_x == last_x and whole_y == last_y:
            continue
        flat.extend((whole_x - last_x, whole_y - last_y))
        last_x, last_y = whole_x, whole_y
    return flat
