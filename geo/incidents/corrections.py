"""What people know better than the extractor: decisions on events and incidents, each with who decided and why.

A corrections file is YAML, one list `corrections`; every entry has `do`, `by` (who) and `why`:

    corrections:
    - do: reject                      # this is no event
      event: "5f0c2a9b11de"           # its id, as `geo events` prints it; in quotes
      quote: Shells fell on the range # the sentence or a part of it: finds the event again when its id changes
      by: A. Editor
      why: a drill, not an attack
    - do: set                         # any of: type, status, place, date, killed, injured
      event: "77aa01c3d2e4"
      quote: The bridge was hit
      type: air_strike
      status: claimed                 # reported, claimed, denied, planned, background
      place: tel-asfar                # a gazetteer id, or {name: ..., lat: ..., lon: ..., radius_m: ..., kind: ...}
      date: 2020-05-08                # or {start: ..., end: ...}; a start of null is unknown
      killed: {min: 2, max: null}     # or a number; null takes the figure away
      by: A. Editor
      why: the ministry named the day
    - do: add                         # an event that was missed; the quote must stand in a report
      quote: Two more fell at the mill
      type: shelling
      place: tel-asfar
      date: 2020-05-08
      by: A. Editor
      why: the verb is not in the ontology
    - do: merge                       # one incident (or `part`: never one incident)
      event: "77aa01c3d2e4"
      quote: The bridge was hit
      with:
      - {event: "0b4e6677ff10", quote: an attack on the crossing}
      by: A. Editor
      why: the same bridge

An event keeps its id when it is corrected. Of two decisions on one pair, `part` wins over `merge`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Any

from geo.incidents.correction_file import Correction, Reference, load, problems
from geo.model import Event, Mention, Place, Report, Resolution, Span, content_id

PlaceOf = Callable[[str], Place | None]


@dataclass(frozen=True, slots=True)
class Orphan:
    """A decision that found no event, or could not be carried out, and the reason."""

    correction: Correction
    reason: str

    def __str__(self) -> str:
        return f"{self.correction.path}:{self.correction.line}: {self.correction.do}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Corrections:
    """Decisions in the order of their file."""

    entries: tuple[Correction, ...] = ()

    @classmethod
    def load(cls, path: str | Path) -> Corrections:
        """Read a corrections file; raises DataError at its first problem (`problems` lists all)."""
        return cls(tuple(load(path)))

    def apply(self, events: Iterable[Event], **known: Any) -> tuple[list[Event], list[Orphan]]:
        """Carry out all decisions but merges; see `geo.incidents.apply`."""
        return apply(events, self, **known)

    def apart_and_together(self, events: Sequence[Event]) -> tuple[set[tuple[int, int]], list[tuple[int, int]]]:
        """Index pairs (i < j) that must stay apart, and those that must be one incident, in the order of the file."""
        apart: set[tuple[int, int]] = set()
        together: list[tuple[int, int]] = []
        place_of = {id(event): i for i, event in enumerate(events)}
        for entry in self.entries:
            if entry.do not in ("merge", "part"):
                continue
            found = [match for reference in entry.references if isinstance(match := _find(reference, events), Event)]
            indices = sorted({place_of[id(event)] for event in found})
            if entry.do == "merge":
                together += [(indices[0], other) for other in indices[1:]]
            else:
                apart.update(combinations(indices, 2))
        return apart, together


def apply(
    events: Iterable[Event],
    corrections: Corrections,
    *,
    places: PlaceOf | None = None,
    types: Mapping[str, Any] | None = None,
    reports: Iterable[Report] = (),
) -> tuple[list[Event], list[Orphan]]:
    """Carry out all decisions but merges, which `merge` honours: the corrected events, the decisions that found none.

    `places` gives the place of a gazetteer id, `types` what the ontology knows of a type (field `parent`), `reports`
    are those where an added quote may stand, beside the reports of the events.
    """
    kept = list(events)
    known = {report.id: report for report in (*(event.report for event in kept), *reports)}
    orphans: list[Orphan] = []
    for entry in corrections.entries:
        if entry.type is not None and types is not None and entry.type not in types:
            orphans.append(Orphan(entry, f"there is no type '{entry.type}'; `geo types` lists them"))
            continue
        if entry.do == "add":
            outcome: Event | str = _added(entry, known.values(), places, types)
            if isinstance(outcome, Event):
                kept.append(outcome)
            else:
                orphans.append(Orphan(entry, outcome))
            continue
        if entry.do in ("merge", "part"):
            matches = [_find(reference, kept) for reference in entry.references]
            orphans += [Orphan(entry, match) for match in matches if isinstance(match, str)]
            continue
        outcome = _find(entry.references[0], kept)
        if isinstance(outcome, str):
            orphans.append(Orphan(entry, outcome))
            continue
        at = next(i for i, event in enumerate(kept) if event is outcome)
        if entry.do == "reject":
            del kept[at]
            continue
        changed = _changed(outcome, entry, places, types)
        if isinstance(changed, str):
            orphans.append(Orphan(entry, changed))
        else:
            kept[at] = changed
    return kept, orphans


def stub(event_id: str, quote: str) -> str:
    """The entry to paste into a corrections file, with the blanks to fill in.

    >>> print(stub("5f0c2a9b11de", 'He said "no".'), end="")
    - do: set  # or: reject, merge, part
      event: "5f0c2a9b11de"
      quote: "He said \\"no\\"."
      by:
      why:
    """
    quoted = json.dumps(quote, ensure_ascii=False)  # a JSON text is a YAML text in double quotes
    return f'- do: set  # or: reject, merge, part\n  event: "{event_id}"\n  quote: {quoted}\n  by:\n  why:\n'


def _find(reference: Reference, events: Sequence[Event]) -> Event | str:
    """The event with that id, else the only one whose sentence holds the quote; or why there is none."""
    if reference.event is not None:
        for event in events:
            if event.id == reference.event:
                return event
    if reference.quote is None:
        return f"no event has the id {reference.event}; add its quote, which outlives a change of id"
    wanted = _words(reference.quote)
    found = [event for event in events if wanted in _words(event.quote)]
    if len(found) == 1:
        return found[0]
    if found:
        return f"the quote fits {len(found)} events ({', '.join(event.id for event in found[:5])}); give the id of one"
    return f"no event has the id {reference.event or '(none given)'} or the quote '{reference.quote[:60]}'"


def _words(text: str) -> str:
    return " ".join(text.split())


def _changed(event: Event, entry: Correction, places: PlaceOf | None, types: Mapping[str, Any] | None) -> Event | str:
    note = f"corrected by {entry.by}: {entry.why}"
    changes: dict[str, Any] = {"why": f"{event.why.rstrip('.')}; {note}" if event.why else note}
    if entry.type is not None:
        changes |= {"type": entry.type, "parent_type": _parent(entry.type, types)}
    if entry.status is not None:
        changes["status"] = entry.status
    if entry.when is not None:
        changes["when"] = entry.when
    if entry.tolls is not None:
        gone = {kind for kind, _ in entry.tolls}
        tolls = [toll for toll in event.tolls if toll.kind not in gone]
        changes["tolls"] = (*tolls, *(toll for _, toll in entry.tolls if toll is not None))
    if entry.place is not None:
        mention = event.resolution.mention if event.resolution else None
        resolution = _resolution(entry, event.span, places, mention)
        if isinstance(resolution, str):
            return resolution
        changes["resolution"] = resolution
    return replace(event, **changes)


def _added(
    entry: Correction, reports: Iterable[Report], places: PlaceOf | None, types: Mapping[str, Any] | None
) -> Event | str:
    quote = entry.references[0].quote or ""
    holding = [report for report in reports if quote in report.text]
    if len(holding) != 1:
        return f"the quote stands in {len(holding)} reports; copy it as printed, long enough to stand in one"
    report = holding[0]
    start = report.text.index(quote)
    span = Span(start, start + len(quote))
    resolution = _resolution(entry, span, places, None) if entry.place is not None else None
    if isinstance(resolution, str):
        return resolution
    place_id = resolution.place.id if resolution and resolution.place else None
    assert entry.type is not None and entry.when is not None  # noqa: PT018 - the file is checked when read
    return Event(
        id=content_id(report.id, span.start, span.end, entry.type, place_id, "added"),
        report=report,
        span=span,
        type=entry.type,
        parent_type=_parent(entry.type, types),
        trigger="",
        status=entry.status or "reported",
        when=entry.when,
        resolution=resolution,
        tolls=tuple(toll for _, toll in entry.tolls or () if toll is not None),
        confidence=1.0,
        why=f"added by {entry.by}: {entry.why}",
    )


def _resolution(entry: Correction, span: Span, places: PlaceOf | None, mention: Mention | None) -> Resolution | str:
    place = entry.place
    if isinstance(place, str):
        name, place = place, places(place) if places else None
        if place is None:
            return f"no place has the id '{name}'; `geo lookup` finds ids"
    assert place is not None
    if mention is None:
        mention = Mention(span, place.name, place.name, role="event_location")
    mention = replace(mention, relation="at", part=None, distance_m=None, bearing_deg=None, other=None)
    why = f"set by {entry.by}: {entry.why}"
    return Resolution(mention, place, 1.0, why, (), place.lon, place.lat, place.radius_m)


def _parent(kind: str, types: Mapping[str, Any] | None) -> str | None:
    info = (types or {}).get(kind)
    parent = info.get("parent") if isinstance(info, Mapping) else getattr(info, "parent", None)
    return str(parent) if parent else None


__all__ = ["Corrections", "Orphan", "apply", "problems", "stub"]
