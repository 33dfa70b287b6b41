"""Files that we wrote, read back into rows: what is exported reads back equal."""

from __future__ import annotations

import csv
import struct
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from geo.errors import InputError, MissingExtra, UnknownName
from geo.export.columns import DAY, EVENT_COLUMNS, INCIDENT_COLUMNS, JSON, NUMBER, TEXT, WHOLE, Row, kind_of
from geo.export.gis import AREAS
from geo.export.kml import NAMESPACE

_MARKS = {"char_start", "trigger", "quote", "type"}  # columns that together only our rows have


def read_back(path: str | Path) -> list[Row]:
    """The rows of a file that `write` made: .geojson, .geojsonl, .jsonl, .csv, .parquet, .gpkg, .fgb or .kml.

    A shape stands for its point where the file has no other (`lat` and `lon` are then those of the shape's middle).
    Raises InputError where the file is not one of ours, UnknownName for another suffix, MissingExtra.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise UnknownName("format of exported events", suffix or "(no suffix)", _READERS)
    try:
        return list(_READERS[suffix](path))
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; check the path") from error
    except (ValueError, KeyError, TypeError, AttributeError, csv.Error) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"{path}: not a file of exported events ({error}); export it again") from error


def is_export(path: str | Path) -> bool:
    """Whether a file holds exported events or incidents rather than reports, by its suffix and its first row.

    Tables may be either: those of events have the columns `type`, `trigger`, `quote` and `char_start`.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in (".geojson", ".geojsonl", ".gpkg", ".fgb", ".kml"):
        return True
    if suffix not in _READERS or not path.is_file():
        return False
    try:
        return set(_columns(path, suffix)) >= _MARKS
    except (OSError, ValueError, csv.Error):
        return False


def is_ours(path: str | Path) -> bool:
    """Whether a file has the columns that only rows of ours have; an empty one of ours counts, a broken one not."""
    path = Path(path)
    suffix = path.suffix.lower()
    try:
        if suffix in (".geojson", ".json"):
            whole = orjson.loads(path.read_bytes())
            return "dateline" in whole or set(whole["features"][0]["properties"]) >= _MARKS
        if suffix == ".kml":
            return b'"char_start"' in path.read_bytes()
        return suffix in _READERS and set(_columns(path, suffix)) >= _MARKS
    except (OSError, ValueError, KeyError, IndexError, TypeError, csv.Error):
        return False


def _columns(path: Path, suffix: str) -> Iterable[str]:
    if suffix in (".gpkg", ".fgb"):
        return list(_pyogrio().read_info(path, layer=_layer(path))["fields"])
    if suffix == ".parquet":
        parquet = _pyarrow_parquet()
        return list(parquet.read_schema(path).names)
    with path.open(encoding="utf-8-sig", newline="") as file:
        first = file.readline()
    if suffix == ".csv":
        return next(csv.reader([first]), [])
    row = orjson.loads(first.lstrip("\x1e"))
    if suffix == ".geojsonl":
        row = row["properties"]
    return row if isinstance(row, dict) else ()


def _geojson(path: Path) -> Iterator[Row]:
    whole = orjson.loads(path.read_bytes())
    if not isinstance(whole, dict) or not isinstance(whole.get("features"), list):
        raise InputError(f"{path}: not a FeatureCollection; export it again with -o {path.name}")
    return map(_row_of, whole["features"])


def _geojsonl(path: Path) -> Iterator[Row]:
    with path.open("rb") as file:
        for line in file:
            if line.strip():
                yield _row_of(orjson.loads(line.lstrip(b"\x1e")))


def _row_of(feature: Any) -> Row:
    row: Row = dict(feature.get("properties") or {})
    geometry = feature.get("geometry")
    row["lat"], row["lon"] = None, None
    if geometry is not None and geometry["type"] == "Point":
        row["lon"], row["lat"] = (float(value) for value in geometry["coordinates"][:2])
    elif "site" in feature:
        row["lon"], row["lat"] = feature["site"]
    elif geometry is not None:
        row["lon"], row["lat"] = _middle(geometry)
    return row


def _middle(geometry: Any) -> tuple[float, float]:
    import shapely.geometry

    point = shapely.geometry.shape(geometry).representative_point()
    return round(point.x, 7), round(point.y, 7)


def _jsonl(path: Path) -> Iterator[Row]:
    with path.open("rb") as file:
        for line in file:
            if line.strip():
                row = orjson.loads(line)
                if not isinstance(row, dict):
                    raise InputError(f"{path}: a line is not a JSON object; export it again")
                yield row


