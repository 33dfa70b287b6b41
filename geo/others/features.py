"""GeoJSON of any kind as rows of ours: points, lines and shapes with properties that nobody agreed upon."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from geo.errors import InputError
from geo.export.columns import Row
from geo.others.coded import coded, scheme_of
from geo.others.days import Days, days_of, reader
from geo.others.fields import Fields, NotEvents, chosen, count_of
from geo.others.kinds import Kinds
from geo.others.rows import blank, coded_row

MOST_POINTS = 500  # of a shape that a page draws: more are simplified
Properties = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature as it stands in a file; `number` counts from 1, or is the line of a table."""

    number: int
    id: Any
    geometry: Any
    properties: Properties
    noun: str = "feature"

    @property
    def called(self) -> str:
        """What an error calls it."""
        return f"{self.noun} {self.number}"


def read_features(path: Path) -> list[Feature]:
    """The features of a GeoJSON file: a collection, one feature, or one feature per line (.geojsonl, .ndjson).

    Raises NotEvents where it is none.
    """
    try:
        raw = list(_raw(path))
    except FileNotFoundError as error:
        raise InputError(f"{path}: no such file; check the path") from error
    except ValueError as error:
        raise NotEvents(f"{path}: not GeoJSON ({error}); export it again") from error
    return [_feature(one, number, path) for number, one in enumerate(raw, 1)]


def _raw(path: Path) -> Iterator[Any]:
    if path.suffix.lower() in (".geojsonl", ".ndjson"):
        for line in path.read_bytes().splitlines():
            if line.strip(b"\x1e \t"):
                yield orjson.loads(line.lstrip(b"\x1e"))
        return
    whole = orjson.loads(path.read_bytes().removeprefix(b"\xef\xbb\xbf"))
    kind = whole.get("type") if isinstance(whole, dict) else None
    if kind == "Feature":
        yield whole
    elif kind == "FeatureCollection" and isinstance(whole.get("features"), list):
        yield from whole["features"]
    else:
        raise ValueError("it is no FeatureCollection")


def _feature(raw: Any, number: int, path: Path) -> Feature:
    properties = raw.get("properties", {}) if isinstance(raw, dict) and raw.get("type") == "Feature" else None
    if properties is None and isinstance(raw, dict) and raw.get("type") == "Feature":
        properties = {}
    if not isinstance(properties, dict):
        raise InputError(f"{path}: feature {number} is no Feature with properties; export the file again")
    return Feature(number, raw.get("id"), raw.get("geometry"), properties)


def feature_rows(
    features: Sequence[Feature], kinds: Kinds, *, path: Path, date_field: str | None, type_field: str | None
) -> tuple[list[Row], str]:
    """Rows of features, and one line that says which fields were guessed (empty where none was).

    Features with the columns of ACLED or UCDP GED are read as those tables are.
    """
    if features and date_field is None and type_field is None:
        named = {**features[0].properties, "longitude": 0, "latitude": 0}
        scheme = scheme_of(named)
        if scheme is not None:
            return [_as_coded(one, scheme, kinds, path) for one in features], ""
    fields, guessed = chosen([one.properties for one in features], date=date_field, type=type_field, where=str(path))
    days = reader(one.properties.get(fields["date"]) for one in features) if "date" in fields else days_of
    rows = [_row(one, fields, days, kinds, path) for one in features]
    return rows, _said(path, fields, guessed) if features else ""


def _said(path: Path, fields: Fields, guessed: Sequence[str]) -> str:
    shown = {"date": "days", "type": "types", "text": "text", "place": "places"}
    parts = [f"{shown[part]} from '{fields[part]}'" for part in guessed if part in shown]
    if not {"date", "type"} & set(guessed):
        return ""
    if "type" not in fields:
        parts.append("one type for all")
    return f"{path}: guessed {', '.join(parts)}; if that is wrong, name them with --date-field and --type-field"


def _as_coded(one: Feature, scheme: str, kinds: Kinds, path: Path) -> Row:
    lon, lat, _ = placed(one, path)
    cells = {name: "" if value is None else str(value) for name, value in one.properties.items()}
    if lon is not None and lat is not None:
        cells |= {"longitude": repr(lon), "latitude": repr(lat)}
    try:
        return coded_row(coded(scheme, cells, path=path, line=None), kinds, file=path.name)
    except KeyError as error:
        raise InputError(f"{path}: {one.called} has no {error}; give all features the same fields") from error


