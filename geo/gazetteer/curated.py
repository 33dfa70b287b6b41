"""Curated gazetteer files: rows written and checked by hand, one YAML mapping of id to facts."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from geo import files
from geo.errors import GazetteerError
from geo.gazetteer.kinds import kinds
from geo.model import Place

PRECISIONS = ("exact", "parent", "area", "estimate")
REQUIRED = ("name", "kind", "lat", "lon", "radius_m", "source")
OPTIONAL = ("precision", "within", "names", "ids", "population", "not", "bbox", "pcode", "iso2", "note")
NUMBERS = ("lat", "lon", "radius_m")


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it stands in a file: its facts, and the line it starts on."""

    id: str
    facts: Mapping[str, Any]
    document: files.Document

    def problem(self, what: str, *keys: Any, hint: str | None = None) -> GazetteerError:
        """An error that points at the line of a fact of this row."""
        return GazetteerError(what, path=self.document.path, line=self.document.line(self.id, *keys), hint=hint)

    @property
    def names(self) -> tuple[str, ...]:
        """Every spelling, the canonical one first."""
        spellings = [self.facts["name"]]
        for listed in (self.facts.get("names") or {}).values():
            spellings += listed
        return tuple(dict.fromkeys(spellings))

    @property
    def ids(self) -> tuple[tuple[str, str], ...]:
        """The place's ids elsewhere, by source."""
        return tuple(sorted((str(source), str(value)) for source, value in (self.facts.get("ids") or {}).items()))

    @property
    def within(self) -> tuple[str, ...]:
        """The parents the row itself names."""
        return tuple(self.facts.get("within") or ())

    @property
    def apart_from(self) -> frozenset[str]:
        """The ids that the row declares to be other places (`not`)."""
        return frozenset(other["id"] for other in self.facts.get("not") or ())


def read(path: str | Path) -> tuple[list[Row], list[GazetteerError], str]:
    """The sound rows of a file, what is wrong with the others, and the SHA-256 of its text.

    Raises GazetteerError where the file is no YAML at all.
    """
    document = files.load(path, error=GazetteerError)
    digest = hashlib.sha256(Path(path).read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    rows, problems = rows_of(document)
    return rows, problems, digest


def rows_of(document: files.Document) -> tuple[list[Row], list[GazetteerError]]:
    """The sound rows of a document, and every problem of the others."""
    if document.data is None:
        return [], []
    if not isinstance(document.data, dict):
        hint = "write 'id:' and the facts indented below"
        return [], [GazetteerError("expected rows by id", path=document.path, line=1, hint=hint)]
    rows: list[Row] = []
    problems: list[GazetteerError] = []
    for id_, facts in document.data.items():
        row = Row(str(id_), facts if isinstance(facts, dict) else {}, document)
        if not isinstance(id_, str) or not isinstance(facts, dict):
            problems.append(
                GazetteerError(
                    f"'{id_}' is no row",
                    path=document.path,
                    line=document.line(id_),
                    hint="an id, a colon, and the facts indented below",
                )
            )
            continue
        found = list(_wrong_facts(row))
        problems += found
        if not found:
            rows.append(row)
    return rows, problems


def _wrong_facts(row: Row) -> Iterable[GazetteerError]:
    facts = row.facts
    for key in facts:
        if key not in REQUIRED and key not in OPTIONAL:
            near = get_close_matches(str(key), [*REQUIRED, *OPTIONAL], n=1, cutoff=0.5)
            hint = f"did you mean '{near[0]}'?" if near else f"known keys: {', '.join((*REQUIRED, *OPTIONAL))}"
            yield row.problem(f"'{row.id}' has an unknown key '{key}'", key, hint=hint)
    for key in REQUIRED:
        if facts.get(key) in (None, "") and not (key == "source" and facts.get("precision") == "parent"):
            advice = "say where the point comes from" if key == "source" else None
            yield row.problem(f"'{row.id}' has no {key}", hint=advice)
    for key in ("name", "kind", "source", "pcode", "iso2", "note", "precision"):
        if facts.get(key) is not None and not isinstance(facts[key], str):
            yield row.problem(f"'{row.id}': {key} should be text, not {facts[key]!r}", key, hint="put it in quotes")
    for key in NUMBERS:
        if facts.get(key) is not None and not _is_number(facts[key]):
            yield row.problem(f"'{row.id}': {key} should be a number, not {facts[key]!r}", key)
    if _is_number(facts.get("lat")) and _is_number(facts.get("lon")):
        yield from _wrong_point(row, float(facts["lat"]), float(facts["lon"]))
    if _is_number(facts.get("radius_m")) and facts["radius_m"] <= 0:
        yield row.problem(f"'{row.id}': radius_m must be more than 0", "radius_m", hint="half the width of the place")
    if isinstance(facts.get("kind"), str) and facts["kind"] not in kinds():
        near = get_close_matches(facts["kind"], kinds(), n=1)
        hint = (f"did you mean '{near[0]}'? " if near else "") + f"there are: {', '.join(kinds())}"
        yield row.problem(f"'{row.id}': unknown kind '{facts['kind']}'", "kind", hint=hint)
    if isinstance(facts.get("precision"), str) and facts["precision"] not in PRECISIONS:
        yield row.problem(
            f"'{row.id}': unknown precision '{facts['precision']}'",
            "precision",
            hint=f"there are: {', '.join(PRECISIONS)}",
        )
    population = facts.get("population")
    if population is not None and (not isinstance(population, int) or isinstance(population, bool) or population < 0):
        yield row.problem(f"'{row.id}': population should be a whole number, not {population!r}", "population")
    yield from _wrong_lists(row)


def _wrong_point(row: Row, lat: float, lon: float) -> Iterable[GazetteerError]:
    if abs(lat) > 90 and abs(lon) <= 90 and abs(lat) <= 180:
        yield row.problem(f"'{row.id}': lat {lat} is beyond the poles", "lat", hint="lat and lon look swapped")
    elif abs(lat) > 90 or abs(lon) > 180:
        yield row.problem(f"'{row.id}': {lat}, {lon} is nowhere on Earth", "lat", hint="lat -90 to 90, lon -180 to 180")
    elif lat == 0 and lon == 0:
        yield row.problem(f"'{row.id}': 0, 0 is in the sea off Africa", "lat", hint="the point is missing")


def _wrong_lists(row: Row) -> Iterable[GazetteerError]:
    facts = row.facts
    names = facts.get("names")
    if names is not None and not _is_lists_of_text(names):
        yield row.problem(
            f"'{row.id}': names should be lists by language", "names", hint="names: {en: [...], ar: [...]}"
        )
    within = facts.get("within")
    if within is not None and not _is_list_of_text(within):
        yield row.problem(
            f"'{row.id}': within should be a list of ids", "within", hint="within: [nearest, ..., country]"
        )
    ids = facts.get("ids")
    if ids is not None and not (isinstance(ids, dict) and all(isinstance(v, (str, int)) for v in ids.values())):
        yield row.problem(
            f"'{row.id}': ids should be one id by source", "ids", hint="ids: {geonames: 123, wikidata: Q1}"
        )
    others = facts.get("not")
    if others is not None and not (
        isinstance(others, list)
        and all(isinstance(o, dict) and isinstance(o.get("id"), str) and set(o) <= {"id", "why"} for o in others)
    ):
        yield row.problem(f"'{row.id}': not should list other places", "not", hint="not: [{id: ..., why: ...}]")
    bbox = facts.get("bbox")
    if bbox is None:
        return
    if not (isinstance(bbox, list) and len(bbox) == 4 and all(_is_number(value) for value in bbox)):
        yield row.problem(f"'{row.id}': bbox should be four numbers", "bbox", hint="bbox: [west, south, east, north]")
    elif not (abs(bbox[0]) <= 180 and abs(bbox[2]) <= 180 and bbox[0] != bbox[2] and -90 <= bbox[1] < bbox[3] <= 90):
        yield row.problem(
            f"'{row.id}': bbox {bbox} is no box", "bbox", hint="[west, south, east, north] in degrees, south < north"
        )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _is_list_of_text(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) and item.strip() for item in value)


