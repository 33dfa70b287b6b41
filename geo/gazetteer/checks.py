"""What is wrong between rows of curated files, all of it at once, each problem at its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from itertools import combinations
from pathlib import Path

from geo.errors import GazetteerError
from geo.gazetteer import curated, names
from geo.gazetteer.compiled import Compiled, is_compiled
from geo.gazetteer.curated import Row
from geo.gazetteer.distance import METRES_PER_DEGREE, great_circle_m
from geo.gazetteer.kinds import kind_class

NEAR_DUPLICATE_M = 150  # two towns, or two buildings, this close are more often one place written down twice
SWAPPED_FACTOR = 10  # turning lat and lon round brings a swapped point at least this much nearer to its parent


def check(paths: Sequence[str | Path], *, context: Sequence[str | Path] | None = None) -> list[GazetteerError]:
    """Every problem of some gazetteer files, in order of file and line; none means they are sound.

    `context` are files that may hold parents of the rows and are not checked themselves: by default the shipped
    ones.
    """
    problems: list[GazetteerError] = []
    layers: list[list[Row]] = []
    for path in map(Path, paths):
        try:
            if path.is_file() and is_compiled(path):
                Compiled(path).close()
                continue
            rows, wrong, _ = curated.read(path)
        except GazetteerError as problem:
            problems.append(problem)
            continue
        layers.append(rows)
        problems += wrong
    checked = {Path(path).resolve() for path in paths}
    if context is None:
        context = curated.shipped_paths(default=True)
    behind = [curated.read(path)[0] for path in context if Path(path).resolve() not in checked]
    problems += relations(layers, context=behind)
    problems += [problem for rows in layers for problem in _near_duplicates(rows)]
    order = {str(path): at for at, path in enumerate(paths)}
    return sorted(problems, key=lambda problem: (order.get(str(problem.path), -1), problem.line or 0, str(problem)))


def relations(layers: Sequence[Sequence[Row]], *, context: Sequence[Sequence[Row]] = ()) -> list[GazetteerError]:
    """Problems between rows: unknown parents, circles, points outside their parents, names of two places."""
    rows: dict[str, Row] = {}
    for layer in (*layers, *context):
        for row in layer:
            rows.setdefault(row.id, row)
    problems: list[GazetteerError] = []
    for layer in layers:
        for row in layer:
            problems += _wrong_parents(row, rows)
            problems += _wrong_place(row, rows)
        problems += _shared_names(layer)
        problems += _shared_ids(layer)
    problems += _circles(rows, {row.id for layer in layers for row in layer})
    return problems


def _wrong_parents(row: Row, rows: Mapping[str, Row]) -> Iterator[GazetteerError]:
    for id_ in row.within:
        if id_ not in rows:
            near = get_close_matches(id_, rows, n=1)
            hint = f"did you mean '{near[0]}'?" if near else "add a row for it, or leave it out"
            yield row.problem(f"'{row.id}' lies within '{id_}', which there is not", "within", hint=hint)
    for id_ in sorted(row.apart_from):
        if id_ not in rows:
            near = get_close_matches(id_, rows, n=1)
            hint = f"did you mean '{near[0]}'?" if near else "remove it from 'not'"
            yield row.problem(f"'{row.id}' is said not to be '{id_}', which there is not", "not", hint=hint)


def _wrong_place(row: Row, rows: Mapping[str, Row]) -> Iterator[GazetteerError]:
    lon, lat = float(row.facts["lon"]), float(row.facts["lat"])
    own = row.facts.get("bbox")
    if own and not _inside(own, lon=lon, lat=lat):
        yield row.problem(
            f"'{row.id}': its point {lat}, {lon} lies outside its own bbox", "lat", hint=_swapped(own, lon, lat)
        )
        return
    parents = [rows[id_] for id_ in row.within if id_ in rows]
    for parent in parents:
        box = parent.facts.get("bbox")
        if box and not _inside(box, lon=lon, lat=lat):
            hint = _swapped(box, lon, lat) or f"check the point, or the bbox of '{parent.id}'"
            yield row.problem(f"'{row.id}': {lat}, {lon} lies outside '{parent.id}'", "lat", hint=hint)
            return
    if parents and not any(parent.facts.get("bbox") for parent in parents) and abs(lon) <= 90:
        there = parents[0].facts
        as_is, turned = (
            great_circle_m(lon_a=a, lat_a=b, lon_b=float(there["lon"]), lat_b=float(there["lat"]))
            for a, b in ((lon, lat), (lat, lon))
        )
        if as_is > max(SWAPPED_FACTOR * turned, 3 * float(there["radius_m"])):
            far = f"'{row.id}': {lat}, {lon} is {as_is / 1000:.0f} km from '{parents[0].id}'"
            yield row.problem(far, "lat", hint="lat and lon look swapped")


def _inside(box: Sequence[float], *, lon: float, lat: float) -> bool:
    """Whether a point lies in a box; west > east is a box across the 180th meridian."""
    west, south, east, north = box
    across = lon >= west or lon <= east
    return south <= lat <= north and (west <= lon <= east if west <= east else across)


def _swapped(box: Sequence[float], lon: float, lat: float) -> str | None:
    return "lat and lon look swapped" if _inside(box, lon=lat, lat=lon) else None


def _shared_names(rows: Sequence[Row]) -> Iterator[GazetteerError]:
    """Names that two rows have without both saying (`not`) that the other is another place."""
    holders: dict[str, dict[str, tuple[Row, str]]] = {}
    for row in rows:
        for name in row.names:
            holders.setdefault(names.exact_key(name), {}).setdefault(row.id, (row, name))
    told: set[tuple[str, str]] = set()
    for sharing in holders.values():
        for (one, _), (other, name) in combinations(sharing.values(), 2):
            silent = [row for row, twin in ((one, other), (other, one)) if twin.id not in row.apart_from]
            if silent and (one.id, other.id) not in told:
                told.add((one.id, other.id))
                where = other if other in silent else one
                twin = one if where is other else other
                hint = f"declare it on both with 'not: [{{id: {twin.id}, why: ...}}]', or remove one"
                yield where.problem(f"'{name}' belongs to two places, '{one.id}' and '{other.id}'", "name", hint=hint)


def _shared_ids(rows: Sequence[Row]) -> Iterator[GazetteerError]:
    """Rows that claim to be one place elsewhere."""
    holders: dict[tuple[str, str], Row] = {}
    for row in rows:
        for id_ in row.ids:
            twin = holders.setdefault(id_, row)
            if twin is not row:
                what = f"'{row.id}' has the {id_[0]} id {id_[1]} of '{twin.id}'"
                yield row.problem(what, "ids", id_[0], hint="one place, or a wrong id?")


def _circles(rows: Mapping[str, Row], checked: set[str]) -> Iterator[GazetteerError]:
    """Rows that lie within themselves, each circle once."""
    done: set[str] = set()
    for start in rows:
        path: list[str] = []
        waiting = [(start, 0)]
        while waiting:
            id_, depth = waiting.pop()
            del path[depth:]
            if id_ in path:
                circle = path[path.index(id_) :]
                first = min(circle)
                if first in checked and first not in done:
                    route = " > ".join([*circle[circle.index(first) :], *circle[: circle.index(first)], first])
                    yield rows[first].problem(
                        f"'{first}' lies within itself: {route}", "within", hint="remove one step"
                    )
                done.update(circle)
                continue
            if id_ in done or id_ not in rows:
                continue
            path.append(id_)
            waiting += [(parent, depth + 1) for parent in rows[id_].within]
        done.update(path)


def _near_duplicates(rows: Sequence[Row]) -> Iterator[GazetteerError]:
    """Rows of one class with surveyed points so close that they may be one place."""
    exact = [row for row in rows if (row.facts.get("precision") or "exact") == "exact"]
    exact.sort(key=lambda row: (row.facts["lat"], row.id))
    reach = NEAR_DUPLICATE_M / METRES_PER_DEGREE
    for at, one in enumerate(exact):
        for other in exact[at + 1 :]:
            if other.facts["lat"] - one.facts["lat"] > reach:
                break
            if kind_class(one.facts["kind"]) != kind_class(other.facts["kind"]) or _declared(one, other):
                continue
            metres = great_circle_m(
                lon_a=one.facts["lon"], lat_a=one.facts["lat"], lon_b=other.facts["lon"], lat_b=other.facts["lat"]
            )
            if metres <= NEAR_DUPLICATE_M:
                first, second = sorted((one, other), key=lambda row: row.document.line(row.id))
                hint = "the same place twice? Merge them, or declare it with 'not'"
                yield second.problem(f"'{second.id}' is {metres:.0f} m from '{first.id}'", "lat", hint=hint)


def _declared(one: Row, other: Row) -> bool:
    """Whether two rows are known to be different places: by `not`, or one holding the other."""
    return other.id in one.apart_from or one.id in other.apart_from or other.id in one.within or one.id in other.within
