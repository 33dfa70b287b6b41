"""What the rest of a report says for a place: stated containers, directions, neighbours, the country it is about."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.gazetteer import is_unlike, kind_class
from geo.model import Candidate, Mention, Place
from geo.places import relative
from geo.places.odds import COHERENCE, FOCUS, NEARBY_M, STATED, Group, alone, apart_m, top
from geo.places.roles import PLACES_LAST
from geo.places.tokens import has_arabic
from geo.places.words import words
from geo.text import fold

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

INSIDE, NOT_INSIDE = 4.0, -4.0  # "in Hama province", and it does (not) lie there
DIRECTION = 1.5  # "south of X", and it does (not) lie there
LOOSE = -3.0  # a name that only sounds alike, where nothing else in the text points there
STRANGE = -6.0  # the same, and the text calls it a place of another kind
NOT_ITS_CITY = -8.0  # a quarter of a city that the report does not name, where it has just named another
UNLIKE = 0.85  # below this likeness a name only sounds alike, unless it lies among the report's other places
SPELLED = 0.97  # below this likeness a name is spelled differently: not to be looked for all over the world
FOREIGN = -8.0  # a small place in a country that the rest of the report has nothing to do with
HEARD, ABROAD = 1.0, 0.1  # so many other names must be placed before that counts; this share is next to nothing
WELL_KNOWN = 2_000_000  # inhabitants: a city of this size is named in news of any country
AT_HOME = 0.2  # this share of a report's places makes a country its own
MISPRINT = 0.6  # one letter off scores above this; a name less alike is another name, however near
BARE = 0.76  # and so is a name without a class noun: below this likeness most were wrong
QUARTER_REACH_M = 12_000  # from the edge of a city's dot to the quarters that reports count to it
CONTAINER = 4.0  # a place said to lie in it does
STILL_STATED = 700  # characters: about a paragraph
JUST_NAMED = 250  # characters: about two sentences
ROUNDS, SETTLED = 6, 0.02  # names that decide each other are weighed again until nothing moves
MOST = 12  # candidates of a name that are weighed
FAINT = 0.02  # places less likely than this draw nobody near
NEIGHBOURS = 30  # other names of a report that are compared; more add time, not certainty
AREAS = frozenset({"country", "governorate", "district", "subdistrict", "region"})
NAMESAKE_REACH_M = 120_000  # "Quern province", of which only the town Quern is listed, reaches about this far
BESIDE = 160  # characters: a reference farther from a name does not place it


class Weighing:
    """One report's names, weighed together: `groups` of names that say the same, `of` the group of each mention."""

    def __init__(
        self,
        mentions: Sequence[Mention],
        gazetteer: Gazetteer,
        *,
        near: tuple[float, float] | None,
        country: str | None,
    ) -> None:
        self.mentions, self.gazetteer = mentions, gazetteer
        self.groups: list[Group] = []
        self.of: list[Group] = []
        self._group(near, country)
        self._first_scores()
        self._weigh_quarters()
        for _ in range(ROUNDS):
            if self._weigh_together() < SETTLED:
                break
        self._weigh_containers()

    def _group(self, near: tuple[float, float] | None, country: str | None) -> None:
        """Mentions of one name count as one, unless they are said to be different things or to lie elsewhere."""
        known: dict[tuple[str, ...], Group] = {}
        stated: dict[str, int] = {}  # place -> where the report last said which kind of place it is
        for mention in self.mentions:
            name = fold(mention.name)
            hint = mention.kind_hint
            candidates, whole = self._candidates(mention)
            recent = ""
            if hint:
                for candidate in candidates:
                    if candidate.score >= 0.9 and kind_class(candidate.place.kind) == kind_class(hint):
                        stated[candidate.place.id] = mention.span.end
            elif len(candidates) > 1:
                told = [(stated[c.place.id], c.place.id) for c in candidates if c.place.id in stated]
                at, recent = max(told, default=(0, ""))
                recent = recent if mention.span.start - at < STILL_STATED else ""
            key = (name, hint or "", mention.part or "", fold(mention.inside or ""), recent)
            if key not in known:
                known[key] = Group(mention, candidates, whole)
                self.groups.append(known[key])
                known[key].notes = [[] for _ in candidates]
                known[key].scores = [
                    alone(mention, candidate, recent=recent, near=near, country=country) for candidate in candidates
                ]
            self.of.append(known[key])

    def _candidates(self, mention: Mention) -> tuple[list[Candidate], bool]:
        """Places the phrase or the name may mean; whether the phrase with its compass word is a name of its own."""
        if mention.part or mention.kind_hint:
            whole = [c for c in self.gazetteer.lookup(" ".join(mention.text.split())) if c.score >= 0.97]
            if whole:
                return whole[:MOST], bool(mention.part)
        found = [one for one in self.gazetteer.lookup(mention.name) if not _is_another(one, mention)]
        checked = [one for one in found[MOST:] if one.place.curated]  # not crowded out by all the world's villages
        return found[:MOST] + checked[:MOST], False

    def _first_scores(self) -> None:
        for group in self.groups:
            group.weigh()
        for index, mention in enumerate(self.mentions):
            group = self.of[index]
            if mention.inside and group.mention is mention:
                self._weigh_inside(group, mention.inside)
                group.weigh()
        for index, mention in enumerate(self.mentions):
            places_last = mention.role == "reference" and mention.role_why.startswith(PLACES_LAST)
            if places_last and index and self.mentions[index - 1].span.end > mention.span.start - BESIDE:
                placed = index - 1
                while placed and self._is_called(placed, self.mentions[placed - 1].inside or ""):
                    placed -= 1  # "A, a village in B, 20 km from C": C places A
                self._weigh_direction(self.of[placed], mention, self.of[index])
                self.of[placed].weigh()

    def countries(self) -> dict[str, float]:
        """How much of the report each country takes, by code."""
        mass: dict[str, float] = defaultdict(float)
        for mention, group in zip(self.mentions, self.of):
            for candidate, odds in zip(group.candidates, group.odds):
                if candidate.place.country_iso2 and mention.kind_hint != "border":
                    mass[candidate.place.country_iso2] += odds
        return mass

    def containers(self, inside: str) -> list[Place]:
        """The places a stated container may mean: provinces and countries before towns."""
        found = [c for c in self.gazetteer.lookup(inside) if c.score >= 0.85]
        if not found:
            shorter = inside.rsplit(" ", 1)[0]
            found = [c for c in self.gazetteer.lookup(shorter) if c.score >= 0.85]
        spelled = [c for c in found if c.score >= SPELLED]
        return [c.place for c in spelled or found][:8]

    def _weigh_inside(self, group: Group, inside: str) -> None:
        containers = self.containers(inside)
        own = {fold(c.place.admin1 or "") for c in group.candidates} | {
            fold(c.place.country or "") for c in group.candidates
        }
        if fold(inside) in own:
            containers = [place for place in containers if place.kind in AREAS]
        elif not containers:
            return
        ids = {place.id for place in containers}
        said_kind = words().kinds.get(fold(inside).rsplit(" ", 1)[-1], "")
        for index, candidate in enumerate(group.candidates):
            place = candidate.place
            if place.id in ids:
                continue
            if ids & set(place.within) or fold(inside) in (fold(place.admin1 or ""), fold(place.country or "")):
                group.scores[index] += INSIDE
                group.notes[index].append(f"in {inside}, as the text says")
            elif kind_class(said_kind) == "area" and all(kind_class(one.kind) != "area" for one in containers):
                if any(apart_m(place, namesake) <= NAMESAKE_REACH_M for namesake in containers):
                    group.scores[index] += INSIDE / 2  # "Quern province", of which only the town Quern is listed
            elif any(apart_m(place, holder) <= holder.radius_m * 1.2 for holder in containers):
                group.scores[index] += INSIDE / 2
                group.notes[index].append(f"within {inside}, as the text says")
            else:
                group.scores[index] += NOT_INSIDE
                group.notes[index].append(f"not in {inside}, where the text puts it")

    def _weigh_direction(self, group: Group, mention: Mention, anchor_group: Group) -> None:
        """Check "A, N km south of B" against the map, for each candidate of A."""
        anchor = anchor_group.best.place if anchor_group.best else None
        if anchor is None:
            return
        for index, candidate in enumerate(group.candidates):
            place = candidate.place
            if place.id == anchor.id:
                continue
            away_m = apart_m(place, anchor)
            fits = True
            said = []
            if mention.bearing_deg is not None:
                off = abs((relative.bearing(anchor, place) - mention.bearing_deg + 180) % 360 - 180)
                fits = off <= 60 or away_m < anchor.radius_m
                said.append(_compass_word(mention.bearing_deg))
            if mention.distance_m:
                fits = fits and 0.5 <= away_m / mention.distance_m <= 1.8
                said.append(f"{mention.distance_m / 1000:g} km")
            elif mention.relation in ("near", "edge"):
                fits = fits and away_m <= anchor.radius_m + place.radius_m + 25_000
            group.scores[index] += DIRECTION if fits else -DIRECTION
            words_said = f"{' '.join(said)} of" if said else "near"
            if not fits:
                real = f"{away_m / 1000:.0f} km {_compass_word(relative.bearing(anchor, place))}"
                group.notes[index].append(f"the text puts it {words_said} {anchor.name}, the map {real} of it")
            elif not mention.distance_m and away_m > 100_000:
                group.notes[index].append(f"{away_m / 1000:.0f} km from {anchor.name}, farther than such words suggest")

    def city_of(self, index: int, *, surely: bool = False) -> Place | None:
        """The city that a quarter is one of: the stated one, else the last that the report has named, else the next.

        With `surely`, none where the report names several, unless it has just named one.
        """
        mention = self.mentions[index]
        if mention.inside:
            held = [place for place in self.containers(mention.inside) if kind_class(place.kind) == "settlement"]
            if cities := [place for place in held if place.kind == "city"]:
                return cities[0]
        named = [(other, place) for other in range(len(self.mentions)) if (place := self._city_at(other)) is not None]
        if not named:
            return None
        before = [pair for pair in named if pair[0] <= index]
        at, city = before[-1] if before else named[0]
        near = before and mention.span.start - self.mentions[at].span.end <= JUST_NAMED
        several = len({place.id for _, place in named}) > 1
        return None if surely and several and not near else city

    def _city_at(self, index: int) -> Place | None:
        """The city that a mention most likely means, if it may hold the quarters of the report."""
        mention, best = self.mentions[index], self.of[index].best
        if best is None or best.place.kind != "city" or mention.role in ("metonym", "part_of_name", "dateline"):
            return None
        return best.place if best.score >= UNLIKE and mention.kind_hint != "governorate" else None

    def _weigh_quarters(self) -> None:
        """A "neighbourhood" lies in a city that the report names: namesakes elsewhere are other places."""
        cities = {place.id: place for other in range(len(self.mentions)) if (place := self._city_at(other))}
        done: set[int] = set()
        for index, mention in enumerate(self.mentions):
            group = self.of[index]
            if mention.kind_hint != "neighbourhood" or id(group) in done:
                continue
            done.add(id(group))
            city = self.city_of(index)
            if city is None:
                continue
            for at, candidate in enumerate(group.candidates):
                place = candidate.place
                if place.kind == "city" or kind_class(place.kind) != "settlement":
                    continue  # "a suburb of Quern", "the Quern neighbourhoods": the city itself
                if not any(_may_hold(one, place) for one in (city, *cities.values())):
                    group.scores[at] += NOT_ITS_CITY
                elif _may_hold(city, place):
                    group.notes[at].append(f"in or near {city.name}")
                    group.scores[at] += STATED
            group.weigh()

    def _weigh_together(self) -> float:
        """Coherence and focus: candidates gain by lying near the likely places of the report, and in its country.

        Returns how much the likelihood of any candidate moved.
        """
        mass: dict[str, float] = defaultdict(float)
        total = 0.0
        for group in self.groups:
            for candidate, odds in zip(group.candidates, group.odds):
                if candidate.place.country_iso2:
                    mass[candidate.place.country_iso2] += odds
                    total += odds
        likely = [
            [(place, odds) for place, odds in top(group) if odds >= FAINT and place.kind != "country"]
            for group in self.groups
        ]
        names = [fold(group.mention.name) for group in self.groups]
        updated = []
        for index, group in enumerate(self.groups):
            bonus: list[float] = []
            # what a report calls by one name is one witness, however it qualifies it
            same = [other for other, name in enumerate(names) if name == names[index]]
            of_name: dict[str, float] = defaultdict(float)
            for other in same:
                for candidate, odds in zip(self.groups[other].candidates, self.groups[other].odds):
                    if candidate.place.country_iso2:
                        of_name[candidate.place.country_iso2] += odds
            others = total - sum(of_name.values())
            undecided = len(group.candidates) > 1 or (group.candidates and group.candidates[0].score < 0.9)
            for candidate in group.candidates:
                country = candidate.place.country_iso2 or ""
                focus = min(1.0, max(0.0, mass[country] - of_name[country]) / others) if others > 0.1 else 0.0
                near = self._coherence(candidate.place, index, likely, same) if undecided else 0.0
                unlike = 0.0
                said = any("as the text says" in note for note in group.notes[len(bonus)])
                if said:
                    pass
                elif others > HEARD and focus < ABROAD and near < 0.5 and _is_foreign(candidate):
                    unlike = FOREIGN
                elif candidate.score < UNLIKE:
                    if candidate.place.kind == "country" or _is_strange(candidate.place, group.mention):
                        unlike = STRANGE
                    elif near < 0.5 or _is_doubtful(candidate, group.mention):
                        unlike = LOOSE
                elif candidate.score < SPELLED and near < 0.5 and focus < AT_HOME:
                    unlike = LOOSE
                bonus.append(FOCUS * focus + COHERENCE * near + unlike)
            updated.append(bonus)
        moved = 0.0
        for group, bonus in zip(self.groups, updated):
            before = group.odds
            group.weigh(bonus)
            moved = max([moved, *(abs(new - old) for new, old in zip(group.odds, before))])
        return moved

    def _coherence(self, place: Place, own: int, likely: list[list[tuple[Place, float]]], same: Sequence[int]) -> float:
        """How close a place lies to the likely places of the nearest other names: 0 to 1."""
        first = max(0, min(own - NEIGHBOURS // 2, len(likely) - NEIGHBOURS))
        found = []
        for index in range(first, min(len(likely), first + NEIGHBOURS)):
            if index in same:
                continue
            best = 0.0
            for other, odds in likely[index]:
                if odds <= best:
                    continue
                unit = 0.3 if place.admin1 and place.admin1 == other.admin1 and place.country == other.country else 0.0
                best = max(best, odds * max(unit, 1 / (1 + (apart_m(place, other) / NEARBY_M) ** 2)))
            found.append(best)
        found.sort(reverse=True)
        return 1 - math.prod(1 - share for share in found[:4])  # four neighbours are as good as forty

    def _weigh_containers(self) -> None:
        """ "A in Y": where Y is a city as well as a province, the one that holds A is meant, here and from here on."""
        told: dict[str, str] = {}
        for index, mention in enumerate(self.mentions):
            held = self.of[index].best if mention.inside else None
            for other in (index + 1, index - 1, index + 2, index - 2) if held else ():
                if held and 0 <= other < len(self.mentions) and self._is_called(other, mention.inside or ""):
                    self._favour(other, set(held.place.within), CONTAINER)
                    best = self.of[other].best
                    if best and best.place.id in held.place.within:
                        told[fold(self.mentions[other].name)] = best.place.id
                    break
        for index, mention in enumerate(self.mentions):
            if told and not mention.inside and (id_ := told.get(fold(mention.name))):
                self._favour(index, {id_}, STATED)

    def _is_called(self, index: int, name: str) -> bool:
        mention = self.mentions[index]
        return fold(name) in (fold(mention.text), fold(mention.name))

    def _favour(self, index: int, ids: set[str], weight: float) -> None:
        """Add weight to some candidates of one mention, not of the others of its name."""
        group = self.of[index]
        if len(group.candidates) < 2 or group.mention.kind_hint:
            return
        own = replace(group, mention=self.mentions[index])
        own.scores = [
            score + (weight if candidate.place.id in ids else 0.0)
            for score, candidate in zip(group.scores, group.candidates)
        ]
        own.weigh(group.bonus)
        self.of[index] = own


def _may_hold(city: Place, place: Place) -> bool:
    """Whether a place may be a quarter of a city."""
    return city.id in place.within or apart_m(city, place) <= city.radius_m + QUARTER_REACH_M


def _is_foreign(candidate: Candidate) -> bool:
    """Whether news of another country would hardly name a place without saying where it lies."""
    place = candidate.place
    if place.kind in ("country", "region"):
        return False
    if candidate.score < SPELLED:
        return True
    return not (place.curated and place.kind == "city") and (place.population or 0) < WELL_KNOWN


def _is_another(candidate: Candidate, mention: Mention) -> bool:
    """Whether a candidate is plainly another place, whatever else the report says."""
    if not candidate.place.curated and not mention.kind_hint and fold(mention.name) in words().compass:
        return True  # "the West" is no province of Cameroon
    if candidate.score >= UNLIKE or candidate.why.startswith("one letter off"):
        return False
    if candidate.score < MISPRINT or candidate.place.kind == "country":
        return True  # the names of countries are known in every spelling
    return has_arabic(candidate.why) and is_unlike(mention.name, candidate.place.names)


def _is_doubtful(candidate: Candidate, mention: Mention) -> bool:
    """Whether a loose likeness proves too little, however near the place: across scripts, or a slip in a bare name."""
    if candidate.score < MISPRINT or (has_arabic(candidate.why) and not has_arabic(mention.name)):
        return True
    if mention.kind_hint:
        return False
    return candidate.score < BARE or candidate.why.startswith("one letter off")


def _is_strange(place: Place, mention: Mention) -> bool:
    """Whether the text calls the name a place of another kind: an area is no town, a quarter no village."""
    hint = mention.kind_hint
    if not hint or hint == "route":
        return False
    if {hint, place.kind} == {"district", "neighbourhood"}:
        return False
    if "neighbourhood" in (hint, place.kind):
        return hint != place.kind
    return kind_class(hint) != kind_class(place.kind)


def _compass_word(bearing_deg: float) -> str:
    names = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
    return names[round(bearing_deg / 45) % 8]
