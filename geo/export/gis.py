"""Rows as layers of GIS programs: GeoPackage and FlatGeobuf, through GDAL as pyogrio brings it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from geo.errors import ExportError, MissingExtra
from geo.export.columns import DAY, NUMBER, WHOLE, Row
from geo.export.geojson import AREA, POINT, packed
from geo.export.shapes import wkb
from geo.export.tables import batched, column, peek

AREAS = "event_areas"
# The columns of the layer of areas; all others are found in the main layer under the same id.
AREA_COLUMNS = ("id", "incident_id", "type", "status", "date_start", "date_end", "place", "place_id", "radius_m")
# A GeoPackage notes when it was changed, which would make every file differ: GDAL writes this instead of the clock.
NO_CLOCK = {"OGR_CURRENT_DATE": "1970-01-01T00:00:00.000Z"}
NUL = "\0"  # ends a text in the formats of GDAL: written as U+FFFD


def write_gpkg(
    rows: Iterable[Row], path: Path, *, meta: Mapping[str, Any] | None, layer: str, geometry: str = POINT
) -> None:
    """A GeoPackage: the points in a layer named `layer` with real DATE columns, shapes in the layer `event_areas`.

    The shapes are a layer of their own whatever `geometry` asks for: a program can show both.
    """
    pyogrio = _pyogrio("GeoPackage")
    columns, rows = peek(rows, layer)
    path.unlink(missing_ok=True)  # GDAL makes the file itself
    notes = {} if meta is None else {"dateline": packed(dict(meta)).decode()}
    areas: list[Row] = []
    written = False
    with _settings(pyogrio, NO_CLOCK):
        for batch in batched(rows):
            areas += [{name: row.get(name) for name in (*AREA_COLUMNS, "area_wkt")} for row in batch if _has_area(row)]
            _write(pyogrio, batch, columns, path, "GPKG", layer, append=written, layer_metadata=notes)
            written, notes = True, {}
        if not written:
            _write(pyogrio, [], columns, path, "GPKG", layer, layer_metadata=notes)
        if areas:
            kinds = {name: columns[name] for name in AREA_COLUMNS if name in columns}
            _write(pyogrio, areas, kinds, path, "GPKG", AREAS, geometry=AREA, append=True)


def write_fgb(
    rows: Iterable[Row], path: Path, *, meta: Mapping[str, Any] | None, layer: str, geometry: str = POINT
) -> None:
    """A FlatGeobuf; with a spatial index where every row has a place, since the format indexes no other."""
    pyogrio = _pyogrio("FlatGeobuf")
    columns, rows = peek(rows, layer)
    batch = list(rows)  # the format is written in one go
    path.unlink(missing_ok=True)
    placed = bool(batch) and all(row.get("lon") is not None or (geometry == AREA and _has_area(row)) for row in batch)
    index = {"SPATIAL_INDEX": "YES" if placed else "NO"}
    _write(pyogrio, batch, columns, path, "FlatGeobuf", layer, geometry=geometry, layer_options=index)


def _has_area(row: Row) -> bool:
    return bool(row.get("area_wkt"))


def _write(
    pyogrio: Any,
    batch: Sequence[Row],
    columns: Mapping[str, str],
    path: Path,
    driver: str,
    layer: str,
    *,
    geometry: str = POINT,
    **options: Any,
) -> None:
    import numpy as np

    names = [name for name in columns if name not in ("lat", "lon")]
    shapes = np.array([wkb(row, geometry=geometry) for row in batch] or [], dtype=object)
    data, masks = [], []
    for name in names:
        cells = column(batch, name, columns[name])
        missing = np.array([cell is None for cell in cells], dtype=bool)
        array = _array(cells, columns[name])
        data.append(array)
        masks.append(missing if columns[name] in (WHOLE, NUMBER) and missing.any() else None)
    try:
        pyogrio.raw.write(
            path,
            shapes,
            data,
            names,
            field_mask=masks,
            layer=layer,
            driver=driver,
            geometry_type="Unknown" if geometry == AREA else "Point",
            crs="EPSG:4326",
            encoding="UTF-8",
            **options,
        )
    except (pyogrio.errors.DataSourceError, pyogrio.errors.FeatureError, UnicodeEncodeError) as error:
        raise ExportError(f"{driver} cannot be written: {error}") from error


def _array(cells: Sequence[Any], kind: str) -> Any:
    import numpy as np

    if kind == WHOLE:
        return np.array([0 if cell is None else cell for cell in cells], dtype=np.int64)
    if kind == NUMBER:
        return np.array([np.nan if cell is None else cell for cell in cells], dtype=np.float64)
    if kind == DAY:
        return np.array(["NaT" if cell is None else cell for cell in cells], dtype="datetime64[D]")
    texts = np.empty(len(cells), dtype=object)
    texts[:] = [cell.replace(NUL, "\ufffd") if isinstance(cell, str) else cell for cell in cells]
    return texts


def _pyogrio(what: str) -> Any:
    try:
        import pyogrio
        import pyogrio.raw
    except ImportError as error:
        raise MissingExtra(what, "gis") from error
    return pyogrio


@contextmanager
def _settings(pyogrio: Any, wanted: Mapping[str, str]) -> Iterator[None]:
    """GDAL's settings for a while; they are the process's, so they are put back."""
    before = {name: pyogrio.get_gdal_config_option(name) for name in wanted}
    pyogrio.set_gdal_config_options(dict(wanted))
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)
