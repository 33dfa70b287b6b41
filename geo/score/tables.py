"""Against the big hand-coded tables: incidents compared with the rows of an ACLED or UCDP GED shaped CSV.

Their rows have no sentences, so an incident is right when it lies close enough, its dates overlap, and its type is of
the same kind. The tables draw on more sources than the reports at hand: recall says how much of them the reports tell.
"""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import DataError
from geo.score.figures import rates
from geo.score.found import CURRENT, LatLon, day, point_of
from geo.score.right import distance_km

ONE_DAY = dt.timedelta(days=1)  # the tables date some events by the report, we by its words
# How far a row's point may lie from the event, by the precision its coders state (ACLED geo_precision, GED where_prec).
ACLED_KM = {"1": 5.0, "2": 25.0, "3": 80.0}
GED_KM = {"1": 5.0, "2": 25.0, "3": 25.0, "4": 80.0, "5": 60.0, "6": math.inf, "7": math.inf}
ACLED_DAYS = {"1": 0, "2": 3, "3": 15}  # time_precision: a day, a week, a month around the date
VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})  # what GED codes at all


@dataclass(frozen=True, slots=True)
class TableRow:
    """A coded row. `kind` is ACLED's (event type, sub-event type), None where the table has violence of any kind."""

    id: str
    first: dt.date
    last: dt.date
    point: LatLon
    within_km: float
    kind: tuple[str, str] | None
    place: str
    killed: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An incident of ours that claims to have happened."""

    id: str
    first: dt.date | None
    last: dt.date | None
    point: LatLon | None
    kind: tuple[str, str]
    place: str | None
    killed: tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class TableScore:
    """The figures, the rows we do not have, and the incidents that no row has."""

    figures: dict[str, Any]
    missed: tuple[TableRow, ...]
    false: tuple[Drawn, ...]


def read_table(path: str | Path) -> list[TableRow]:
    """Read an ACLED or UCDP GED shaped CSV (comma or semicolon).

    Raises DataError with the line of the first row that cannot be read.
    """
    path = Path(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head = file.readline()
            file.seek(0)
            reader = csv.DictReader(file, delimiter=";" if head.count(";") > head.count(",") else ",")
            read = _reader(reader.fieldnames or (), path)
            return [_read_row(read, row, path, reader.line_num) for row in reader]
    except FileNotFoundError as error:
        raise DataError("no such file", path=path, hint="check the path given to --gold") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DataError(f"cannot be read: {error}", path=path, hint="it should be a CSV in UTF-8") from error


def _reader(header: Iterable[str], path: Path) -> Callable[[Mapping[str, str]], TableRow]:
    names = set(header)
    if {"event_date", "event_type", "sub_event_type", "latitude", "longitude"} <= names:
        return _acled
    if {"date_start", "date_end", "type_of_violence", "latitude", "longitude"} <= names:
        return _ged
    hint = "ACLED has event_date, event_type, sub_event_type; UCDP GED date_start, date_end, type_of_violence"
    raise DataError("neither an ACLED nor a UCDP GED table", path=path, line=1, hint=hint)


def _read_row(read: Callable[[Mapping[str, str]], TableRow], row: Mapping[str, str], path: Path, line: int) -> TableRow:
    try:
        return read(row)
    except (KeyError, TypeError, ValueError) as error:
        raise DataError(f"this row cannot be read: {error}", path=path, line=line, hint="mend or remove it") from error


def _acled(row: Mapping[str, str]) -> TableRow:
    date = _date(row["event_date"])
    around = dt.timedelta(days=ACLED_DAYS[row.get("time_precision") or "1"])
    deaths = _int(row.get("fatalities"))
    return TableRow(
        id=row.get("event_id_cnty") or row.get("event_id") or "",
        first=date - around,
        last=date + around,
        point=(float(row["latitude"]), float(row["longitude"])),
        within_km=ACLED_KM[row.get("geo_precision") or "1"],
        kind=(row["event_type"], row["sub_event_type"]),
        place=row.get("location") or "",
        killed=(deaths, deaths),
    )


def _ged(row: Mapping[str, str]) -> TableRow:
    return TableRow(
        id=row.get("id") or "",
        first=_date(row["date_start"]),
        last=_date(row["date_end"]),
        point=(float(row["latitude"]), float(row["longitude"])),
        within_km=GED_KM[row.get("where_prec") or "1"],
        kind=None,
        place=row.get("where_coordinates") or "",
        killed=(_int(row.get("low")), _int(row.get("high"))),
    )


def _date(text: str) -> dt.date:
    """ISO, with or without a time; or as ACLED's downloads have it, 14 April 2014."""
    for form in ("%Y-%m-%d", "%d %B %Y", "%d-%B-%Y", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text.strip().split(" 00:00")[0], form).date()
        except ValueError:
            continue
    raise ValueError(f"{text!r} is not a date")


