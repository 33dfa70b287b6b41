"""Tables of reports: JSON lines, CSV, Parquet, with the columns id, title, text, source, published, url."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geo.errors import InputError, MissingExtra
from geo.reports import written_dates
from geo.reports.draft import Draft

COLUMNS = ("id", "title", "text", "source", "published", "url")
ALIASES = {"outlet": "source"}  # the name that our own output gives it
_DELIMITERS = ",;\t|"
_HALF = re.compile("[\ud800-\udfff]")  # half a character, which JSON can hold and no file can


def from_lines(text: str, where: str) -> Iterator[Draft]:
    """JSON lines: one object on each line."""
    number = 0
    for line_number, line in enumerate(io.StringIO(text, newline="\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as error:
            problem = getattr(error, "msg", None) or (
                "nested too deeply" if isinstance(error, RecursionError) else error
            )
            raise InputError(f"{where}:{line_number}: not valid JSON ({problem}); one object on each line") from error
        if not isinstance(row, dict):
            raise InputError(f'{where}:{line_number}: not an object; write {{"text": ...}} on each line')
        number += 1
        yield _draft(row, number, where=f"{where}:{line_number}")


def from_csv(text: str, where: str) -> Iterator[Draft]:
    """CSV with a header line; the delimiter is the one that the header uses most."""
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    header_line = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=lambda sign: (header_line.count(sign), -_DELIMITERS.index(sign)))
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    header: list[str] | None = None
    number = 0
    while True:
        try:
            cells = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            raise InputError(f"{where}:{rows.line_num}: not valid CSV ({error}); check the quotes") from error
        if header is None:
            header = [name.strip() for name in cells]
            _need_text(header, where)
        elif cells:
            number += 1
            yield _draft(dict(zip(header, cells)), number, where=f"{where}:{rows.line_num}")
    if header is None:
        raise InputError(f"{where}: empty; the first line should name the columns: {', '.join(COLUMNS)}")


def from_parquet(raw: bytes, *, where: str) -> Iterator[Draft]:
    """Parquet, read in batches."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise MissingExtra(f"reading {where}", "arrow") from error
    try:
        table = parquet.ParquetFile(pyarrow.BufferReader(raw))
        names = table.schema_arrow.names
    except (OSError, pyarrow.ArrowException) as error:
        raise InputError(f"{where}: not a Parquet file ({str(error).splitlines()[0]}); write it anew") from error
    _need_text(names, where)
    wanted = [name for name in names if _column(name) is not None]
    number = 0
    for batch in table.iter_batches(columns=wanted):
        for row in batch.to_pylist():
            number += 1
            yield _draft(row, number, where=f"{where} row {number}")


def _column(name: str) -> str | None:
    name = name.strip().lower()
    name = ALIASES.get(name, name)
    return name if name in (*COLUMNS, "lang") else None


def _need_text(names: Sequence[str], where: str) -> None:
    if "text" not in {_column(name) for name in names}:
        has = ", ".join(names[:12])
        raise InputError(f"{where}: no column 'text' (there are: {has}); rename the one that holds the articles")


def _draft(row: Mapping[str, Any], number: int, *, where: str) -> Draft:
    values: dict[str, Any] = {}
    for name, value in row.items():
        column = _column(str(name))
        if column and not _is_missing(value):
            values.setdefault(column, value)
    if "text" not in {_column(str(name)) for name in row}:
        raise InputError(f"{where}: no 'text' (there are: {', '.join(map(str, list(row)[:12]))}); rename the field")
    text = values.get("text", "")
    if not isinstance(text, str):
        raise InputError(f"{where}: 'text' is not text but {type(text).__name__}; give the article's words")
    return Draft(
        text=_HALF.sub("\ufffd", text),
        source_id=_string(values.get("id")) or str(number),
        title=_string(values.get("title")),
        outlet=_string(values.get("source")),
        url=_string(values.get("url")),
        lang=_string(values.get("lang")),
        given=_given(values.get("published")),
    )


def _given(value: Any) -> tuple[Any, str] | None:
    if value is None:
        return None
    date = written_dates.parse(value)
    return date, "the column published says so" if date else f"the column published says {str(value)!r}, no date"


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value)) or value == ""


def _string(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # pandas turns a column of ids with a gap into floats
    return _HALF.sub("\ufffd", str(value)).strip() or None
