"""Where exactly "near X", "20 km north of X", "northern X" or "between X and Y" lies: a point, its radius, and a shape.

Shapes are drawn on a local plane in metres around the place and written as WKT in degrees. Nothing is ever scattered:
the same words give the same point.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from geo.model import Mention, Place
from geo.places.words import BEARINGS

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

NEAR_M = 3_000  # "near X" reaches at least this far beyond the dot of X
OPEN_DIRECTION_M = 25_000  # "north of X" without a distance: reports rarely mean more
ROUND_DISTANCE = 0.25  # "20 km from X" is a round figure, measured by road: a quarter either way
WEDGE_DEG = 30.0  # "north of X" spans this much either side of the bearing
BAND_M = 10_000  # "on the border" reaches about this far to either side
RURAL_M = 20_000  # "the X countryside" of a town: the land this far around it
METRES_PER_DEGREE = 111_320.0
POINTS_PER_QUARTER = 8  # corners of a drawn quarter circle: enough for a map, short as WKT


class Site(NamedTuple):
    """A representative point, the radius of its dot, and the shape as WKT where it is not a circle."""

    lon: float
    lat: float
    radius_m: float
    area_wkt: str | None = None


def site(place: Place, mention: Mention, *, other: Place | None = None) -> Site:
    """Where a mention's words put it, relative to the place that its name means.

    `other` is the place of the second name of "between X and Y".

    >>> quern = Place("q", "Quern", "town", lon=36.0, lat=35.0, radius_m=1500)
    >>> from geo.model import Span
    >>> north = Mention(Span(0, 5), "Quern", "Quern", relation="direction", distance_m=20_000, bearing_deg=0)
    >>> found = site(quern, north)
    >>> round(found.lat, 2), found.radius_m
    (35.18, 5000.0)
    """
    if mention.relation == "between" and other is not None:
        return _between(place, other)
    if mention.relation == "direction":
        return _direction(place, mention)
    if mention.part:
        return _part(place, mention.part, mention.relation)
    if mention.relation == "near":
        return Site(place.lon, place.lat, place.radius_m + max(NEAR_M, place.radius_m / 2))
    if mention.relation == "edge":
        return Site(place.lon, place.lat, place.radius_m * 1.5 + 500)
    return Site(place.lon, place.lat, place.radius_m)


def band(place: Place, lines: Sequence[Sequence[tuple[float, float]]]) -> Site:
    """The land along a border, drawn this far to either side of its lines; the point is that of the border."""
    from shapely.geometry import MultiLineString

    scale = METRES_PER_DEGREE * math.cos(math.radians(place.lat))
    drawn = [[((x - place.lon) * scale, (y - place.lat) * METRES_PER_DEGREE) for x, y in line] for line in lines]
    shape = MultiLineString(drawn).buffer(BAND_M, 2).simplify(BAND_M / 10)
    return Site(place.lon, place.lat, place.radius_m, _wkt(shape, place.lon, place.lat))


def destination(lon: float, lat: float, *, bearing_deg: float, distance_m: float) -> tuple[float, float]:
    """The (lon, lat) that lies a distance away along a bearing, on the ellipsoid."""
    from geopy.distance import geodesic

    point = geodesic(meters=distance_m).destination((lat, lon), bearing=bearing_deg)
    return round(point.longitude, 6), round(point.latitude, 6)


def bearing(start: Place, end: Place) -> float:
    """The initial bearing from one place to another, degrees clockwise from north."""
    east = math.radians(end.lon - start.lon)
    a, b = math.radians(start.lat), math.radians(end.lat)
    x = math.sin(east) * math.cos(b)
    y = math.cos(a) * math.sin(b) - math.sin(a) * math.cos(b) * math.cos(east)
    return math.degrees(math.atan2(x, y)) % 360


def _direction(place: Place, mention: Mention) -> Site:
    """ "20 km north of X", "20 km from X", "north of X"."""
    distance_m, bearing_deg = mention.distance_m, mention.bearing_deg
    if distance_m and bearing_deg is not None:
        lon, lat = destination(place.lon, place.lat, bearing_deg=bearing_deg, distance_m=distance_m)
        return Site(lon, lat, max(ROUND_DISTANCE * distance_m, 1_000.0))
    from shapely.geometry import Point, Polygon

    if distance_m:
        outer, inner = distance_m * (1 + ROUND_DISTANCE), distance_m * (1 - ROUND_DISTANCE)
        ring = Point(0, 0).buffer(outer, POINTS_PER_QUARTER).difference(Point(0, 0).buffer(inner, POINTS_PER_QUARTER))
        return Site(place.lon, place.lat, round(outer, 1), _wkt(ring, place.lon, place.lat))
    assert bearing_deg is not None
    reach = place.radius_m + OPEN_DIRECTION_M
    angles = [bearing_deg - WEDGE_DEG + step * WEDGE_DEG / 4 for step in range(9)]
    arc = [(reach * math.sin(math.radians(angle)), reach * math.cos(math.radians(angle))) for angle in angles]
    wedge = Polygon([(0.0, 0.0), *arc])
    return _of_shape(wedge, place.lon, place.lat)


def _part(place: Place, part: str, relation: str) -> Site:
    """ "northern X", "central X", "rural X": that part of the place's box or circle."""
    from shapely.geometry import Point, box

    if part == "c":
        return Site(place.lon, place.lat, place.radius_m / 2)
    if part == "rural":
        if place.kind in ("governorate", "country", "district", "subdistrict", "region"):
            return Site(place.lon, place.lat, place.radius_m)
        around = Point(0, 0).buffer(place.radius_m + RURAL_M, POINTS_PER_QUARTER)
        ring = around.difference(Point(0, 0).buffer(place.radius_m, POINTS_PER_QUARTER))
        return Site(place.lon, place.lat, place.radius_m + RURAL_M, _wkt(ring, place.lon, place.lat))
    if place.bbox:
        west, south, east, north = place.bbox
        lon, lat = (west + east) / 2, (south + north) / 2
        scale = METRES_PER_DEGREE * math.cos(math.radians(lat))
        half_x, half_y = (east - west) / 2 * scale, (north - south) / 2 * METRES_PER_DEGREE
    else:
        lon, lat, half_x, half_y = place.lon, place.lat, place.radius_m, place.radius_m
    shape = box(-half_x, -half_y, half_x, half_y) if place.bbox else Point(0, 0).buffer(half_x, POINTS_PER_QUARTER)
    low_x, low_y, high_x, high_y = -half_x, -half_y, half_x, half_y
    # a half for "northern", a quarter for "north-western"
    if "n" in part:
        low_y = 0.0
    if "s" in part:
        high_y = 0.0
    if "e" in part:
        low_x = 0.0
    if "w" in part:
        high_x = 0.0
    cut = shape.intersection(box(low_x, low_y, high_x, high_y))
    if relation == "edge" and part in BEARINGS:  # "the northern suburbs of X": around its rim on that side
        angle = math.radians(BEARINGS[part])
        rim = (half_x * math.sin(angle), half_y * math.cos(angle))
        cut = Point(*rim).buffer(max(half_x, half_y) / 2 + NEAR_M, POINTS_PER_QUARTER)
    return _of_shape(cut, lon, lat)


