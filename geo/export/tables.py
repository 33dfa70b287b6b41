"""Rows as flat tables: JSON lines, CSV and GeoParquet; lists and objects become JSON text in the last two."""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from geo.errors import ExportError, MissingExtra
from geo.export.columns import DAY, EVENT_COLUMNS, INCIDENT_COLUMNS, JSON, NUMBER, POINT_COLUMNS, WHOLE, Row, kind_of
from geo.export.geojson import AREA, POINT, batches, packed
from geo.export.shapes import wkb

BATCH = 20_000  # rows held in memory at once
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet may run a cell that starts so
_LOG = logging.getLogger("geo.export")


def write_jsonl(
    rows: Iterable[Row], path: Path, *, meta: Mapping[str, Any] | None, layer: str, geometry: str = POINT
) -> None:
    """One JSON object per line, `lat` and `lon` among its fields; rows of any columns."""
    with path.open("wb") as file:
        for batch in batches(packed(row) + b"\n" for row in rows):
            file.write(batch)


def write_csv(
    rows: Iterable[Row], path: Path, *, meta: Mapping[str, Any] | None, layer: str, geometry: str = POINT
) -> None:
    """UTF-8 without a mark, CRLF at line ends (RFC 4180), null as an empty cell.

    Cells are written as they are, also those that start with = + - @: a quote that is changed is no quote any more. One
    warning counts them, since a spreadsheet may read them as formulas: import such a file with all columns as text.
    """
    columns, rows = peek(rows, layer)
    risky = 0
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            for row in rows:
                cells = [_cell(value) for value in values(row, columns)]
                risky += sum(
                    cell.startswith(FORMULA_STARTS) and isinstance(row[name], str) for name, cell in zip(columns, cells)
                )
                writer.writerow(cells)
    except UnicodeEncodeError as error:
        raise ExportError(f"cannot be written as UTF-8: {error}; check the encoding of the input") from error
    if risky:
        _LOG.warning(
            "%d cells start with =, +, - or @ and are written as they are; a spreadsheet may take them for formulas: "
            "import the file with all columns as text",
            risky,
        )


def write_parquet(
    rows: Iterable[Row], path: Path, *, meta: Mapping[str, Any] | None, layer: str, geometry: str = POINT
) -> None:
    """GeoParquet 1.1 with real dates and WKB geometry, `lat` and `lon` beside it; `meta` in the file's metadata."""
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise MissingExtra("GeoParquet", "arrow") from error
    columns, rows = peek(rows, layer)
    types = {WHOLE: pa.int64(), NUMBER: pa.float64(), DAY: pa.date32()}
    geo = {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": [] if geometry == AREA else ["Point"]}},
    }
    metadata = {"geo": packed(geo)}
    if meta is not None:
        metadata["dateline"] = packed(dict(meta))
    fields = [pa.field(name, types.get(kind, pa.string())) for name, kind in columns.items()]
    schema = pa.schema([*fields, pa.field("geometry", pa.binary())], metadata=metadata)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batched(rows):
            arrays = [
                pa.array(column(batch, name, kind), type=schema.field(name).type) for name, kind in columns.items()
            ]
            arrays.append(pa.array([wkb(row, geometry=geometry) for row in batch], type=pa.binary()))
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def peek(rows: Iterable[Row], layer: str) -> tuple[dict[str, str], Iterator[Row]]:
    """The columns of rows with their kinds, from the first row (or, of none, from the layer), and all rows again."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        names = INCIDENT_COLUMNS if layer == "incidents" else EVENT_COLUMNS
        return names | POINT_COLUMNS, iter(())
    columns = {name: kind_of(name, value) for name, value in first.items()}
    return columns, itertools.chain([first], rows)


def values(row: Row, columns: Iterable[str]) -> list[Any]:
    """The values of a row in the order of the columns; raises ExportError where the row has others."""
    try:
        found = [row[name] for name in columns]
    except KeyError as error:
        raise ExportError(
            f"row {row.get('id')} has no column {error}: all rows of a table need the same ones"
        ) from error
    if len(found) != len(row):
        extra = ", ".join(sorted(set(row) - set(columns)))
        raise ExportError(f"row {row.get('id')} has more columns than the first row: {extra}")
    return found


def column(rows: Sequence[Row], name: str, kind: str) -> list[Any]:
    """One column of a batch: dates as dates, lists and objects as JSON text."""
    cells = [row.get(name) for row in rows]
    if kind == DAY:
        return [None if cell is None else dt.date.fromisoformat(cell) for cell in cells]
    if kind == JSON:
        return [None if cell is None else packed(cell).decode() for cell in cells]
    if kind in (WHOLE, NUMBER):
        return cells
    return [cell if cell is None or isinstance(cell, str) else _cell(cell) for cell in cells]


def batched(rows: Iterable[Row], size: int = BATCH) -> Iterator[list[Row]]:
    """Rows in lists of `size`."""
    rows = iter(rows)
    while batch := list(itertools.islice(rows, size)):
        yield batch


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return packed(value).decode()
