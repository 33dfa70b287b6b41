"""The columns of coded tables, ACLED's and UCDP GED's: the one place in the house that knows them."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from geo.errors import DataError
from geo.others.days import plain_day

Value = TypeVar("Value")
ACLED, GED = "ACLED", "UCDP GED"
_MARKS = {
    ACLED: frozenset({"event_date", "event_type", "sub_event_type", "latitude", "longitude"}),
    GED: frozenset({"date_start", "date_end", "type_of_violence", "latitude", "longitude"}),
}
# How far a row's point may lie from the event, by the precision its coders state (ACLED geo_precision, GED where_prec).
ACLED_KM = {"1": 5.0, "2": 25.0, "3": 80.0}
GED_KM = {"1": 5.0, "2": 25.0, "3": 25.0, "4": 80.0, "5": 60.0, "6": math.inf, "7": math.inf}
ACLED_DAYS = {"1": 0, "2": 3, "3": 15}  # time_precision: a day, a week, a month around the date
HINT = "ACLED has event_date, event_type, sub_event_type; UCDP GED date_start, date_end, type_of_violence"
MEND = "mend or remove it"


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded row. `kind` is ACLED's (event type, sub-event type), None where the table has violence of any kind.

    `first` and `last` are as wide as the coders' precision; `cells` is the row as it stands in the file.
    """

    scheme: str
    id: str
    first: dt.date
    last: dt.date
    lon: float
    lat: float
    within_km: float
    kind: tuple[str, str] | None
    place: str
    killed: tuple[int | None, int | None]
    cells: Mapping[str, str]


def scheme_of(names: Iterable[str]) -> str | None:
    """Which scheme a table with these columns follows; None for any other.

    >>> scheme_of(["date_start", "date_end", "type_of_violence", "latitude", "longitude", "best"])
    'UCDP GED'
    """
    given = set(names)
    return next((scheme for scheme, marks in _MARKS.items() if marks <= given), None)


def read_coded(path: str | Path, *, encoding: str | None = None) -> Iterator[Coded]:
    """The rows of an ACLED or UCDP GED shaped CSV (comma, semicolon or tab).

    Raises DataError with the line of the first row that cannot be read.
    """
    path = Path(path)
    try:
        with path.open(encoding=encoding or "utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, delimiter=delimiter_of(file.readline()), restval="")
            file.seek(0)
            scheme = scheme_of(reader.fieldnames or ())
            if scheme is None:
                raise DataError("neither an ACLED nor a UCDP GED table", path=path, line=1, hint=HINT)
            line = reader.line_num + 1
            for cells in reader:
                if None in cells:
                    raise DataError(
                        "this row has more cells than the header", path=path, line=line, hint="quote its commas"
                    )
                yield coded(scheme, cells, path=path, line=line)
                line = reader.line_num + 1
    except FileNotFoundError as error:
        raise DataError("no such file", path=path, hint="check the path given") from error
    except (OSError, UnicodeError, LookupError, csv.Error) as error:
        hint = "it should be a CSV in UTF-8; name another encoding with --encoding"
        raise DataError(f"cannot be read: {error}", path=path, hint=hint) from error


def delimiter_of(head: str) -> str:
    """What stands between the cells of a header.

    >>> delimiter_of("a;b;c,d")
    ';'
    """
    return max((",", ";", "\t"), key=head.count)


def coded(scheme: str, cells: Mapping[str, str], *, path: Path, line: int | None) -> Coded:
    """One row. Raises DataError where it cannot be read."""
    try:
        return _READ[scheme](cells)
    except ValueError as error:
        raise DataError(f"this row cannot be read: {error}", path=path, line=line, hint=MEND) from error


def _acled(cells: Mapping[str, str]) -> Coded:
    date = _day(cells, "event_date")
    around = dt.timedelta(days=_known(ACLED_DAYS, cells, "time_precision"))
    deaths = _whole(cells, "fatalities")
    lon, lat = _position(cells)
    return Coded(
        scheme=ACLED,
        id=cells.get("event_id_cnty") or cells.get("event_id") or "",
        first=date - around,
        last=date + around,
        lon=lon,
        lat=lat,
        within_km=_known(ACLED_KM, cells, "geo_precision"),
        kind=(cells["event_type"], cells["sub_event_type"]),
        place=cells.get("location") or "",
        killed=(deaths, deaths),
        cells=cells,
    )


def _ged(cells: Mapping[str, str]) -> Coded:
    first, last = _day(cells, "date_start"), _day(cells, "date_end")
    if last < first:
        raise ValueError(f"date_end {last} is before date_start {first}")
    lon, lat = _position(cells)
    return Coded(
        scheme=GED,
        id=cells.get("id") or "",
        first=first,
        last=last,
        lon=lon,
        lat=lat,
        within_km=_known(GED_KM, cells, "where_prec"),
        kind=None,
        place=cells.get("where_coordinates") or "",
        killed=(_whole(cells, "low"), _whole(cells, "high")),
        cells=cells,
    )


_READ: dict[str, Callable[[Mapping[str, str]], Coded]] = {ACLED: _acled, GED: _ged}


def _day(cells: Mapping[str, str], name: str) -> dt.date:
    day = plain_day(cells[name])
    if day is None:
        raise ValueError(f"{cells[name]!r} is not a date ({name})")
    return day


def _position(cells: Mapping[str, str]) -> tuple[float, float]:
    lon, lat = _number(cells, "longitude"), _number(cells, "latitude")
    for name, value, most in (("longitude", lon, 180), ("latitude", lat, 90)):
        if not abs(value) <= most:
            raise ValueError(f"{name} {value} is outside -{most} to {most}")
    return lon, lat


def _number(cells: Mapping[str, str], name: str) -> float:
    try:
        return float(cells[name])
    except ValueError:
        raise ValueError(f"{name} {cells[name]!r} is not a number") from None


def _whole(cells: Mapping[str, str], name: str) -> int | None:
    """A count; None where the cell is empty or the column missing."""
    if not (cells.get(name) or "").strip():
        return None
    number = _number(cells, name)
    if not number.is_integer() or number < 0:
        raise ValueError(f"{name} {cells[name]!r} is not a count")
    return int(number)


def _known(table: Mapping[str, Value], cells: Mapping[str, str], name: str) -> Value:
    """What a precision code means; the sharpest where the table has none."""
    code = (cells.get(name) or "1").strip()
    if code not in table:
        raise ValueError(f"{name} {code!r} is none of {', '.join(table)}")
    return table[code]
