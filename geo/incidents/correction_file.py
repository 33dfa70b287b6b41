"""Read a corrections file strictly: every problem with its line, every value as what it means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import DataError
from geo.files import Document
from geo.files import load as load_yaml
from geo.model import Place, Toll, When, content_id

DOES = ("reject", "set", "add", "merge", "part")
STATUSES = ("reported", "claimed", "denied", "planned", "background")
SETTABLE = ("type", "status", "place", "date", "killed", "injured")
PLACE_KEYS = ("name", "lat", "lon", "radius_m", "kind")
SMALL_TOWN_M = 2_000.0  # the radius of a place that is given by its point alone
_ALWAYS = ("do", "by", "why", "event", "quote")


@dataclass(frozen=True, slots=True)
class Reference:
    """Which event is meant: by its id, and by the sentence or a part of it."""

    event: str | None
    quote: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision. `tolls` lists (kind, toll); the toll is None where the figure is taken away."""

    path: str
    line: int
    do: str
    by: str
    why: str
    references: tuple[Reference, ...]
    type: str | None = None
    status: str | None = None
    place: Place | str | None = None
    when: When | None = None
    tolls: tuple[tuple[str, Toll | None], ...] | None = None


def load(path: str | Path) -> list[Correction]:
    """The decisions of a file; raises DataError at the first problem."""
    found: list[Correction] = []
    for entry in _entries(path):
        if isinstance(entry, DataError):
            raise entry
        found.append(entry)
    return found


def problems(path: str | Path) -> list[DataError]:
    """All problems of a file, in order of their lines."""
    return [entry for entry in _entries(path) if isinstance(entry, DataError)]


def _entries(path: str | Path) -> Iterator[Correction | DataError]:
    try:
        document = load_yaml(path)
    except DataError as error:
        yield error
        return
    data = document.data
    if data is None:
        return
    if not isinstance(data, dict) or set(data) - {"corrections"} or not isinstance(data.get("corrections", []), list):
        hint = "write `corrections:` and a list under it"
        yield DataError("a corrections file holds one list", path=document.path, line=1, hint=hint)
        return
    for number in range(len(data.get("corrections") or [])):
        try:
            yield _Entry(document, number).read()
        except DataError as error:
            yield error