def _is_lists_of_text(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(k, str) and _is_list_of_text(v) for k, v in value.items())


def places_of(layers: Sequence[Sequence[Row]]) -> dict[str, Place]:
    """Places by id, their parents' names filled in; of rows with one id that of the first layer counts."""
    rows: dict[str, Row] = {}
    for layer in layers:
        for row in layer:
            rows.setdefault(row.id, row)
    return {id_: _place(row, rows) for id_, row in rows.items()}


def chain(row: Row, rows: Mapping[str, Row]) -> list[str]:
    """All parents of a row, nearest first; a circle is walked once."""
    found: dict[str, None] = {}
    waiting = list(row.within)
    while waiting:
        id_ = waiting.pop(0)
        if id_ in found or id_ == row.id or id_ not in rows:
            continue
        found[id_] = None
        waiting += rows[id_].within
    return list(found)


def _place(row: Row, rows: Mapping[str, Row]) -> Place:
    facts = row.facts
    parents = chain(row, rows)
    by_kind: dict[str, Row] = {}
    for holder in (row, *(rows[id_] for id_ in parents)):
        by_kind.setdefault(holder.facts["kind"], holder)
    admin1, admin2, country = (by_kind.get(kind) for kind in ("governorate", "district", "country"))
    west_south_east_north = facts.get("bbox")
    return Place(
        id=row.id,
        name=facts["name"],
        kind=facts["kind"],
        lon=float(facts["lon"]),
        lat=float(facts["lat"]),
        radius_m=float(facts["radius_m"]),
        precision=facts.get("precision") or "exact",
        names=row.names,
        within=tuple(parents),
        ids=row.ids,
        population=facts.get("population"),
        bbox=tuple(float(v) for v in west_south_east_north) if west_south_east_north else None,  # type: ignore[arg-type]
        admin1=admin1.facts["name"] if admin1 else None,
        admin1_pcode=admin1.facts.get("pcode") if admin1 else None,
        admin2=admin2.facts["name"] if admin2 else None,
        admin2_pcode=admin2.facts.get("pcode") if admin2 else None,
        country=country.facts["name"] if country else None,
        country_iso2=country.facts.get("iso2") if country else None,
        source=facts.get("source") or (f"point of {parents[0]}" if parents else ""),
        curated=True,
    )


def shipped_paths(pack: str | None = None, *, default: bool) -> list[Path]:
    """The curated files that come with the package: the pack's own (if wanted) and the world's countries.

    Without a pack it is the one that data/packs.yaml names.

    Raises GazetteerError where there is no such pack.
    """
    world = files.shipped("world/countries.yaml")
    paths = [world] if world.exists() else []
    if default:
        pack = pack or str(files.load(files.shipped("packs.yaml"), error=GazetteerError).data["default"])
        own = files.shipped(f"{pack}/gazetteer.yaml")
        if not own.exists():
            raise GazetteerError(f"there is no pack '{pack}'", path=own, hint="see: geo packs")
        paths.insert(0, own)
    return paths
