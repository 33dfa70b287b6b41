"""Whether two statements tell of one incident: sure, possible, or contradicted, always with the reason."""

from __future__ import annotations

import math
from typing import NamedTuple

from geo.incidents.facts import AREA_M, Facts
from geo.incidents.figures import clash
from geo.incidents.rules import Rules

SURE, POSSIBLE = "sure", "possible"
CITY_M = 5_000  # a wider place is a city, which may be shelled in three quarters on one day
NEWS_DAYS = 3  # what is told without a date has just happened, unless something else shows that it is older
REFERS = "one refers back to the other"
EARTH_M = 6_371_000
TELLING_TOLL = 2  # "one dead" is said of too many things to prove that two statements mean the same
TELLING_ACROSS_DAYS = 5  # two or three dead on one day, two or three on the next, is the daily run of a war
ALIKE = 0.5  # two ranges of days are the same period when they share half of what they span together
KINSHIP = {"same": 1.0, "parent": 0.9, "together": 0.8}


class Verdict(NamedTuple):
    """`link` is "sure", "possible" or None; `contradiction` says why the two can never be one incident.

    `score` orders the joining; `fit` is how well type and place fit, whatever the dates.
    """

    link: str | None
    score: float
    fit: float
    why: str
    contradiction: str | None = None


class _Part(NamedTuple):
    link: str | None
    score: float
    why: str
    contradiction: bool = False


def compare(one: Facts, other: Facts, rules: Rules, *, within_m: float, within_days: int) -> Verdict:
    """Judge two statements by type, status, place, date and parties; the order of the two does not matter."""
    kinship = rules.kinship(one.event, other.event)
    if kinship is None:
        return _never(f"{one.event.type} is not {other.event.type}")
    if (one.event.status == "planned") != (other.event.status == "planned"):
        return _never("one is only planned")
    if opposed := _opposed(one, other, rules):
        return _never(opposed)
    support = _support(one, other)
    place = _place(one, other, rules, within_m=within_m, support=support)
    if place.contradiction:
        return _never(place.why)
    date = _date(one, other, rules, within_days=within_days, support=support)
    if date.contradiction:
        return _never(date.why)
    pair = rules.pair(one.event, other.event) if kinship == "together" else None
    if pair is not None:
        if "same_day" in pair.needs and not (one.open or other.open) and not (one.is_day and other.is_day):
            return Verdict(None, 0.0, 0.0, "types that fit only on one day")
        if "same_day" in pair.needs and (one.open or other.open):
            return Verdict(None, 0.0, 0.0, "types that fit only on one stated day")
        if "support" in pair.needs and support is None and not _one_sentence(one, other):
            return Verdict(None, 0.0, 0.0, "types that fit only where the tolls agree or one refers back")
    fit = KINSHIP[kinship] * place.score
    score = fit * date.score + (0.1 if support else 0.0)
    why = ", ".join(part for part in (place.why, date.why, support) if part)
    if place.link is None or date.link is None:
        return Verdict(None, score, fit, why)
    kinds = {one.event.type, other.event.type}
    one_scene = max(one.radius_m, other.radius_m) <= CITY_M or not kinds & rules.repeated
    if support is None and _figures_part(one, other, sure=place.link == date.link == SURE and one_scene):
        return Verdict(None, score, fit, f"{why}, but other figures")
    return Verdict(SURE if place.link == date.link == SURE else POSSIBLE, score, fit, why)


def distance_m(one: Facts, other: Facts) -> float:
    """Great-circle metres between two sites; infinite where one has none."""
    if one.lon is None or one.lat is None or other.lon is None or other.lat is None:
        return math.inf
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin(math.radians(other.lon - one.lon) / 2) ** 2
    )
    return 2 * EARTH_M * math.asin(min(1.0, math.sqrt(half)))


def _never(why: str) -> Verdict:
    return Verdict(None, 0.0, 0.0, why, contradiction=why)


def _support(one: Facts, other: Facts) -> str | None:
    """What speaks for one incident beside type, place and date."""
    first, later = (one, other) if one.event.span < other.event.span else (other, one)
    if (
        later.event.refers_back
        and first.event.report.id == later.event.report.id
        and first.event.span != later.event.span
    ):
        return REFERS
    for mine in one.figures:
        for theirs in other.figures:
            same = mine.kind == theirs.kind and mine.low == theirs.low and "more" not in (mine.share, theirs.share)
            if same and (mine.low or 0) >= _telling(one, other):
                return f"the same number {mine.kind}"
    return None


def _one_sentence(one: Facts, other: Facts) -> bool:
    """Whether one sentence tells both of one place: what was done, and what came of it."""
    same = one.event.report.id == other.event.report.id and one.event.span == other.event.span
    return same and one.place_id == other.place_id


def _telling(one: Facts, other: Facts) -> int:
    """How many victims a figure must count to tell one incident from another."""
    own_days = one.is_day and other.is_day and not (one.carried or other.carried)
    return TELLING_ACROSS_DAYS if own_days and one.low != other.low else TELLING_TOLL


def _figures_part(one: Facts, other: Facts, *, sure: bool) -> bool:
    """Whether figures that cannot both be right tell two incidents apart.

    Sources differ on one incident; but one report does not on its own, and where day or place are vague anyhow,
    other figures more likely mean another incident.
    """
    own_voice = (
        one.event.report.id == other.event.report.id
        and one.event.said_by == other.event.said_by
        and one.event.origin == other.event.origin
    )
    if sure and not own_voice:
        return False
    return any(clash(mine, theirs) for mine in one.figures for theirs in other.figures)


