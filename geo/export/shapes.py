"""Areas as shapes: WKT to GeoJSON geometries whose rings run the right way and whose digits are few."""

from __future__ import annotations

import struct
from typing import Any

from geo.errors import ExportError
from geo.export.columns import Row
from geo.export.valid import DIGITS, check_position


def shape(wkt: str, *, what: object = None) -> dict[str, Any]:
    """A WKT area as a GeoJSON geometry, outer rings counter-clockwise, at most seven decimals.

    >>> shape("POLYGON ((0 0, 0 1, 1 1, 1 0, 0 0))")["coordinates"][0][:2]
    [[0.0, 0.0], [1.0, 0.0]]

    Raises ExportError where the text is no shape.
    """
    import shapely
    import shapely.geometry.polygon

    try:
        area: Any = shapely.from_wkt(wkt)
    except shapely.errors.ShapelyError as error:
        raise ExportError(f"the area of {what} is not WKT ({error}): check the gazetteer row") from error
    if area is None or area.is_empty:
        raise ExportError(f"the area of {what} is empty: check the gazetteer row")
    if area.geom_type == "Polygon":
        area = shapely.geometry.polygon.orient(area)
    elif area.geom_type == "MultiPolygon":
        area = shapely.MultiPolygon([shapely.geometry.polygon.orient(part) for part in area.geoms])
    geometry: dict[str, Any] = dict(shapely.geometry.mapping(area))
    if "coordinates" not in geometry:
        raise ExportError(f"the area of {what} is a {area.geom_type}: write it as a POLYGON or MULTIPOLYGON")
    geometry["coordinates"] = _rounded(geometry["coordinates"], what)
    return geometry


def wkb(row: Row, *, geometry: str) -> bytes | None:
    """A row's point (or, where `geometry` is "area", its shape) as well-known binary; None where it has none.

    >>> len(wkb({"lon": 36.4, "lat": 33.57}, geometry="point"))
    21
    """
    if geometry == "area" and row.get("area_wkt"):
        import shapely
        import shapely.geometry

        whole = shapely.geometry.shape(shape(row["area_wkt"], what=row.get("id")))
        return bytes(shapely.to_wkb(whole, byte_order=1))
    lon, lat = row.get("lon"), row.get("lat")
    if lon is None or lat is None:
        return None
    check_position(lon, lat, what=row.get("id"))
    return struct.pack("<BIdd", 1, 1, lon, lat)


def _rounded(value: Any, what: object) -> Any:
    if isinstance(value[0], (int, float)):
        lon, lat = value[:2]
        check_position(lon, lat, what=what)
        return [round(lon, DIGITS) + 0.0, round(lat, DIGITS) + 0.0]
    return [_rounded(part, what) for part in value]
