"""Countries and capitals that speak, act or are dealt with as governments; offices, and what a country merely owns."""

from __future__ import annotations

from collections.abc import Sequence

from geo.places.names import Name, covering
from geo.places.words import Words, words


def is_settlement(name: Name) -> bool:
    """Whether the gazetteer knows a city or town by this name."""
    return any(place.kind in ("city", "town") for place in name.places)


def government(folded: str, name: Name, before: list[str], after: list[str], lexicon: Words) -> str:
    """Why a country or a capital stands for its government; "" where it does not."""
    if not name.is_country and not is_settlement(name):
        return ""
    if name.phrase.kind_hint or name.phrase.part or name.phrase.relation != "at":
        return ""
    objects = lexicon.metonym_objects if name.is_country else lexicon.capital_objects
    if count := objects.ends(before) or objects.ends(name_left(name)):
        return f'a government after "{" ".join(before[-count:])}"'
    if before and (before[-1] in words().prepositions or lexicon.strong.ends(before)):
        return ""
    told = after
    while told and (told[0] in lexicon.adverbs or told[0].endswith("ly")):
        verbs = lexicon.metonym_verbs if name.is_country else lexicon.capital_verbs
        if verbs.starts(told):
            break
        told = told[1:]
    verbs = lexicon.metonym_verbs if name.is_country else lexicon.capital_verbs
    if count := verbs.starts(told):
        if not name.is_country and len(told) > count and told[count] == "by":
            return ""
        if told[0] in ("control", "aid", "support") and not name.is_country:
            return ""
        return f'a government before "{" ".join(told[:count])}"'
    return ""


def name_left(name: Name) -> list[str]:
    """The words before a name, its article included."""
    return [token.word for token in name.near.left]


def office(
    text: str, name: Name, names: Sequence[Name], before: list[str], after: list[str], lexicon: Words
) -> tuple[str, str]:
    """Offices and acts of a government: "Syria's president", "US officials"; what a country merely owns is context."""
    if not name.is_country or not after or name.phrase.part:
        return "open", ""
    possessive = after[0] == "'s"
    told = after[1:] if possessive else after
    for at, word in enumerate(told[:4]):
        if not word[0].isalnum() or (at > 1 and not possessive):
            break
        if lexicon.governments.starts(told[at : at + 2]):
            return "part_of_name", f'an office or act of the government: "{" ".join(told[: at + 1])}"'
        if lexicon.events.starts([word]) or word in lexicon.prepositions or word in lexicon.adverbs:
            break
    owned = name.near.right[1].start if possessive and told and told[0] not in lexicon.never else 0
    if owned and text[owned].isupper() and covering(names, owned) is None:
        return "part_of_name", f'the country of "{told[0]}"'  # "Quern's Merrow said": a person
    if told and lexicon.possessions.starts(told):
        return "context", f'"{told[0]}" is something a country has'
    if possessive and not (before and before[-1] in words().prepositions):
        return "context", "only an owner"
    return "open", ""
