"""Turn features into columns: small typed arrays the page filters on, and chunks of rows it opens when needed.

A page holds three kinds of packets. The *columns* packet is read at once: one number per incident and field. The
*text* packets hold every sentence and headline, so that search never parses rows. The *rows* packets hold the rest of
each row, column by column, and give back exactly the feature that went in.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import gc
import gzip
import re
import statistics
import sys
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from geo.errors import InputError
from geo.maps import records

CHUNK = 1000  # incidents per packet of rows: opening one incident then takes about 20 ms in a browser
NO_DAY = -(2**31)  # an Int32 that is no day; days count from 1970-01-01
NO_SITE = 2**32 - 1
BULK, NARROWEST = 0.9, 0.2  # the first view holds nine tenths of all, and what lies within one more width of them
TEXT_KEYS = frozenset({"quote", "title", "report_title"})  # their values live in the text packets
LONGEST_NAME = 100  # characters; what is longer, as notes of others are, is text and no name
STATUSES = ("reported", "claimed", "denied", "planned", "background")
POSITIONS = ("exact", "approximate", "area", "none")
_POSITION_OF = {"at": 0, "near": 1, "edge": 1, "direction": 1, "between": 1, "area": 2}
_EPOCH = dt.date(1970, 1, 1).toordinal()
_SURROGATES = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Packed:
    """What a page carries: base64 packets, and the box of what has a position (west, south, east, north).

    `core` is the box of the bulk: a few far away would make all others one blot at the first sight.
    """

    columns: str
    texts: tuple[str, ...]
    rows: tuple[str, ...]
    count: int
    bounds: tuple[float, float, float, float] | None
    core: tuple[float, float, float, float] | None
    types: dict[str, str]  # the types used, and what the rows call them


def packet(data: bytes) -> str:
    """Compress to text that is safe inside a script element: base64 knows neither `<` nor `&`.

    >>> packet(b"abc") == packet(b"abc")
    True
    """
    return base64.b64encode(gzip.compress(data, 6, mtime=0)).decode("ascii")


def pack(
    features: Sequence[Mapping[str, Any]],
    *,
    aliases: Mapping[str, Sequence[str]] | None = None,
    names: Mapping[str, str] | None = None,
    text: bool = True,
) -> Packed:
    """Pack GeoJSON features; `aliases` gives spellings of a place by its id, for the search, `names` the one to show.

    Without `text` sentences and headlines are left out, null in their place. Features may be made as they are asked
    for: each is asked for twice, and only one chunk is held at a time.

    >>> packed = pack([{"type": "Feature", "geometry": None, "properties": {"date_start": "2014-04-11"}}])
    >>> packed.count, len(packed.texts), packed.bounds
    (1, 1, None)
    """
    days = [_days(_properties(feature, number)) for number, feature in enumerate(features)]
    order = _by_day(days)
    table = _Table(aliases or {}, names or {})
    texts, rows = [], []
    with _nothing_circular():
        for at in range(0, len(order), CHUNK):
            chunk = [_plain(features[i]) for i in order[at : at + CHUNK]]
            for i, feature in zip(order[at : at + CHUNK], chunk):
                table.add(feature["properties"], feature.get("geometry"), days[i])
            strings, row = _chunk(chunk, text=text)
            if text:
                texts.append(packet(strings))
            rows.append(packet(row))
    shuffled = order if order != list(range(len(order))) else []
    return Packed(
        columns=packet(table.encode(shuffled, text=text)),
        texts=tuple(texts),
        rows=tuple(rows),
        count=len(order),
        bounds=table.bounds(),
        core=table.core(),
        types=dict(zip(table.types, table.labels)),
    )


@contextlib.contextmanager
def _nothing_circular() -> Iterator[None]:
    """Rows never point to themselves: looking for such among millions of objects would take a third of the time."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def _by_day(days: Sequence[tuple[int, int]]) -> list[int]:
    """Row numbers by first known day: an unknown start counts as the end."""
    return sorted(range(len(days)), key=lambda i: (days[i][1] if days[i][0] == NO_DAY else days[i][0], days[i], i))


