"""Lists that a plural class noun opens or closes: every capitalised stretch in one is a place, also an unlisted one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from geo.model import Span
from geo.places.names import is_list_gap
from geo.places.tokens import runs
from geo.places.words import IN_THE_NAME, Words, words

Run = Sequence[tuple[int, int]]  # the spans of the words of a capitalised stretch

_WORD = re.compile(r"[\w'’-]+")
LONGEST_LIST = 400  # characters
LONGEST_NAME = 4  # words: a longer stretch has lost its commas
UNKNOWN = 0.4  # weight of a word that is no known name, so that a longer known name wins over two short ones


@dataclass(frozen=True, slots=True)
class Listed:
    """A member of a list, and the class noun that counts for it."""

    span: Span
    kind: str


def listed(text: str, folded: str, sentence: Span, known: Callable[[int, int], float]) -> list[Listed]:
    """The members of every list that a plural class noun opens ("the towns of A, B and C") or closes ("A and B
    villages"), in order. A list of one is none.

    `known` says how surely the gazetteer knows a stretch of the text, 0 to 1: where commas were lost, the longest known
    names are the members.

    >>> text = "Shells hit the villages of Umm Abber, Quern Hill and Tolle."
    >>> members = listed(text, text.lower(), Span(0, len(text)), lambda start, end: 0.0)
    >>> [(m.span.of(text), m.kind) for m in members]
    [('Umm Abber', 'village'), ('Quern Hill', 'village'), ('Tolle', 'village')]
    """
    lexicon = words()
    found: list[Listed] = []
    stretches = runs(text, sentence.start, sentence.end)
    for noun, opens in _plurals(folded, sentence, lexicon):
        group = _group(text, folded, stretches, noun, opens=opens, lexicon=lexicon)
        split = [part for stretch in group for part in _members(stretch, len(group), known)]
        if len(split) > 1:
            kind = lexicon.kinds[folded[noun.start : noun.end]]
            found += [Listed(Span(part[0][0], part[-1][1]), kind) for part in split]
    found.sort(key=lambda member: (member.span.start, -member.span.end))
    kept: list[Listed] = []
    for member in found:
        if not kept or member.span.start >= kept[-1].span.end:
            kept.append(member)
    return kept


def _plurals(folded: str, sentence: Span, lexicon: Words) -> Iterator[tuple[Span, bool]]:
    """Every plural class noun, and whether "of" makes it open a list."""
    for match in _WORD.finditer(folded, sentence.start, sentence.end):
        word = match.group()
        if word in lexicon.plurals and lexicon.kinds[word] not in IN_THE_NAME:
            opens = folded.startswith(" of ", match.end())
            yield Span(match.start(), match.end()), opens


def _group(text: str, folded: str, stretches: Sequence[Run], noun: Span, *, opens: bool, lexicon: Words) -> list[Run]:
    """The capitalised stretches of the list beside a noun, in order."""
    group: list[Run] = []
    if opens:
        at = noun.end + len(" of ")
        for stretch in (s for s in stretches if s[0][0] >= at):
            gap = folded[at : stretch[0][0]]
            if (group and not is_list_gap(gap)) or (not group and gap.strip() not in ("", "the")):
                break
            group.append(stretch)
            at = stretch[-1][1]
    else:
        at = noun.start
        for stretch in (s for s in reversed(stretches) if s[-1][1] <= noun.start):
            gap = folded[stretch[-1][1] : at]
            if (group and not is_list_gap(gap)) or (not group and gap.strip()):
                break
            group.insert(0, stretch)
            at = stretch[0][0]
        if len(group) == 1 and len(group[0]) <= LONGEST_NAME:
            return []  # "Quern Hills villages": one name
    if not group or group[-1][-1][1] - group[0][0][0] > LONGEST_LIST:
        return []
    told = {folded[start:end] for stretch in group for start, end in stretch}
    return [] if told & (lexicon.never | lexicon.organisations | lexicon.titles) else group


def _members(stretch: Run, count: int, known: Callable[[int, int], float]) -> list[Run]:
    """The names in a stretch: itself, or its parts where it is too long for one name or the commas are gone."""
    if known(stretch[0][0], stretch[-1][1]) or (len(stretch) < LONGEST_NAME and count > 2):
        return [stretch]
    size = len(stretch)
    best: list[tuple[float, list[tuple[int, int, bool]]]] = [(0.0, [])]
    for until in range(1, size + 1):
        options = []
        for length in range(1, min(LONGEST_NAME, until) + 1):
            first = until - length
            sure = known(stretch[first][0], stretch[until - 1][1])
            if sure or length == 1:
                value = sure * length * length if sure else UNKNOWN
                options.append((best[first][0] + value, [*best[first][1], (first, until, bool(sure))]))
        best.append(max(options, key=lambda option: option[0]))
    parts: list[Run] = []
    last_known = True
    for first, until, sure in best[-1][1]:
        if not sure and not last_known:
            parts[-1] = [*parts[-1], *stretch[first:until]]  # unknown words side by side are one name
        else:
            parts.append(stretch[first:until])
        last_known = sure
    if not any(sure for _, _, sure in best[-1][1]):
        return [stretch]
    return parts
