"""The offline outline under the events: Natural Earth land, borders and water, cut to the events' box.

Everything comes from the files that geo/maps/outlines.py prepares. Lines are simplified one by one, so that neighbours
still share their border; outside the box the world stays, coarsely, so that zooming out never falls off the edge.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
import shapely
from shapely import affinity

from geo.maps import vendor
from geo.maps.outlines import WORLD_TOLERANCE, unbroken, unrolled
from geo.maps.topology import Country, Line, countries, line, packed

PAD = 0.5  # the box grows by this share of its size on each side: room to pan at the first zoom
WIDER = 1.6  # screens and sheets are wider than high, and whole zoom steps may show twice what was asked for
SMALLEST_DEG = 3.0  # a single village still shows its region
FINE_DEG = 45.0  # up to this width the 1:10m outlines are used, beyond it 1:50m
PIXELS = 4000  # lines are kept to one part in so many of the box: sharp to three zoom levels in
WORLD = (-180.0, -90.0, 180.0, 90.0)
Box = tuple[float, float, float, float]


def outline(bounds: Box | None, *, folder: Path = vendor.VENDOR) -> dict[str, Any] | None:
    """Land, coast, borders, admin-1 lines, lakes, rivers and country names around `bounds`; None without the files.

    Geometry is lists of [lon, lat, dlon, dlat, ...] in whole 1/10,000 degrees, each pair after the first a difference.
    """
    path = folder / "countries.zip"
    if not path.is_file():
        return None
    with zipfile.ZipFile(path) as archive:
        if bounds is None:
            inner = _lines(countries(archive, "50m", WORLD), WORLD, WORLD_TOLERANCE)
            return {**inner, "admin": [], "lakes": [], "rivers": []}
        box = _grown(bounds)
        west, south, east, north = box
        tolerance = max(east - west, north - south) / PIXELS
        inner = _lines(countries(archive, "10m" if east - west <= FINE_DEG else "50m", box), box, tolerance)
        world = orjson.loads(archive.read("world.json"))
    around = [
        (-180.0, north, 180.0, 90.0),
        (-180.0, -90.0, 180.0, south),
        (-180.0, south, west, north),
        (east, south, 180.0, north),
    ]
    outer = {name: _cut_lines(world[name], box, around, shape=name == "land") for name in ("land", "coast", "border")}
    water = folder / "water.json"
    wet = orjson.loads(water.read_bytes()) if water.is_file() else {"lakes": [], "rivers": []}
    return {
        **{name: inner[name] + outer[name] for name in outer},
        "names": inner["names"],
        "admin": _admin1(folder / "admin1.zip", box, tolerance),
        "lakes": _cut_lines(wet["lakes"], box, [box], shape=True),
        "rivers": _cut_lines(wet["rivers"], box, [box]),
    }


def _grown(bounds: Box) -> Box:
    west, south, east, north = bounds
    wide, high = max(east - west, SMALLEST_DEG), max(north - south, SMALLEST_DEG)
    lon, lat = (west + east) / 2, (south + north) / 2
    half = max(wide, high) * (0.5 + PAD)  # square: a tall screen must not show the edge either
    west, east = lon - half * WIDER, lon + half * WIDER
    return max(-180.0, west), max(-89.0, lat - half), min(180.0, east), min(89.0, lat + half)


def _lines(near: Sequence[Country], box: Box, tolerance: float) -> dict[str, Any]:
    """Land, coast, borders and names of the countries inside the box."""
    smallest = tolerance * tolerance * 12  # islands of a few pixels are left out
    land: list[Any] = []
    names: list[dict[str, Any]] = []
    coasts: dict[int, Line] = {}
    borders: dict[int, Line] = {}
    for country in near:
        parts: list[Any] = []
        for polygon in country.polygons(box):
            rings = [unrolled(ring) for ring in country.rings(polygon, tolerance) if len(ring) > 3]
            shapes = _rolled(shapely.Polygon(rings[0], rings[1:])) if rings else []
            if sum(shape.area for shape in shapes) > smallest:
                for index in country.indexes(polygon):
                    (borders if index in country.borders else coasts)[index] = country.line(index, tolerance)
                parts.extend(part for shape in shapes for part in _cut(shape, [box], "Polygon"))
        land.extend(parts)
        if parts:
            names.append(_country_name(country.name, max(parts, key=lambda part: part.area), box))
    drawn = {"coast": coasts, "border": borders}
    return {
        "land": [packed(part.exterior.coords) for part in _merged(land)],
        **{
            name: [cut for _, points in sorted(found.items()) for cut in _inside(points, box)]
            for name, found in drawn.items()
        },
        "names": names,
    }


def _inside(points: Line, box: Box) -> list[list[int]]:
    pieces = [shapely.LineString(piece) for piece in unbroken(points)]
    return [packed(part.coords) for piece in pieces for part in _cut(piece, [box], "LineString")]


def _cut_lines(
    rows: Iterable[Mapping[str, Any]], box: Box, boxes: Sequence[Box], *, shape: bool = False, tolerance: float = 0.0
) -> list[list[int]]:
    """Prepared lines inside `boxes`: those beyond `box` are taken as they are, or left out where `box` is all."""
    inwards = list(boxes) == [box]
    found: list[list[int]] = []
    for row in rows:
        if not _meet(row["box"], box):
            if not inwards:
                found.append(row["line"])
            continue
        points = line(row["line"])
        if len(points) < (4 if shape else 2):
            continue
        whole = shapely.make_valid(shapely.Polygon(points)) if shape else shapely.LineString(points)
        if tolerance:
            whole = shapely.simplify(whole, tolerance, preserve_topology=False)
        for part in _cut(whole, boxes, "Polygon" if shape else "LineString"):
            found.append(packed(part.exterior.coords if shape else part.coords))
    return found


def _rolled(shape: Any) -> list[Any]:
    """The parts of a shape that runs over 180 degrees, each where it belongs."""
    west, _, east, _ = shape.bounds
    if west >= -180 and east <= 180:
        return [shape]
    turns = [(360.0 * n, shapely.clip_by_rect(shape, 360.0 * n - 180, -90, 360.0 * n + 180, 90)) for n in (-1, 0, 1)]
    moved = [affinity.translate(part, xoff=-shift) for shift, part in turns if not part.is_empty]
    return [part for piece in moved for part in shapely.get_parts(piece) if part.geom_type == "Polygon"]


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
    if not path.is_file():
        return []
    with zipfile.ZipFile(path) as archive:
        index = orjson.loads(archive.read("index.json"))
        codes = [code for code, at in sorted(index.items()) if _meet(at, box)]
        rows = [row for code in codes for row in orjson.loads(archive.read(f"{code}.json"))]
    return _cut_lines(rows, box, [box], tolerance=tolerance)


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _cut(shape: Any, boxes: Iterable[Box], kind: str) -> list[Any]:
    """The pieces of a shape inside the boxes."""
    cut = [shapely.clip_by_rect(shape, *box) for box in boxes if _meet(shape.bounds, box)]
    return [part for piece in cut for part in shapely.get_parts(piece) if part.geom_type == kind and not part.is_empty]