class _Entry:
    """One entry while it is read, so that every complaint knows its line."""

    def __init__(self, document: Document, number: int) -> None:
        self.document, self.number = document, number
        self.raw: Any = document.data["corrections"][number]

    def wrong(self, what: str, hint: str, *keys: Any) -> DataError:
        line = self.document.line("corrections", self.number, *keys)
        return DataError(what, path=self.document.path, line=line, hint=hint)

    def read(self) -> Correction:
        raw = self.raw
        if not isinstance(raw, dict):
            raise self.wrong("a correction is a mapping", "with do, event, quote, by, why")
        do = raw.get("do")
        if do not in DOES:
            raise self.wrong(f"'do' is {do!r}", f"one of: {', '.join(DOES)}", "do")
        for key in ("by", "why"):
            if not isinstance(raw.get(key), str) or not raw[key].strip():
                raise self.wrong(f"no '{key}'", "say who decided (by) and the reason (why)", key)
        allowed = {
            *_ALWAYS,
            *(SETTABLE if do in ("set", "add") else ()),
            *(("with",) if do in ("merge", "part") else ()),
        }
        for key in raw:
            if key not in allowed:
                raise self.wrong(f"'{do}' knows no key '{key}'", f"there are: {', '.join(sorted(allowed))}", key)
        if do == "set" and not any(key in raw for key in SETTABLE):
            raise self.wrong("nothing to set", f"give one of: {', '.join(SETTABLE)}")
        if do == "add":
            for key in ("quote", "type", "date"):
                if raw.get(key) is None:
                    raise self.wrong(f"an added event needs '{key}'", "quote, type and date; place where known", key)
        references = [self.reference(raw)]
        if do in ("merge", "part"):
            others = raw.get("with")
            if not isinstance(others, list) or not others:
                raise self.wrong(f"'{do}' needs 'with'", "a list of {event: id, quote: text}", "with")
            references += [self.reference(other, "with", number) for number, other in enumerate(others)]
        return Correction(
            path=self.document.path,
            line=self.document.line("corrections", self.number),
            do=do,
            by=raw["by"].strip(),
            why=raw["why"].strip(),
            references=tuple(references),
            type=self.text("type"),
            status=self.status(),
            place=self.place(),
            when=self.when() if "date" in raw else None,
            tolls=self.tolls(),
        )

    def reference(self, raw: Any, *keys: Any) -> Reference:
        if not isinstance(raw, dict) or not (raw.get("event") or raw.get("quote")):
            raise self.wrong("no event is named", "give event (its id), quote, or better both", *keys)
        for key in set(raw) - {"event", "quote"} if keys else ():
            raise self.wrong(f"unknown key '{key}'", "there are: event, quote", *keys, key)
        event, quote = raw.get("event"), raw.get("quote")
        if quote is not None and not isinstance(quote, str):
            raise self.wrong("a quote is text", "put it in quotes", *keys, "quote")
        return Reference(None if event is None else str(event), quote)

    def text(self, key: str) -> str | None:
        value = self.raw.get(key)
        if value is not None and not isinstance(value, str):
            raise self.wrong(f"'{key}' must be text", "put it in quotes", key)
        return value

    def status(self) -> str | None:
        status = self.text("status")
        if status is not None and status not in STATUSES:
            raise self.wrong(f"unknown status '{status}'", f"one of: {', '.join(STATUSES)}", "status")
        return status

    def place(self) -> Place | str | None:
        raw = self.raw.get("place")
        if raw is None or isinstance(raw, str):
            return raw
        if not isinstance(raw, dict) or set(raw) - set(PLACE_KEYS) or not {"name", "lat", "lon"} <= set(raw):
            raise self.wrong("a place is an id or a mapping", "name, lat and lon; radius_m and kind if known", "place")
        lat, lon = self.figure(raw, "lat", 90), self.figure(raw, "lon", 180)
        radius_m = self.figure(raw, "radius_m", 2e7) if "radius_m" in raw else SMALL_TOWN_M
        name, kind = str(raw["name"]), str(raw.get("kind") or "place")
        place_id = f"correction:{content_id(name, lat, lon)}"
        return Place(
            place_id, name, kind, lon, lat, radius_m, names=(name,), source=f"{self.raw['by']}: {self.raw['why']}"
        )

    def figure(self, raw: dict[str, Any], key: str, most: float) -> float:
        value = raw[key]
        if isinstance(value, bool) or not isinstance(value, (int, float)) or abs(value) > most:
            raise self.wrong(f"'{key}' is {value!r}", f"a number up to {most:g}", "place", key)
        return float(value)

    def when(self) -> When:
        raw = self.raw["date"]
        if isinstance(raw, dict) and set(raw) <= {"start", "end"}:
            start, end = (self.day(raw.get(key), "date", key) for key in ("start", "end"))
            end = end or start
        else:
            start = end = self.day(raw, "date")
        if end is None or (start is not None and start > end):
            raise self.wrong("no date, or a start after its end", "2020-05-08, or {start: ..., end: ...}", "date")
        precision = "unknown" if start is None else "day" if start == end else "range"
        return When(start, end, precision, basis="stated")

    def day(self, value: Any, *keys: Any) -> dt.date | None:
        if value is None:
            return None
        try:
            return dt.date.fromisoformat(value)
        except (TypeError, ValueError):
            raise self.wrong(f"{value!r} is not a date", "write it as 2020-05-08", *keys) from None

    def tolls(self) -> tuple[tuple[str, Toll | None], ...] | None:
        found = [(kind, self.toll(kind)) for kind in ("killed", "injured") if kind in self.raw]
        return tuple(found) or None

    def toll(self, kind: str) -> Toll | None:
        raw = self.raw[kind]
        if raw is None:
            return None
        low, high = (raw.get("min"), raw.get("max")) if isinstance(raw, dict) else (raw, raw)
        if not (_is_count(low) and _is_count(high)) or (low is not None and high is not None and low > high):
            raise self.wrong(f"'{kind}' is {raw!r}", "a number, {min: 1, max: 3}, or null", kind)
        return None if low is None and high is None else Toll(kind, low, high)


def _is_count(value: Any) -> bool:
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and value >= 0)
