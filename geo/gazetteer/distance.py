"""How far apart two points are, fast: on a sphere, at most 0.6 % off, good enough to compare and to filter."""

from __future__ import annotations

import math

EARTH_RADIUS_M = 6_371_008.8  # mean radius of the WGS 84 ellipsoid
METRES_PER_DEGREE = math.pi * EARTH_RADIUS_M / 180  # of latitude


def great_circle_m(*, lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Metres between two points.

    >>> round(great_circle_m(lon_a=36.29, lat_a=33.51, lon_b=37.16, lat_b=36.20) / 1000)
    309
    """
    phi_a, phi_b = math.radians(lat_a), math.radians(lat_b)
    half_phi, half_lambda = (phi_b - phi_a) / 2, math.radians(lon_b - lon_a) / 2
    h = math.sin(half_phi) ** 2 + math.cos(phi_a) * math.cos(phi_b) * math.sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(h)))
