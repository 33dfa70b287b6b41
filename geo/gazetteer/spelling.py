"""How names are spelled in a family of languages, as the data files tell it."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

from geo import files
from geo.errors import GazetteerError
from geo.text import expand, fold

_NOT_WORD = re.compile(r"[^\w]+|_")
VOWELS = "aeiouwy"  # w and y glide; a family may list them among its consonants
_NO_FAMILY = ("common-words", "latin")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True, slots=True, eq=False)
class Spelling:
    """One family: its articles, generic words, modifiers, and how letters stand for sounds.

    `code` is one letter that keeps its keys apart from those of other families; a family without consonants has none.
    """

    name: str
    code: str
    countries: frozenset[str]
    plain_articles: frozenset[str]
    sun_articles: frozenset[str]
    printed_articles: tuple[str, ...]
    generic_words: dict[str, str]
    modifiers: dict[str, str]
    construct_endings: tuple[str, ...]
    consonants: dict[str, tuple[str, ...]]
    rewrites: tuple[tuple[str, str], ...]
    glides: bool
    script: dict[str, tuple[str, ...]]
    first_letters: tuple[str, ...]
    units: re.Pattern[str] | None
    examples: dict[str, list[tuple[str, str]]]

    def parts(self, word: str) -> list[str]:
        """A word cut into consonants (of one letter or more) and runs of vowels; a last h after a vowel is silent."""
        if len(word) > 2 and word[-1] == "h" and word[-2] in "aeiou":
            word = word[:-1]
        return self.units.findall(word) if self.units else []


@functools.cache
def spelling(name: str) -> Spelling:
    """The family of a data file, e.g. `spelling("arabic")` from data/names/arabic.yaml.

    >>> spelling("arabic").generic_words["kfar"]
    'kafr'
    """
    document = files.load(files.shipped(f"names/{name}.yaml"), error=GazetteerError)
    data: dict[str, Any] = document.data
    articles = data.get("articles", {})
    consonants = {spelled: tuple(sound.split("|")) for spelled, sound in data.get("consonants", [])}
    vowels = "".join(letter for letter in VOWELS if letter not in consonants)
    units = re.compile("|".join([*consonants, f"[{vowels}]+", "."])) if consonants else None
    examples = {verdict: [(a, b) for a, b in pairs] for verdict, pairs in data.get("examples", {}).items()}
    return Spelling(
        name=name,
        code=data.get("code", ""),
        countries=frozenset(data.get("countries", ())),
        plain_articles=frozenset(articles.get("plain", ())),
        sun_articles=frozenset(articles.get("sun", ())),
        printed_articles=tuple(articles.get("printed", ())),
        generic_words=_by_spelling(data.get("generic_words", {})),
        modifiers=_by_spelling(data.get("modifiers", {})),
        construct_endings=tuple(data.get("construct_endings", ())),
        consonants=consonants,
        rewrites=tuple((spelled, meant) for spelled, meant in data.get("rewrites", ())),
        glides=data.get("glides", True),
        script={letter: tuple((sound or "").split("|")) for letter, sound in data.get("script", {}).items()},
        first_letters=tuple(data.get("first_letters", ())),
        units=units,
        examples=examples,
    )


@functools.cache
def with_latin(family: str | None) -> Spelling:
    """A family's words together with those that any name in Latin letters may have; for None the latter alone."""
    latin = spelling("latin")
    if family is None:
        return latin
    own = spelling(family)
    return replace(
        own,
        plain_articles=own.plain_articles | latin.plain_articles,
        sun_articles=own.sun_articles | latin.sun_articles,
        generic_words=latin.generic_words | own.generic_words,
        modifiers=latin.modifiers | own.modifiers,
    )


@functools.cache
def families() -> tuple[Spelling, ...]:
    """The families whose names have sounds, in order of their names: every file in data/names that has consonants."""
    stems = sorted(path.stem for path in files.shipped("names").glob("*.yaml"))
    found = [spelling(stem) for stem in stems if stem not in _NO_FAMILY]
    return tuple(family for family in found if family.consonants)


@functools.cache
def family_of_country(iso2: str) -> str | None:
    """The family in which a country's names are romanised, None for countries that write Latin letters.

    >>> family_of_country("SY"), family_of_country("FR")
    ('arabic', None)
    """
    return next((family.name for family in families() if iso2 in family.countries), None)


@functools.cache
def first_letters() -> tuple[str, ...]:
    """Letters that are known to stand for each other at the start of a name, in any family."""
    return tuple(group for family in families() for group in family.first_letters)


def _by_spelling(words: dict[str, str]) -> dict[str, str]:
    """Every spelling of every word -> the word that stands for all of them."""
    found = {}
    for word, patterns in words.items():
        for pattern in [word, *patterns.split(" ")] if "( " not in patterns else [word, patterns]:
            for phrase in expand(pattern):
                if phrase:
                    found[plain(phrase)] = word
    return found


@functools.cache
def _letters() -> dict[int, str]:
    """Letters that are no letter plus accent (ø, ł, ß) and what they are written as without."""
    data = files.load(files.shipped("names/latin.yaml"), error=GazetteerError).data
    return {ord(letter): plainly for letter, plainly in data["letters"].items()}


@functools.lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """Lower case without accents and apostrophes; hyphens and other marks become single blanks.

    >>> plain("Saint-Étienne"), plain("Ma’aloula"), plain("Al  Qaţīfah (east)")
    ('saint etienne', 'maaloula', 'al qatifah east')
    """
    text = fold(name).replace("'", "")
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_letters()))
        text = "".join(c for c in text if not unicodedata.combining(c) and c not in "ʹʺˮ")
    return " ".join(_NOT_WORD.sub(" ", text).split())


def without_accents(name: str) -> str:
    """The name as a newspaper without special characters prints it; case and apostrophes stay.

    >>> without_accents("Kafr Takhārīm"), without_accents("Łódź")
    ('Kafr Takharim', 'Lodz')
    """
    if name.isascii():
        return name
    letters = _letters() | {
        ord(chr(c).upper()): p.capitalize() for c, p in _letters().items() if len(chr(c).upper()) == 1
    }
    decomposed = unicodedata.normalize("NFKD", name.translate(letters))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def is_arabic(name: str) -> bool:
    """Whether a name is written in Arabic letters.

    >>> is_arabic("حمص"), is_arabic("Homs")
    (True, False)
    """
    return bool(_ARABIC.search(name))


@functools.cache
def common_words() -> frozenset[str]:
    """English words that a place name may look like ("nice", "reading"): a name needs more than its spelling then."""
    data = files.load(files.shipped("names/common-words.yaml"), error=GazetteerError).data
    return frozenset(phrase for pattern in data["words"].split() for phrase in expand(pattern))
