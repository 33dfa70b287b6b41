"""What the words beside a name say about it: what kind of place, which part of it, how far from it and which way."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from geo.places.tokens import Around, Token
from geo.places.words import BEARINGS, IN_THE_NAME, Words, words

_DISTANCE = re.compile(r"(\d+(?:[.,]\d+)?)[- ]?([a-z]+)?$")
_SMALL_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8} | {
    "nine": 9, "ten": 10, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
_BESIDE = frozenset({"city", "town", "village", "neighbourhood", "district", "subdistrict", "governorate", "region"})


@dataclass(frozen=True, slots=True)
class Phrase:
    """How a name is used: the span of the whole phrase, and what it says. Fields as in `Mention`.

    `lead` is where the phrase with its preposition starts, `of_kind` whether a class noun stands right beside the name,
    `plural` whether that noun is a plural, so that it counts for a whole list, `beside` whether it stands before the
    name without "of" ("the town Quern"), which says less.
    """

    start: int
    end: int
    lead: int
    kind_hint: str | None = None
    relation: str = "at"
    part: str | None = None
    distance_m: float | None = None
    bearing_deg: float | None = None
    plural: bool = False
    of_kind: bool = False
    beside: bool = False


def read(start: int, end: int, near: Around, *, name: str = "", is_area: bool = False) -> Phrase:
    """Read the words around a name that stands at `start:end`.

    `name` is the folded name itself, `is_area` whether it is known to be a country, a province or the like.

    >>> from geo.places.tokens import around
    >>> text = "shells fell 20 km north of quern city"
    >>> phrase = read(27, 32, around(text, 27, 32))
    >>> phrase.kind_hint, phrase.relation, phrase.distance_m, phrase.bearing_deg
    ('city', 'direction', 20000.0, 0.0)
    """
    lexicon = words()
    phrase = Phrase(start, end, start)
    own = name.split()
    if len(own) > 1 and own[-1] in lexicon.kinds:
        phrase = replace(phrase, kind_hint=lexicon.kinds[own[-1]], of_kind=True)
    phrase = _read_after(phrase, near, lexicon, is_area=is_area)
    left = near.left
    if left and left[-1].word == "the":
        left = left[:-1]
    phrase, left = _read_kind_before(phrase, left, lexicon)
    phrase, left = _read_part(phrase, left, lexicon)
    return _read_relation(phrase, left, lexicon)


def _read_after(phrase: Phrase, near: Around, lexicon: Words, *, is_area: bool) -> Phrase:
    """Class nouns and edges behind the name."""
    right = near.right
    after = near.after
    if not after or right[0].start - phrase.end > 1:
        return phrase
    if after[0] == "(" and len(after) > 3 and after[2] == ")" and after[3] in lexicon.kinds:
        return replace(phrase, end=right[3].end, kind_hint=lexicon.kinds[after[3]], of_kind=True)  # "X (military) base"
    possessive = after[0] == "'s"
    at = 1 if possessive else 0
    if not possessive and (not phrase.of_kind or phrase.kind_hint in IN_THE_NAME):  # "the Iron Gate quarter"
        for count in (3, 2, 1):
            noun = " ".join(after[:count])
            if len(after) >= count and noun in lexicon.kinds:
                follows = after[count] if len(after) > count else ""
                hyphened = follows == "-"
                if follows in lexicon.unkind or hyphened or (noun, follows) == ("state", "of"):
                    break
                kind = lexicon.kinds[noun]
                if follows == "of" and (kind in ("city", "town") or (is_area and kind == "village")):
                    break  # "the West Bank city of Quern": the noun belongs to the next name
                plural = after[count - 1] in lexicon.plurals
                phrase = replace(phrase, end=right[count - 1].end, kind_hint=kind, plural=plural, of_kind=True)
                at = count
                break
    rest = after[at:]
    if rest and (not possessive or len(rest) > 0):
        if (
            rest[0] in lexicon.compass
            and len(rest) > 1
            and (rest[1] in lexicon.edge_after or rest[1] in lexicon.rural_after)
        ):
            phrase = replace(phrase, part=lexicon.compass[rest[0]])
            rest, at = rest[1:], at + 1
        if rest[0] in lexicon.rural_after:
            return replace(phrase, end=right[at].end, relation="area", part=phrase.part or "rural")
        if rest[0] in lexicon.edge_after and (possessive or not phrase.of_kind):
            return replace(phrase, end=right[at].end, relation="edge")
    return phrase


def _read_kind_before(phrase: Phrase, left: list[Token], lexicon: Words) -> tuple[Phrase, list[Token]]:
    """ "the town of X", "the village X"."""
    told = [token.word for token in left]
    if len(told) >= 2 and told[-1] == "of" and told[-2] in lexicon.kinds:
        kind = lexicon.kinds[told[-2]]
        if kind not in IN_THE_NAME and not (
            told[-2] == "state" and len(told) > 2 and told[-3] in ("islamic", "secretary")
        ):
            hint = phrase.kind_hint or kind
            plural = phrase.plural or told[-2] in lexicon.plurals
            phrase = replace(phrase, kind_hint=hint, plural=plural, of_kind=True, lead=left[-2].start)
            return phrase, _without_compass(left[:-2], lexicon)
    apposed = len(told) >= 3 and told[-1] == "," and told[-2] in lexicon.kinds and told[-3] in ("a", "an", "another")
    if apposed and lexicon.kinds[told[-2]] in _BESIDE and not phrase.kind_hint:  # "in a village, X"
        return replace(phrase, kind_hint=lexicon.kinds[told[-2]], of_kind=True, lead=left[-2].start), left[:-3]
    beside = bool(told) and lexicon.kinds.get(told[-1]) in _BESIDE and told[-1] not in lexicon.plurals
    if beside and not phrase.kind_hint:
        hint = lexicon.kinds[told[-1]]
        phrase = replace(phrase, kind_hint=hint, of_kind=True, beside=True, lead=left[-1].start)
        return phrase, _without_compass(left[:-1], lexicon)
    return phrase, left


def _without_compass(left: list[Token], lexicon: Words) -> list[Token]:
    """ "the northern city of X": where in the country the city lies, not a part of it."""
    _, count = _compass([token.word for token in left], lexicon)
    return left[:-count] if count else left


def _compass(told: list[str], lexicon: Words) -> tuple[str | None, int]:
    """The compass part that the last words name, and how many words it takes."""
    for count in (2, 1):
        if len(told) >= count and (direction := lexicon.compass.get(" ".join(told[-count:]))):
            return direction, count
    return None, 0


def _read_part(phrase: Phrase, left: list[Token], lexicon: Words) -> tuple[Phrase, list[Token]]:
    """ "northern X", "the eastern half of X", "rural X", "the countryside of X"."""
    told = [token.word for token in left]
    part, count = _compass(told, lexicon)
    if part:
        if part == "c" and phrase.kind_hint in ("governorate", "country"):
            return phrase, left[:-count]  # "central Quern province": where the province lies
        start = left[-count].start
        return replace(phrase, start=start, lead=start, part=part, relation="area"), left[:-count]
    stop = len(told)
    if stop >= 2 and told[-1] in ("of", "in"):
        stop -= 1
        if told[stop - 1] in lexicon.parts or told[stop - 1] in lexicon.hearts:
            noun = told[stop - 1]
            part, count = ("c", 0) if noun in lexicon.hearts else _compass(told[: stop - 1], lexicon)
            if part and (told[-1] == "of" or noun in ("countryside", "suburbs", "outskirts")):
                first = stop - 1 - count
                start = left[first].start
                relation = "edge" if noun in ("suburbs", "outskirts", "edge", "edges", "fringe") else "area"
                return replace(phrase, start=start, lead=start, part=part, relation=relation), left[:first]
        part, count = _compass(told[:stop], lexicon)
        before = told[: stop - count]
        held = 2 if len(before) > 1 and before[-2] == "the" and "-" in before[-1] else 1  # "the rebel-held east of X"
        if part and told[-1] == "of" and len(before) >= held and before[-held] == "the":
            before = before[:-held]
            if not before or before[-1] != "to":  # "in the north of X", not "to the north of X"
                start = left[stop - count].start
                return replace(phrase, start=start, lead=start, part=part, relation="area"), left[: len(before)]
    if count := lexicon.rural.ends(told):
        start = left[-count].start
        left = left[:-count]
        part, count = _compass([token.word for token in left], lexicon)
        if part:
            start, left = left[-count].start, left[:-count]
        return replace(phrase, start=start, lead=start, part=part or "rural", relation="area"), left
    return phrase, left


def _read_relation(phrase: Phrase, left: list[Token], lexicon: Words) -> Phrase:
    """ "near X", "on the edge of X", "20 km north of X", "just east of X"."""
    if left and left[-1].word == "the":
        left = left[:-1]
    told = [token.word for token in left]
    if not told:
        return phrase
    if told[-1] in ("of", "from"):
        rest = told[:-1]
        bearing, count = _compass(rest, lexicon)
        if bearing in BEARINGS and not (told[-1] == "from" and count == 0):
            rest = rest[:-count]
            if rest and rest[-1] == "the":
                rest = rest[:-1]
            if rest and rest[-1] == "to":
                rest = rest[:-1]
            distance_m, used = _distance(rest, lexicon)
            first = len(rest) - used
            return replace(
                phrase,
                relation="direction",
                bearing_deg=BEARINGS[bearing],
                distance_m=distance_m,
                lead=left[first].start,
            )
        distance_m, used = _distance(rest, lexicon)
        if distance_m:
            first = len(rest) - used
            return replace(phrase, relation="direction", distance_m=distance_m, lead=left[first].start)
    for phrases, relation in ((lexicon.edge, "edge"), (lexicon.near, "near")):
        if count := phrases.ends(told):
            keep = phrase.relation if phrase.part else relation
            distance_m, used = _distance(told[:-count], lexicon)
            if distance_m:
                return replace(phrase, relation="direction", distance_m=distance_m, lead=left[-count - used].start)
            return replace(phrase, relation=keep, lead=left[-count].start)
    return phrase


def _distance(told: list[str], lexicon: Words) -> tuple[float | None, int]:
    """The distance that the last words give, in metres, and how many words it takes: "20 km", "200km", "(12 miles)"."""
    used = 0
    while told and told[-1] == ")":  # "20 kilometres (12 miles) north of": the first figure counts
        try:
            opening = len(told) - 1 - told[::-1].index("(")
        except ValueError:
            break
        used += len(told) - opening
        told = told[:opening]
    if told and told[-1] in ("away", "or", "so"):
        told, used = told[:-1], used + 1
    if not told:
        return None, 0
    joined = _DISTANCE.match(told[-1])
    if joined and joined[2] in lexicon.lengths:
        return float(joined[1].replace(",", ".")) * lexicon.lengths[joined[2]], used + 1
    if told[-1] in lexicon.lengths and len(told) > 1:
        unit = lexicon.lengths[told[-1]]
        number = told[-2]
        if number in _SMALL_NUMBERS:
            return _SMALL_NUMBERS[number] * unit, used + 2
        if number == "few" or number == "several":
            return 3 * unit, used + 2  # "a few kilometres": about three
        if digits := re.fullmatch(r"\d+(?:\.\d+)?", number):
            return float(digits[0]) * unit, used + 2
        if number.isdigit():
            return float(number) * unit, used + 2
    return None, 0
