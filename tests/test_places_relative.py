"""Relative places: where the words put the point, how big its dot is, and which shape is drawn."""

import pytest
import shapely
from geopy.distance import geodesic

from geo.model import Mention, Place, Span
from geo.places.relative import bearing, site

TOWN = Place("t", "Quern", "town", lon=36.0, lat=35.0, radius_m=2_000)
PROVINCE = Place("p", "Harth", "governorate", lon=37.5, lat=36.0, radius_m=60_000, bbox=(36.9, 35.5, 38.1, 36.5))
OTHER = Place("o", "Abber", "town", lon=36.4, lat=35.0, radius_m=2_000)


def said(**fields):
    return Mention(Span(0, 5), "Quern", "Quern", **fields)


@pytest.mark.parametrize(
    ("place", "mention", "away_m", "bearing_deg", "radius_m"),
    [
        (TOWN, said(), 0, None, 2_000),
        (TOWN, said(relation="near"), 0, None, 5_000),
        (TOWN, said(relation="edge"), 0, None, 3_500),
        (TOWN, said(relation="direction", distance_m=20_000, bearing_deg=0.0), 20_000, 0, 5_000),
        (TOWN, said(relation="direction", distance_m=20_000, bearing_deg=225.0), 20_000, 225, 5_000),
        (TOWN, said(relation="direction", distance_m=500, bearing_deg=90.0), 500, 90, 1_000),
        (TOWN, said(relation="direction", distance_m=20_000), 0, None, 25_000),
        (TOWN, said(relation="area", part="c"), 0, None, 1_000),
        (TOWN, said(relation="area", part="rural"), 0, None, 22_000),
        (PROVINCE, said(relation="area", part="rural"), 0, None, 60_000),
        (PROVINCE, said(relation="area", part="n"), 27_750, 0, 54_000),
        (PROVINCE, said(relation="area", part="se"), 39_000, 135, 28_000),
    ],
)
def test_point_and_radius(place, mention, away_m, bearing_deg, radius_m):
    found = site(place, mention)
    assert geodesic((place.lat, place.lon), (found.lat, found.lon)).meters == pytest.approx(away_m, rel=0.05, abs=20)
    assert found.radius_m == pytest.approx(radius_m, rel=0.05)
    if bearing_deg is not None:
        moved = Place("m", "m", "town", lon=found.lon, lat=found.lat, radius_m=1)
        off = abs((bearing(place, moved) - bearing_deg + 180) % 360 - 180)
        assert off < 8


@pytest.mark.parametrize(
    ("place", "mention", "other"),
    [
        (TOWN, said(relation="direction", distance_m=20_000), None),
        (TOWN, said(relation="direction", bearing_deg=180.0), None),
        (TOWN, said(relation="area", part="rural"), None),
        (TOWN, said(relation="area", part="w"), None),
        (TOWN, said(relation="edge", part="n"), None),
        (PROVINCE, said(relation="area", part="nw"), None),
        (TOWN, said(relation="between", other="Abber"), OTHER),
    ],
)
def test_shapes_are_valid_and_hold_or_ring_their_point(place, mention, other):
    found = site(place, mention, other=other)
    shape = shapely.from_wkt(found.area_wkt)
    assert shape.is_valid
    assert shape.geom_type in ("Polygon", "MultiPolygon")
    assert shape.convex_hull.contains(shapely.Point(found.lon, found.lat))


def test_between_is_half_way():
    found = site(TOWN, said(relation="between", other="Abber"), other=OTHER)
    assert (round(found.lon, 2), round(found.lat, 2)) == (36.2, 35.0)
    assert found.radius_m == pytest.approx(18_250, rel=0.02)


def test_nothing_is_scattered():
    mention = said(relation="direction", bearing_deg=45.0)
    assert {site(TOWN, mention) for _ in range(3)} == {site(TOWN, mention)}
