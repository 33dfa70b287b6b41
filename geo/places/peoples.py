"""Peoples and their countries: "the Turkish border" is Turkey's, and Nigerian police work in Nigeria."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from geo.files import load, shipped
from geo.text import Hit, Scanner, expand, fold


@lru_cache(maxsize=1)
def countries() -> Mapping[str, str]:
    """Each folded name of a people with the id of its country; of two countries with one name the first listed.

    >>> countries()["turkish"], countries()["south sudanese"]
    ('tr', 'ss')
    """
    found: dict[str, str] = {}
    for id_, names in load(shipped("world/demonyms.yaml")).data.items():
        for name in (phrase for pattern in names for phrase in expand(str(pattern))):
            found.setdefault(fold(name), str(id_))
    return found


@lru_cache(maxsize=1)
def _scanner() -> Scanner[str]:
    return Scanner(countries().items())


def named(text: str, folded: str) -> list[Hit[str]]:
    """Every people that a text names with a capital; labels are the ids of their countries.

    >>> from geo.text import fold
    >>> text = "Nigerian soldiers met South Sudanese envoys and polish vodka."
    >>> [hit.labels for hit in named(text, fold(text))]
    [('ng',), ('ss',)]
    """
    return [hit for hit in _scanner().scan(folded, folded=True) if text[hit.start].isupper()]
