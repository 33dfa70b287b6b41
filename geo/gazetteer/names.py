"""Keys under which differently spelled names of one place meet.

From strict to loose: `exact` (case, accents, apostrophes, hyphens and blanks left out), `variant` (articles and generic
words too), `sound` (how romanised Arabic sounds: capital consonants, vowels a, i, u), `skeleton` (its consonants only).
Names in Arabic letters have one key, `arabic`. Modifiers ("Eastern", "Upper") are kept apart behind a "+".
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from typing import NamedTuple

from geo.gazetteer.spelling import Spelling, is_arabic, plain, spelling

FEWEST_CONSONANTS = (
    3  # "Nawa" and "Nabi" share too little to be told apart by consonants: shorter names must sound alike
)
MOST_READINGS = 8  # "D|Z" twice and a fused article make 8 readings; more would join strangers
MOST_SCRIPT_READINGS = 16  # each و and ي may be a vowel or a consonant: four of them
_MARKS = re.compile("[\u0640\u200c-\u200f\u202a-\u202e\u2066-\u2069]")  # tatweel, invisible direction marks
_DOUBLED = re.compile(r"(.)\1+")
_NO_VOWELS = str.maketrans("", "", "aiu")
_FUSED_SUN = re.compile(r"[aeiu](?P<c>[tdrzsn]|sh|ch)(?P=c)[a-z]+")
_FUSED_PLAIN = re.compile(r"[aei]l[^aeioulwy][a-z]{2,}")
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
def keys(name: str, *, arabic: bool = True) -> Keys:
    """The keys of a name; without `arabic` only those that suit every language.

    >>> keys("Deir ez-Zor").sounds == keys("Deir Ezzor").sounds
    True
    >>> keys("Kafr Nabl").skeletons
    ('KFRNBL',)
    >>> keys("دير الزور").arabic
    'ديرزور'
    """
    if is_arabic(name):
        key = arabic_key(name)
        return Keys("", skeletons=_script_skeletons(name) if arabic else (), arabic=key, telling=len(key))
    text = plain(name)
    exact = text.replace(" ", "")
    if not exact:
        return Keys("")
    latin = spelling("latin")
    families = (spelling("arabic"), latin) if arabic else (latin,)
    words, modifiers = _core(text.split(), families)
    suffix = "".join(f"+{modifier}" for modifier in modifiers)
    variants = ("".join(_canonical(words, families)) + suffix,)
    telling = sum(len(word) for word in words if not any(word in family.generic_words for family in families))
    if not arabic:
        return Keys(exact, variants, telling=telling)
    sounds, skeletons = _sounds(words, spelling("arabic"))
    sounds, skeletons = ([key + suffix for key in found] for found in (sounds, skeletons))
    return Keys(exact, variants, tuple(sounds), tuple(skeletons), telling=telling)


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
    return "".join(_script_words(name)).lower()


def _script_words(name: str) -> list[str]:
    """The words of a name in Arabic letters, their forms made one, without articles."""
    text = unicodedata.normalize("NFKC", name)
    text = "".join(c for c in text if not unicodedata.combining(c))
    words = re.findall(r"\w+", _MARKS.sub("", text).translate(_ARABIC_FORMS))
    words = [word[2:] if word.startswith("ال") and len(word) > 4 else word for word in words]
    return [word[:-1] + "ا" if word.endswith("ه") and len(word) > 2 else word for word in words]  # زيته and زيتا


def _script_skeletons(name: str) -> tuple[str, ...]:
    """The consonants of a name in Arabic letters, so that it meets its romanised spellings."""
    script = spelling("arabic").script
    skeletons: dict[str, None] = {}
    units = [script.get(letter, ("",)) for word in _script_words(name) for letter in word]
    for combination in itertools.islice(itertools.product(*units), MOST_SCRIPT_READINGS):
        skeleton = "".join(combination)
        if len(skeleton) >= FEWEST_CONSONANTS:
            skeletons[_squeeze(skeleton)] = None
    return tuple(skeletons)


def _core(words: list[str], families: tuple[Spelling, ...]) -> tuple[list[str], list[str]]:
    """The words that name the place, and the modifiers that tell its parts apart, sorted."""
    kept: list[str] = []
    modifiers: list[str] = []
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if following and any(_is_article(word, following, family) for family in families):
            continue
        modifier = next((family.modifiers[word] for family in families if word in family.modifiers), None)
        if modifier:
            modifiers.append(modifier)
        else:
            kept.append(word)
    if not kept:  # "As-Saghira" is a name of its own: nothing is left that could be modified
        last = len(words) - 1
        kept = [
            w for at, w in enumerate(words) if at == last or not any(_is_article(w, words[at + 1], f) for f in families)
        ]
        return kept, []
    return kept, sorted(set(modifiers))


def _is_article(word: str, following: str, family: Spelling) -> bool:
    if word in family.plain_articles:
        return True
    if word not in family.sun_articles:
        return False
    return word.endswith(following[0]) or word[1:] in (following[:2], following[:1] * 2)


def _canonical(words: list[str], families: tuple[Spelling, ...]) -> list[str]:
    """The words with generic ones in their one spelling."""
    return [next((f.generic_words[w] for f in families if w in f.generic_words), w) for w in words]


def _sounds(words: list[str], family: Spelling) -> tuple[list[str], list[str]]:
    """The sounds and the skeletons of a name; too short a skeleton is left out."""
    sounds: dict[str, None] = {}
    skeletons: dict[str, None] = {}
    for cut in _cuts(words, family):
        readings = [_readings(word, first=at == 0, last=at == len(cut) - 1) for at, word in enumerate(cut)]
        specific = [at for at, word in enumerate(cut) if word not in family.generic_words] or [len(cut) - 1]
        for combination in itertools.islice(itertools.product(*readings), MOST_READINGS):
            sound = _squeeze("".join(combination))
            sounds[sound] = None
            skeleton = sound.translate(_NO_VOWELS)
            consonants = len("".join(combination[at] for at in specific).translate(_NO_VOWELS))
            if consonants >= FEWEST_CONSONANTS:
                skeletons[skeleton] = None
    return list(sounds)[:MOST_READINGS], list(skeletons)[:MOST_READINGS]


def _cuts(words: list[str], family: Spelling) -> list[list[str]]:
    """The words as they stand; and, where the first begins with a generic word ("Kafranbel"), cut after it."""
    cuts = [words]
    first = words[0]
    for length in range(min(len(first) - 3, 7), 3, -1):  # generic words of four letters and more, three are left over
        if first[:length] in family.generic_words:
            cuts.append([first[:length], first[length:], *words[1:]])
            break
    return cuts


@functools.lru_cache(maxsize=50_000)
def _readings(word: str, *, first: bool, last: bool) -> tuple[str, ...]:
    """How one word may sound; its place in the name tells whether an article may be fused to it."""
    family = spelling("arabic")
    words = [family.generic_words.get(word, word)]
    if not first and _FUSED_SUN.match(word):
        words = [word[1:]]  # "Ezzor"
    elif not first and _FUSED_PLAIN.match(word):
        words = [word, word[2:]]  # "Elfijeh"
    if not last and len(word) > 4 and word.endswith(family.construct_endings):
        words = [each[:-1] for each in words]
    readings: dict[str, None] = {}
    for each in words:
        if len(each) > 2 and each[-1] == "h" and each[-2] in "aeiou":
            each = each[:-1]
        units = [_unit(match.group()) for match in family.units.finditer(each)] if family.units else []
        for combination in itertools.islice(itertools.product(*units), MOST_READINGS):
            readings[_squeeze("".join(combination))] = None
    return tuple(readings)


@functools.cache
def _unit(letters: str) -> tuple[str, ...]:
    """The sounds some letters may stand for."""
    family = spelling("arabic")
    if letters in family.consonants:
        return family.consonants[letters]
    if letters[0] not in "aeiouwy":
        return (letters.upper(),)  # digits, letters of another alphabet: compared as they are
    run = letters.replace("oo", "u").replace("ee", "i")
    forms = [run.replace("ou", "u")]
    if "aou" in run:  # "Haouch" is Hawsh, "Daoud" is Dawud
        forms.append(run.replace("aou", "awu").replace("ou", "u"))
    elif "ua" in run or "oa" in run:  # "Muadamiyah" has an unwritten ayn, "Suaida" is Suwayda
        forms.append(run.replace("oua", "wa").replace("ua", "a").replace("oa", "a"))
    return tuple(dict.fromkeys(map(_vowels, forms)))


def _vowels(run: str) -> str:
    """A run of vowel letters as a, i, u, with W and Y where one glides into the next.

    >>> _vowels("uwa"), _vowels("ei"), _vowels("iya"), _vowels("aw")
    ('Wa', 'i', 'Ya', 'u')
    """
    sound, vowel = "", ""
    for letter, following in itertools.zip_longest(run, run[1:], fillvalue=""):
        if following and (letter == "w" or (letter in "uo" and following in "aei")):
            sound, vowel = sound + _vowel(vowel.rstrip("uo")) + "W", ""
        elif following and letter in "iy" and (following in "aeou" or (letter == "y" and following == "i")):
            sound, vowel = sound + _vowel(vowel.rstrip("iy")) + "Y", ""
        else:
            vowel += letter
    return sound + _vowel(vowel)


def _vowel(letters: str) -> str:
    """One of a, i, u for the letters of one vowel; nothing for none."""
    if not letters:
        return ""
    if "i" in letters or "y" in letters:
        return "i"
    return "u" if set(letters) & set("uow") else "a"


def _squeeze(sound: str) -> str:
    """Doubled letters made one."""
    return _DOUBLED.sub(r"\1", sound)


def resemblance(one: str, other: str) -> float:
    """How alike two Latin spellings are, 0 to 1: vowels and alternating letters weigh little, other letters fully.

    >>> resemblance("Kafr Zeita", "Kfar Zita") > resemblance("Kafr Zeita", "Kafr Zibad")
    True
    """
    return _resemblance(*sorted((_phones(one), _phones(other))))


@functools.lru_cache(maxsize=50_000)
def _phones(name: str) -> str:
    families = (spelling("arabic"), spelling("latin"))
    units = families[0].units
    words, modifiers = _core(plain(name).split(), families)
    found: list[str] = []
    for word in [*_canonical(words, families), *modifiers]:
        word = word[:-1] if len(word) > 2 and word[-1] == "h" and word[-2] in "aeiou" else word
        for match in units.finditer(word) if units else ():
            letters = match.group()
            if letters[0] in "aeiouwy":
                found.append(letters.replace("oo", "u").replace("ee", "i").replace("ou", "u"))
            else:
                found.append(families[0].consonants.get(letters, (letters.upper(),))[0])
    return _squeeze("".join(found))


VOWEL_SLIP = 0.25  # a vowel more or less: short vowels are written or not at will
CONSONANT_SLIP = 0.4  # k for q, d for z: letters that are known to alternate


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
        return (
            0.1
            if {one, other} <= set("ouw") or {one, other} <= set("eiy")
            else 0.15
            if {one, other} == {"a", "e"}
            else 0.35
        )
    if one.islower() or other.islower():
        return 1.25
    return CONSONANT_SLIP if may_alternate(one.lower(), other.lower()) else 1.0


def may_alternate(one: str, other: str) -> bool:
    """Whether two letters are known to stand for each other at the start of a name.

    >>> may_alternate("k", "q"), may_alternate("m", "l")
    (True, False)
    """
    return one == other or any(one in group and other in group for group in spelling("arabic").first_letters)


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
