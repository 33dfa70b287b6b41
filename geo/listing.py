"""What is listed besides events: places, names we do not know, event types, and a summary for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from geo.events.ontology import Ontology
from geo.gazetteer import Gazetteer
from geo.model import Report, Resolution

if TYPE_CHECKING:
    from geo.api import Events

Row = dict[str, Any]
LABELLED = frozenset({"city", "town", "village"})  # what a map writes names beside
UNKNOWN_SHARE = 0.3  # more unknown place names than this, and the summary names the import command
READ_LANGUAGES = ("en", "und")  # reports in other languages are listed as skipped


def place_rows(events: Events) -> list[Row]:
    """One row per place mention, as `geo places` writes them."""
    rows = []
    for report, resolution in events.mentions:
        mention, place = resolution.mention, resolution.place
        rows.append(
            {
                "source_file": report.source_file,
                "source_id": report.source_id,
                "char_start": report.offset + mention.span.start,
                "char_end": report.offset + mention.span.end,
                "text": mention.text,
                "role": mention.role,
                "role_why": mention.role_why,
                "relation": mention.relation,
                "place_id": place.id if place else None,
                "place": place.name if place else None,
                "kind": place.kind if place else None,
                "lat": resolution.lat,
                "lon": resolution.lon,
                "radius_m": resolution.radius_m,
                "geonames_id": place.geonames_id if place else None,
                "score": round(resolution.score, 3),
                "why": resolution.why,
                "candidates": [
                    {"place_id": c.place.id, "place": c.place.name, "score": round(c.score, 3), "why": c.why}
                    for c in resolution.candidates
                ],
            }
        )
    return rows


def not_found(events: Events) -> list[Row]:
    """Names that look like places and are not known, most frequent first, each with YAML to paste."""
    seen: Counter[str] = Counter()
    first: dict[str, tuple[Report, Resolution]] = {}
    for report, resolution in events.mentions:
        if resolution.place is None and resolution.mention.role in ("event_location", "context", "reference"):
            seen[resolution.mention.name] += 1
            first.setdefault(resolution.mention.name, (report, resolution))
    rows = []
    for name, count in sorted(seen.items(), key=lambda item: (-item[1], item[0])):
        report, resolution = first[name]
        kind = resolution.mention.kind_hint or "town"
        slug = "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
        prefix = events.setting.pack.country or "xx"
        rows.append(
            {
                "name": name,
                "count": count,
                "why": resolution.why,
                "first_seen": report.source_file,
                "yaml": f"{prefix}.{slug}:\n  name: {name}\n  kind: {kind}\n  lat: \n  lon: \n  radius_m: 1500\n"
                f"  precision: exact\n  within: [{prefix}]\n  source: \n",
            }
        )
    return rows


def type_rows(ontology: Ontology) -> list[Row]:
    """The event types as plain rows, in order of precedence, as the page and `geo types` show them."""
    return [
        {
            "id": event_type.id,
            "label": event_type.label,
            "parent": event_type.parent,
            "family": event_type.family,
            "family_label": ontology.families[event_type.family],
            "colour": event_type.colour,
            "symbol": event_type.symbol,
        }
        for event_type in ontology.types.values()
    ]


def own_type_rows(ontology: Ontology, rows: Iterable[Row]) -> list[Row]:
    """The types that rows have and we do not, as data of others bring them: the most frequent first.

    One that is a kind of a type of ours belongs to its family, all others are a family of their own.
    """
    labels: dict[str, str] = {}
    parents: dict[str, str | None] = {}
    counts: Counter[str] = Counter()
    for row in rows:
        type_id = str(row.get("type") or "")
        if type_id and type_id not in ontology.types:
            counts[type_id] += 1
            labels.setdefault(type_id, str(row.get("type_label") or type_id))
            parents.setdefault(type_id, row.get("parent_type"))
    kin = {type_id: parent for type_id, parent in parents.items() if parent in ontology.types}
    return [
        {"id": type_id, "label": labels[type_id], "parent": parents[type_id]}
        | ({} if type_id in kin else {"family": "other", "family_label": "Types in the data"})
        for type_id in sorted(counts, key=lambda type_id: (-counts[type_id], type_id))
    ]


def label_rows(gazetteer: Gazetteer, rows: Iterable[Row]) -> list[Row]:
    """Towns for the map's labels, largest first, and every spelling of the places that `rows` speak of.

    Those that hold such a place, its governorate and country, are marked as regions: cards name them as well.
    """
    rows = list(rows)
    used = {row["place_id"] for row in rows if row["place_id"]}
    countries = {row["country_iso2"] for row in rows if row["country_iso2"]}
    known = {place.id: place for place in gazetteer.curated()}
    shown = {
        place.id: place
        for place in known.values()
        if place.kind in LABELLED and (place.id in used or (place.population and place.country_iso2 in countries))
    }
    for place_id in sorted(used - set(shown)):
        place = known.get(place_id) or gazetteer.get(place_id)
        if place is not None:
            shown[place_id] = place
    holders = {holder.id: holder for name in sorted(used & set(shown)) for holder in gazetteer.parents(shown[name])}
    shown = {**holders, **shown}
    return [
        {"id": p.id, "name": p.name, "names": list(p.names)}
        | ({"lon": p.lon, "lat": p.lat, "radius_m": p.radius_m} if p.kind in LABELLED else {})
        | ({"region": True} if p.id in holders else {})
        for p in sorted(shown.values(), key=lambda p: (-(p.population or 0), p.id))
    ]


def summary(events: Events) -> list[str]:
    """What was found, in a few lines for people."""
    placed = sum(event.place is not None for event in events)
    lines = [
        f"{_count(len(events.reports), 'report')}, {_count(len(events), 'statement')} of events, {placed} placed; "
        f"{_count(len(events.skipped), 'sentence')} with an event word became none (geo explain --skipped)"
    ]
    others = Counter(report.lang for report in events.reports if report.lang not in READ_LANGUAGES)
    for lang, count in sorted(others.items()):
        lines.append(f"{count} reports skipped: language {lang} is not read yet")
    named = [r for _, r in events.mentions if r.mention.role in ("event_location", "context", "reference")]
    unknown = [r for r in named if r.place is None and not r.candidates]
    if named and len(unknown) / len(named) > UNKNOWN_SHARE:
        lines.append(
            f"{len(unknown)} of {len(named)} place names are unknown: compile a gazetteer of the region with "
            "`geo gazetteer import geonames DUMP.txt -o places.db` and add --gazetteer places.db"
        )
    lines += [f"correction without its event: {orphan}" for orphan in events.orphans]
    return lines


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
