"""Which language a report is in: by its script, then by its commonest small words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from geo.files import load, shipped

LOOKED_AT = 4000  # characters: a news article shows its language in its first paragraphs
LEAST_HITS = 3  # one or two small words may be names ("Le Mans", "Los Angeles", "In Salah")
LEAST_SHARE = 0.08  # of all words; running text has 25-45 %, a list of names hardly any
LEAD = 1.3  # the winner's hits over the second's: related languages share small words
_WORD = re.compile(r"[^\W\d_]+")
UNSURE = "und"


@cache
def data() -> dict[str, Any]:
    """The shipped file of languages."""
    read: dict[str, Any] = load(shipped("languages.yaml")).data
    return read


@cache
def _script_classes() -> dict[str, re.Pattern[str]]:
    def ranges(spans: list[str]) -> str:
        return "".join(f"\\u{low}-\\u{high}" for low, high in (span.split("-") for span in spans))

    return {name: re.compile(f"[{ranges(spans)}]") for name, spans in data()["scripts"].items()}


@cache
def small_words(script: str) -> dict[str, frozenset[str]]:
    """The small words of the languages written in a script, by language code."""
    return {
        code: frozenset(language.get("words", "").split())
        for code, language in data()["languages"].items()
        if language["script"] == script
    }


def detect(text: str) -> str:
    """The ISO 639-1 code of the language a text is written in; "und" when unsure.

    >>> detect("Three people were killed in the market of the old town, medics said.")
    'en'
    >>> detect("Trois personnes ont été tuées dans le marché de la vieille ville, selon des médecins.")
    'fr'
    >>> detect("قال شهود إن القصف استمر على المدينة بعد ساعات من الهدوء في الشمال")
    'ar'
    >>> detect("Douma, Homs, Idlib: 14-3")
    'und'
    """
    text = text[:LOOKED_AT]
    counts = {script: len(letters.findall(text)) for script, letters in _script_classes().items()}
    script = max(counts, key=lambda name: counts[name])
    if counts[script] == 0:
        return UNSURE
    if counts.get("kana", 0) * 5 > counts.get("han", 0) > 0:
        script = "kana"  # Japanese mixes both; Chinese has no kana
    languages = small_words(script)
    if len(languages) == 1:
        return next(iter(languages))
    tokens = [token.lower() for token in _WORD.findall(text)]
    hits = sorted(
        ((sum(token in words for token in tokens), code) for code, words in languages.items()),
        key=lambda pair: (-pair[0], pair[1]),
    )
    (best, code), (second, _) = hits[0], hits[1]
    sure = best >= LEAST_HITS and best >= LEAST_SHARE * len(tokens) and best >= LEAD * second
    return code if sure else UNSURE


def name_of(code: str) -> str:
    """A language's English name.

    >>> name_of("ar")
    'Arabic'
    """
    return str(data()["languages"].get(code, {}).get("name", "an unknown language"))
