"""Keys under which differently spelled names of one place meet.

From strict to loose: `exact` (case, accents, apostrophes, hyphens and blanks left out), `variant` (articles and generic
words too), and where a family of languages is named `sound` and `skeleton` (see geo.gazetteer.sounds).
Names in Arabic letters have one strict key, `arabic`. Modifiers ("Eastern", "Upper") are kept apart behind a "+".
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import NamedTuple

from geo.gazetteer.sounds import script_skeletons, sounds_of
from geo.gazetteer.spelling import Spelling, is_arabic, plain, with_latin

_MARKS = re.compile("[\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069]")  # tatweel, invisible direction marks
_PLAIN_SCRIPT = re.compile("[ \u0621-\u064a]*")  # letters without marks: nothing to take off
_ARABIC_FORMS = str.maketrans(
    {
        letter: form
        for form, letters in {"ا": "أإآٱ", "ي": "ىیېئ", "ه": "ةۀەہ", "ك": "کڪگ", "و": "ؤ", "": "ءٴ"}.items()
        for letter in letters
    }
)  # forms of one letter; Persian and Kurdish ones; hamza, which is often left out


class Keys(NamedTuple):
    """All keys of one name. `exact` is empty for Arabic letters, `arabic` for Latin ones.

    `telling` is how many letters of the variant are not generic words: "Sheikh Said" has four.
    """

    exact: str
    variants: tuple[str, ...] = ()
    sounds: tuple[str, ...] = ()
    skeletons: tuple[str, ...] = ()
    arabic: str = ""
    telling: int = 0


@functools.lru_cache(maxsize=100_000)
def keys(name: str, family: str | None = "arabic") -> Keys:
    """The keys of a name, sounds as its family of languages has them; without a family only what suits every language.

    >>> keys("Deir ez-Zor").sounds == keys("Deir Ezzor").sounds
    True
    >>> keys("Kafr Nabl").skeletons
    ('KFRNBL',)
    >>> keys("دير الزور").arabic
    'ديرزور'
    """
    if is_arabic(name):
        written = script_words(name)
        key = "".join(written).lower()
        consonants = script_skeletons(written, family) if family else ()
        return Keys("", skeletons=consonants, arabic=key, telling=len(key))
    text = plain(name)
    exact = text.replace(" ", "")
    if not exact:
        return Keys("")
    lexicon = with_latin(family)
    words, modifiers = core(text.split(), lexicon)
    suffix = "".join(f"+{modifier}" for modifier in modifiers)
    variants = ("".join(canonical_words(words, lexicon)) + suffix,)
    telling = sum(len(word) for word in words if word not in lexicon.generic_words)
    if not family:
        return Keys(exact, variants, telling=telling)
    sounds, skeletons = sounds_of(words, family)
    if suffix:
        sounds, skeletons = (tuple(key + suffix for key in found) for found in (sounds, skeletons))
    return Keys(exact, variants, sounds, skeletons, telling=telling)


def exact_key(name: str) -> str:
    """What two names have in common that differ in case, accents, apostrophes, hyphens and blanks only.

    >>> exact_key("Baden-Baden") == exact_key("BADEN BADEN")
    True
    """
    return arabic_key(name) if is_arabic(name) else plain(name).replace(" ", "")


def arabic_key(name: str) -> str:
    """A name in Arabic letters without marks, blanks and articles, its letters in one form.

    >>> arabic_key("الرَّقّة") == arabic_key("رقه")
    True
    """
    return "".join(script_words(name)).lower()


def script_words(name: str) -> list[str]:
    """The words of a name in Arabic letters, their forms made one, without articles."""
    text = unicodedata.normalize("NFKC", name)
    if not _PLAIN_SCRIPT.fullmatch(text):
        text = "".join(c for c in text if not unicodedata.combining(c))
    words = re.findall(r"\w+", _MARKS.sub("", text).translate(_ARABIC_FORMS))
    words = [word[2:] if word.startswith("ال") and len(word) > 4 else word for word in words]
    return [word[:-1] + "ا" if word.endswith("ه") and len(word) > 2 else word for word in words]  # زيته and زيتا


def core(words: list[str], lexicon: Spelling) -> tuple[list[str], list[str]]:
    """The words that name the place, and the modifiers that tell its parts apart, sorted."""
    kept: list[str] = []
    modifiers: list[str] = []
    last = len(words) - 1
    for at, word in enumerate(words):
        if at < last and _is_article(word, words[at + 1], lexicon):
            continue
        if word in lexicon.modifiers:
            modifiers.append(lexicon.modifiers[word])
        else:
            kept.append(word)
    if not kept:  # "As-Saghira" is a name of its own: nothing is left that could be modified
        kept = [word for at, word in enumerate(words) if at == last or not _is_article(word, words[at + 1], lexicon)]
        return kept, []
    return kept, sorted(set(modifiers))


def _is_article(word: str, following: str, lexicon: Spelling) -> bool:
    if word in lexicon.plain_articles:
        return True
    if word not in lexicon.sun_articles:
        return False
    return word.endswith(following[0]) or word[1:] in (following[:2], following[:1] * 2)


def canonical_words(words: list[str], lexicon: Spelling) -> list[str]:
    """The words with generic ones in their one spelling."""
    return [lexicon.generic_words.get(word, word) for word in words]
