"""Compiled gazetteers: many places in one read-only SQLite file, asked by key; nothing is loaded when it is opened."""

from __future__ import annotations

import functools
import hashlib
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from geo import files
from geo.errors import GazetteerError
from geo.gazetteer.distance import METRES_PER_DEGREE, great_circle_m
from geo.gazetteer.kinds import kinds
from geo.gazetteer.matching import Found, stored_keys, tier_of
from geo.gazetteer.memory import family_of
from geo.model import Place

FORMAT = "1"  # raise it whenever a table or the making of keys changes: older files are then refused, not misread
MAGIC = b"SQLite format 3\x00"
BATCH = 5_000  # rows per insert: memory stays flat, however long the source
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE places (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, names TEXT NOT NULL, kind TEXT NOT NULL,
    lon REAL NOT NULL, lat REAL NOT NULL, radius_m REAL NOT NULL, population INTEGER, country TEXT, areas TEXT NOT NULL,
    ids TEXT NOT NULL, source TEXT);
CREATE TABLE areas (code TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE staged (key TEXT NOT NULL, place INTEGER NOT NULL, name INTEGER NOT NULL);
CREATE TABLE keys (
    key TEXT NOT NULL, place INTEGER NOT NULL, name INTEGER NOT NULL, PRIMARY KEY (key, place)) WITHOUT ROWID;
"""
_FINISH = """
INSERT OR IGNORE INTO keys SELECT key, place, name FROM staged ORDER BY key, place, name;
DROP TABLE staged;
CREATE INDEX places_lat ON places (lat, lon);
"""


# Looked for at the end, by index: ids kept in memory while reading would grow with the source.
_REPEATED = """
SELECT number FROM places AS later WHERE EXISTS
    (SELECT 1 FROM places AS earlier WHERE earlier.id = later.id AND earlier.number < later.number)
"""


class Bulk(NamedTuple):
    """One place of a bulk source. `areas` are codes of what holds it, nearest first; `code` is its own as an area."""

    id: str
    name: str
    kind: str
    lon: float
    lat: float
    names: tuple[str, ...] = ()
    radius_m: float | None = None
    population: int | None = None
    country: str | None = None
    areas: tuple[str, ...] = ()
    code: str | None = None
    ids: tuple[tuple[str, str], ...] = ()
    source: str | None = None


def rules_digest() -> str:
    """What the making of keys depends on: the format and the spelling data."""
    parts = [FORMAT.encode()]
    for path in sorted(files.shipped("names").glob("*.yaml")):
        parts.append(path.read_bytes().replace(b"\r\n", b"\n"))
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def write(path: str | Path, places: Iterable[Bulk], *, meta: Callable[[], Mapping[str, str]]) -> int:
    """Write places to a compiled file, whole or not at all; how many they are. `meta` is asked when all are read.

    A place whose id came before is left out.
    """
    with files.writing(path) as temporary, closing(sqlite3.connect(temporary)) as db:
        db.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;" + _SCHEMA)
        count = 0
        rows: list[tuple[object, ...]] = []
        keyed: list[tuple[str, int, int]] = []
        for place in places:
            count += 1
            spellings = tuple(dict.fromkeys((place.name, *place.names)))
            rows.append(_row(count, place, spellings))
            keyed += _keys(count, place, spellings)
            if place.code:
                db.execute("INSERT OR IGNORE INTO areas VALUES (?, ?)", (place.code, count))
            if len(rows) >= BATCH:
                _insert(db, rows, keyed)
        _insert(db, rows, keyed)
        db.execute("CREATE INDEX places_id ON places (id)")
        db.execute(f"CREATE TEMP TABLE again AS {_REPEATED}")
        repeated = int(db.execute("SELECT count(*) FROM again").fetchone()[0])
        count -= repeated
        for table, column in (("places", "number"), ("areas", "place"), ("staged", "place")) if repeated else ():
            db.execute(f"DELETE FROM {table} WHERE {column} IN (SELECT number FROM again)")
        db.executescript(_FINISH)
        facts = {**meta(), "format": FORMAT, "rules": rules_digest(), "places": str(count)}
        db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(facts.items()))
        db.commit()
    return count


def _row(number: int, place: Bulk, spellings: tuple[str, ...]) -> tuple[object, ...]:
    radius_m = place.radius_m or kinds()[place.kind].radius_m
    ids = "\n".join(f"{source}={value}" for source, value in place.ids)
    return (number, place.id, place.name, "\n".join(spellings), place.kind, place.lon, place.lat, radius_m,
            place.population, place.country, "\n".join(place.areas), ids, place.source)  # fmt: skip


def _keys(number: int, place: Bulk, spellings: tuple[str, ...]) -> Iterator[tuple[str, int, int]]:
    family = family_of(place.country, spellings)
    seen: set[str] = set()
    for at, name in enumerate(spellings):
        for key in stored_keys(name, family=family):
            if key not in seen:
                seen.add(key)
                yield key, number, at


def _insert(db: sqlite3.Connection, rows: list[tuple[object, ...]], keyed: list[tuple[str, int, int]]) -> None:
    db.executemany(f"INSERT INTO places VALUES ({', '.join('?' * 13)})", rows)
    db.executemany("INSERT INTO staged VALUES (?, ?, ?)", keyed)
    rows.clear()
    keyed.clear()


def is_compiled(path: str | Path) -> bool:
    """Whether a file is SQLite, by its first bytes."""
    with Path(path).open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


class Compiled:
    """An open compiled gazetteer.

    `place` gives a place by its number. `link` (the curated place of an id elsewhere), `country` (that of a country
    code) and `unit` (the first-level unit of a code) are set by who holds those places.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        address = f"{self.path.resolve().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(address, uri=True, check_same_thread=False)
        weakref.finalize(self, self._db.close)
        try:
            self.meta: dict[str, str] = dict(self._db.execute("SELECT key, value FROM meta"))
        except sqlite3.DatabaseError as cause:
            self._db.close()
            hint = "make it with: geo gazetteer import"
            raise GazetteerError("is no compiled gazetteer", path=path, hint=hint) from cause
        if self.meta.get("rules") != rules_digest():
            self._db.close()
            raise GazetteerError("was compiled by another version", path=path, hint="import its source again")
        self.place: Callable[[int], Place] = functools.lru_cache(maxsize=50_000)(functools.partial(_place, self))
        self.link: Callable[[tuple[str, str]], Place | None] = lambda id_: None
        self.country: Callable[[str], Place | None] = lambda code: None
        self.unit: Callable[[str], Place | None] = lambda code: None

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __len__(self) -> int:
        return int(self.meta["places"])

    @property
    def digest(self) -> str:
        """What the file was made from: the source's SHA-256, the options, the rules of the keys."""
        return ":".join(self.meta.get(key, "") for key in ("sha256", "options", "rules"))

    def with_keys(self, keys: Sequence[str]) -> Iterator[Found]:
        """Every stored name under one of the keys."""
        for at in range(0, len(keys), 500):  # SQLite takes at least 999 parameters
            some = keys[at : at + 500]
            marks = ", ".join("?" * len(some))
            query = (
                f"SELECT key, place, keys.name, names FROM keys JOIN places ON number = place WHERE key IN ({marks})"
            )
            for key, place, name, spellings in self._db.execute(f"{query} ORDER BY key, place", some).fetchall():
                yield Found(place, spellings.split("\n")[name], tier_of(key))

    def keys_like(self, prefix: str, *, length: int) -> Iterator[str]:
        """Stored keys that begin with a prefix, at most one character longer or shorter than `length`."""
        query = "SELECT DISTINCT key FROM keys WHERE key >= ? AND key < ? AND length(key) BETWEEN ? AND ?"
        for (key,) in self._db.execute(query, (prefix, prefix + "\U0010ffff", length - 1, length + 1)).fetchall():
            yield key

    def number(self, id_: str) -> int | None:
        """The number of a place by its id."""
        row = self._db.execute("SELECT number FROM places WHERE id = ?", (id_,)).fetchone()
        return row[0] if row else None

    def read(self, number: int) -> Bulk:
        """A stored row as it is."""
        row = self._db.execute("SELECT * FROM places WHERE number = ?", (number,)).fetchone()
        _, id_, name, spellings, kind, lon, lat, radius_m, population, country, areas, ids, source = row
        return Bulk(id_, name, kind, lon, lat, tuple(spellings.split("\n")), radius_m, population, country,
                    tuple(areas.split("\n")) if areas else (), None,
                    tuple(_pair(line) for line in ids.split("\n")) if ids else (), source)  # fmt: skip

    def area(self, code: str) -> int | None:
        """The number of the place that has a code as an area."""
        row = self._db.execute("SELECT place FROM areas WHERE code = ?", (code,)).fetchone()
        return row[0] if row else None

    def near(self, lon: float, lat: float, radius_m: float) -> Iterator[tuple[float, Place]]:
        """Places whose point lies within a radius, with the distance."""
        reach = radius_m / METRES_PER_DEGREE
        query = "SELECT number, lon, lat FROM places WHERE lat BETWEEN ? AND ?"
        for number, place_lon, place_lat in self._db.execute(query, (lat - reach, lat + reach)).fetchall():
            metres = great_circle_m(lon_a=lon, lat_a=lat, lon_b=place_lon, lat_b=place_lat)
            if metres <= radius_m:
                yield metres, self.place(number)


def _pair(line: str) -> tuple[str, str]:
    source, _, value = line.partition("=")
    return source, value


def _place(store: Compiled, number: int) -> Place:
    """A place with the names of its parents, curated ones where there are."""
    row = store.read(number)
    holders: list[Place] = []
    for code in row.areas:
        known = store.link(("code", code))  # a curated row may say which code it goes by: `ids: {code: US.TX}`
        if known:
            holders.append(known)
            continue
        holder_number = store.area(code)
        if holder_number is None and (unit := store.unit(code)):
            holders.append(unit)
        if holder_number is None or holder_number == number:
            continue
        holder = store.read(holder_number)
        curated = next((found for id_ in holder.ids if (found := store.link(id_))), None)
        holders.append(curated or store.place(holder_number))
    country = store.country(row.country) if row.country else None
    if country and country not in holders:
        holders.append(country)
    own = Place(row.id, row.name, row.kind, row.lon, row.lat, row.radius_m or 0.0)
    by_kind: dict[str, Place] = {}
    for holder_place in (own, *holders):
        by_kind.setdefault(holder_place.kind, holder_place)
    admin1, admin2, land = (by_kind.get(kind) for kind in ("governorate", "district", "country"))
    return Place(
        id=row.id, name=row.name, kind=row.kind, lon=row.lon, lat=row.lat, radius_m=row.radius_m or 0.0,
        names=row.names, within=tuple(dict.fromkeys(holder.id for holder in holders)),
        ids=row.ids, population=row.population,
        admin1=admin1.name if admin1 else None, admin1_pcode=admin1.admin1_pcode if admin1 else None,
        admin2=admin2.name if admin2 else None, admin2_pcode=admin2.admin2_pcode if admin2 else None,
        country=land.name if land else None, country_iso2=row.country,
        source=row.source or store.meta.get("source", ""),
    )  # fmt: skip