def _opposed(one: Facts, other: Facts, rules: Rules) -> str | None:
    """Why the parties rule out one incident; that each side blames the other for the same thing does not."""
    kinds = {one.event.type, other.event.type}
    if "denied" in (one.event.status, other.event.status) or kinds & rules.mutual or kinds & rules.rare:
        return None
    differ = bool(one.sides and other.sides and not one.sides & other.sides)
    if kinds & rules.control.keys():
        swapped = one.sides & other.target_sides or other.sides & one.target_sides
        return "another side did it" if differ or swapped else None
    if not differ:
        return None
    accusing = all(facts.speaker_side and facts.speaker_side not in facts.sides for facts in (one, other))
    if accusing and one.speaker_side != other.speaker_side:
        return None
    return "opposing sides did it"


def _place(one: Facts, other: Facts, rules: Rules, *, within_m: float, support: str | None) -> _Part:
    same_report = one.event.report.id == other.event.report.id
    if one.place_id is None or other.place_id is None:
        if same_report and support == REFERS:
            return _Part(POSSIBLE, 0.5, "no place of its own")
        return _Part(None, 0.0, "no place")
    if same_report and one.event.span == other.event.span and one.place_id != other.place_id:
        return _Part(None, 0.0, "two places named in one sentence", contradiction=True)
    control = bool({one.event.type, other.event.type} & rules.control.keys())
    rare = bool({one.event.type, other.event.type} & rules.rare)
    apart_m = distance_m(one, other)
    widest_m = max(one.radius_m, other.radius_m)
    if one.place_id == other.place_id:
        if control and one.relation != other.relation:
            return _Part(None, 0.0, f"{one.relation} the place is not {other.relation} it", contradiction=True)
        if apart_m > widest_m + within_m:
            return _Part(None, 0.0, "different points near one place", contradiction=True)
        if widest_m > AREA_M and not (support or same_report or rare):
            return _Part(POSSIBLE, 0.5, "the same wide area")
        return _Part(SURE, 1.0 if one.relation == other.relation else 0.9, "the same place")
    if control:
        return _Part(None, 0.0, "another place", contradiction=True)
    inner, outer = (one, other) if other.place_id in one.within else (other, one)
    if outer.place_id in inner.within:
        if support:
            return _Part(SURE, 0.7, "one place inside the other")
        if outer.radius_m <= AREA_M:
            return _Part(POSSIBLE, 0.7, "one place inside the other")
        return _Part(None, 0.0, "one place in the wide area of the other")
    if widest_m >= within_m and apart_m <= one.radius_m + other.radius_m and (rare or support):
        return _Part(SURE if support else POSSIBLE, 0.5, "overlapping areas")
    if apart_m <= within_m and not same_report:
        return _Part(SURE if support else POSSIBLE, 0.4, "places close together")
    return _Part(None, 0.0, "another place", contradiction=True)


def _date(one: Facts, other: Facts, rules: Rules, *, within_days: int, support: str | None) -> _Part:
    if one.open and other.open:
        if abs((one.high - other.high).days) <= within_days:
            return _Part(SURE, 0.5, "both undated")
        return _Part(None, 0.0, "both undated, in reports of different days")
    gap = (max(one.low, other.low) - min(one.high, other.high)).days
    if one.open or other.open:
        if gap <= 0:
            kinds = {one.event.type, other.event.type}
            undated, dated = (one, other) if one.open else (other, one)
            patient = kinds & (rules.rare | rules.control.keys() | rules.lasting.keys())
            past = one.event.status == other.event.status == "background"
            fresh = (undated.high - dated.high).days <= NEWS_DAYS
            if not (fresh or past or patient or support):
                return _Part(None, 0.0, "too old for an undated report of it")
            return _Part(POSSIBLE, 0.5, "one of them undated")
        return _Part(None, 0.0, "out of reach of the undated one", contradiction=True)
    if gap > 0:
        patience = min(rules.patience_days(one.event.type), rules.patience_days(other.event.type))
        if gap <= patience:
            return _Part(SURE, 0.4, "days that differ by no more than sources do")
        rare = {one.event.type, other.event.type} & rules.rare
        if support == REFERS and not (one.carried or other.carried):
            support = None  # "that raid, on Tuesday" is not Thursday's
        if gap <= within_days and (support or rare):
            return _Part(SURE if support else POSSIBLE, 0.4, "neighbouring days")
        if gap <= within_days and (one.carried or other.carried):
            if one.event.target and one.event.target == other.event.target:
                return _Part(SURE, 0.4, "neighbouring days, one of them carried over, and the same target")
            return _Part(None, 0.0, "neighbouring days, one of them carried over")
        return _Part(None, 0.0, "different days", contradiction=True)
    if one.is_day and other.is_day:
        return _Part(SURE, 1.0, "the same day")
    shared = -gap + 1
    spanned = (max(one.high, other.high) - min(one.low, other.low)).days + 1
    if shared / spanned >= ALIKE:
        return _Part(SURE, 0.9, "the same days")
    month_or_more = max(one.days, other.days) > 14
    background = one.event.status == other.event.status == "background"
    same = one.event.type == other.event.type and one.place_id == other.place_id
    if month_or_more and not (background or same or {one.event.type, other.event.type} <= rules.rare):
        return _Part(None, 0.0, "too wide a time to tell")
    return _Part(
        POSSIBLE, 0.6, "one time inside the other" if shared == min(one.days, other.days) else "overlapping times"
    )
