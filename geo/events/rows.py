"""From drafts to events: one row per sentence and place, headlines only for what the body does not tell."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from geo.events import timing
from geo.events.confidence import confidence, signs
from geo.events.draft import Draft
from geo.events.ontology import Ontology
from geo.events.stance import Stance
from geo.events.tags import tags
from geo.model import Event, Report, Resolution, Sentence, Skipped, Span, When, content_id

FORTNIGHT = 14  # days: what spans more is a chapter of a war, not an event


def rows(
    report: Report,
    sentences: Sequence[Sentence],
    drafts: Sequence[Draft],
    skipped: list[Skipped],
    ontology: Ontology,
) -> tuple[list[Event], list[Skipped]]:
    """The events of a report in order of the text, and the skipped sentences with the drafts that fell out."""
    kept: dict[tuple[object, ...], Event] = {}
    body = [draft for draft in drafts if draft.sentence.kind == "body"]
    for draft in drafts:
        reason = _why_not(draft, body, ontology)
        if reason:
            skipped.append(Skipped(report, draft.sentence.span, draft.words, reason, draft.type))
            continue
        where: list[Resolution | None] = [*draft.places] or [None]
        for resolution in where:
            event = _event(report, draft, resolution, ontology)
            place_key = _place_key(resolution)
            # "..., which fell on Wednesday", "recently hit": another chapter of the same place
            chapter = draft.stance.recent or (draft.aside and draft.dated)
            key = (draft.number, place_key, _told_as_one(event.type, ontology), chapter)
            before = kept.get(key)
            if before is None or ontology.types[event.type].rank < ontology.types[before.type].rank:
                kept[key] = event if before is None else _with_tolls(event, before)
            else:
                kept[key] = _with_tolls(before, event)
    events = sorted(kept.values(), key=lambda e: (e.span, ontology.types[e.type].rank, e.place.id if e.place else ""))
    numbered = []
    seen: dict[tuple[object, ...], int] = {}
    for event in events:
        place_id = event.place.id if event.place else None
        same = (event.span, event.type, place_id)
        seen[same] = seen.get(same, -1) + 1
        event_id = content_id(report.text, event.span.start, event.span.end, event.type, place_id, seen[same])
        numbered.append(dataclasses.replace(event, id=event_id))
    used = {event.span for event in numbered}
    return numbered, _once(skip for skip in skipped if skip.span not in used)


def _place_key(resolution: Resolution | None) -> str | None:
    """What tells two places of a sentence apart: two unlisted quarters of one city are two."""
    if resolution is None:
        return None
    known = resolution.place is not None and not resolution.stands_in
    return resolution.place.id if known and resolution.place else resolution.mention.text


def _told_as_one(type_id: str, ontology: Ontology) -> str:
    """Bombs, gas and jets over one place in one sentence are one event; other types are one with their children."""
    family = ontology.family(type_id)
    return family if family == "air" else ontology.parent(type_id) or type_id


def _once(skipped: Iterable[Skipped]) -> list[Skipped]:
    """One line per sentence: the reason of its first event word."""
    first: dict[Span, Skipped] = {}
    for skip in skipped:
        first.setdefault(skip.span, skip)
    return [first[span] for span in sorted(first)]


def _why_not(draft: Draft, body: Sequence[Draft], ontology: Ontology) -> str | None:
    """The reason why a draft is no event, None when it is one."""
    family = ontology.family(draft.type)
    if draft.sentence.kind in ("title", "heading", "caption"):
        ids = {r.place.id for r in draft.places if r.place}
        for other in body:
            shared = ids & {r.place.id for r in other.places if r.place}
            if ontology.family(other.type) == family and (shared or not draft.placed):
                return f"a {draft.sentence.kind}: the body tells it"
        if not draft.placed:
            return f"a {draft.sentence.kind} that names no place"
    if not draft.places:
        concrete = draft.dated or draft.tolls or draft.antecedent is not None or draft.status == "denied"
        if not concrete or (draft.found.trigger.weak and not draft.tolls):
            return "nothing says where"
    elif all(r.place is not None and r.place.kind == "country" for r in draft.places):
        near = draft.dated and draft.when.precision in ("day", "range", "week") and not _long(draft.when)
        if draft.found.trigger.weak or not (near or draft.tolls):
            return "only a country is named, and neither a day nor a number"
    return None


def _long(when: When) -> bool:
    """Whether dates span more than a fortnight."""
    return when.earliest is None or when.latest is None or (when.latest - when.earliest).days > FORTNIGHT


def _with_tolls(event: Event, other: Event) -> Event:
    """An event with the toll of a second clause about the same, where its own has none."""
    return event if event.tolls or not other.tolls else dataclasses.replace(event, tolls=other.tolls)


def _event(report: Report, draft: Draft, resolution: Resolution | None, ontology: Ontology) -> Event:
    status = _status(report, draft)
    weapon, target = tags(report.text, draft.sentence.span)
    several = len(draft.places) > 1
    if resolution is not None and draft.aside and draft.loosely:
        resolution = _itself(resolution)
    if resolution is not None and draft.where_from and not draft.placed:
        resolution = dataclasses.replace(resolution, why=f"{draft.where_from}; {resolution.why}")
    return Event(
        id="",
        report=report,
        span=draft.sentence.span,
        type=draft.type,
        parent_type=ontology.parent(draft.type),
        trigger=draft.words,
        status=status,
        when=draft.when,
        resolution=resolution,
        said_by=draft.told.said_by,
        origin=draft.told.origin,
        parties=draft.parties,
        tolls=() if several else draft.tolls,  # a toll told for three towns is not that of each
        weapon=weapon,
        target=target,
        confidence=confidence(signs(draft, resolution, status)),
        why=_why(draft, status),
        sentence_kind=draft.sentence.kind,
        refers_back=draft.refers and draft.antecedent is not None,
    )


def _itself(resolution: Resolution) -> Resolution:
    """The place named, not what lies near it: "troops on the hills above X, which fell on Friday" tells that X fell."""
    place, mention = resolution.place, resolution.mention
    if place is None or mention.relation not in ("near", "edge"):
        return resolution
    mention = dataclasses.replace(mention, relation="at")
    return dataclasses.replace(resolution, mention=mention, lon=place.lon, lat=place.lat, radius_m=place.radius_m)


def _status(report: Report, draft: Draft) -> str:
    view: Stance = draft.stance
    if view.status in ("denied", "planned"):
        return view.status
    if timing.is_background(draft.when, report.published):
        return "background"
    if view.recent and draft.found.definite and not draft.dated and draft.antecedent is None:
        return "background"  # "the recent attack" is told as known
    if view.past and not draft.dated and draft.when.earliest is None:
        return "background"
    if draft.antecedent is not None and not draft.dated and draft.antecedent.stance.past:
        return "background"
    return view.status or "reported"


def _why(draft: Draft, status: str) -> str:
    """One sentence on type, place, date and status that a journalist can read."""
    parts = [f"“{draft.words}” names the type"]
    if draft.antecedent is not None:
        parts[0] = f"“{draft.words}” refers back to “{draft.antecedent.words}”"
    if draft.where_from:
        parts.append(f"place: {draft.where_from}")
    if draft.when.text and draft.dated:
        parts.append(f"date from “{draft.when.text}”")
    elif draft.when_from:
        parts.append(f"date {draft.when_from}")
    elif draft.when.basis == "published" and draft.when.precision == "day":
        parts.append("date: told as going on at publication")
    else:
        parts.append("no date in reach: at the latest on publication")
    if draft.told.said_by:
        parts.append(f"according to {draft.told.said_by}")
    if status == "background":
        parts.append("an earlier chapter, told as background")
    return "; ".join(parts)
