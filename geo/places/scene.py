"""Where did what this verb says happen? Of the places a sentence names, the scene, or none.

Each place is scored by signs that a reader goes by: the preposition before it, which side of the verb it stands on and
how far, what stands between (a comma, "after", "said", another verb), whether the verb is passive or takes the place
as its object, whether the name places another one ("in A, B"). "No place" is scored by signs of its own. The weights
are in `english/scene.yaml`, one line a sign.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import lru_cache

from geo.files import load, shipped
from geo.model import Span
from geo.places import phrase as phrases
from geo.places.names import is_list_gap
from geo.places.tokens import Around, Token, around, runs, tokens
from geo.places.words import Words, words
from geo.text import fold

NOWHERE = -1  # the index under which `rank` lists "no place"


def scene(text: str, verb: Span, mentions: Sequence[Span]) -> Span | None:
    """The mention that is the scene of what the verb says, None where the sentence does not tell.

    >>> text = "Shells fired from Quern killed two people in the town of Abber, officials in Lorne said."
    >>> places = [Span(text.index(name), text.index(name) + len(name)) for name in ("Quern", "Abber", "Lorne")]
    >>> found = scene(text, Span(24, 30), places)
    >>> found.of(text)
    'Abber'
    """
    best = rank(text, verb, mentions)[0][1]
    return None if best == NOWHERE else mentions[best]


def rank(text: str, trigger: Span, mentions: Sequence[Span]) -> list[tuple[float, int]]:
    """How likely each mention is the scene of the trigger: (probability, index), likeliest first; index -1 is no place.

    `text` is a sentence, or a report with the sentence around the trigger; spans are offsets into it.
    """
    weighing = weights()
    found = signs(text, trigger, mentions)
    scores = [sum(weighing.get(sign, 0.0) for sign in of_one) for of_one in found]
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    total = sum(powers)
    ranked = [(power / total, index - 1) for index, power in enumerate(powers)]
    return sorted(ranked, key=lambda pair: (-pair[0], pair[1]))


@lru_cache(maxsize=1)
def weights() -> dict[str, float]:
    """The weight of each sign."""
    data = load(shipped("english/scene.yaml")).data
    return {sign: float(weight) for sign, weight in data["weights"].items()}


@lru_cache(maxsize=1)
def _lists() -> dict[str, frozenset[str]]:
    data = load(shipped("english/scene.yaml")).data
    return {name: frozenset(listed) for name, listed in data["words"].items()}


def candidates(text: str) -> list[Span]:
    """Capitalised runs of a sentence that may be places, where nobody has looked for mentions.

    >>> text = "On Friday the United Nations said two died in Quern, north of Abber."
    >>> [span.of(text) for span in candidates(text)]
    ['Quern', 'Abber']
    """
    lexicon, folded = words(), fold(text)
    found = []
    for run in runs(text):
        pieces: list[list[tuple[int, int]]] = [[]]
        for start, end in run:
            word = folded[start:end].strip("'")
            if word in lexicon.never or word in lexicon.demonyms:
                pieces.append([])
            else:
                pieces[-1].append((start, end))
        for piece in pieces:
            if piece and not _is_no_place(text, folded, piece, lexicon):
                found.append(Span(piece[0][0], piece[-1][1]))
    return found


def _is_no_place(text: str, folded: str, piece: list[tuple[int, int]], lexicon: Words) -> bool:
    """Whether a piece of a run is a person, an organisation or an acronym by its own words."""
    told = [folded[start:end] for start, end in piece]
    printed = text[piece[0][0] : piece[-1][1]]
    if any(
        word in lexicon.first_names or word in lexicon.titles or word.rstrip(".") in lexicon.titles for word in told
    ):
        return True
    if any(word in lexicon.organisations for word in told):
        return True
    if printed.isupper() and len(printed) <= 6 and printed not in ("US", "UK", "U.S.", "U.K.", "UAE"):
        return True
    if all(lexicon.is_demonym(word) or word in lexicon.compass for word in told):
        return True
    before = around(folded, piece[0][0], piece[-1][1]).before
    if before and before[-1] == ".":
        before = before[:-1]
    return bool(before) and before[-1] in lexicon.titles


# -- signs -------------------------------------------------------------------------------------------------------


def signs(text: str, trigger: Span, mentions: Sequence[Span]) -> list[list[str]]:
    """The signs of "no place" and of each mention, in that order."""
    folded = fold(text)
    low, high = _sentence(text, trigger)
    verb = around(folded, trigger.start, trigger.end, low=low, high=high)
    everything = tokens(folded, low, high)
    order = sorted(range(len(mentions)), key=lambda index: mentions[index].start)
    places = [mentions[index] for index in order]
    read = [_phrase(folded, span, low, high) for span in places]
    told: list[list[str]] = [[] for _ in mentions]
    nearest = sorted(range(len(places)), key=lambda at: _gap(places[at], trigger))
    for at, index in enumerate(order):
        told[index] = _place_signs(text, folded, trigger, verb, everything, places, read, at, nearest.index(at), low)
    return [_nowhere_signs(folded, trigger, verb, told), *told]


def _sentence(text: str, trigger: Span) -> tuple[int, int]:
    """The paragraph around the trigger: as far as the signs look."""
    low = text.rfind("\n", 0, trigger.start) + 1
    high = text.find("\n", trigger.end)
    return low, len(text) if high < 0 else high


def _phrase(folded: str, span: Span, low: int, high: int) -> tuple[phrases.Phrase, Around]:
    near = around(folded, span.start, span.end, low=low, high=high)
    return phrases.read(span.start, span.end, near, name=folded[span.start : span.end]), near


def _gap(span: Span, trigger: Span) -> int:
    return trigger.start - span.end if span.end <= trigger.start else span.start - trigger.end


def _verb_form(folded: str, trigger: Span, verb: Around) -> str:
    lists = _lists()
    before = [token.word for token in verb.left][-4:]
    word = folded[trigger.start : trigger.end]
    if any(one in lists["be"] for one in before[-3:]):
        return "passive" if not word.endswith("ing") else "progressive"
    if word.endswith("ing"):
        return "ing"
    if before and before[-1] == "to":
        return "infinitive"
    return "active"


def _place_signs(
    text: str,
    folded: str,
    trigger: Span,
    verb: Around,
    everything: list[Token],
    places: list[Span],
    read: list[tuple[phrases.Phrase, Around]],
    at: int,
    nearness: int,
    low: int,
) -> list[str]:
    """What speaks for one mention."""
    lexicon, lists = words(), _lists()
    span, (phrase, near) = places[at], read[at]
    after = span.start >= trigger.end
    side = "after" if after else "before"
    found = ["place", f"place {side}", f"nearest {min(nearness, 3)}", f"nearest {min(nearness, 2)} {side}"]
    if after:
        between = [token.word for token in everything if trigger.end <= token.start and token.end <= phrase.lead]
    else:
        between = [token.word for token in everything if phrase.end <= token.start and token.end <= trigger.start]
    distance = len(between)
    bucket = next(limit for limit in (1, 3, 6, 10, 16, 1000) if distance <= limit)
    found.append(f"{side} within {bucket}")
    led = [token.word for token in near.left if token.end <= phrase.lead]
    while led and (led[-1] in lists["fillers"] or lexicon.is_demonym(led[-1])):
        led = led[:-1]
    preposition = led[-1] if led and led[-1] in lists["prepositions"] else "(" if not led else "other"
    if phrase.relation in ("near", "edge", "direction") and not phrase.part:
        preposition = phrase.relation
    found += [f"{side} {preposition}", f"{preposition}"]
    form = _verb_form(folded, trigger, verb)
    found += [f"{form} {side}", f"{form} {side} {preposition}"]
    if (
        after
        and distance <= 5
        and not any(word in lists["prepositions"] or word in lists["breaks"] for word in between)
    ):
        found += ["object", f"object {form}"]
        if phrase.of_kind:
            found.append("object of kind")
    plain = not any(word in lists["prepositions"] or word in lists["breaks"] for word in between)
    if not after and distance <= 4 and plain and preposition in ("other", "("):
        found += ["subject", f"subject {form}"]
    if phrase.of_kind:
        found += ["of kind", f"of kind {side}"]
        if phrase.kind_hint:
            found.append(f"kind {phrase.kind_hint}")
    if phrase.part:
        found.append("part")
    for word in dict.fromkeys(between):
        if word in lists["breaks"]:
            found += [f"across {word}", f"{side} across {word}"]
        elif word in lists["sayings"]:
            found += ["across saying", f"{side} across saying"]
    commas = sum(word == "," for word in between)
    if commas:
        found += [f"across commas {min(commas, 3)}", f"{side} across commas {min(commas, 2)}"]
    verbs = sum(1 for word in between if _is_verb(word))
    found.append(f"across verbs {min(verbs, 3)}")
    found.append(f"{side} across verbs {min(verbs, 2)}")
    crossed = sum(1 for other in places if other is not span and _lies_between(other, span, trigger))
    found.append(f"across places {min(crossed, 3)}")
    found += _company(folded, places, read, at)
    found += _shape(text, folded, span, phrase, near, low, lexicon, lists)
    return found


def _is_verb(word: str) -> bool:
    return word in _lists()["verbs"] or (len(word) > 4 and word.endswith("ed"))


def _lies_between(other: Span, span: Span, trigger: Span) -> bool:
    if span.start >= trigger.end:
        return trigger.end <= other.start < span.start
    return span.end <= other.start and other.end <= trigger.start


def _company(folded: str, places: list[Span], read: list[tuple[phrases.Phrase, Around]], at: int) -> list[str]:
    """How a mention belongs to the mention before and after it: "A in B", "A, B", "A and B"."""
    found = []
    if at:
        gap = folded[read[at - 1][0].end : read[at][0].start].strip()
        if is_list_gap(gap) and gap != ",":
            found.append("in a list, not first")
        elif gap == ",":
            found.append("holds the place before")
        elif len(gap.split()) <= 5 and re.search(r"(?:^|\s)(?:in|of|inside)(?: the)?(?: [\w'-]+)?$", gap):
            found.append("holds the place before by in")
    if at + 1 < len(places):
        gap = folded[read[at][0].end : read[at + 1][0].start].strip()
        if is_list_gap(gap) and gap != ",":
            found.append("in a list, not last")
        elif gap == ",":
            found.append("held by the next place")
        elif len(gap.split()) <= 5 and re.search(r"(?:^|\s)(?:in|of|inside)(?: the)?(?: [\w'-]+)?$", gap):
            found.append("held by the next place by in")
        elif read[at + 1][0].relation in ("near", "direction", "edge"):
            found.append("placed by the next")
    return found


def _shape(
    text: str,
    folded: str,
    span: Span,
    phrase: phrases.Phrase,
    near: Around,
    low: int,
    lexicon: Words,
    lists: dict[str, frozenset[str]],
) -> list[str]:
    """What the name itself looks like."""
    found = []
    own = folded[span.start : span.end].replace("-", " ").split()
    after = near.after
    if span.start - low <= 8:
        found.append("opens the sentence")
        if near.left and near.left[0].word in lists["prepositions"]:
            found.append("opens the sentence after a preposition")
    if after and after[0] == "'s":
        found.append("possessive")
    if after and after[0] == "-":
        found.append("hyphened")
    if after and after[0] == "(":
        found.append("before a bracket")
    if after and (after[0] in lexicon.person_verbs or after[0] in lexicon.metonym_verbs):
        found.append("before a verb of saying or ruling")
    if after and lexicon.governments.starts(after):
        found.append("before an office")
    if len(own) == 1 and len(text[span.start : span.end]) > 3 and text[span.start : span.end].isupper():
        found.append("all capitals")
    if len(own) >= 3:
        found.append("three words or more")
    if own[0] in ("al", "el"):
        found.append("article")
    if near.left and near.left[-1].word == "the":
        found.append("after the")
    count = lexicon.organisation_heads.ends(near.before[:-1]) if near.before[-1:] in (["of"], ["for"]) else 0
    if count:
        found.append("after an organisation")
    if lexicon.reference.ends(near.before):
        found.append("after a border or way")
    if lexicon.strong.ends(near.before):
        found.append("after a locative")
    if near.before and near.before[-1] in lists["prepositions"] and len(near.before) > 1:
        word = near.before[-2]
        if lexicon.events.starts([word]):
            found.append("after an event noun")
        elif word in lists["people"]:
            found.append("after people")
        elif word in lists["sayings"]:
            found.append("after a saying")
    if phrase.relation == "direction":
        found.append("direction")
    return found


def _nowhere_signs(folded: str, trigger: Span, verb: Around, told: list[list[str]]) -> list[str]:
    """What speaks for no place."""
    lists = _lists()
    form = _verb_form(folded, trigger, verb)
    word = folded[trigger.start : trigger.end]
    found = ["nowhere", f"nowhere {form}", f"nowhere of {min(len(told), 4)}"]
    before = [token.word for token in verb.left]
    after = [token.word for token in verb.right]
    if word in lists["sayings"]:
        found.append("nowhere saying")
    if word in lists["be"] or word in lists["verbs"]:
        found.append("nowhere plain verb")
    if any(one in lists["modals"] for one in before[-4:]):
        found.append("nowhere modal")
    if any(one in ("not", "n't", "never", "no") for one in before[-4:]):
        found.append("nowhere negation")
    if any(one in ("have", "has", "had") for one in before[-3:]):
        found.append("nowhere perfect")
    if any(one in ("who", "which", "that") for one in before[-3:]):
        found.append("nowhere relative")
    if any(one in ("since", "years", "decades", "percent", "total") for one in after[:10]):
        found.append("nowhere sums")
    if after[:1] == ["by"]:
        found.append("nowhere by")
    if not after or after[0] in (".", '"'):
        found.append("nowhere at the end")
    if after[:1] in (["in"], ["at"], ["near"], ["on"]):
        found.append("nowhere before in")
    if not any("after a locative" in signs_of for signs_of in told):
        found.append("nowhere without a locative")
    if len(folded) < 80:
        found.append("nowhere short")
    return found
