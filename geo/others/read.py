"""Which file is of others, and all of it as rows."""

from __future__ import annotations

import csv
import logging
from collections.abc import Collection, Sequence
from pathlib import Path

from geo import export
from geo.errors import InputError
from geo.export.columns import Row
from geo.others.coded import delimiter_of, read_coded, scheme_of
from geo.others.features import Feature, feature_rows, read_features, unique
from geo.others.fields import NotEvents
from geo.others.kinds import Kinds, Types
from geo.others.points import position_columns, read_points
from geo.others.rows import coded_row

TABLES = (".csv", ".tsv")
GEOJSON = (".geojson", ".json", ".geojsonl", ".ndjson")
LAYERS = (".gpkg", ".fgb", ".parquet")  # formats that may hold events of ours or anything else
_LOG = logging.getLogger("geo.others")


def is_others(path: str | Path, *, encoding: str | None = None) -> bool:
    """Whether a file is GeoJSON, a layer, a coded table or a table of positions, not ours and not of reports."""
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix in GEOJSON or (suffix in LAYERS and export.is_export(path)):
        return not export.is_ours(path)
    if suffix not in TABLES or not path.is_file() or export.is_ours(path):
        return False
    names = _header(path, encoding)
    return scheme_of(names) is not None or position_columns(names) is not None


def _header(path: Path, encoding: str | None) -> list[str]:
    try:
        with path.open(encoding=encoding or "utf-8-sig", newline="") as file:
            head = file.readline()
        return next(csv.reader([head], delimiter=delimiter_of(head)), [])
    except (OSError, UnicodeError, LookupError, csv.Error):
        return []


def read(
    paths: Sequence[str | Path],
    types: Types,
    *,
    date_field: str | None = None,
    type_field: str | None = None,
    encoding: str | None = None,
    unasked: Collection[str | Path] = (),
) -> list[Row]:
    """The rows of files of others; fields that were guessed are said in a warning of the log.

    `date_field` and `type_field` name the fields of GeoJSON and tables of positions ("none": there is no such thing);
    coded tables have their own. Of files that nobody named (`unasked`: they lie in a folder) those without events
    are left out, which the log says. Raises InputError or DataError: what, where, what to try.
    """
    kinds = Kinds(types)
    taken: set[str] = set()
    rows: list[Row] = []
    for path in map(Path, paths):
        try:
            found, said = _rows_of(path, kinds, date_field=date_field, type_field=type_field, encoding=encoding)
        except NotEvents as error:
            if path not in map(Path, unasked):
                raise
            found, said = [], f"left out {error}"
        if said:
            _LOG.warning("%s", said)
        rows += unique(found, taken)
    return rows


def _rows_of(
    path: Path, kinds: Kinds, *, date_field: str | None, type_field: str | None, encoding: str | None
) -> tuple[list[Row], str]:
    """The rows of one file, and what is to be said of it."""
    suffix = path.suffix.lower()
    if suffix in TABLES and scheme_of(_header(path, encoding)) is not None:
        return [coded_row(one, kinds, file=path.name) for one in read_coded(path, encoding=encoding)], ""
    if suffix in TABLES:
        features = read_points(path, encoding=encoding)
    else:
        features = _layer(path) if suffix in LAYERS else read_features(path)
    return feature_rows(features, kinds, path=path, date_field=date_field, type_field=type_field)


def _layer(path: Path) -> list[Feature]:
    """A GeoPackage, FlatGeobuf or GeoParquet of others, read as ours are."""
    features = []
    for number, row in enumerate(export.read_back(path), 1):
        lon, lat = row.pop("lon", None), row.pop("lat", None)
        point = None if lon is None or lat is None else {"type": "Point", "coordinates": [lon, lat]}
        try:
            features.append(Feature(number, row.get("id"), point, {k: v for k, v in row.items() if _is_plain(v)}))
        except TypeError as error:
            raise InputError(f"{path}: {error}; export it as GeoJSON") from error
    return features


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, (str, int, float, bool, list, dict))
