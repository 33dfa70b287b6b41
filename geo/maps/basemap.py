"""The offline outline under the events: Natural Earth land, borders and water, cut to the events' box.

Everything comes from the vendored TopoJSON files. Lines are simplified one by one, so that neighbours still share
their border; outside the box the world stays, coarsely, so that zooming out never falls off the edge.
"""

from __future__ import annotations

import functools
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import orjson
import shapely
from shapely import affinity

from geo.maps import vendor
from geo.maps.topology import Topology, line_uses, polygons

PAD = 0.5  # the box grows by this share of its size on each side: room to pan at the first zoom
SMALLEST_DEG = 3.0  # a single village still shows its region
FINE_DEG = 45.0  # up to this width the 1:10m outlines are used, beyond it 1:50m
WORLD_TOLERANCE = 0.12  # degrees: the world outside the box is only there to show where one is
SCALE = 10_000  # coordinates are whole numbers of 1/10,000 degree, about 11 m
PIXELS = 4000  # lines are kept to one part in so many of the box: sharp to three zoom levels in
WORLD = (-180.0, -90.0, 180.0, 90.0)
Box = tuple[float, float, float, float]


def outline(bounds: Box | None, *, folder: Path = vendor.VENDOR) -> dict[str, Any] | None:
    """Land, coast, borders, admin-1 lines, lakes, rivers and country names around `bounds`; None without the files.

    Geometry is lists of [lon, lat, dlon, dlat, ...] in whole 1/10,000 degrees, each pair after the first a difference.
    """
    world = _topology(folder / "countries-50m.json")
    if world is None:
        return None
    countries = world.geometries("countries")
    if bounds is None:
        return {**_lines(world, countries, [WORLD], WORLD_TOLERANCE), "admin": [], "lakes": [], "rivers": []}
    box = _grown(bounds)
    tolerance = max(box[2] - box[0], box[3] - box[1]) / PIXELS
    fine = _topology(folder / "countries-10m.json") if box[2] - box[0] <= FINE_DEG else None
    nearby = _touching(world, countries, box)
    near = [c for c in (fine or world).geometries("countries") if c.get("id") in nearby or c.get("id") is None]
    inner = _lines(fine or world, near, [box], tolerance)
    west, south, east, north = box
    around = [
        (-180.0, north, 180.0, 90.0),
        (-180.0, -90.0, 180.0, south),
        (-180.0, south, west, north),
        (east, south, 180.0, north),
    ]
    outer = _lines(world, countries, around, WORLD_TOLERANCE)
    water = _topology(folder / "water-50m.json")
    return {
        **{name: inner[name] + outer[name] for name in ("land", "coast", "border")},
        "names": inner["names"],
        "admin": _admin1(folder / "admin1.zip", box, tolerance),
        "lakes": _lakes(water, box) if water else [],
        "rivers": _rivers(water, box) if water else [],
    }


@functools.lru_cache(maxsize=4)
def _topology(path: Path) -> Topology | None:
    return Topology.read(path)


def _grown(bounds: Box) -> Box:
    west, south, east, north = bounds
    wide, high = max(east - west, SMALLEST_DEG), max(north - south, SMALLEST_DEG)
    lon, lat = (west + east) / 2, (south + north) / 2
    half = max(wide, high) * (0.5 + PAD)  # square: a tall screen must not show the edge either
    return max(-180.0, lon - half * 1.2), max(-89.0, lat - half), min(180.0, lon + half * 1.2), min(89.0, lat + half)


def _touching(world: Topology, countries: Iterable[Mapping[str, Any]], box: Box) -> set[Any]:
    """Ids of the countries that may touch the box, judged by their coarse outlines."""
    slack = 1.0  # degrees: the coarse outline may leave out a cape or an island
    wider = (box[0] - slack, box[1] - slack, box[2] + slack, box[3] + slack)
    shapes = ((c.get("id"), shape) for c in countries for shape in _shapes(world, c, WORLD_TOLERANCE))
    return {name for name, shape in shapes if _near(shape, wider)}


def _lines(
    topology: Topology, countries: Sequence[Mapping[str, Any]], boxes: Sequence[Box], tolerance: float
) -> dict[str, Any]:
    """Land, coast, borders and names of countries inside the boxes."""
    smallest = tolerance * tolerance * 12  # islands of a few pixels are left out
    land: list[Any] = []
    names: list[dict[str, Any]] = []
    kept: set[int] = set()
    for country in countries:
        parts: list[Any] = []
        for shapes, lines in _polygons(topology, country, tolerance):
            if sum(shape.area for shape in shapes) > smallest:
                kept.update(lines)
                parts.extend(part for shape in shapes for part in _cut(shape, boxes, "Polygon"))
        land.extend(parts)
        name = (country.get("properties") or {}).get("name")
        if name and parts and len(boxes) == 1:
            names.append(_country_name(str(name), max(parts, key=lambda part: part.area), boxes[0]))
    coast: list[list[int]] = []
    border: list[list[int]] = []
    for index, count in sorted(line_uses(countries).items()):
        for points in _unbroken(topology.line(index, tolerance)) if index in kept else ():
            cut = [_whole(part.coords) for part in _cut(shapely.LineString(points), boxes, "LineString")]
            (coast if count == 1 else border).extend(cut)
    return {
        "land": [_whole(part.exterior.coords) for part in _merged(land)],
        "coast": coast,
        "border": border,
        "names": names,
    }


