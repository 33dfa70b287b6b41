"""Hand-coded truth: what a person found in the text, read from YAML."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from geo.errors import DataError
from geo.score.found import LatLon

NEEDED = "an event needs report, start, end, core, types, dates, statuses"

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


Count = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class GoldDate:
    """A date the coder accepts; `first` None means that the text gives none."""

    first: dt.date | None
    last: dt.date | None
    is_day: bool


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """An event as coded: where it stands, and every type, point, date, status and toll that is accepted.

    Events both coders agreed on are `core`; the others are neither hit nor miss. `points` are (lat, lon).
    """

    id: str
    report: str
    start: int
    end: int
    quote: str
    core: bool
    types: tuple[str, ...]
    place: str | None
    points: tuple[LatLon, ...]
    place_precision: str | None
    unsure_point: bool
    dates: tuple[GoldDate, ...]
    statuses: tuple[str, ...]
    killed: tuple[Count, ...]
    injured: tuple[Count, ...]
    incident: str | None
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class Trap:
    """A passage that sounds like an event and is none."""

    report: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gold:
    """A file of coded events. `by_record`: offsets count within each input record, which the report's id names."""

    events: tuple[GoldEvent, ...]
    traps: tuple[Trap, ...]
    by_record: bool


def read_gold(path: str | Path) -> Gold:
    """Read coded events from YAML with `reports`, `events` and, if any, `traps`.

    Raises DataError with the file and the line of the first event that lacks something.
    """
    data, lines = _load(Path(path))
    if not isinstance(data, Mapping) or not isinstance(data.get("events"), Sequence) or "reports" not in data:
        hint = "it needs the keys `reports` and `events`"
        raise DataError("not a file of coded events", path=path, line=1, hint=hint)
    published = {str(report["id"]): _day(report.get("published")) for report in data["reports"]}
    events = []
    for number, raw in enumerate(data["events"]):
        try:
            events.append(_event(raw, number, published))
        except (KeyError, TypeError, ValueError) as error:
            what = (
                f"event {number + 1} lacks {error}" if isinstance(error, KeyError) else f"event {number + 1}: {error}"
            )
            raise DataError(what, path=path, line=lines[number], hint=NEEDED) from error
    traps = tuple(Trap(str(raw.get("report")), raw["start"], raw["end"]) for raw in data.get("traps") or ())
    return Gold(tuple(events), traps, any(report.get("record") for report in data["reports"]))


def _load(path: Path) -> tuple[Any, list[int]]:
    """The content, and the line of each event. Files of coded events are often written by programs, with aliases."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        loader = _Loader(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except FileNotFoundError as error:
        raise DataError("no such file", path=path, hint="check the path given to --gold") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"cannot be read: {error}", path=path, hint="it should be UTF-8 text") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise DataError(f"not valid YAML: {problem}", path=path, line=mark.line + 1 if mark else None) from error
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    events: list[Any] = next((value.value for key, value in pairs if key.value == "events"), [])
    return data, [event.start_mark.line + 1 for event in events if isinstance(event, yaml.Node)]


def _event(raw: Mapping[str, Any], number: int, published: Mapping[str, dt.date | None]) -> GoldEvent:
    report = str(raw["report"])
    return GoldEvent(
        id=str(raw.get("id") or f"event {number + 1}"),
        report=report,
        start=raw["start"],
        end=raw["end"],
        quote=str(raw.get("quote") or ""),
        core=bool(raw["core"]),
        types=tuple(raw["types"]),
        place=raw.get("place"),
        points=tuple((float(lat), float(lon)) for lat, lon in raw.get("points") or ()),
        place_precision=raw.get("place_precision"),
        unsure_point=raw.get("coord_confidence") == "low",
        dates=tuple(_date(date) for date in raw["dates"]),
        statuses=tuple(raw["statuses"]),
        killed=_counts(raw.get("deaths")),
        injured=_counts(raw.get("injured")),
        incident=raw.get("incident"),
        published=published[report],
    )


def _date(raw: Mapping[str, Any]) -> GoldDate:
    return GoldDate(_day(raw.get("start")), _day(raw.get("end")), raw.get("precision") == "day")


def _counts(raw: Sequence[Mapping[str, Any]] | None) -> tuple[Count, ...]:
    return tuple((count.get("min"), count.get("max")) for count in raw or ())


def _day(value: Any) -> dt.date | None:
    return dt.date.fromisoformat(str(value)[:10]) if value else None
