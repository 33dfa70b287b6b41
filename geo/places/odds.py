"""How likely each place is to be what a name means, by the name itself: likeness, kind, size, who listed it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache

from geo.gazetteer import great_circle_m, kind_class
from geo.model import Candidate, Mention, Place
from geo.places.words import words
from geo.text import fold

# Weights in log odds: +1 makes a candidate e times likelier. They order the evidence; no one of them decides alone.
NAME = 10.0  # one letter off (0.65) costs 3.5, a spelling variant (0.9) costs 1
COHERENCE = 3.0  # close to the other places of the report
FOCUS = 2.0  # in the country that the report is mostly about
PEOPLE = 1.0  # per factor of ten in inhabitants
ALIAS = -1.5  # bulk sources list old, foreign and mistaken names beside the one in use
CURATED = 1.5  # rows checked by hand are those reports name
KIND_SAME, KIND_CLASS, KIND_OTHER = 1.0, 0.5, -4.0  # "town" beside a town, a village, a province
KIND_REGION = -2.0  # "the Quern region" is the province of that name before it is the city
KIND_QUARTER = -2.0  # a quarter lies in a city: a village of its name is another place
KIND_PRIOR = {"country": 2.0, "city": 0.5, "governorate": -1.0, "district": -1.5, "subdistrict": -2.0, "facility": -0.5}
STATED = 1.5  # the report called it a province, or a city, just before
PART = 1.0  # "northern X" is said of provinces more than of towns
HIGHEST = 30.0  # certain enough, and far from overflow
START = 3.0  # the score of a name of the right kind and no known population
NOBODY = -3.0  # no listed place is meant at all
NEARBY_M = 60_000  # places of one story lie about this far apart


@dataclass(slots=True)
class Group:
    """The mentions of one name that say the same about it, and its candidates."""

    mention: Mention
    candidates: list[Candidate]
    whole: bool = False  # the phrase with its compass word is itself in the gazetteer ("western Aleppo")
    scores: list[float] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    odds: list[float] = field(default_factory=list)
    nobody: float = 1.0
    bonus: list[float] = field(default_factory=list)  # what the rest of the report added

    @property
    def best(self) -> Candidate | None:
        """The likeliest candidate."""
        return self.candidates[max(range(len(self.odds)), key=lambda i: (self.odds[i], -i))] if self.odds else None

    def weigh(self, bonus: list[float] | None = None) -> None:
        """Likelihoods from scores: they sum to one with that of "nobody listed"."""
        self.bonus = bonus or []
        scores = [score + extra for score, extra in zip(self.scores, bonus)] if bonus else self.scores
        if not scores:
            self.odds, self.nobody = [], 1.0
            return
        powers = [math.exp(min(score - START, HIGHEST)) for score in scores]
        nobody = math.exp(NOBODY)
        whole = sum(powers) + nobody
        self.odds, self.nobody = [power / whole for power in powers], nobody / whole


def alone(
    mention: Mention,
    candidate: Candidate,
    *,
    recent: str,
    near: tuple[float, float] | None,
    country: str | None,
) -> float:
    """What speaks for a candidate before the rest of the report is heard.

    `recent` is the id of the place that the report called by its kind just before; `near` and `country` are options.
    """
    place = candidate.place
    score = NAME * (candidate.score - 1)
    hint = mention.kind_hint
    if hint == "route" or fold(mention.name).split(" ", 1)[0] in words().compass:
        hint = None  # "the eastern half of Aleppo city": the noun belongs to the city, not to its half
    if hint:
        same_class = kind_class(hint) == kind_class(place.kind)
        loose = {hint, place.kind} in (
            {"district", "neighbourhood"},
            {"region", "neighbourhood"},
            {"region", "town"},
        )
        score += KIND_SAME if hint == place.kind else KIND_CLASS if same_class or loose else 0.0
        if hint == "neighbourhood" and same_class and place.kind != hint:
            score += KIND_QUARTER
        if not same_class and not loose:
            score += KIND_OTHER if hint != "region" else KIND_REGION
    else:
        score += KIND_PRIOR.get(place.kind, 0.0)
        if recent == place.id:
            score += STATED
        if mention.part not in (None, "c") and kind_class(place.kind) == "area":
            score += PART
    score += _people(place)
    if place.curated:
        score += CURATED / 2 if place.population else CURATED
    elif candidate.score < 1.0 and fold(place.name) != fold(mention.name):
        score += ALIAS
    if country and fold(country) in (fold(place.country or ""), fold(place.country_iso2 or "")):
        score += FOCUS
    if near:
        away_m = great_circle_m(lon_a=near[0], lat_a=near[1], lon_b=place.lon, lat_b=place.lat)
        score += COHERENCE / (1 + (away_m / NEARBY_M) ** 2)
    return score


def _people(place: Place) -> float:
    """How well known a place is: factors of ten in inhabitants; for sites and provinces their size says little."""
    group = kind_class(place.kind)
    if group == "site":
        return 3.0
    if group == "area" and place.kind != "country":
        return 5.0
    return PEOPLE * min(math.log10((place.population or 0) + 100), 7.5)


def top(group: Group) -> list[tuple[Place, float]]:
    """The three likeliest places of a name."""
    order = sorted(range(len(group.odds)), key=lambda i: -group.odds[i])[:3]
    return [(group.candidates[i].place, group.odds[i]) for i in order]


def apart_m(one: Place, other: Place) -> float:
    """Metres between two places."""
    return _metres(one.lon, one.lat, other.lon, other.lat)


@lru_cache(maxsize=100_000)  # the same places meet again in each round of weighing
def _metres(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    return great_circle_m(lon_a=lon_a, lat_a=lat_a, lon_b=lon_b, lat_b=lat_b)