def _row(one: Feature, fields: Fields, days: Callable[[Any], Days | None], kinds: Kinds, path: Path) -> Row:
    given = one.properties

    def text(part: str) -> str | None:
        value = given.get(fields[part]) if part in fields else None
        return value.strip() or None if isinstance(value, str) else None

    def count(part: str) -> int | None:
        return count_of(given.get(fields[part])) if part in fields else None

    first, last = _interval(one, fields, days, path)
    lon, lat, wkt = placed(one, path)
    kind = given.get(fields["type"]) if "type" in fields else None
    name = path.name.split(".")[0].replace("-", " ")
    own_id = given.get(fields["id"]) if "id" in fields else one.id
    return blank(
        **kinds.named(_kind(kind, fields["type"]) if "type" in fields else name),
        id=str(own_id) if own_id is not None else None,
        date_start=first.isoformat() if first else None,
        date_end=last.isoformat() if last else None,
        date_precision=_precision(first, last),
        date_basis="stated" if first else None,
        place=text("place"),
        place_relation="area" if wkt and wkt.lstrip("MULTI").startswith("POLYGON") else "at",
        area_wkt=wkt,
        place_why=f"the {'point' if wkt is None else 'shape'} that {path.name} has for it"
        if lon is not None
        else f"{path.name} has no position for it",
        country=text("country"),
        admin1=text("admin1"),
        admin2=text("admin2"),
        killed_min=count("killed"),
        killed_max=count("killed"),
        injured_min=count("injured"),
        injured_max=count("injured"),
        quote=text("text"),
        outlet=text("source"),
        outlets=[source for source in [text("source")] if source],
        url=text("url"),
        source_file=path.name,
        source_id=str(own_id) if own_id is not None else None,
        lat=lat,
        lon=lon,
        given=dict(given),
    )


def _kind(value: Any, field: str) -> str:
    if value is None or value == "":
        return "Not stated"
    code = not isinstance(value, str) or value.strip().isdigit()
    return f"{field} {value if isinstance(value, str) else orjson.dumps(value).decode()}" if code else str(value)


def _interval(
    one: Feature, fields: Fields, days: Callable[[Any], Days | None], path: Path
) -> tuple[dt.date | None, dt.date | None]:
    value = one.properties.get(fields["date"]) if "date" in fields else None
    if value is None or value == "":
        return None, None
    found = days(value)
    if found is None:
        what = orjson.dumps(value).decode()[:60]
        raise InputError(
            f"{path}: {one.called}: {fields['date']} {what} is not a date; mend it, "
            "or name another field with --date-field"
        )
    end = days_of(one.properties.get(fields["end"])) if "end" in fields else None
    return found[0], max(found[1], end[1]) if end else found[1]


def _precision(first: dt.date | None, last: dt.date | None) -> str:
    if first is None or last is None:
        return "unknown"
    whole_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
    whole_month = (
        first.day == 1
        and (last + dt.timedelta(days=1)).day == 1
        and (first.year, first.month)
        == (
            last.year,
            last.month,
        )
    )
    return "day" if first == last else "year" if whole_year else "month" if whole_month else "range"


def placed(one: Feature, path: Path) -> tuple[float | None, float | None, str | None]:
    """Longitude, latitude and, where it is no point, the shape as WKT. Raises InputError outside the world."""
    geometry = one.geometry
    if geometry is None:
        return None, None, None
    try:
        if geometry["type"] == "Point":
            lon, lat = (float(value) for value in geometry["coordinates"][:2])
            wkt = None
        else:
            lon, lat, wkt = _shape(geometry)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise InputError(f"{path}: {one.called} has a broken geometry; export the file again") from error
    for name, value, most in (("longitude", lon, 180), ("latitude", lat, 90)):
        if not abs(value) <= most:
            raise InputError(
                f"{path}: {one.called}: {name} {value} is outside -{most} to {most}; positions are in degrees"
                + (", longitude first" if one.noun == "feature" else "")
                + ": export it as WGS 84 (EPSG:4326)"
            )
    return lon, lat, wkt


def _shape(geometry: Any) -> tuple[float, float, str]:
    import shapely
    import shapely.geometry

    try:
        shape = shapely.force_2d(shapely.geometry.shape(geometry))
    except shapely.GEOSException as error:
        raise ValueError(str(error)) from error
    if shape.is_empty or not all(map(math.isfinite, shape.bounds)):
        raise ValueError("an empty shape")
    if (points := shapely.get_num_coordinates(shape)) > MOST_POINTS:
        west, south, east, north = shape.bounds
        shape = shapely.simplify(shape, max(east - west, north - south) / MOST_POINTS) if points else shape
    on_it = shape.interpolate(0.5, normalized=True) if shape.geom_type == "LineString" else shape.representative_point()
    return round(on_it.x, 7), round(on_it.y, 7), shapely.to_wkt(shape, rounding_precision=6)


def unique(rows: Iterable[Row], taken: set[str]) -> list[Row]:
    """The rows with ids that none of `taken` has: the file's name before its own id, or its number."""
    out = []
    for number, row in enumerate(rows, 1):
        wanted = f"{row['source_file'].split('.')[0]}:{row['id'] or number}"
        name, copy = wanted, 2
        while name in taken:
            name, copy = f"{wanted}.{copy}", copy + 1
        taken.add(name)
        out.append({**row, "id": name, "incident_id": name})
    return out
