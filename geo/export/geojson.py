"""Rows as GeoJSON (RFC 7946), written one feature at a time, and checked while written."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from geo.errors import ExportError
from geo.export.columns import Row
from geo.export.shapes import shape
from geo.export.valid import check_position

POINT, AREA = "point", "area"


def feature(row: Row, *, geometry: str = POINT) -> dict[str, Any]:
    """A row as a GeoJSON feature: `id`, a Point or None, and every column but `lat` and `lon` as properties.

    With `geometry="area"` the shape of `area_wkt` takes the point's place where there is one; the point then stands in
    the foreign member `site`.

    >>> feature({"id": "a1", "place": "Douma", "lat": 33.57, "lon": 36.4})["geometry"]
    {'type': 'Point', 'coordinates': [36.4, 33.57]}
    """
    properties = {name: value for name, value in row.items() if name not in ("lat", "lon")}
    lon, lat = row.get("lon"), row.get("lat")
    point = None if lon is None or lat is None else {"type": "Point", "coordinates": [lon, lat]}
    if point is not None:
        check_position(lon, lat, what=row.get("id"))
    whole: dict[str, Any] = {"type": "Feature", "id": row.get("id"), "geometry": point, "properties": properties}
    if whole["id"] is None:
        del whole["id"]
    if geometry == AREA and row.get("area_wkt"):
        whole["geometry"] = shape(row["area_wkt"], what=row.get("id"))
        if point is not None:
            whole["site"] = point["coordinates"]
    return whole


def collection(rows: Iterable[Row], *, meta: Mapping[str, Any] | None = None, geometry: str = POINT) -> Iterator[bytes]:
    """A FeatureCollection in pieces, one feature per line; `meta` becomes the foreign member `dateline`."""
    head: dict[str, Any] = {"type": "FeatureCollection"}
    if meta is not None:
        head["dateline"] = dict(meta)
    yield packed(head)[:-1] + b',"features":[\n'
    between = b""
    for whole in features(rows, geometry=geometry):
        yield between + packed(whole)
        between = b",\n"
    yield b"\n]}\n"


def features(rows: Iterable[Row], *, geometry: str = POINT) -> Iterator[dict[str, Any]]:
    """The features of rows; raises ExportError where two have one id."""
    seen: set[str] = set()
    for row in rows:
        whole = feature(row, geometry=geometry)
        name = whole.get("id")
        if name is not None:
            if name in seen:
                raise ExportError(f"two rows have the id {name!r}; each id must stand once: drop one of them")
            seen.add(name)
        yield whole


def packed(value: Any) -> bytes:
    """JSON bytes; raises ExportError where a value has no JSON form, a number is not finite or text is broken."""
    try:
        return orjson.dumps(value)
    except TypeError as error:  # orjson.JSONEncodeError is a TypeError
        raise ExportError(f"cannot be written as JSON: {error}; check the encoding of the input") from error


def write_geojson(
    rows: Iterable[Row], path: Path, *, meta: Mapping[str, Any] | None, layer: str, geometry: str = POINT
) -> None:
    """One FeatureCollection."""
    with path.open("wb") as file:
        for batch in batches(collection(rows, meta=meta, geometry=geometry)):
            file.write(batch)


def write_geojsonl(
    rows: Iterable[Row], path: Path, *, meta: Mapping[str, Any] | None, layer: str, geometry: str = POINT
) -> None:
    """One feature per line, for tools that read line by line; there is no place for `meta`."""
    with path.open("wb") as file:
        for batch in batches(packed(whole) + b"\n" for whole in features(rows, geometry=geometry)):
            file.write(batch)


def batches(pieces: Iterable[bytes], size: int = 1000) -> Iterator[bytes]:
    """Pieces joined, so that a file is written in few large writes."""
    pieces = iter(pieces)
    while batch := b"".join(itertools.islice(pieces, size)):
        yield batch
