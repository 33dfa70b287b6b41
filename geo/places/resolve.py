"""Decide which place each name means: every candidate is scored by all that the report says, then one wins or none."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from geo.gazetteer import great_circle_m, kind_class
from geo.model import Candidate, Mention, Place, Report, Resolution
from geo.places import relative
from geo.places.find import mark
from geo.places.roles import PLACES_LAST
from geo.places.tokens import has_arabic
from geo.places.words import IN_THE_NAME, words
from geo.text import fold

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

# Weights in log odds: +1 makes a candidate e times likelier. They order the evidence; no one of them decides alone.
NAME = 10.0  # one letter off (0.65) costs 3.5, a spelling variant (0.9) costs 1
INSIDE, NOT_INSIDE = 4.0, -4.0  # "in Hama province", and it does (not) lie there
DIRECTION = 1.5  # "south of X", and it does (not) lie there
COHERENCE = 3.0  # close to the other places of the report
FOCUS = 2.0  # in the country that the report is mostly about
LOOSE = -3.0  # a name that only sounds alike, where nothing else in the text points there
UNLIKE = 0.85  # below this likeness a name only sounds alike, unless it lies among the report's other places
MISPRINT = 0.6  # one letter off scores above this; a name less alike is another name, however near
PEOPLE = 1.0  # per factor of ten in inhabitants
ALIAS = -1.5  # bulk sources list old, foreign and mistaken names beside the one in use
CURATED = 1.5  # rows checked by hand are those reports name
KIND_SAME, KIND_CLASS, KIND_OTHER = 1.0, 0.5, -4.0  # "town" beside a town, a village, a province
KIND_QUARTER = -2.0  # a quarter lies in a city: a village of its name is another place
KIND_PRIOR = {"country": 2.0, "city": 0.5, "governorate": -1.0, "district": -1.5, "subdistrict": -2.0, "facility": -0.5}
CONTAINER = 2.5  # a place said to lie in it does
STATED = 1.5  # the report called it a province, or a city, just before
STILL_STATED = 700  # characters: about a paragraph
PART = 1.0  # "northern X" is said of provinces more than of towns
HIGHEST = 30.0  # certain enough, and far from overflow
NOBODY = -3.0  # no listed place is meant at all
ACCEPT = 0.5  # more likely than everything else together
GUESS, LEAD = 0.3, 1.8  # or this likely and so much likelier than the next: the score says how sure
SUGGESTIONS = 5
ROUNDS, SETTLED = 6, 0.02  # names that decide each other are weighed again until nothing moves
NEIGHBOURS = 30  # other names of a report that are compared; more add time, not certainty
NAMESAKE_M = {"governorate": 60_000.0, "district": 20_000.0}  # where only the town of a province's name is listed
NAMESAKE = 0.6  # and how much less sure that is
SAME_SPOT_M = 3_000  # two rows of one name this close are one place
NEARBY_M = 60_000  # places of one story lie about this far apart
AREAS = frozenset({"country", "governorate", "district", "subdistrict", "region"})


@dataclass(slots=True)
class _Group:
    """The mentions of one name that say the same about it, and its candidates."""

    mention: Mention
    candidates: list[Candidate]
    whole: bool = False  # the phrase with its compass word is itself in the gazetteer ("western Aleppo")
    scores: list[float] = field(default_factory=list)
    notes: list[list[str]] = field(default_factory=list)
    odds: list[float] = field(default_factory=list)
    nobody: float = 1.0

    @property
    def best(self) -> Candidate | None:
        """The likeliest candidate."""
        return self.candidates[max(range(len(self.odds)), key=lambda i: (self.odds[i], -i))] if self.odds else None


def resolve(
    report: Report,
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    *,
    near: tuple[float, float] | None = None,
    country: str | None = None,
) -> list[Resolution]:
    """What each mention means, in the same order; a refusal says why and lists what it might have been.

    `near` is a (lon, lat) the report is about, `country` an ISO code or name; both lend weight, neither decides.
    Mentions that give nothing but their span (made by hand, or by another finder) are read in the text first.
    """
    said = list(mentions)
    if said and all(_is_bare(mention, report) for mention in said):
        said = [
            replace(read, span=bare.span, text=bare.text, name=bare.name)
            for bare, read in zip(said, mark(report, [bare.span for bare in said], gazetteer), strict=True)
        ]
    found = _Resolver(report, said, gazetteer, near, country).resolutions()
    return [replace(one, mention=given) for one, given in zip(found, mentions, strict=True)]


def _is_bare(mention: Mention, report: Report) -> bool:
    """Whether a mention tells nothing of the words around it."""
    plain = mention.role == "open" and mention.relation == "at"
    told = (mention.kind_hint, mention.inside, mention.part, mention.other, mention.distance_m, mention.bearing_deg)
    return plain and not any(told) and mention.span.of(report.text) == mention.text


class _Resolver:
    """One report's names, weighed together."""

    def __init__(
        self,
        report: Report,
        mentions: Sequence[Mention],
        gazetteer: Gazetteer,
        near: tuple[float, float] | None,
        country: str | None,
    ) -> None:
        self.report, self.mentions, self.gazetteer = report, mentions, gazetteer
        self.near, self.country = near, country
        self.groups: list[_Group] = []
        self.of: list[_Group] = []
        self._group()

    def resolutions(self) -> list[Resolution]:
        self._first_scores()
        for _ in range(ROUNDS):
            if self._weigh_together() < SETTLED:
                break
        self._weigh_containers()
        return [self._resolution(index, group) for index, group in enumerate(self.of)]

    # -- candidates ----------------------------------------------------------------------------------------------

    def _group(self) -> None:
        """Mentions of one name count as one, unless they are said to be different things or to lie elsewhere."""
        known: dict[tuple[str, ...], _Group] = {}
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
                known[key] = _Group(mention, candidates, whole)
                self.groups.append(known[key])
                known[key].notes = [[] for _ in candidates]
                known[key].scores = [self._alone(mention, candidate, recent) for candidate in candidates]
            self.of.append(known[key])

    def _candidates(self, mention: Mention) -> tuple[list[Candidate], bool]:
        """Places the phrase or the name may mean; whether the phrase with its compass word is a name of its own."""
        if mention.part or mention.kind_hint:
            whole = [c for c in self.gazetteer.lookup(" ".join(mention.text.split())) if c.score >= 0.97]
            if whole:
                return whole[:12], bool(mention.part)
        found = self.gazetteer.lookup(mention.name)
        return found[:12], False

    def _alone(self, mention: Mention, candidate: Candidate, recent: str) -> float:
        """What speaks for a candidate before the rest of the report is heard."""
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
            if not same_class and not loose and hint != "region":
                score += KIND_OTHER
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
        if self.country and fold(self.country) in (fold(place.country or ""), fold(place.country_iso2 or "")):
            score += FOCUS
        if self.near:
            away_m = great_circle_m(lon_a=self.near[0], lat_a=self.near[1], lon_b=place.lon, lat_b=place.lat)
            score += COHERENCE / (1 + (away_m / NEARBY_M) ** 2)
        return score

    # -- the report's word ---------------------------------------------------------------------------------------

    def _first_scores(self) -> None:
        for group in self.groups:
            self._odds(group, [0.0] * len(group.candidates))
        for index, mention in enumerate(self.mentions):
            group = self.of[index]
            if mention.inside and group.mention is mention:
                self._weigh_inside(group, mention.inside)
                self._odds(group, [0.0] * len(group.candidates))
        for index, mention in enumerate(self.mentions):
            places_last = mention.role == "reference" and mention.role_why.startswith(PLACES_LAST)
            if places_last and index and self.mentions[index - 1].span.end > mention.span.start - 160:
                self._weigh_direction(self.of[index - 1], mention, self.of[index])
                self._odds(self.of[index - 1], [0.0] * len(self.of[index - 1].candidates))

    def _containers(self, inside: str) -> list[Place]:
        """The places a stated container may mean: provinces and countries before towns."""
        found = [c.place for c in self.gazetteer.lookup(inside) if c.score >= 0.85]
        if not found:
            shorter = inside.rsplit(" ", 1)[0]
            found = [c.place for c in self.gazetteer.lookup(shorter) if c.score >= 0.85]
        return found[:8]

    def _weigh_inside(self, group: _Group, inside: str) -> None:
        containers = self._containers(inside)
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
                if any(_away_m(place, namesake) <= 2 * NAMESAKE_M["governorate"] for namesake in containers):
                    group.scores[index] += INSIDE / 2  # "Quern province", of which only the town Quern is listed
            elif any(_away_m(place, holder) <= holder.radius_m * 1.2 for holder in containers):
                group.scores[index] += INSIDE / 2
                group.notes[index].append(f"within {inside}, as the text says")
            else:
                group.scores[index] += NOT_INSIDE
                group.notes[index].append(f"not in {inside}, where the text puts it")

    def _weigh_direction(self, group: _Group, mention: Mention, anchor_group: _Group) -> None:
        """Check "A, N km south of B" against the map, for each candidate of A."""
        anchor = anchor_group.best.place if anchor_group.best else None
        if anchor is None:
            return
        for index, candidate in enumerate(group.candidates):
            place = candidate.place
            if place.id == anchor.id:
                continue
            away_m = _away_m(place, anchor)
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
        likely = [_top(group) for group in self.groups]
        updated = []
        for index, group in enumerate(self.groups):
            bonus: list[float] = []
            undecided = len(group.candidates) > 1 or (group.candidates and group.candidates[0].score < 0.9)
            for candidate in group.candidates:
                own = next((o for c, o in zip(group.candidates, group.odds) if c is candidate), 0.0)
                country = candidate.place.country_iso2 or ""
                others = total - sum(group.odds)
                focus = min(1.0, max(0.0, mass[country] - own) / others) if others > 0.1 else 0.0
                near = self._coherence(candidate.place, index, likely) if undecided else 0.0
                loose = near < 0.5 or _is_doubtful(candidate, group.mention)
                if candidate.score >= UNLIKE or any("as the text says" in note for note in group.notes[len(bonus)]):
                    loose = False
                bonus.append(FOCUS * focus + COHERENCE * near + (LOOSE if loose else 0.0))
            updated.append(bonus)
        moved = 0.0
        for group, bonus in zip(self.groups, updated):
            before = group.odds
            self._odds(group, bonus)
            moved = max([moved, *(abs(new - old) for new, old in zip(group.odds, before))])
        return moved

    def _coherence(self, place: Place, own: int, likely: list[list[tuple[Place, float]]]) -> float:
        """How close a place lies to the likely places of the nearest other names: 0 to 1."""
        first = max(0, min(own - NEIGHBOURS // 2, len(likely) - NEIGHBOURS))
        found = []
        for index in range(first, min(len(likely), first + NEIGHBOURS)):
            if index == own:
                continue
            best = 0.0
            for other, odds in likely[index]:
                if other.kind == "country":
                    continue
                same = 0.3 if place.admin1 and place.admin1 == other.admin1 and place.country == other.country else 0.0
                best = max(best, odds * max(same, 1 / (1 + (_away_m(place, other) / NEARBY_M) ** 2)))
            found.append(best)
        found.sort(reverse=True)
        return 1 - math.prod(1 - share for share in found[:4])  # four neighbours are as good as forty

    def _weigh_containers(self) -> None:
        """ "A in Y": where Y is a city as well as a province, the one that holds A is meant."""
        for index, mention in enumerate(self.mentions):
            if not mention.inside:
                continue
            held = self.of[index].best
            inside = fold(mention.inside)
            for offset in (1, -1, 2, -2):
                other = index + offset
                if held is None or not 0 <= other < len(self.mentions):
                    continue
                if fold(self.mentions[other].text) != inside and fold(self.mentions[other].name) != inside:
                    continue
                group = self.of[other]
                if len(group.candidates) < 2 or group.mention.kind_hint:
                    break
                own = _Group(self.mentions[other], group.candidates, group.whole)
                own.notes = group.notes
                own.scores = [
                    score + (CONTAINER if candidate.place.id in held.place.within else 0.0)
                    for score, candidate in zip(group.scores, group.candidates)
                ]
                self._odds(own, [0.0] * len(own.candidates))
                self.of[other] = own
                break

    def _odds(self, group: _Group, bonus: list[float]) -> None:
        """Likelihoods from scores: they sum to one with that of "nobody listed"."""
        scores = [score + extra for score, extra in zip(group.scores, bonus)]
        if not scores:
            group.odds, group.nobody = [], 1.0
            return
        base = 3.0  # what a name of the right kind and no known population starts from
        powers = [math.exp(min(score - base, HIGHEST)) for score in scores]
        nobody = math.exp(NOBODY)
        whole = sum(powers) + nobody
        group.odds, group.nobody = [power / whole for power in powers], nobody / whole

    # -- verdict -------------------------------------------------------------------------------------------------

    def _resolution(self, index: int, group: _Group) -> Resolution:
        mention = self.mentions[index]
        order = sorted(range(len(group.odds)), key=lambda i: (-group.odds[i], group.candidates[i].place.id))
        ranked = tuple(
            Candidate(group.candidates[i].place, round(group.odds[i], 3), group.candidates[i].why)
            for i in order[:SUGGESTIONS]
        )
        if not order:
            return self._backed_off(index, ranked, f'no place called "{mention.name}" is listed')
        first = order[0]
        odds = sum(
            group.odds[i] for i in order if _is_same_spot(group.candidates[i].place, group.candidates[first].place)
        )
        second = max((group.odds[i] for i in order if group.odds[i] < group.odds[first]), default=0.0)
        clear = odds >= GUESS and odds >= LEAD * second and odds > group.nobody
        if odds < ACCEPT and not clear:
            if group.nobody > group.odds[first]:
                return self._backed_off(index, ranked, f'no listed place is close enough to "{mention.name}"')
            names = " or ".join(_described(candidate.place) for candidate in ranked[:3])
            return self._backed_off(index, ranked, f"ambiguous: {names}")
        candidate = group.candidates[first]
        place = candidate.place
        said = [candidate.why, *group.notes[first]]
        stands_in = NAMESAKE_M.get(mention.kind_hint or "", 0.0) if kind_class(place.kind) == "settlement" else 0.0
        if stands_in and mention.kind_hint != place.kind:
            said.append(f"the {mention.kind_hint} itself is not listed, its namesake stands for it")
            odds *= NAMESAKE
        if mention.kind_hint and kind_class(mention.kind_hint) == kind_class(place.kind):
            said.append(f"called a {mention.kind_hint} beside the name")
        if len(order) > 1 and not group.notes[first]:
            said.append("likelier than " + _described(group.candidates[order[1]].place))
        if mention.role == "reference":
            meant = replace(mention, relation="at", part=None)  # the anchor itself; what it places is another mention
        else:
            meant = _without_part(mention) if group.whole else mention
        where = relative.site(place, meant, other=self._other(mention))
        if stands_in:
            where = where._replace(radius_m=max(where.radius_m, stands_in))
        return Resolution(
            mention,
            place,
            round(odds, 3),
            "; ".join(said),
            ranked,
            lon=where.lon,
            lat=where.lat,
            radius_m=where.radius_m,
            area_wkt=where.area_wkt,
        )

    def _other(self, mention: Mention) -> Place | None:
        """The place of the second name of "between X and Y"."""
        if not mention.other:
            return None
        wanted = fold(mention.other)
        for group in self.groups:
            if fold(group.mention.name) == wanted and group.best:
                return group.best.place
        found = self.gazetteer.lookup(mention.other)
        return found[0].place if found and found[0].score >= 0.9 else None

    def _backed_off(self, index: int, ranked: tuple[Candidate, ...], why: str) -> Resolution:
        """A refusal; or the stated parent, or a shape around the place beside it, where the text names one."""
        mention = self.mentions[index]
        parent, said = None, ""
        if mention.role not in ("open", "context", "event_location"):
            return Resolution(mention, None, 0.0, why, ranked)
        shorter = mention.name.rsplit(" ", 1)
        if mention.kind_hint in IN_THE_NAME and len(shorter) == 2 and fold(shorter[1]) in words().kinds:
            sure = [c.place for c in self.gazetteer.lookup(shorter[0]) if c.score >= 0.95]
            settlements = [place for place in sure if kind_class(place.kind) == "settlement"]
            parent = settlements[0] if settlements else None
            said = shorter[0]
        if parent is None and mention.inside:
            containers = self._containers(mention.inside)
            parent, said = (containers[0], mention.inside) if len(containers) == 1 else (None, "")
        if parent is not None and parent.kind != "country":
            return Resolution(
                mention, parent, 0.4, f"{why}; put at {said}, which the text names", ranked,
                lon=parent.lon, lat=parent.lat, radius_m=parent.radius_m,
            )  # fmt: skip
        if index + 1 < len(self.mentions):
            following = self.mentions[index + 1]
            anchor = self.of[index + 1].best
            beside = following.role == "reference" and following.relation in ("near", "edge", "direction")
            if beside and anchor and following.span.start - mention.span.end < 80:
                where = relative.site(anchor.place, following)
                why = f"{why}; drawn {following.relation} {anchor.place.name}, as the text says"
                return Resolution(
                    mention, None, 0.3, why, ranked,
                    lon=where.lon, lat=where.lat, radius_m=where.radius_m, area_wkt=where.area_wkt,
                )  # fmt: skip
        return Resolution(mention, None, 0.0, why, ranked)


def _people(place: Place) -> float:
    """How well known a place is: factors of ten in inhabitants; for sites and provinces their size says little."""
    group = kind_class(place.kind)
    if group == "site":
        return 3.0
    if group == "area" and place.kind != "country":
        return 5.0
    return PEOPLE * min(math.log10((place.population or 0) + 100), 7.5)


def _without_part(mention: Mention) -> Mention:
    return replace(mention, part=None, relation="at" if mention.relation == "area" else mention.relation)


def _top(group: _Group) -> list[tuple[Place, float]]:
    """The three likeliest places of a name."""
    order = sorted(range(len(group.odds)), key=lambda i: -group.odds[i])[:3]
    return [(group.candidates[i].place, group.odds[i]) for i in order]


def _is_doubtful(candidate: Candidate, mention: Mention) -> bool:
    """Whether a loose likeness proves too little, however near the place: across scripts, or a slip in a bare name."""
    if candidate.score < MISPRINT or (has_arabic(candidate.why) and not has_arabic(mention.name)):
        return True
    return candidate.why.startswith("one letter off") and not mention.kind_hint


def _is_same_spot(one: Place, other: Place) -> bool:
    """Whether two rows are one place, listed twice."""
    return one is other or (kind_class(one.kind) == kind_class(other.kind) and _away_m(one, other) < SAME_SPOT_M)


def _away_m(one: Place, other: Place) -> float:
    return great_circle_m(lon_a=one.lon, lat_a=one.lat, lon_b=other.lon, lat_b=other.lat)


def _described(place: Place) -> str:
    """ "Hama, city in Hama" for reasons a reader sees."""
    inside = place.admin1 if place.admin1 and place.kind != "governorate" else place.country
    return f"{place.name} ({place.kind}" + (f" in {inside})" if inside else ")")


def _compass_word(bearing_deg: float) -> str:
    names = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
    return names[round(bearing_deg / 45) % 8]