def _csv(path: Path) -> Iterator[Row]:
    limit = csv.field_size_limit(
        min(sys.maxsize, 2**31 - 1)
    )  # the quotes of one incident may be longer than the default
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for cells in csv.DictReader(file, strict=True):
                yield {name: _value(name, text) for name, text in cells.items()}
    finally:
        csv.field_size_limit(limit)


def _value(name: str, text: str) -> Any:
    """A cell of a flat format as the value it was."""
    kind = kind_of(name)
    if text == "" or text is None:
        return None
    if kind == JSON:
        return orjson.loads(text)
    return {WHOLE: int, NUMBER: float, TEXT: str, DAY: str}[kind](text)


def _parquet(path: Path) -> Iterator[Row]:
    parquet = _pyarrow_parquet()
    file = parquet.ParquetFile(path)
    for batch in file.iter_batches(columns=[name for name in file.schema_arrow.names if name != "geometry"]):
        for row in batch.to_pylist():
            yield {name: _plain(name, value) for name, value in row.items()}


def _pyarrow_parquet() -> Any:
    try:
        import pyarrow.parquet
    except ImportError as error:
        raise MissingExtra("GeoParquet", "arrow") from error
    return pyarrow.parquet


def _gdal(path: Path) -> Iterator[Row]:
    meta, _, shapes, columns = _pyogrio().raw.read(path, layer=_layer(path))
    names = list(meta["fields"])
    for number in range(len(shapes)):
        row = {name: _plain(name, column[number]) for name, column in zip(names, columns)}
        row["lat"], row["lon"] = _point(shapes[number])
        yield row


def _pyogrio() -> Any:
    try:
        import pyogrio.raw
    except ImportError as error:
        raise MissingExtra("reading GeoPackage and FlatGeobuf", "gis") from error
    return pyogrio


def _layer(path: Path) -> str:
    if not path.is_file():
        raise FileNotFoundError(path)
    layers = [name for name, _ in _pyogrio().list_layers(path) if name != AREAS]
    if not layers:
        raise InputError(f"{path}: has no layer of events; export it again")
    return str(layers[0])


def _point(shape: bytes | None) -> tuple[float | None, float | None]:
    if shape is None:
        return None, None
    if len(shape) == 21:
        lon, lat = struct.unpack("<dd", shape[5:])
        return lat, lon
    import shapely

    point = shapely.from_wkb(shape).representative_point()
    return round(point.y, 7), round(point.x, 7)


def _plain(name: str, value: Any) -> Any:
    """A value of Arrow or GDAL as a row holds it: ISO dates, Python numbers, None, JSON text parsed."""
    if value is None or value != value:  # NaN and NaT are what differs from itself
        return None
    kind = kind_of(name)
    if kind == DAY:
        return str(value)[:10]
    if kind == JSON:
        return orjson.loads(value)
    return {WHOLE: int, NUMBER: float}.get(kind, _text_or_self)(value)


def _text_or_self(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value


def _kml(path: Path) -> Iterator[Row]:
    """The extended data of placemarks, in which `write` keeps every column."""
    from xml.etree import ElementTree

    try:
        marks = list(ElementTree.parse(path).iter(f"{{{NAMESPACE}}}Placemark"))
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from error
    names = {str(one.get("name")) for mark in marks for one in mark.iter(f"{{{NAMESPACE}}}Data")}
    if marks and not names >= _MARKS:
        raise InputError(f"{path}: holds no events of ours; export what you have as GeoJSON instead")
    for mark in marks:
        data = mark.iter(f"{{{NAMESPACE}}}Data")
        found = {str(one.get("name")): one.findtext(f"{{{NAMESPACE}}}value") or "" for one in data}
        row: Row = dict.fromkeys(INCIDENT_COLUMNS if "event_ids" in names else EVENT_COLUMNS)
        row.update((name, _value(name, text)) for name, text in found.items())
        row["lat"], row["lon"] = None, None
        positions = [text for one in mark.iter(f"{{{NAMESPACE}}}coordinates") for text in (one.text or "").split()]
        pairs = [tuple(float(part) for part in text.split(",")[:2]) for text in positions]
        if len(pairs) == 1:
            row["lon"], row["lat"] = pairs[0]
        elif pairs:
            row["lon"], row["lat"] = _middle({"type": "MultiPoint", "coordinates": pairs})
        yield row


_READERS: dict[str, Callable[[Path], Iterator[Row]]] = {
    ".geojson": _geojson,
    ".geojsonl": _geojsonl,
    ".jsonl": _jsonl,
    ".csv": _csv,
    ".parquet": _parquet,
    ".gpkg": _gdal,
    ".fgb": _gdal,
    ".kml": _kml,
}