def _between(place: Place, other: Place) -> Site:
    """A corridor from one place to the other; its dot reaches both."""
    from geopy.distance import geodesic
    from shapely.geometry import LineString

    length_m = geodesic((place.lat, place.lon), (other.lat, other.lon)).meters
    lon, lat = destination(place.lon, place.lat, bearing_deg=bearing(place, other), distance_m=length_m / 2)
    scale = METRES_PER_DEGREE * math.cos(math.radians(lat))
    ends = [((p.lon - lon) * scale, (p.lat - lat) * METRES_PER_DEGREE) for p in (place, other)]
    corridor = LineString(ends).buffer(max(1_000.0, length_m / 10), POINTS_PER_QUARTER)
    return Site(lon, lat, round(max(length_m / 2, 1_000.0), 1), _wkt(corridor, lon, lat))


def _of_shape(shape: BaseGeometry, lon: float, lat: float) -> Site:
    """The centre of a shape drawn in metres around a point, with the radius that covers most of it."""
    centre = shape.centroid
    scale = METRES_PER_DEGREE * math.cos(math.radians(lat))
    west, south, east, north = shape.bounds
    radius_m = max(east - west, north - south) / 2
    return Site(
        round(lon + centre.x / scale, 6),
        round(lat + centre.y / METRES_PER_DEGREE, 6),
        round(radius_m, 1),
        _wkt(shape, lon, lat),
    )


def _wkt(shape: BaseGeometry, lon: float, lat: float) -> str:
    """A shape drawn in metres around a point, as WKT in degrees."""
    from shapely import to_wkt
    from shapely.affinity import affine_transform

    scale = METRES_PER_DEGREE * math.cos(math.radians(lat))
    placed = affine_transform(shape, [1 / scale, 0, 0, 1 / METRES_PER_DEGREE, lon, lat])
    return str(to_wkt(placed, rounding_precision=5))
