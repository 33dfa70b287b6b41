"""Whether GeoJSON keeps RFC 7946: no library checks all of it, so the rules are spelled out here."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

from geo.errors import ExportError

DIGITS = 7  # section 11.2: more digits than a centimetre's only waste space
_DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}


def check_position(lon: Any, lat: Any, *, what: object = None) -> None:
    """Raise ExportError unless lon and lat are degrees: finite, longitude first, within the world."""
    for name, value, most in (("lon", lon, 180), ("lat", lat, 90)):
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            raise ExportError(f"{name} of {what} is {value!r}, not a number: check its gazetteer row")
        if abs(value) > most:
            raise ExportError(f"{name} of {what} is {value}, beyond {most} degrees: lon and lat may be swapped")


def problems(collection: Mapping[str, Any]) -> list[str]:
    """All that is wrong with a FeatureCollection, in words; an empty list means that it is valid.

    >>> point = {"type": "Point", "coordinates": [36.4, 133.5]}
    >>> problems({"type": "FeatureCollection", "features": [
    ...     {"type": "Feature", "id": "a", "geometry": point, "properties": {}}]})
    ['feature a: latitude 133.5 is beyond 90']
    """
    if collection.get("type") != "FeatureCollection" or not isinstance(collection.get("features"), list):
        return ["not a FeatureCollection with a list of features"]
    found: list[str] = []
    if "crs" in collection:
        found.append("'crs' is gone since RFC 7946: positions are WGS 84")
    seen: set[Any] = set()
    for number, feature in enumerate(collection["features"]):
        name = feature.get("id", f"number {number}")
        if feature.get("type") != "Feature":
            found.append(f"feature {name}: type is not Feature")
        if "id" in feature and not isinstance(feature["id"], (str, int, float)):
            found.append(f"feature {name}: an id is a text or a number")
        elif "id" in feature and feature["id"] in seen:
            found.append(f"feature {name}: the id stands twice")
        seen.add(feature.get("id"))
        if not isinstance(feature.get("properties", 0), (dict, type(None))) or "properties" not in feature:
            found.append(f"feature {name}: properties must be an object or null")
        if "geometry" not in feature:
            found.append(f"feature {name}: geometry must be there, if only as null")
        elif feature["geometry"] is not None:
            found += [f"feature {name}: {problem}" for problem in _geometry(feature["geometry"])]
    return found


def _geometry(geometry: Mapping[str, Any]) -> list[str]:
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        return [problem for part in geometry.get("geometries", ()) for problem in _geometry(part)]
    if kind not in _DEPTH:
        return [f"unknown geometry type {kind!r}"]
    found: list[str] = []
    for position in _positions(geometry.get("coordinates"), _DEPTH[kind]):
        found += _position(position)
    if not found and kind in ("Polygon", "MultiPolygon"):
        polygons = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]
        for polygon in polygons:
            for number, ring in enumerate(polygon):
                found += _ring(ring, outer=number == 0)
    return found


def _positions(value: Any, depth: int) -> list[Any]:
    if depth == 0:
        return [value]
    if not isinstance(value, (list, tuple)):
        return [value]
    return [position for part in value for position in _positions(part, depth - 1)]


def _position(position: Any) -> list[str]:
    if not isinstance(position, (list, tuple)) or len(position) < 2:
        return [f"{position!r} is not a position"]
    for name, value, most in (("longitude", position[0], 180), ("latitude", position[1], 90)):
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
            return [f"{name} {value!r} is not a finite number"]
        if abs(value) > most:
            return [f"{name} {value} is beyond {most}"]
        if round(value, DIGITS) != value:
            return [f"{name} {value} has more than {DIGITS} decimals"]
    return []


def _ring(ring: Sequence[Sequence[float]], *, outer: bool) -> list[str]:
    if len(ring) < 4:
        return ["a ring has fewer than four positions"]
    if list(ring[0]) != list(ring[-1]):
        return ["a ring is not closed"]
    twice_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
    if (twice_area > 0) != outer:
        return ["an outer ring must run counter-clockwise, a hole clockwise"]
    if max(p[0] for p in ring) - min(p[0] for p in ring) > 180:
        return ["a ring spans more than half the world: cut it at the antimeridian"]
    return []
