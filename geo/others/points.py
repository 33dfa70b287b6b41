"""Tables with a latitude and a longitude on each line, read as points of GeoJSON with the cells as properties."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from geo.errors import InputError
from geo.files import load, shipped
from geo.others.coded import delimiter_of
from geo.others.features import Feature
from geo.others.fields import plain_name

REPORTS = "text"  # a table with this column holds reports, whatever else it has


def position_columns(names: Iterable[str]) -> tuple[str, str] | None:
    """The columns of latitude and longitude; None for a table of reports, or of anything else.

    >>> position_columns(["Date", "Lat", "Long", "What"])
    ('Lat', 'Long')
    """
    spelled = {plain_name(name): name for name in names}
    if REPORTS in spelled:
        return None
    lat, lon = (next((spelled[name] for name in tries if name in spelled), None) for tries in _tries())
    return (lat, lon) if lat is not None and lon is not None else None


@cache
def _tries() -> tuple[list[str], list[str]]:
    data = load(shipped("others/positions.yaml")).data
    lat, lon = ([plain_name(str(name)) for name in data[part]] for part in ("lat", "lon"))
    return lat, lon


def read_points(path: Path, *, encoding: str | None = None) -> list[Feature]:
    """The lines of a table as features; a line without a position has none. Raises InputError with the line."""
    csv.field_size_limit(2**31 - 1)
    try:
        with path.open(encoding=encoding or "utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=delimiter_of(file.readline()), restval="")
            file.seek(0)
            columns = position_columns(reader.fieldnames or ())
            if columns is None:
                raise InputError(f"{path}: no columns of latitude and longitude; name them lat and lon")
            features = []
            line = reader.line_num + 1
            for cells in reader:
                if None in cells:
                    raise InputError(f"{path}:{line}: this row has more cells than the header; quote its commas")
                features.append(_feature(cells, columns, path, line))
                line = reader.line_num + 1
            return features
    except (OSError, UnicodeError, LookupError, csv.Error) as error:
        hint = "it should be a CSV in UTF-8; name another encoding with --encoding"
        raise InputError(f"{path}: cannot be read: {error}; {hint}") from error


def _feature(cells: Mapping[str, str], columns: tuple[str, str], path: Path, line: int) -> Feature:
    lat, lon = (_degrees(cells[name], name, path, line) for name in columns)
    at = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
    properties = {name: value for name, value in cells.items() if name not in columns}
    return Feature(line, None, at, properties, "line")


def _degrees(cell: str, name: str, path: Path, line: int) -> float | None:
    """A cell as degrees, also with a decimal comma; None where it is empty."""
    text = cell.strip()
    try:
        return float(text if "." in text else text.replace(",", ".", 1)) if text else None
    except ValueError:
        raise InputError(f"{path}:{line}: {name} {text[:40]!r} is no number; write degrees as 36.2") from None
