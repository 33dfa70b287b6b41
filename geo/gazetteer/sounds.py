"""How a romanised name sounds: capital consonants, vowels a, i, u; and its skeleton, the consonants alone.

Which letters stand for which sound is data (data/names/*.yaml); this module knows how to read them off a word.
"""

from __future__ import annotations

import functools
import itertools
import re

from geo.gazetteer.spelling import VOWELS, Spelling, spelling

# "Nawa" and "Nabi" share too little to be told apart by consonants: names this short must sound alike
FEWEST_CONSONANTS = 3
MOST_READINGS = 8  # "D|Z" twice and a fused article make 8 readings; more would join strangers
MOST_SCRIPT_READINGS = 16  # each و and ي may be a vowel or a consonant: four of them
_DOUBLED = re.compile(r"(.)\1+")
_NO_VOWELS = str.maketrans("", "", "aiu")
_FUSED_SUN = re.compile(r"[aeiu](?P<c>[tdrzsn]|sh|ch)(?P=c)[a-z]+")
_FUSED_PLAIN = re.compile(r"[aei]l[^aeioulwy][a-z]{2,}")


def sounds_of(words: list[str], family_name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sounds and the skeletons of a name's words; too short a skeleton is left out.

    >>> sounds_of(["kafr", "zeita"], "arabic")
    (('KaFRZiTa',), ())
    """
    family = spelling(family_name)
    sounds: dict[str, None] = {}
    skeletons: dict[str, None] = {}
    for cut in _cuts(words, family):
        readings = [_readings(word, family_name, first=at == 0, last=at == len(cut) - 1) for at, word in enumerate(cut)]
        specific = [at for at, word in enumerate(cut) if word not in family.generic_words] or [len(cut) - 1]
        for combination in itertools.islice(itertools.product(*readings), MOST_READINGS):
            sound = squeeze("".join(combination))
            sounds[sound] = None
            telling = combination if len(specific) == len(cut) else [combination[at] for at in specific]
            if len("".join(telling).translate(_NO_VOWELS)) >= FEWEST_CONSONANTS:
                skeletons[sound.translate(_NO_VOWELS)] = None
    return tuple(sounds)[:MOST_READINGS], tuple(skeletons)[:MOST_READINGS]


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
def _readings(word: str, family_name: str, *, first: bool, last: bool) -> tuple[str, ...]:
    """How one word may sound; its place in the name tells whether an article may be fused to it."""
    family = spelling(family_name)
    words = [family.generic_words.get(word, word)]
    articles = bool(family.sun_articles)
    if articles and not first and _FUSED_SUN.match(word):
        words = [word[1:]]  # "Ezzor"
    elif articles and not first and _FUSED_PLAIN.match(word):
        words = [word, word[2:]]  # "Elfijeh"
    if not last and len(word) > 4 and word.endswith(family.construct_endings):
        words = [each[:-1] for each in words]
    readings: dict[str, None] = {}
    for each in words:
        for spelled, meant in family.rewrites:
            each = each.replace(spelled, meant)
        units = [_unit(part, family_name) for part in family.parts(each)]
        for combination in itertools.islice(itertools.product(*units), MOST_READINGS):
            readings[squeeze("".join(combination))] = None
    return tuple(readings)


@functools.cache
def _unit(letters: str, family_name: str) -> tuple[str, ...]:
    """The sounds some letters may stand for."""
    family = spelling(family_name)
    if letters in family.consonants:
        return family.consonants[letters]
    if letters[0] not in VOWELS:
        return (letters.upper(),)  # digits, letters of another alphabet: compared as they are
    run = letters.replace("oo", "u").replace("ee", "i")
    if not family.glides:
        return (_vowel(run.replace("ou", "u")),)
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


def squeeze(sound: str) -> str:
    """Doubled letters made one."""
    return _DOUBLED.sub(r"\1", sound)


def script_skeletons(words: list[str], family_name: str) -> tuple[str, ...]:
    """The consonants of a name's words in the family's own script, so that it meets its romanised spellings.

    >>> script_skeletons(["كفر", "زيتا"], "arabic")
    ('KFRZT', 'KFRZYT')
    """
    script = spelling(family_name).script
    skeletons: dict[str, None] = {}
    units = [script.get(letter, ("",)) for word in words for letter in word]
    for combination in itertools.islice(itertools.product(*units), MOST_SCRIPT_READINGS):
        skeleton = "".join(combination)
        if len(skeleton) >= FEWEST_CONSONANTS:
            skeletons[squeeze(skeleton)] = None
    return tuple(skeletons)
