"""What the words around a name say: a place, a person, an organisation, or nothing."""

from __future__ import annotations

import itertools
from dataclasses import replace

from geo.places.names import Name, is_list_gap
from geo.places.words import IN_THE_NAME, Words, words

ACRONYM = 5  # letters: a longer word in capitals is a word in capitals


def weigh(name: Name, text: str, folded: str, sentence: str, persons: set[str]) -> None:
    """Set `strong`, `weak`, `group` and `barred` of a name by the words beside it.

    `persons` are the surnames that the report gives with a title or a first name.
    """
    lexicon = words()
    own = folded[name.start : name.end].replace("-", " ").split()
    name.strong, name.weak = _place(name, lexicon)
    if len(own) == 1 and own[0] in lexicon.strong_only:
        name.weak = False
    name.group = not name.places and _group(name, lexicon)
    name.barred = (
        name.group
        or _person(name, own, persons, lexicon)
        or _organisation(name, own, lexicon)
        or _acronym(name, text, sentence)
        or _people(name, own, lexicon)
    )


def _place(name: Name, lexicon: Words) -> tuple[bool, bool]:
    """Whether the words say "place": surely, or perhaps."""
    phrase, before, after = name.phrase, name.near.before, name.near.after
    strong = (
        (phrase.of_kind and (not phrase.beside or name.exact))
        or phrase.relation in ("direction", "edge", "near")
        or phrase.part == "rural"
        or lexicon.strong.ends(before) > 0
        or (not name.places and lexicon.place_objects.ends(before) > 0)
    )
    if after and after[0] in ("too", "also", "itself"):
        after = after[1:]
    if len(after) > 3 and after[0] == "," and after[1] in ("a", "an"):  # "X, a small town": says what X is
        strong = strong or any(word in lexicon.kinds for word in after[2:5] if word != ",")
    possessive = bool(after) and after[0] == "'s"
    if possessive and not phrase.of_kind and phrase.relation == "at" and not name.places:
        strong = False  # "in Merrow's words"
    if name.places and not name.exact:
        return strong, False  # alike is not enough where the words hardly say "place"
    weak = lexicon.weak.ends(before) > 0 or lexicon.place_verbs.ends(before) > 0
    return strong, weak or phrase.part is not None or phrase.of_kind


def _person(name: Name, own: list[str], persons: set[str], lexicon: Words) -> bool:
    """Whether a title, a first name or a verb of saying makes it a person."""
    before, after = name.near.before, name.near.after
    if before and before[-1] == ".":
        before = before[:-1]
    if not name.exact and _holds_office(after, lexicon):
        persons.update(own)
        return True
    if (before and before[-1] in lexicon.titles) or own[0] in lexicon.titles or own[0] in lexicon.first_names:
        return True
    if name.phrase.of_kind or (name.exact and not name.obscure):
        return False
    if set(own) & persons:
        return True
    if name.places and not name.obscure:
        return False
    if own[0] in lexicon.names_before:
        return True
    return bool(after) and after[0] in lexicon.person_verbs


def _holds_office(after: list[str], lexicon: Words) -> bool:
    """Whether an office follows in apposition: "Merrow, its ambassador", "Merrow, the Zemblan Prime Minister"."""
    if len(after) < 3 or after[0] != "," or after[1] not in ("the", "its", "their", "his", "her", "a", "an", "former"):
        return False
    told = after[2:6]
    told = told[: told.index(",")] if "," in told else told
    return any(word in lexicon.titles for word in told) and not any(word in lexicon.kinds for word in told)


def _organisation(name: Name, own: list[str], lexicon: Words) -> bool:
    """Whether one of its words names an organisation."""
    if name.phrase.kind_hint in IN_THE_NAME and name.phrase.end == name.end:
        return False  # "the Technical Services building"
    if name.curated or name.phrase.of_kind:
        return False
    told = [word in lexicon.organisations for word in own]
    return all(told) or (any(told) and (not name.exact or name.obscure))  # a village may be called Congress


def _group(name: Name, lexicon: Words) -> bool:
    """Whether it is said to fight or to hold something: "Merrow militants", "the Merrow-held town"."""
    after = name.near.after
    if len(after) > 1 and after[0] == "-" and name.near.right[0].start == name.end:
        return lexicon.holders.starts([after[1].split("-")[0]]) > 0
    return bool(after) and name.near.right[0].start == name.end + 1 and lexicon.holders.starts(after) > 0


def _acronym(name: Name, text: str, sentence: str) -> bool:
    """Whether it is an acronym that no place is written like."""
    printed = text[name.start : name.end]
    if len(printed) > ACRONYM or not printed.isupper() or sentence.isupper():
        return False
    return not any(printed in (place.name, *place.names) for place in name.places)


def _people(name: Name, own: list[str], lexicon: Words) -> bool:
    """Whether it names a people or a language."""
    town_of = name.phrase.of_kind and name.phrase.end == name.end  # "the village of Kornish", not "Cornish villages"
    return (lexicon.is_demonym(own[-1]) and not town_of) or (lexicon.is_demonym(own[0]) and not name.places)


def share(names: list[Name], folded: str) -> None:
    """Members of a list share what its words say: "Quern and Abber provinces", "the towns of Quern and Abber"."""
    for last, name in itertools.pairwise(names):
        if last.sentence == name.sentence and is_list_gap(_between(last, name, folded)) and not last.barred:
            name.strong = name.strong or last.strong
            name.weak = name.weak or last.weak or last.curated
    for name, following in zip(reversed(names[:-1]), reversed(names[1:])):
        if name.sentence == following.sentence and is_list_gap(_between(name, following, folded)):
            if following.phrase.plural or following.strong or following.curated:
                name.weak = True
            if following.phrase.plural and not name.phrase.of_kind:
                name.strong = True
                name.phrase = replace(name.phrase, kind_hint=following.phrase.kind_hint, plural=True, of_kind=True)


def _between(left: Name, right: Name, folded: str) -> str:
    """The text between two phrases."""
    return folded[max(left.end, left.phrase.end) : min(right.start, right.phrase.start)]
