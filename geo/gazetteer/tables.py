"""Bulk places from tables of one's own: CSV and GeoJSON, with columns named as the facts of a curated row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from geo.gazetteer.compiled import Bulk
from geo.gazetteer.importers import Source, settlement_kind
from geo.gazetteer.kinds import kinds

NEEDED = ("id", "name")
SEPARATORS = "|;"  # between the spellings in a `names` column; a comma stands in names


def read_csv(source: Source) -> Iterator[Bulk]:
    """Rows of a CSV file with a header: id, name, lat, lon.

    Optional columns: kind, names ("a|b"), population, country, radius_m, source, geonames.
    """
    text = _text(source)
    rows = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    missing = [column for column in (*NEEDED, "lat", "lon") if column not in (rows.fieldnames or ())]
    if missing:
        raise source.problem(f"no column {', '.join(missing)}", line=1, hint="the first line should name the columns")
    while True:
        try:
            row = next(rows, None)
        except csv.Error as cause:
            raise source.problem(f"not valid CSV: {cause}", line=rows.line_num) from cause
        if row is None:
            return
        if None in row or None in row.values():
            hint = "put values with commas in double quotes"
            raise source.problem("more or fewer values than columns", line=rows.line_num, hint=hint)
        yield _bulk(row, source, line=rows.line_num, what=f"'{row['id']}'")


def read_geojson(source: Source) -> Iterator[Bulk]:
    """Features of a GeoJSON file; properties as the columns of read_csv; of lines and areas a point inside is taken."""
    import shapely  # takes a tenth of a second: only who imports GeoJSON waits for it
    from shapely.geometry import shape

    try:
        collection = orjson.loads(_text(source))
    except orjson.JSONDecodeError as cause:
        raise source.problem(f"not valid JSON: {cause}") from cause
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise source.problem("no FeatureCollection", hint="expected GeoJSON with 'features'")
    for number, feature in enumerate(features, start=1):
        what = f"feature {number}"
        if not isinstance(feature, dict) or not feature.get("geometry"):
            raise source.problem(f"{what} has no geometry")
        facts = {**(feature.get("properties") or {})}
        facts.setdefault("id", feature.get("id", ""))
        try:
            point = shapely.point_on_surface(shape(feature["geometry"]))
            facts |= {"lon": point.x, "lat": point.y}
        except (shapely.errors.ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as cause:
            raise source.problem(f"{what}: its geometry cannot be read: {cause}") from cause
        yield _bulk(facts, source, line=None, what=what)


def _text(source: Source) -> str:
    data = source.path.read_bytes()
    source.hash.update(data.replace(b"\r\n", b"\n"))
    source.attribution = source.path.name
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise source.problem("is not UTF-8 text", hint="save it as UTF-8") from cause


def _bulk(facts: Mapping[str, Any], source: Source, *, line: int | None, what: str) -> Bulk:
    for column in NEEDED:
        if not str(facts.get(column) or "").strip():
            raise source.problem(f"{what} has no {column}", line=line)
    lon, lat = (_number(facts, column, source, line=line, what=what) for column in ("lon", "lat"))
    if lon is None or lat is None or not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise source.problem(f"{what}: {lat}, {lon} is nowhere on Earth", line=line, hint="are lat and lon swapped?")
    population = _number(facts, "population", source, line=line, what=what)
    kind = str(facts.get("kind") or settlement_kind(int(population or 0)))
    if kind not in kinds():
        raise source.problem(f"{what}: unknown kind '{kind}'", line=line, hint=f"there are: {', '.join(kinds())}")
    listed = facts.get("names") or ""
    if isinstance(listed, str):
        for separator in SEPARATORS:
            listed = listed.replace(separator, "\n") if isinstance(listed, str) else listed
        listed = listed.split("\n")
    geonames = str(facts.get("geonames") or "").strip()
    return Bulk(
        id=str(facts["id"]).strip(),
        name=str(facts["name"]).strip(),
        kind=kind,
        lon=lon,
        lat=lat,
        names=tuple(name for each in listed if (name := str(each).strip())),
        radius_m=_number(facts, "radius_m", source, line=line, what=what),
        population=int(population) if population else None,
        country=str(facts.get("country") or "").strip().upper() or None,
        areas=(str(facts["country"]).strip().upper(),) if facts.get("country") else (),
        ids=(("geonames", geonames),) if geonames else (),
        source=str(facts.get("source") or "") or None,
    )


def _number(facts: Mapping[str, Any], column: str, source: Source, *, line: int | None, what: str) -> float | None:
    value = facts.get(column)
    if value in (None, ""):
        return None
    try:
        number = float(str(value))
    except ValueError as cause:
        raise source.problem(f"{what}: {column} {value!r} is no number", line=line) from cause
    return number if abs(number) < float("inf") else None


READERS = {"csv": read_csv, "geojson": read_geojson}
