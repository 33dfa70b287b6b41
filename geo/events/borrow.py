"""What an event takes from others of the same report: "the attack", "hours later", a lead told in full further down."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
from collections import Counter
from collections.abc import Sequence

from geo.events.draft import Draft
from geo.events.ontology import Ontology
from geo.events.timing import is_background, is_day
from geo.gazetteer import great_circle_m
from geo.language.patterns import pattern
from geo.model import Report, Resolution, When

LOOSE = frozenset({"near", "edge"})
BESIDE_M = 30_000  # suburbs of a large city lie within this of its middle
WIDE = frozenset({"country", "governorate", "region"})  # too wide to say which village a lead means
VIOLENT = frozenset({"air", "ground", "fighting", "people"})  # what "the attack" may mean
SAME_DAY = frozenset({"before", "while", "as", "and", "following", "after"})  # clauses of one sentence share its day
BACK_SENTENCES = 12  # "the attack" seldom reaches further back than a long paragraph or two
NEXT_SENTENCES = 2  # an outcome ("two people died") belongs to an event at most this far back
DAYS_OF_NEWS = 3  # a report of so many days is still about one of them
NEWS_DAYS = 4  # a report is about days just past; an older day is an aside
SECTIONS = 2  # so many places at the heads of sections make a report that goes place by place
STANDS_IN_SCORE = 0.3  # an unlisted name in a section about a place most likely lies there
LEAD_SENTENCES = 3  # the first sentences of a report are told again in full below


def borrow(report: Report, drafts: list[Draft], ontology: Ontology) -> None:
    """Fill in type, place and date of drafts that refer to other drafts of the report, in place."""
    body = [draft for draft in drafts if draft.sentence.kind == "body"]
    for at, draft in enumerate(body):
        _look_back(report, draft, body[:at], ontology)
    for at, draft in enumerate(body):
        _look_ahead(report, draft, body[at + 1 :], ontology)
    for at, draft in enumerate(body):
        _same_sentence(draft, body[:at], report.published)
        _same_paragraph(draft, body[:at])
        _same_place(draft, body, ontology, report.published)
        _count_days(draft, body[:at])
        if draft.antecedent is not None and not draft.dated and draft.when.earliest is None:
            _take_date(draft, draft.antecedent.when, f"as for “{_words(draft.antecedent)}”, to which it refers back")
    _in_sections(body)
    for at, draft in enumerate(body):
        _only_one(draft, [*body[:at][::-1], *body[at + 1 :]], ontology)
        _goes_on(draft, body[:at], ontology)
    _carry_on(body, report.published)
    for draft in drafts:
        if draft.sentence.kind != "body":
            _look_ahead(report, draft, body, ontology)


def _in_sections(body: Sequence[Draft]) -> None:
    """Where a report goes place by place, an act without a place, or in one that nobody lists, is in its section."""
    headed = [draft.section.place for draft in body if draft.section is not None and draft.section.place is not None]
    if len({place.id for place in headed}) < SECTIONS:
        return
    for draft in body:
        section = draft.section
        if section is None or section.place is None or any(r.place is not None for r in draft.places):
            continue
        heads = f"{section.place.name}, which heads the section"
        if not draft.places:
            draft.places, draft.where_from = [section], f"put at {heads}"
            continue
        draft.places = [
            dataclasses.replace(
                section,
                mention=dataclasses.replace(unlisted.mention, relation="area"),
                why=f"{unlisted.why}; put at {heads}",
                score=STANDS_IN_SCORE,
                stands_in=True,
            )
            for unlisted in draft.places
        ]


def _only_one(draft: Draft, others: Sequence[Draft], ontology: Ontology) -> None:
    """A statement without a place speaks of the one place where the report tells of such an event."""
    if draft.places or draft.found.trigger.weak or draft.status == "planned":
        return
    told = [o for o in others if o.places and o.placed and _same_kind(draft, o, ontology)]
    grounds = {tuple(sorted(r.place.id for r in o.places if r.place)) for o in told}
    if len(grounds) == 1 and not any(draft.dated and _dates_clash(draft.when, o.when) for o in told):
        draft.places = list(told[0].places)
        draft.where_from = f"the one place of which the report tells “{_words(told[0])}”"


def _goes_on(draft: Draft, before: Sequence[Draft], ontology: Ontology) -> None:
    """A violent act told right after another, with no place of its own, happened where that one did."""
    if draft.places or draft.status == "planned" or ontology.family(draft.type) not in VIOLENT:
        return
    for other in reversed(before):
        if draft.number - other.number > NEXT_SENTENCES:
            return
        if other.places and ontology.family(other.type) in VIOLENT and not _only_wide(other.places):
            draft.places = list(other.places)
            draft.where_from = f"told right after “{_words(other)}”"
            return


def _carry_on(body: Sequence[Draft], published: dt.date | None) -> None:
    """A day said once dates what is told right after it; the day said most often is what the report is about."""
    said = [
        draft
        for draft in body
        if draft.dated and is_day(draft.when) and not draft.aside
        if not is_background(draft.when, published)
    ]
    times = Counter(draft.when.earliest for draft in said)
    single = [draft for draft in said if draft.when.precision == "day"]
    main = max(single, key=lambda d: (times[d.when.earliest], -d.number), default=None)
    if len(times) > DAYS_OF_NEWS:
        main = None  # a review of a week speaks of no one day
    for draft in body:
        if not _lacks_date(draft) or draft.offset is not None or draft.stance.recent or draft.stance.past:
            continue
        close = [other for other in said if 0 <= draft.number - other.number <= 1]
        source = close[-1] if close else main
        if source is not None and _is_fresh(source.when, published):
            _take_date(draft, source.when, f"the day the report speaks of: “{source.when.text}”")


def _is_fresh(when: When, published: dt.date | None) -> bool:
    """Whether a day lies so close to publication that it may be what the whole report is about."""
    return published is None or (when.latest is not None and (published - when.latest).days <= NEWS_DAYS)


def _look_back(report: Report, draft: Draft, before: Sequence[Draft], ontology: Ontology) -> None:
    antecedent = _antecedent(draft, before, ontology)
    if antecedent is not None:
        draft.antecedent = antecedent
        draft.refers = True
        if draft.found.trigger.weak or (draft.refers and _head(draft.words) == _head(antecedent.words)):
            draft.type = antecedent.type
        finer = draft.places and _only_wide(antecedent.places) and not _only_wide(draft.places)
        lacks = not draft.places or (draft.loosely and not finer)
        if antecedent.places and lacks and not _only_examples(report, antecedent):
            draft.places = list(antecedent.places)
            draft.where_from = f"refers back to “{_words(antecedent)}”"
            draft.placed = False
        if not draft.dated and draft.status != "planned":
            _take_date(draft, antecedent.when, f"as for “{_words(antecedent)}”, to which it refers back")
        return
    previous = before[-1] if before else None
    if previous is None:
        return
    _same_sentence(draft, before, report.published)
    if draft.stance.back and not draft.dated and previous.when.precision in ("day", "range"):
        _take_date(draft, previous.when, "told as following on the event before")


def _same_sentence(draft: Draft, before: Sequence[Draft], published: dt.date | None) -> None:
    """A second clause of a sentence takes the place of the first where it names none; a day is shared by "before"."""
    previous = before[-1] if before else None
    if previous is None or draft.number != previous.number:
        return
    if not draft.places and previous.places:
        draft.places = list(previous.places)
        draft.where_from = "the place named in the same sentence"
    elif not previous.places and draft.places and not previous.found.trigger.weak:
        previous.places = list(draft.places)
        previous.where_from = "the place named in the same sentence"
    if draft.offset is not None:
        return
    chapter = is_background(previous.when, published)  # an earlier chapter goes on to the end of its sentence
    if not draft.dated and draft.when.earliest is None and previous.dated and (draft.marker in SAME_DAY or chapter):
        _take_date(draft, previous.when, "as told in the same sentence")


def _lacks_date(draft: Draft) -> bool:
    """Whether a draft could take a date: it happened, and neither says when nor that it goes on."""
    return not draft.dated and draft.when.earliest is None and draft.status != "planned" and not draft.stance.now


def _same_paragraph(draft: Draft, before: Sequence[Draft]) -> None:
    """A sentence that goes on about a place goes on about the day that the sentence before gave it."""
    if not draft.places or not _lacks_date(draft):
        return
    for other in reversed(before):
        if draft.number - other.number > 1 or other.sentence.paragraph != draft.sentence.paragraph:
            return
        if other.dated and other.when.precision == "day" and _same_ids(draft, other) and not draft.stance.recent:
            _take_date(draft, other.when, "as told in the sentence before")
            return


def _same_place(draft: Draft, body: Sequence[Draft], ontology: Ontology, published: dt.date | None) -> None:
    """An undated statement about a place takes the date of the one event of its kind that the report dates there."""
    if not draft.placed or not _lacks_date(draft):
        return
    told = [
        other
        for other in body
        if other.number != draft.number and other.when.earliest is not None and _same_ids(draft, other)
    ]
    only_past = told and all(is_background(other.when, published) for other in told)
    if only_past and draft.ordinal >= LEAD_SENTENCES and not _only_wide(draft.places):
        _take_date(draft, told[0].when, "as told of that place elsewhere in the report")
        return
    days = {
        (other.when.earliest, other.when.latest): other.when
        for other in told
        if other.dated and _same_kind(draft, other, ontology)
    }
    if len(days) == 1:
        _take_date(draft, next(iter(days.values())), "as told elsewhere in the report")


def _same_kind(draft: Draft, other: Draft, ontology: Ontology) -> bool:
    one, two = ontology.types[draft.type], ontology.types[other.type]
    return one.id == two.id or one.parent == two.id or two.parent == one.id or two.id in one.alike


def _same_ids(draft: Draft, other: Draft) -> bool:
    ids = {r.place.id for r in draft.places if r.place}
    return bool(ids & {r.place.id for r in other.places if r.place})


def _count_days(draft: Draft, before: Sequence[Draft]) -> None:
    """ "X came a day after Y": Y lies a day before X, once X is dated."""
    if draft.offset is None or draft.dated:
        return
    days, alone = draft.offset
    main = next((other for other in before if other.number == draft.number), None)
    if main is not None and main.when.earliest is not None and main.when.earliest == main.when.latest:
        day = main.when.earliest + dt.timedelta(days=days)
        draft.when = When(day, day, "day", alone.text, "relative", alone.span)
        draft.when_from = "counted from the event told before it"
    elif alone.earliest is not None:
        draft.when = alone  # what it is counted from is as good as the report itself
        draft.when_from = f"from “{alone.text}”"


def _antecedent(draft: Draft, before: Sequence[Draft], ontology: Ontology) -> Draft | None:
    """The draft that this one refers back to, None where it tells something of its own."""
    outcome = draft.found.trigger.weak and not draft.found.trigger.refers and not draft.placed and bool(draft.tolls)
    if draft.antecedent is not None:
        return draft.antecedent
    if draft.stance.recent and draft.placed:
        return None
    if not (draft.refers or outcome or (draft.also_definite and not draft.placed)):
        return None
    reach = NEXT_SENTENCES if outcome and not draft.refers else BACK_SENTENCES
    best_first = sorted(
        enumerate(before),
        key=lambda item: (
            _head(draft.words) != _head(item[1].words),
            not draft.placed and not item[1].places,
            not draft.found.trigger.weak and item[1].type != draft.type,
            -item[0],  # the nearest
        ),
    )
    for _, other in best_first:
        if draft.number - other.number > reach or other.number == draft.number:
            continue
        told = other.places or other.dated or not other.found.trigger.weak
        if other.status == "planned" or not told or not _may_mean(draft, other, ontology):
            continue
        if draft.placed and not draft.loosely and other.places and not _same_ground(draft.places, other.places):
            continue
        if draft.specified and not (draft.placed and _same_ground(draft.places, other.places)):
            continue  # "the attack by militiamen on the consulate" tells all of it
        if draft.dated and _dates_clash(draft.when, other.when):
            continue
        if (
            draft.dated
            and draft.loosely
            and other.when.earliest is None
            and not _same_ground(draft.places, other.places)
        ):
            continue  # "the attack of 3 May on the bridge" is none of those told without a day
        return other
    return None


def _may_mean(draft: Draft, other: Draft, ontology: Ontology) -> bool:
    """Whether the word of one draft may stand for the event of another."""
    if draft.found.trigger.weak:
        wanted = {"air", "ground"} if ontology.family(draft.found.type) == "ground" else VIOLENT
        return ontology.family(other.type) in wanted
    if draft.refers and _head(draft.words) == _head(other.words):
        return True
    return ontology.family(other.type) in draft.also_definite or _same_kind(draft, other, ontology)


def _same_toll(draft: Draft, other: Draft) -> bool:
    """Whether both tell one number of dead or hurt."""
    mine = {(toll.kind, toll.low, toll.high) for toll in draft.tolls}
    return bool(mine & {(toll.kind, toll.low, toll.high) for toll in other.tolls})


def _names_no_town(report: Report, draft: Draft) -> bool:
    """Whether a lead speaks of "a town near X" or only of a country, so that a later sentence says which."""
    if pattern("some_settlement").search(draft.sentence.span.of(report.text)):
        return all(r.place is not None and (r.place.kind in WIDE or r.mention.relation in LOOSE) for r in draft.places)
    return all(r.place is not None and r.place.kind == "country" for r in draft.places)


def _only_examples(report: Report, draft: Draft) -> bool:
    """Whether the places of a draft are examples of more: "several towns, including X"."""
    return bool(draft.places) and all(
        pattern("example_only").search(report.text[max(0, r.mention.span.start - 40) : r.mention.span.start])
        for r in draft.places
    )


def _only_wide(places: Sequence[Resolution]) -> bool:
    """Whether only a country, province or region is named ("a village of central Syria")."""
    return all(r.place is not None and r.place.kind in WIDE for r in places)


def _head(words: str) -> str:
    """The last word of a trigger, without its plural: "air strikes" and "the strike" share one."""
    return words.lower().split()[-1].rstrip("s")


def _look_ahead(report: Report, draft: Draft, after: Sequence[Draft], ontology: Ontology) -> None:
    """A lead, a headline or an undated statement takes what it lacks from the fuller account below."""
    lead = draft.sentence.kind != "body" or draft.ordinal < LEAD_SENTENCES
    if not lead or draft.status == "planned":
        return
    # the same number of dead is the surest sign that a later sentence tells the same
    for other in sorted(after, key=lambda other: not _same_toll(draft, other)):
        if other.status in ("planned", "denied") or not _may_mean(draft, other, ontology):
            continue
        if draft.dated and other.dated and _dates_clash(draft.when, other.when):
            continue
        if _only_examples(report, other):
            continue
        hanging = draft.refers and draft.loosely and draft.antecedent is None
        vague = hanging or not draft.places or _names_no_town(report, draft)
        if not vague:
            if draft.dated or not other.dated or not _same_ids(draft, other) or draft.stance.recent:
                continue
        elif not other.places or _only_wide(other.places):
            continue
        if vague:
            if draft.refers and draft.found.trigger.weak:
                draft.type = other.type
            draft.places = list(other.places)
            draft.where_from = f"told in full further down: “{_words(other)}”"
        if not draft.dated:
            _take_date(draft, other.when, "told in full further down")
        return


def _take_date(draft: Draft, when: When, reason: str) -> None:
    if when.earliest is None:
        return
    draft.when = dataclasses.replace(when, basis="context")
    draft.when_from = reason


def _words(draft: Draft) -> str:
    return draft.words


def _same_ground(places: Sequence[Resolution], others: Sequence[Resolution]) -> bool:
    """Whether two lists of places share one, or one lies in the other."""
    for one in places:
        for other in others:
            if one.place is None or other.place is None:
                if one.place is None and other.place is not None:
                    return True  # an unknown village may lie there
                continue
            if one.place.id in (other.place.id, *other.place.within) or other.place.id in one.place.within:
                return True
            if {one.mention.relation, other.mention.relation} & LOOSE and _away_m(one, other) <= BESIDE_M:
                return True  # "outside the capital" may well be one of its suburbs
    return False


def _away_m(one: Resolution, other: Resolution) -> float:
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return math.inf
    return great_circle_m(lon_a=one.lon, lat_a=one.lat, lon_b=other.lon, lat_b=other.lat)


def _dates_clash(one: When, other: When) -> bool:
    """Whether two known dates have no day in common."""
    if one.earliest is None or other.earliest is None:
        return False
    return (one.latest or one.earliest) < other.earliest or (other.latest or other.earliest) < one.earliest