def day_number(value: object) -> int | None:
    """Days since 1970-01-01 of an ISO date or date-time; None where there is none.

    >>> day_number("2014-04-11"), day_number("2014-04-11T08:00:00Z"), day_number(None)
    (16171, 16171, None)
    """
    if isinstance(value, dt.date):
        return value.toordinal() - _EPOCH
    if not isinstance(value, str):
        return None
    try:
        return dt.date.fromisoformat(value[:10]).toordinal() - _EPOCH
    except ValueError:
        return None


def _properties(feature: Mapping[str, Any], number: int) -> Mapping[str, Any]:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    if not isinstance(properties, Mapping):
        raise InputError(
            f"feature {number + 1} has no properties: a map needs GeoJSON features, as geo incidents writes"
        )
    return properties


def _plain(feature: Mapping[str, Any]) -> dict[str, Any]:
    """A copy by one trip through JSON: dates become text, NaN becomes null, half characters cannot break the page."""
    try:
        text = orjson.dumps(feature, default=str)
    except TypeError:  # half characters, keys that are no text, or kinds of mapping JSON does not know
        text = orjson.dumps(clean(feature), default=str)
    return dict(orjson.loads(text))


def clean(value: Any) -> Any:
    """The value with half characters (lone surrogates) replaced: they have no place in a file.

    >>> clean({"a": ["\\ud800!"]}) == {"a": ["\\ufffd!"]}
    True
    """
    if isinstance(value, str):
        return _SURROGATES.sub("\ufffd", value) if not value.isascii() else value
    if isinstance(value, Mapping):
        return {clean(str(key)): clean(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [clean(item) for item in value]
    return value


def _days(properties: Mapping[str, Any]) -> tuple[int, int]:
    start, end = day_number(properties.get("date_start")), day_number(properties.get("date_end"))
    if start is None:
        return (NO_DAY, NO_DAY if end is None else end)
    return (start, start if end is None else max(start, end))


def point_of(geometry: Any) -> tuple[float, float] | None:
    """The representative point of a geometry: a Point's own, else the middle of its box; None where there is none.

    >>> point_of({"type": "Point", "coordinates": [36.5, 35.3]})
    (36.5, 35.3)
    """
    if not isinstance(geometry, Mapping):
        return None
    pairs = list(_pairs(geometry.get("coordinates")))
    if not pairs:
        return None
    lons, lats = [lon for lon, _ in pairs], [lat for _, lat in pairs]
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    return (lon, lat) if -180 <= lon <= 180 and -90 <= lat <= 90 else None


def _pairs(value: Any) -> Iterable[tuple[float, float]]:
    if isinstance(value, list) and len(value) >= 2 and all(isinstance(v, (int, float)) for v in value[:2]):
        yield float(value[0]), float(value[1])
    elif isinstance(value, list):
        for item in value:
            yield from _pairs(item)


def _texts_of(value: Any) -> list[str]:
    """Names in a list of strings or of objects with a name; a single string is one name."""
    if isinstance(value, str):
        return [value] if value else []
    if not isinstance(value, list):
        return []
    names = [item.get("name") if isinstance(item, dict) else item for item in value]
    return list(dict.fromkeys(name for name in names if isinstance(name, str) and name))


def _box(sites: Iterable[Sequence[Any]]) -> tuple[float, float, float, float]:
    lons, lats = zip(*[(row[0], row[1]) for row in sites])
    return min(lons), min(lats), max(lons), max(lats)


class _Names:
    """Numbers for names, in the order they are first seen."""

    def __init__(self, first: Iterable[Any] = ()) -> None:
        self.numbers: dict[Any, int] = {name: number for number, name in enumerate(first)}

    def __call__(self, name: Any) -> int:
        return self.numbers.setdefault(name, len(self.numbers))

    def __iter__(self) -> Any:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)


class _Table:
    """The columns read at once, filled row by row."""

    def __init__(self, aliases: Mapping[str, Sequence[str]], names: Mapping[str, str]) -> None:
        self.aliases, self.names = aliases, names
        self.start, self.end = array("i"), array("i")
        self.fields: dict[str, list[int]] = {}
        self.types = _Names()
        self.labels: list[str] = []
        self.statuses = _Names(STATUSES)
        self.verifications = _Names([""])
        self.precisions = _Names(["day", "range", "week", "month", "year", "unknown"])
        self.outlets, self.outlet_sets = _Names(), _Names()
        self.actors, self.actor_sets = _Names(), _Names()
        self.sites: dict[tuple[Any, ...], int] = {}
        self.site_rows: list[tuple[float, float, float, str, str]] = []
        self.points: list[tuple[float, float]] = []

    def add(self, row: Mapping[str, Any], geometry: Any, days: tuple[int, int]) -> None:
        self.start.append(days[0])
        self.end.append(days[1])
        point = point_of(geometry)
        relation = row.get("place_relation") or "at"
        outlets = _texts_of(row.get("outlets")) or _texts_of(row.get("outlet"))
        numbers = {
            "type": self.types(str(row.get("type") or "other")),
            "status": self.statuses(str(row.get("status") or "reported")),
            "verification": self.verifications(str(row.get("verification") or "")),
            "dated": self.precisions(str(row.get("date_precision") or ("unknown" if days[0] == NO_DAY else "day"))),
            "outlet": self.outlet_sets(tuple(self.outlets(name) for name in outlets)),
            "actor": self.actor_sets(tuple(self.actors(name) for name in _texts_of(row.get("actors")))),
            "position": 3 if point is None else _POSITION_OF.get(str(relation), 1),
            "site": NO_SITE if point is None else self._site(row, point),
            "conflicts": min(255, len(row.get("conflicts") or ())),
        }
        if numbers["type"] == len(self.labels):
            self.labels.append(str(row.get("type_label") or ""))
        for name, number in numbers.items():
            self.fields.setdefault(name, []).append(number)

    def _site(self, row: Mapping[str, Any], point: tuple[float, float]) -> int:
        name, place_id = str(row.get("place") or ""), str(row.get("place_id") or "")
        key = (place_id or name, *point)
        number = self.sites.get(key)
        if number is None:
            number = self.sites[key] = len(self.sites)
            own, name = name, self.names.get(place_id, name)
            names = [n for n in dict.fromkeys((own, *self.aliases.get(place_id, ()))) if n and n != name]
            radius_m = row.get("radius_m")
            radius_m = float(radius_m) if isinstance(radius_m, (int, float)) else 0.0
            self.site_rows.append((point[0], point[1], radius_m, name, "\n".join(names)))
        return number

    def bounds(self) -> tuple[float, float, float, float] | None:
        return _box(self.site_rows) if self.site_rows else None

    def core(self) -> tuple[float, float, float, float] | None:
        pinned = [s for s, status in zip(self.fields.get("site", ()), self.fields.get("status", ())) if status < 2]
        sites = [self.site_rows[s] for s in pinned if s != NO_SITE]
        if not sites:
            return self.bounds()
        lon, lat = statistics.median(row[0] for row in sites), statistics.median(row[1] for row in sites)
        sites.sort(key=lambda row: max(abs(row[0] - lon), abs(row[1] - lat)))
        west, south, east, north = _box(sites[: int(len(sites) * BULK) + 1])
        wide, high = max(NARROWEST, east - west), max(NARROWEST, north - south)
        return _box([r for r in sites if west - wide <= r[0] <= east + wide and south - high <= r[1] <= north + high])

    def encode(self, order: list[int], *, text: bool) -> bytes:
        columns: dict[str, array[Any]] = {"start": self.start, "end": self.end}
        for name, numbers in self.fields.items():
            columns[name] = _smallest(numbers, none=NO_SITE if name == "site" else None)
        if order:
            columns["order"] = _smallest(order)
        columns["siteLon"] = array("f", (row[0] for row in self.site_rows))
        columns["siteLat"] = array("f", (row[1] for row in self.site_rows))
        columns["siteRadius"] = array("f", (row[2] for row in self.site_rows))
        header = {
            "count": len(self.start),
            "chunk": CHUNK,
            "text": text,
            "types": list(self.types),
            "statuses": list(self.statuses),
            "verifications": list(self.verifications),
            "precisions": list(self.precisions),
            "positions": POSITIONS,
            "outlets": list(self.outlets),
            "outletSets": list(self.outlet_sets),
            "actors": list(self.actors),
            "actorSets": list(self.actor_sets),
            "siteNames": [row[3] for row in self.site_rows],
            "siteAliases": [row[4] for row in self.site_rows],
        }
        return _frame(header, columns)


def _smallest(numbers: Sequence[int], none: int | None = None) -> array[Any]:
    """The narrowest unsigned array that holds the numbers; `none` becomes the largest value of that width."""
    top = max((n for n in numbers if n != none), default=0)
    code, largest = next((c, m) for c, m in (("B", 0xFF), ("H", 0xFFFF), ("I", 0xFFFFFFFF)) if top < m)
    return array(code, (largest if n == none else n for n in numbers))


_WIDTHS = {"B": "Uint8", "H": "Uint16", "I": "Uint32", "i": "Int32", "f": "Float32"}


def _frame(header: Mapping[str, Any], columns: Mapping[str, array[Any]]) -> bytes:
    """Four bytes of length, the header as JSON, then each column at a multiple of eight bytes, little endian."""
    parts, layout, at = [], [], 0
    for name, column in columns.items():
        if sys.byteorder == "big":
            column = array(column.typecode, column)
            column.byteswap()
        data = column.tobytes()
        layout.append([name, _WIDTHS[column.typecode], at, len(column)])
        parts.append(data + b"\0" * (-len(data) % 8))
        at += len(parts[-1])
    head = orjson.dumps({**header, "layout": layout})
    head += b" " * (-(len(head) + 4) % 8)
    return len(head).to_bytes(4, "little") + head + b"".join(parts)


def _chunk(features: Sequence[dict[str, Any]], *, text: bool = True) -> tuple[bytes, bytes]:
    """One packet of text and one of rows for up to CHUNK features, whose texts are taken out."""
    if not text:
        for feature in features:
            _drop_texts(feature)
        return b"", orjson.dumps(records.packed(features))
    strings: list[str] = []
    counts: list[int] = []
    for feature in features:
        seen: dict[str, int] = {}
        _take_texts(feature, seen, len(strings))
        strings.extend(seen)
        counts.append(len(seen))
    # JavaScript counts UTF-16 units
    lengths = [len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2 for text in strings]
    head = orjson.dumps({"lengths": records.letters(lengths), "counts": records.letters(counts)})
    body = "\n".join(strings).encode("utf-8")
    return head + b"\n" + body, orjson.dumps(records.packed(features, strings))


def _drop_texts(value: Any, *, given: bool = False) -> None:
    """Sentences and headlines become null in place; what others have `given` is told by its length, not by its name."""
    if type(value) is list:
        for item in value:
            _drop_texts(item, given=given)
    elif type(value) is dict:
        for key, item in value.items():
            if type(item) is str and (key in TEXT_KEYS or (given and len(item) > LONGEST_NAME)):
                value[key] = None
            else:
                _drop_texts(item, given=given or key == "given")


def _take_texts(value: Any, seen: dict[str, int], first: int) -> None:
    """Replace each text of TEXT_KEYS in place by its number."""
    if type(value) is list:
        for item in value:
            _take_texts(item, seen, first)
    elif type(value) is dict:
        for key, item in value.items():
            kind = type(item)
            if kind is str:
                if key in TEXT_KEYS:
                    value[key] = records.Text(first + seen.setdefault(item, len(seen)))
            elif kind is dict or kind is list:
                _take_texts(item, seen, first)
