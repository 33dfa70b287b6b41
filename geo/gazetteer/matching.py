"""How a name is asked for and how well an answer fits: the tiers of keys, and the score and reason of each."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from geo.gazetteer import likeness, names
from geo.gazetteer.spelling import common_words, families, is_arabic, plain, spelling
from geo.text import fold

# A stored key is its tier and the key itself. Tiers: "e" exact, "v" variant, "a" Arabic letters; "s" sound and "k"
# skeleton, with the code of their family; "r" a variant or "a" read backwards, so that a slip in its first half
# leaves a prefix as well.
ACROSS_SCRIPTS = 0.78  # vowels cannot be compared between scripts
UNLIKE = 0.65  # below this resemblance two Latin spellings are of two names
SHORTEST_TO_CORRECT = 5  # letters: shorter names have too many neighbours one letter away


class Found(NamedTuple):
    """A stored name that shares a key with the one asked for. `place` is the store's own number or id."""

    place: int
    name: str
    tier: str


class Store(Protocol):
    """What holds names by key: curated rows in memory, or a compiled file."""

    def with_keys(self, keys: Sequence[str]) -> Iterator[Found]:
        """Every stored name under one of the keys."""
        ...

    def keys_like(self, prefix: str, *, length: int) -> Iterator[str]:
        """Stored keys that begin with a prefix, at most one character longer or shorter than `length`."""
        ...


def stored_keys(name: str, *, family: str | None) -> list[str]:
    """The keys under which a gazetteer stores a name; `family` is that of the place's country, if it has one.

    >>> stored_keys("Douma", family="arabic")
    ['edouma', 'vdouma', 'ramuod', 'saDuMa']
    """
    found = names.keys(name, family)
    if found.arabic:
        return ["a" + found.arabic, "r" + found.arabic[::-1], *_loose(found, family)]
    if not found.exact:
        return []
    keyed = ["e" + found.exact, *("v" + key for key in found.variants)]
    keyed += ["r" + key[::-1] for key in found.variants if len(key) >= SHORTEST_TO_CORRECT]
    return keyed + _loose(found, family)


def _loose(found: names.Keys, family: str | None) -> list[str]:
    """Sounds and skeletons, marked with the code of their family."""
    if family is None:
        return []
    code = spelling(family).code
    return [f"s{code}{key}" for key in found.sounds] + [f"k{code}{key}" for key in found.skeletons]


def tier_of(key: str) -> str:
    """The tier of a stored key, with the code of the family where it has one.

    >>> tier_of("edouma"), tier_of("saDuMa")
    ('e', 'sa')
    """
    return key[:2] if key[0] in "sk" else key[0]


@functools.lru_cache(maxsize=20_000)
def asked_keys(name: str) -> tuple[str, ...]:
    """The keys to look under for a name as printed, from strict to loose."""
    anywhere = names.keys(name, None)
    by_family = {family.name: names.keys(name, family.name) for family in families()}
    loose = [key for family, found in by_family.items() for key in _loose(found, family)]
    if anywhere.arabic:
        return ("a" + anywhere.arabic, *loose)
    if not anywhere.exact:
        return ()
    variants = dict.fromkeys(key for found in (anywhere, *by_family.values()) for key in found.variants)
    strict = ("e" + anywhere.exact, *("v" + key for key in variants))
    if plain(name) in common_words() or not names.keys(name).telling:
        return strict  # "Rice" is no misspelled Raja, and "Jabal" says no more than "hill"
    return (*strict, *loose)


def one_letter_off(name: str, store: Store) -> Iterator[Found]:
    """Stored names one letter from the one asked for; none for short names and common English words.

    One slip leaves the first or the second half of a key as it is, so two prefix searches find all.
    """
    asked = names.keys(name)
    if asked.telling < SHORTEST_TO_CORRECT or plain(name) in common_words():
        return
    tier, keys = ("a", (asked.arabic,)) if asked.arabic else ("v", asked.variants)
    slips: dict[str, None] = {}
    for key in keys:
        for start, spelled in ((tier, key), ("r", key[::-1])):
            for stored in store.keys_like(start + spelled[: len(key) // 2], length=len(key) + 1):
                other = stored[1:] if start == tier else stored[:0:-1]
                if len(other) < SHORTEST_TO_CORRECT or not likeness.may_alternate(key[0], other[0]):
                    continue
                if likeness.one_edit(key, other):
                    slips[tier + other] = None
    for found in store.with_keys(list(slips)):
        yield found._replace(tier="1")


def is_unlike(asked: str, names: Sequence[str]) -> bool:
    """Whether a name in Latin letters looks like none of a place's own: consonants in another script prove too little.

    >>> is_unlike("Salamiyeh", ["Salamiyah", "سلمية"]), is_unlike("Karima", ["Mhardeh", "كرمة"])
    (False, True)
    """
    spelled = [name for name in names if not is_arabic(name)]
    if is_arabic(asked) or not spelled:
        return False
    return max(likeness.resemblance(asked, name) for name in spelled) < UNLIKE


def score(asked: str, found: Found, *, canonical: bool) -> tuple[float, str]:
    """How well a stored name fits, 0 to 1, and the reason in words.

    >>> score("Kafr Zeita", Found(0, "Kafr Zita", "sa"), canonical=True)
    (0.9, 'spelling variant of Kafr Zita')
    """
    tier, code, name = found.tier[0], found.tier[1:], found.name
    if tier in "ea":
        same = fold(asked) == fold(name)
        return (1.0 if canonical and same else 0.99 if same else 0.98), "exact name"
    if is_arabic(asked) or is_arabic(name):
        return (ACROSS_SCRIPTS, f"same consonants as {name}") if tier == "k" else (0.7, f"one letter off {name}")
    family = next((family.name for family in families() if family.code == code), families()[0].name)
    alike = likeness.resemblance(asked, name, family)
    if tier == "v":
        return round(0.96 - 0.1 * (1 - alike), 2), f"spelling variant of {name}"
    if tier == "s":
        return round(0.91 - 0.2 * (1 - alike), 2), f"spelling variant of {name}"
    if tier == "k":
        return round(max(0.3, 0.85 - 0.9 * (1 - alike)), 2), f"same consonants as {name}"
    return round(max(0.3, 0.75 - 0.5 * (1 - alike)), 2), f"one letter off {name}"
