"""A name on its way from the text to a mention: where it stands, what it may be, what its words say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from geo.model import Place
from geo.places.phrase import Phrase
from geo.places.tokens import Around
from geo.places.words import words


@dataclass(slots=True)
class Name:
    """A name found in the text, on its way to becoming a mention."""

    start: int
    end: int
    sentence: int
    places: tuple[Place, ...] = ()
    curated: bool = False
    exact: bool = False  # a place is listed under exactly this name
    obscure: bool = False  # only small places in countries that the report does not name bear it
    ordinary: bool = False  # an English word, or one that the report also writes without a capital
    run: list[tuple[int, int]] = field(default_factory=list)  # the capitalised run that it stands in
    strong: bool = False  # its words say "place"
    weak: bool = False
    group: bool = False  # its words say that it fights or holds something
    barred: bool = False  # its words say "person" or "organisation"
    in_heading: bool = False
    near: Around = field(default_factory=lambda: Around([], [], [], []))
    phrase: Phrase = field(default_factory=lambda: Phrase(0, 0, 0))
    seat: bool = False  # a building or bloc that stands for a government

    @property
    def is_country(self) -> bool:
        """Whether the gazetteer knows a country by this name."""
        return any(place.kind == "country" for place in self.places)

    @property
    def is_container(self) -> bool:
        """Whether other places lie in it: a country, a province, a district, a region."""
        containers = ("country", "governorate", "district", "subdistrict", "region")
        return self.phrase.kind_hint in containers or (
            self.phrase.kind_hint is None and any(place.kind in containers for place in self.places)
        )


def covering(names: Sequence[Name], offset: int) -> Name | None:
    """The name that covers an offset, of names in order."""
    index = bisect_right(names, offset, key=lambda name: name.start) - 1
    return names[index] if index >= 0 and offset < names[index].end else None


def is_list_gap(gap: str) -> bool:
    """Whether the text between two names only lists them.

    >>> is_list_gap(", "), is_list_gap(" and "), is_list_gap(" near ")
    (True, True, False)
    """
    return " ".join(gap.split()) in words().list_gaps