def _polygons(topology: Topology, country: Mapping[str, Any], tolerance: float) -> list[tuple[list[Any], set[int]]]:
    """Each polygon as one or more shapes between 180 degrees west and east, with the numbers of its lines."""
    found = []
    for rings, arcs in zip(topology.rings(country, tolerance), polygons(country)):
        if len(rings[0]) > 3:
            whole = [_unrolled(ring) for ring in rings if len(ring) > 3]
            shape = shapely.Polygon(whole[0], whole[1:])
            found.append((_rolled(shape), {i if i >= 0 else ~i for ring in arcs for i in ring}))
    return found


def _shapes(topology: Topology, country: Mapping[str, Any], tolerance: float) -> list[Any]:
    return [shape for shapes, _ in _polygons(topology, country, tolerance) for shape in shapes]


def _unrolled(ring: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The ring without jumps from 180 degrees east to west: longitudes run on; round a pole it is closed there."""
    points = [ring[0]]
    turn = 0.0
    for (before, _), (lon, lat) in pairwise(ring):
        turn += -360.0 if lon - before > 180 else 360.0 if before - lon > 180 else 0.0
        points.append((lon + turn, lat))
    if turn:
        pole = 90.0 if sum(lat for _, lat in ring) > 0 else -90.0
        points += [(points[-1][0], pole), (points[0][0], pole), points[0]]
    return points


def _rolled(shape: Any) -> list[Any]:
    """The parts of a shape that runs over 180 degrees, each where it belongs."""
    west, _, east, _ = shape.bounds
    if west >= -180 and east <= 180:
        return [shape]
    turns = [(360.0 * n, shapely.clip_by_rect(shape, 360.0 * n - 180, -90, 360.0 * n + 180, 90)) for n in (-1, 0, 1)]
    moved = [affinity.translate(part, xoff=-shift) for shift, part in turns if not part.is_empty]
    return [part for piece in moved for part in shapely.get_parts(piece) if part.geom_type == "Polygon"]


def _unbroken(line: Sequence[tuple[float, float]]) -> list[Sequence[tuple[float, float]]]:
    """The line in pieces none of which jumps over 180 degrees."""
    jumps = [at for at, ((before, _), (lon, _)) in enumerate(pairwise(line), 1) if abs(lon - before) > 180]
    pieces = [line[a:b] for a, b in pairwise([0, *jumps, len(line)])]
    return [piece for piece in pieces if len(piece) > 1]


def _country_name(name: str, shape: Any, box: Box) -> dict[str, Any]:
    at = shapely.point_on_surface(shape)
    share = shape.area / ((box[2] - box[0]) * (box[3] - box[1]))
    return {"name": name, "lon": round(at.x, 3), "lat": round(at.y, 3), "share": round(share, 4)}


def _merged(parts: Sequence[Any]) -> list[Any]:
    """Neighbours as one: no border is stored twice. Shapes that cannot be merged stay as they are."""
    try:
        whole = shapely.union_all([shapely.make_valid(part) for part in parts])
    except shapely.GEOSException:
        return list(parts)
    return [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon"]


def _admin1(path: Path, box: Box, tolerance: float) -> list[list[int]]:
    """Lines between first-level divisions of the countries that touch the box."""
    lines: list[list[int]] = []
    for topology in _divisions(path, box):
        uses = line_uses(geometry for name in topology.objects for geometry in topology.geometries(name))
        for index, count in sorted(uses.items()):
            points = topology.line(index, tolerance)
            if count > 1 and len(points) > 1:
                lines.extend(_whole(part.coords) for part in _cut(shapely.LineString(points), [box], "LineString"))
    return lines


@functools.lru_cache(maxsize=4)
def _divisions(path: Path, box: Box) -> tuple[Topology, ...]:
    if not path.is_file():
        return ()
    west, south, east, north = box
    with zipfile.ZipFile(path) as archive:
        index = orjson.loads(archive.read("index.json"))
        codes = [
            code for code, (w, s, e, n) in sorted(index.items()) if w < east and e > west and s < north and n > south
        ]
        return tuple(Topology(orjson.loads(archive.read(f"{code}.json"))) for code in codes)


def _lakes(water: Topology, box: Box) -> list[list[int]]:
    shapes = [shape for lake in water.geometries("lakes") for shape in _shapes(water, lake, 0.0)]
    return [_whole(part.exterior.coords) for shape in shapes for part in _cut(shape, [box], "Polygon")]


def _rivers(water: Topology, box: Box) -> list[list[int]]:
    lines = [water.line(index) for index in sorted(line_uses(water.geometries("rivers")))]
    shapes = [shapely.LineString(line) for line in lines if len(line) > 1]
    return [_whole(part.coords) for shape in shapes for part in _cut(shape, [box], "LineString")]


def _near(shape: Any, box: Box) -> bool:
    west, south, east, north = shape.bounds
    return bool(west < box[2] and east > box[0] and south < box[3] and north > box[1])


def _cut(shape: Any, boxes: Iterable[Box], kind: str) -> list[Any]:
    """The pieces of a shape inside the boxes."""
    cut = [shapely.clip_by_rect(shape, *box) for box in boxes if _near(shape, box)]
    return [part for piece in cut for part in shapely.get_parts(piece) if part.geom_type == kind and not part.is_empty]


def _whole(coords: Iterable[Sequence[float]]) -> list[int]:
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
