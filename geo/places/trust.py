"""Which listed names to believe: in a list of all the world's towns every word and surname is one somewhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from geo.gazetteer import common_words
from geo.model import Place
from geo.places import peoples
from geo.places.names import Name
from geo.places.words import words

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

WELL_KNOWN = 100_000  # inhabitants: a bulk place this big is meant even where nothing around the name says "place"
WIDE = 1_000_000  # and so is a province with this many
BIG_KINDS = frozenset({"country", "governorate"})


def countries(text: str, folded: str, curated: Iterable[Name], gazetteer: Gazetteer) -> set[str]:
    """Codes of the countries that a report's curated names and names of peoples speak of."""
    told = {place.country_iso2 for name in curated for place in name.places if place.country_iso2}
    lands = (gazetteer.get(hit.labels[0]) for hit in peoples.named(text, folded))
    return told | {land.country_iso2 for land in lands if land and land.country_iso2}


def is_well_known(places: Sequence[Place]) -> bool:
    """Whether a curated row, a big town or a big province is among the places."""
    return any(
        place.curated or (place.population or 0) >= (WIDE if place.kind in BIG_KINDS else WELL_KNOWN)
        for place in places
    )


def is_likely(places: Sequence[Place], focus: Collection[str]) -> bool:
    """Whether any of the places is known beyond its country, or lies in one that the report speaks of (`focus`)."""
    return is_well_known(places) or any(place.country_iso2 in focus for place in places)


def uncapitalised(text: str) -> frozenset[str]:
    """The words that a text writes without a capital."""
    return frozenset(re.findall(r"\b[^\W\dA-Z_][\w'’-]*", text))


def is_ordinary(text: str, folded: str, start: int, end: int, small: Collection[str]) -> bool:
    """Whether a name consists of English words, or the report writes its one word without a capital too.

    `small` are the words of the report without a capital.
    """
    own = folded[start:end].split()
    if all(word in common_words() or word in words().kinds for word in own):
        return True
    return len(own) == 1 and text[start:end].lower() in small


def stands_alone(name: Name, folded: str, focus: Collection[str]) -> bool:
    """Whether its own words make a place of a name: surely, or perhaps where the gazetteer knows it."""
    if name.barred:
        return False
    if name.in_heading:
        return bool(name.places) and name.strong
    if name.places and name.ordinary and not name.phrase.of_kind:
        big = [place for place in name.places if is_well_known((place,)) and place.country_iso2 in focus]
        return name.strong and bool(big)  # "in Nice", of a report on France
    if name.strong:
        return True
    if not name.places or name.obscure:
        return False
    if name.weak:
        return True
    own = folded[name.start : name.end]
    return own not in words().strong_only and any(
        place.kind in BIG_KINDS or (place.population or 0) >= WELL_KNOWN for place in name.places
    )