def _int(text: str | None) -> int | None:
    return int(float(text)) if text and text.strip() else None


def score_table(features: Iterable[Mapping[str, Any]], rows: list[TableRow]) -> TableScore:
    """Compare incidents, as `geo incidents` writes them, with coded rows.

    detect: within the row's distance, dates that overlap (a day's slack), and the same ACLED event type.
    sub-event: the same sub-event type too. killed: a range that meets the row's, where the row has deaths.
    """
    drawn = [_drawn(feature) for feature in features if feature["properties"].get("status") in CURRENT]
    fits = sorted(
        (-_same_sub_event(one, row), distance_km(one.point, row.point), r, d)
        for r, row in enumerate(rows)
        for d, one in enumerate(drawn)
        if one.point is not None and _fits(one, row)
    )
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, r, d in fits:
        if r not in matched and d not in taken:
            matched[r] = d
            taken.add(d)
    pairs = [(rows[r], drawn[d]) for r, d in matched.items()]
    deadly = [(row, one) for row, one in pairs if row.killed[1]]
    figures: dict[str, Any] = {"detect": rates(len(pairs), len(rows), len(drawn))}
    if any(row.kind for row in rows):
        same = sum(_same_sub_event(one, row) for row, one in pairs)
        figures["sub-event"] = rates(same, len(rows), len(drawn))
    figures["killed right"] = f"{sum(_ranges_meet(row.killed, one.killed) for row, one in deadly)}/{len(deadly)}"
    figures["counts"] = {"incidents": len(drawn), "rows": len(rows), "matched": len(pairs)}
    missed = tuple(row for r, row in enumerate(rows) if r not in matched)
    return TableScore(figures, missed, tuple(one for d, one in enumerate(drawn) if d not in taken))


def _drawn(feature: Mapping[str, Any]) -> Drawn:
    row = feature["properties"]
    return Drawn(
        id=str(row.get("id") or feature.get("id") or ""),
        first=day(row.get("date_start")),
        last=day(row.get("date_end")),
        point=point_of(feature.get("geometry")),
        kind=(str(row.get("acled_event_type")), str(row.get("acled_sub_event_type"))),
        place=row.get("place"),
        killed=(row.get("killed_min"), row.get("killed_max")),
    )


def _fits(one: Drawn, row: TableRow) -> bool:
    if one.point is None or one.first is None:
        return False
    if one.first - ONE_DAY > row.last or (one.last or one.first) + ONE_DAY < row.first:
        return False
    same_kind = one.kind[0] in VIOLENT if row.kind is None else one.kind[0] == row.kind[0]
    return same_kind and distance_km(one.point, row.point) <= row.within_km


def _same_sub_event(one: Drawn, row: TableRow) -> bool:
    return row.kind is not None and one.kind[1] == row.kind[1]


def _ranges_meet(one: tuple[int | None, int | None], other: tuple[int | None, int | None]) -> bool:
    if None in (one[0], other[0]):
        return False
    low, high = max(one[0] or 0, other[0] or 0), min(math.inf if n is None else n for n in (one[1], other[1]))
    return low <= high
