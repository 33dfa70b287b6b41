"""Decide which place each name means: the likeliest, if it is likely enough; else nobody, with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from geo.gazetteer import kind_class
from geo.model import Candidate, Mention, Place, Report, Resolution, Span
from geo.places import peoples, relative
from geo.places.borders import KIND as BORDER
from geo.places.find import mark
from geo.places.odds import apart_m
from geo.places.weigh import Weighing
from geo.places.words import IN_THE_NAME, words
from geo.text import fold

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

ACCEPT = 0.5  # more likely than everything else together
GUESS, LEAD = 0.3, 1.8  # or this likely and so much likelier than the next: the score says how sure
SUGGESTIONS = 5
IN_A_CITY = frozenset(
    {"neighbourhood", "street", "facility"}
)  # unlisted, it is one of the city that the report is about
NAMESAKE_M = {"governorate": 60_000.0, "district": 20_000.0}  # where only the town of a province's name is listed
NAMESAKE = 0.6  # and how much less sure that is
BORDER_SAID, BORDER_GUESSED = 0.9, 0.7  # how sure a border is with both countries named, with one
PEOPLE_SHARE = 0.3  # of a place named: "Turkish" says less of where a report plays than a town does
TOWN = 10_000  # inhabitants: "the Quern refinery" is at the town Quern, hardly at a hamlet of that name
TOWNS = frozenset({"city", "town", "village"})
SAME_SPOT_M = 3_000  # two rows of one name this close are one place


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
    verdicts = _Verdicts(report, said, gazetteer, Weighing(said, gazetteer, near=near, country=country))
    found = [verdicts.of(index) for index in range(len(said))]
    return [
        replace(one, mention=replace(given, relation=one.mention.relation) if given == read else given)
        for one, given, read in zip(found, mentions, said)
    ]


def _is_bare(mention: Mention, report: Report) -> bool:
    """Whether a mention tells nothing of the words around it."""
    plain = mention.role == "open" and mention.relation == "at"
    told = (mention.kind_hint, mention.inside, mention.part, mention.other, mention.distance_m, mention.bearing_deg)
    return plain and not any(told) and mention.span.of(report.text) == mention.text


class _Verdicts:
    """The decisions on the names of one report, once weighed."""

    def __init__(self, report: Report, mentions: Sequence[Mention], gazetteer: Gazetteer, weighing: Weighing) -> None:
        self.report = report
        self.mentions, self.gazetteer, self.weighing = mentions, gazetteer, weighing

    def of(self, index: int) -> Resolution:
        """What one mention means."""
        mention, group = self.mentions[index], self.weighing.of[index]
        if mention.kind_hint == BORDER:
            return self._border(mention)
        order = sorted(range(len(group.odds)), key=lambda i: (-group.odds[i], group.candidates[i].place.id))
        ranked = tuple(
            Candidate(group.candidates[i].place, round(group.odds[i], 3), group.candidates[i].why)
            for i in order[:SUGGESTIONS]
        )
        if not order:
            return self._backed_off(index, ranked, f'no place called "{mention.name}" is listed')
        first = order[0]
        if mention.relation == "between" and kind_class(group.candidates[first].place.kind) == "area":
            towns = (i for i in order if kind_class(group.candidates[i].place.kind) == "settlement")
            first = next((i for i in towns if group.odds[i] > group.nobody), first)  # roads lead from town to town
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
        stands_in = NAMESAKE_M.get(mention.kind_hint or "", 0.0) if place.kind in TOWNS else 0.0
        if stands_in:
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

    def _border(self, mention: Mention) -> Resolution:
        """The line between two countries; the second, if not named, is the neighbour that the report is about."""
        codes = [code for name in (mention.name, mention.other) if name and (code := self._country_code(name))]
        said = "the border of both"
        mass = self._mass(mention)
        if len(codes) == 1:
            near = [code for code in self.gazetteer.borders.neighbours(codes[0]) if mass.get(code, 0.0) > 0]
            if not near:
                why = f"whose border with {mention.name} is meant is not said"
                return Resolution(mention, None, 0.0, why)
            codes.append(max(near, key=lambda code: mass[code]))
            said = "the border with the neighbour that the report is about"
        place = self.gazetteer.border(*codes[:2]) if len(codes) == 2 else None
        if place is None:
            return Resolution(mention, None, 0.0, f"{mention.name} and {mention.other} share no border")
        home = self.gazetteer.countries[max(codes, key=lambda code: mass.get(code, 0.0))]
        place = replace(place, country=home.name, country_iso2=home.country_iso2)
        where = relative.band(place, self.gazetteer.borders.between(*codes))
        score = BORDER_SAID if mention.other else BORDER_GUESSED
        return Resolution(
            mention, place, score, f"{said}; somewhere along its length", (Candidate(place, score, said),),
            lon=where.lon, lat=where.lat, radius_m=where.radius_m, area_wkt=where.area_wkt,
        )  # fmt: skip

    def _mass(self, mention: Mention) -> dict[str, float]:
        """How much the report speaks of each country: its places, and less so its people, by code."""
        mass = self.weighing.countries()
        for hit in peoples.named(self.report.text, fold(self.report.text)):
            country = self.gazetteer.get(hit.labels[0])
            if country and country.country_iso2 and not mention.span.contains(Span(hit.start, hit.end)):
                mass[country.country_iso2] = mass.get(country.country_iso2, 0.0) + PEOPLE_SHARE
        return mass

    def _country_code(self, name: str) -> str | None:
        found = self.gazetteer.lookup(name, kind="country")
        return next((c.place.country_iso2 for c in found if c.place.kind == "country"), None)

    def _other(self, mention: Mention) -> Place | None:
        """The place of the second name of "between X and Y"."""
        if not mention.other:
            return None
        wanted = fold(mention.other)
        for group in self.weighing.groups:
            if fold(group.mention.name) == wanted and group.best:
                places = [
                    candidate.place for candidate, odds in zip(group.candidates, group.odds) if odds > group.nobody
                ]
                towns = [place for place in places if kind_class(place.kind) == "settlement"]
                return towns[0] if towns and group.best.place not in towns else group.best.place
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
            mass = self.weighing.countries()
            here = [place for place in sure if not mass or mass.get(place.country_iso2 or "", 0.0) > 0]
            known = [place for place in here if place.curated or (place.population or 0) >= TOWN]
            settlements = [place for place in known if kind_class(place.kind) == "settlement"]
            parent = settlements[0] if settlements else None
            said = shorter[0]
        if parent is None and mention.inside:
            containers = self.weighing.containers(mention.inside)
            parent, said = (containers[0], mention.inside) if len(containers) == 1 else (None, "")
        in_city = mention.kind_hint in IN_A_CITY and (parent is None or parent.kind == "country")
        if in_city and (city := self.weighing.city_of(index, surely=True)):
            return Resolution(
                replace(mention, relation="area"), city, 0.35,
                f"{why}; put at {city.name}, the city that the report speaks of", ranked,
                lon=city.lon, lat=city.lat, radius_m=city.radius_m, stands_in=True,
            )  # fmt: skip
        if parent is not None and parent.kind != "country":
            return Resolution(
                replace(mention, relation="area"), parent, 0.4, f"{why}; put at {said}, which the text names", ranked,
                lon=parent.lon, lat=parent.lat, radius_m=parent.radius_m, stands_in=True,
            )  # fmt: skip
        if index + 1 < len(self.mentions):
            following = self.mentions[index + 1]
            anchor = self.weighing.of[index + 1].best
            beside = following.role == "reference" and following.relation in ("near", "edge", "direction")
            if beside and anchor and following.span.start - mention.span.end < 80:
                where = relative.site(anchor.place, following)
                how = "by its direction from" if following.relation == "direction" else "near"
                why = f"{why}; drawn {how} {anchor.place.name}, as the text says"
                place = _unlisted(mention, anchor.place, where)
                return Resolution(
                    replace(mention, relation="at"), place, 0.3, why, ranked,
                    lon=where.lon, lat=where.lat, radius_m=where.radius_m, area_wkt=where.area_wkt,
                )  # fmt: skip
        return Resolution(mention, None, 0.0, why, ranked)


def _unlisted(mention: Mention, anchor: Place, where: relative.Site) -> Place:
    """A place that no row lists, where the text says it lies: "X (51 km south of Y)"."""
    return replace(
        anchor,
        id=f"near:{anchor.id}:{'-'.join(fold(mention.name).split())}",
        name=mention.name,
        kind=mention.kind_hint or "village",
        lon=where.lon,
        lat=where.lat,
        radius_m=where.radius_m,
        precision="estimate",
        names=(mention.name,),
        within=anchor.within,
        ids=(),
        population=None,
        bbox=None,
        source=f"the report, counted from {anchor.name}",
        curated=False,
    )


def _without_part(mention: Mention) -> Mention:
    return replace(mention, part=None, relation="at" if mention.relation == "area" else mention.relation)


def _is_same_spot(one: Place, other: Place) -> bool:
    """Whether two rows are one place, listed twice."""
    return one is other or (kind_class(one.kind) == kind_class(other.kind) and apart_m(one, other) < SAME_SPOT_M)


def _described(place: Place) -> str:
    """ "Hama, city in Hama" for reasons a reader sees."""
    inside = place.admin1 if place.admin1 and place.kind != "governorate" else place.country
    return f"{place.name} ({place.kind}" + (f" in {inside})" if inside else ")")
