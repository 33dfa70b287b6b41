"""How alike two names look: what no key can say."""

from __future__ import annotations

import functools

from geo.gazetteer.names import canonical_words, core
from geo.gazetteer.sounds import squeeze
from geo.gazetteer.spelling import VOWELS, first_letters, plain, spelling, with_latin

VOWEL_SLIP = 0.25  # a vowel more or less: short vowels are written or not at will
CONSONANT_SLIP = 0.4  # k for q, d for z: letters that are known to alternate


def resemblance(one: str, other: str, family: str = "arabic") -> float:
    """How alike two Latin spellings are, 0 to 1: vowels and alternating letters weigh little, other letters fully.

    >>> resemblance("Kafr Zeita", "Kfar Zita") > resemblance("Kafr Zeita", "Kafr Zibad")
    True
    """
    return _resemblance(*sorted((_phones(one, family), _phones(other, family))))


@functools.lru_cache(maxsize=50_000)
def _phones(name: str, family_name: str) -> str:
    """The name with one capital letter per consonant sound; vowels as they are written."""
    family = spelling(family_name)
    lexicon = with_latin(family_name)
    words, modifiers = core(plain(name).split(), lexicon)
    found: list[str] = []
    for word in [*canonical_words(words, lexicon), *modifiers]:
        for spelled, meant in family.rewrites:
            word = word.replace(spelled, meant)
        for part in family.parts(word):
            if part[0] in VOWELS and part not in family.consonants:
                found.append(part.replace("oo", "u").replace("ee", "i").replace("ou", "u"))
            else:
                found.append(family.consonants.get(part, (part.upper(),))[0])
    return squeeze("".join(found))


@functools.lru_cache(maxsize=100_000)
def _resemblance(one: str, other: str) -> float:
    if one == other:
        return 1.0
    row = [0.0]
    for letter in other:
        row.append(row[-1] + _weight(letter))
    for letter in one:
        above, row = row, [row[0] + _weight(letter)]
        for at, letter_b in enumerate(other):
            change = 0.0 if letter == letter_b else _change(letter, letter_b)
            row.append(min(above[at] + change, above[at + 1] + _weight(letter), row[at] + _weight(letter_b)))
    return max(0.0, 1.0 - row[-1] / max(len(one), len(other), 1))


def _weight(letter: str) -> float:
    return VOWEL_SLIP if letter.islower() else CONSONANT_SLIP if letter == "H" else 1.0


def _change(one: str, other: str) -> float:
    if one.islower() and other.islower():
        if {one, other} <= set("ouw") or {one, other} <= set("eiy"):
            return 0.1
        return 0.15 if {one, other} == {"a", "e"} else 0.35
    if one.islower() or other.islower():
        return 1.25
    return CONSONANT_SLIP if may_alternate(one.lower(), other.lower()) else 1.0


def may_alternate(one: str, other: str) -> bool:
    """Whether two letters are known to stand for each other at the start of a name.

    >>> may_alternate("k", "q"), may_alternate("m", "l")
    (True, False)
    """
    return one == other or any(one in group and other in group for group in first_letters())


def one_edit(one: str, other: str) -> bool:
    """Whether two keys differ by one letter put in, left out, changed or swapped with its neighbour.

    >>> one_edit("bukamal", "bukmal"), one_edit("jibbeh", "jibbehm"), one_edit("nawa", "nabi")
    (True, True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) > len(other):
        one, other = other, one
    start = next((at for at, (a, b) in enumerate(zip(one, other)) if a != b), len(one))
    if len(one) < len(other):
        return one[start:] == other[start + 1 :]
    swapped = one[start + 1 : start + 2] + one[start : start + 1] + one[start + 2 :]
    return one[start + 1 :] == other[start + 1 :] or swapped == other[start:]
