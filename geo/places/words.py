"""The words that tell places from other names, read once from `english/places.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from geo.files import load, shipped
from geo.text import expand, fold

# Class nouns that stand between a name and what it names: the noun belongs to the name ("Quern Airport").
IN_THE_NAME = frozenset({"street", "facility", "military", "crossing"})
_SAYS_PLACE = (("locative", "strong"), ("near", "before"), ("edge", "before"))
BEARINGS = {"n": 0.0, "ne": 45.0, "e": 90.0, "se": 135.0, "s": 180.0, "sw": 225.0, "w": 270.0, "nw": 315.0}


class Phrases(frozenset[str]):
    """A set of folded phrases that knows how many words its longest has."""

    longest: int
    firsts: frozenset[str]  # looked at before anything is joined: most words open and close no phrase
    lasts: frozenset[str]

    def __new__(cls, phrases: Iterable[str] = ()) -> Phrases:
        """Fold and expand the notation of the data files."""
        made = super().__new__(cls, (fold(phrase) for pattern in phrases for phrase in expand(str(pattern)) if phrase))
        made.longest = max((len(phrase.split()) for phrase in made), default=0)
        made.firsts = frozenset(phrase.split()[0] for phrase in made)
        made.lasts = frozenset(phrase.split()[-1] for phrase in made)
        return made

    def ends(self, words: list[str]) -> int:
        """How many of the last words form a phrase of this set: the longest, 0 where none does.

        >>> Phrases(["(on |)the edge of"]).ends(["shells", "on", "the", "edge", "of"])
        4
        """
        if not words or words[-1] not in self.lasts:
            return 0
        for count in range(min(self.longest, len(words)), 0, -1):
            if " ".join(words[-count:]) in self:
                return count
        return 0

    def starts(self, words: list[str]) -> int:
        """How many of the first words form a phrase of this set: the longest, 0 where none does."""
        if not words or words[0] not in self.firsts:
            return 0
        for count in range(min(self.longest, len(words)), 0, -1):
            if " ".join(words[:count]) in self:
                return count
        return 0


@dataclass(frozen=True)
class Words:
    """All word lists of this room, folded."""

    kinds: Mapping[str, str]  # class noun -> kind of place
    plurals: frozenset[str]
    compass: Mapping[str, str]  # "north-western" -> "nw"
    rural: Phrases
    rural_after: Phrases
    lengths: Mapping[str, float]
    near: Phrases
    edge: Phrases
    edge_after: Phrases
    strong: Phrases
    weak: Phrases
    place_verbs: Phrases
    place_objects: Phrases
    events: Phrases
    governments: Phrases
    metonym_verbs: Phrases
    metonym_objects: Phrases
    capital_verbs: Phrases
    capital_objects: Phrases
    possessions: Phrases
    origins: Phrases
    seats: Phrases
    reference: Phrases
    reference_after: Phrases
    routes: Phrases
    linking: Phrases
    on_ways: Phrases
    borders: Phrases
    borders_before: Phrases
    suffixes_context: Phrases
    suffixes_metonym: Phrases
    prefixes_metonym: Phrases
    titles: Phrases
    first_names: Phrases
    person_verbs: Phrases
    organisations: Phrases
    organisation_heads: Phrases
    holders: Phrases
    never: Phrases
    demonym_endings: tuple[str, ...]
    demonyms: Phrases
    strong_only: Phrases
    particles: Phrases
    short_forms: Mapping[str, str]  # "Ky" -> "Kentucky"
    before_places: frozenset[str]  # last words of whatever says "place" before a name
    after_places: frozenset[str]
    adverbs: Phrases
    just: Phrases
    clause: Phrases
    prepositions: Phrases
    parts: Phrases
    hearts: Phrases
    unkind: Phrases
    list_gaps: Phrases
    names_before: Phrases
    expels: Phrases
    landmarks: Phrases
    papers: Phrases

    def is_demonym(self, word: str) -> bool:
        """Whether a folded word names a people or a language ("zemblan", "iraqi")."""
        return word in self.demonyms or (len(word) > 5 and word.endswith(self.demonym_endings))


def _by_word(section: Mapping[str, Any]) -> dict[str, str]:
    """Each folded phrase of a mapping of lists, with the key under which it stands; the first key wins."""
    found: dict[str, str] = {}
    for key, value in section.items():
        patterns = value["words"] if isinstance(value, Mapping) else value
        for phrase in Phrases(patterns):
            found.setdefault(phrase, key)
    return found


@lru_cache(maxsize=1)
def words() -> Words:
    """The word lists of English reports.

    >>> words().kinds["provinces"], words().compass["north-western"]
    ('governorate', 'nw')
    """
    data = load(shipped("english/places.yaml")).data
    kinds = _by_word(data["kinds"])
    strong, near, edge = (Phrases(data[key][part]) for key, part in _SAYS_PLACE)
    compass = _by_word(data["compass"])
    objects = Phrases(data["place_objects"]["words"])
    return Words(
        kinds=kinds,
        plurals=frozenset(noun for noun in kinds if noun.endswith("s") and noun not in ("barracks", "marshes")),
        compass=compass,
        rural=Phrases(data["rural"]["words"]),
        rural_after=Phrases(data["rural"]["after"]),
        lengths={unit: float(metres) for metres, units in data["lengths"].items() for unit in Phrases(units)},
        near=near,
        edge=edge,
        edge_after=Phrases(data["edge"]["after"]),
        strong=strong,
        weak=Phrases(data["locative"]["weak"]),
        place_verbs=Phrases(data["place_verbs"]["words"]),
        place_objects=objects,
        events=Phrases(data["events"]["words"]),
        governments=Phrases(data["governments"]["words"]),
        metonym_verbs=Phrases(data["metonym_verbs"]["words"]),
        metonym_objects=Phrases(data["metonym_objects"]["words"]),
        capital_verbs=Phrases(data["capital_verbs"]["words"]),
        capital_objects=Phrases(data["capital_objects"]["words"]),
        possessions=Phrases(data["possessions"]["words"]),
        origins=Phrases(data["origins"]["words"]),
        seats=Phrases(data["seats"]["words"]),
        reference=Phrases(data["reference"]["before"]),
        reference_after=Phrases(data["reference"]["after"]),
        routes=Phrases(data["reference"]["routes"]),
        linking=Phrases(data["ways"]["linking"]),
        on_ways=Phrases(data["ways"]["before"]),
        borders=Phrases(data["borders"]["words"]),
        borders_before=Phrases(data["borders"]["before"]),
        suffixes_context=Phrases(data["suffixes"]["context"]),
        suffixes_metonym=Phrases(data["suffixes"]["metonym"]),
        prefixes_metonym=Phrases(data["prefixes"]["metonym"]),
        titles=Phrases(data["persons"]["titles"]),
        first_names=Phrases(data["persons"]["first_names"]),
        person_verbs=Phrases(data["persons"]["verbs"]),
        organisations=Phrases(data["organisations"]["words"]),
        holders=Phrases(data["holders"]["words"]),
        organisation_heads=Phrases(data["organisation_heads"]["words"]),
        never=Phrases(data["never"]["words"]),
        demonym_endings=tuple(data["demonyms"]["endings"]),
        demonyms=Phrases(data["demonyms"]["words"]),
        strong_only=Phrases(data["ambiguous"]["words"]),
        particles=Phrases(data["particles"]["words"]),
        short_forms={short: name for name, forms in data["short_forms"].items() for short in forms},
        before_places=frozenset({"of", "from", ",", "and", "or", *compass, *kinds})
        | strong.lasts
        | near.lasts
        | edge.lasts
        | objects.lasts
        | Phrases(data["place_verbs"]["words"]).lasts,
        after_places=frozenset({",", "and", "or", "-", "(", "'s", *compass}) | {noun.split()[0] for noun in kinds},
        **{name: Phrases(listed) for name, listed in data["function_words"].items()},
    )
