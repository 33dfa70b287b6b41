"""How likely a row is right as a whole: type, place, date and status at once. Weights fitted on hand-coded reports."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import cache

from geo.events.draft import Draft
from geo.files import load, shipped
from geo.model import Resolution

SURE_PLACE, LIKELY_PLACE = 0.9, 0.7  # place scores: little doubt, some doubt
CHEAP, DEAR = 0.0, 5.0  # link costs: straight beside the event word, and further than a clause away
DAY_OF_REPORT = "the day the report speaks of"  # how `borrow` words that a date is that of the whole report
LEAST, MOST = 0.02, 0.98  # no row is certain


def signs(draft: Draft, resolution: Resolution | None, status: str) -> frozenset[str]:
    """What speaks for and against a row, as names of weights in english/confidence.yaml."""
    return frozenset(
        {
            f"status {status if status in ('denied', 'planned', 'background') else 'current'}",
            _where(draft, resolution),
            _when(draft),
            *_place_score(resolution),
            *_told(draft),
        }
    )


def confidence(found: Iterable[str], weights: Mapping[str, float] | None = None) -> float:
    """The logistic sum of the weights of some signs; a sign without a weight says nothing.

    >>> confidence(["place own clause", "date stated"]) > confidence(["place none", "date unknown"])
    True
    """
    known = _weights() if weights is None else weights
    total = known.get("every row", 0.0) + sum(known.get(sign, 0.0) for sign in sorted(found))
    return round(min(MOST, max(LEAST, 1 / (1 + math.exp(-total)))), 2)


@cache
def _weights() -> Mapping[str, float]:
    data = load(shipped("english/confidence.yaml")).data
    return {sign: float(weight) for sign, weight in data["weights"].items()}


def _where(draft: Draft, resolution: Resolution | None) -> str:
    if resolution is None:
        return "place none"
    if not draft.placed:
        return "place borrowed"
    if draft.where_from:
        return "place pointed to"  # "the town"
    return "place other clause" if draft.loosely else "place own clause"


def _when(draft: Draft) -> str:
    if draft.dated:
        return "date stated" if draft.when.precision == "day" else "date stated vaguely"
    if draft.when.earliest is None:
        return "date unknown"
    if draft.when.basis == "published":
        return "date published"
    return "date of the report" if draft.when_from.startswith(DAY_OF_REPORT) else "date borrowed"


def _place_score(resolution: Resolution | None) -> list[str]:
    if resolution is None:
        return []
    if resolution.place is None:
        return ["place not found"]
    if resolution.score >= SURE_PLACE:
        return ["place score high"]
    return ["place score middle" if resolution.score >= LIKELY_PLACE else "place score low"]


def _told(draft: Draft) -> list[str]:
    facts = {
        "weak trigger": draft.found.trigger.weak,
        "noun": not draft.found.is_verb,
        "attributed": draft.told.said_by is not None,
        "refers back": draft.antecedent is not None,
        "headline or caption": draft.sentence.kind != "body",
        "toll": bool(draft.tolls),
        "several places": len(draft.places) > 1,
        "link cheap": draft.placed and not draft.where_from and draft.cost <= CHEAP,
        "link dear": draft.placed and not draft.where_from and draft.cost > DEAR,
    }
    return [sign for sign, true in facts.items() if true]
