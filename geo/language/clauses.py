"""Cut a sentence into clauses: stretches with one verb, each with the word that opens it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.files import load, shipped
from geo.model import Span
from geo.text import fold


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence. `kind` is main, subordinate, relative, coordinate or apart (after ; : or a dash);
    `marker` is the word that opens it, empty for the first."""

    span: Span
    kind: str
    marker: str = ""


@dataclass(frozen=True, slots=True)
class _Words:
    subordinate: re.Pattern[str]
    as_plain: frozenset[str]
    as_after: frozenset[str]
    times: frozenset[str]


@cache
def _words(path: Path | None = None) -> _Words:
    data = load(path or shipped("english/clauses.yaml")).data
    kinds = {word: kind for kind in ("subordinate", "relative", "coordinate") for word in data[kind]}
    longest_first = sorted(kinds, key=lambda word: (-len(word), word))
    pattern = "|".join(re.escape(word).replace(r"\ ", " ") for word in longest_first)
    _kinds.update(kinds)
    return _Words(
        subordinate=re.compile(rf"(?<![\w'-])(?P<word>{pattern})(?![\w'-])|(?P<stop>,(?=\s+with\s+(?:(?!and\b)[\w'-]+\s+){{1,4}}(?:\w{{3,}}ed|\w{{3,}}ing|shot|hit|dead|left)\b)|;|:(?!\d)(?!\s*[a-z])| - |\(|\))"),
        as_plain=frozenset(data["as_plain"]),
        as_after=frozenset(data["as_after"]),
        times=frozenset(data["time_words"]),
    )


_kinds: dict[str, str] = {}
_WORD = re.compile(r"[\w'-]+")
# a coordinated verb ("and marched"): a word that ends like a past or -ing form, or stands after a pronoun or noun
_VERB_NEXT = re.compile(
    r"\s*(?:also |then |later |had |has |have |is |are |was |were |did |\w+ly )*(\w+ed|\w+ing|led|took|fell|fled|left|hit|shot|held|struck|said|killed|won|lost|drove|swept|blew|cut|set|sent|brought|broke|began|is|are|was|were|has|have|had|did|will)\b"
)


# "and for the first time civilians left": what stands in front opens a clause, and no list of nouns
_FRONTED = re.compile(r"\s*(?:for the (?:first|second|third|last) time|on \w+day|meanwhile|in the meantime|later|then)\b")


def clauses(text: str, start: int = 0, end: int | None = None) -> list[Clause]:
    """The clauses of `text[start:end]`, in order, covering it without gaps.

    >>> sentence = "Troops captured the dam before rebels fled the town, which was empty."
    >>> [(c.kind, c.marker, c.span.of(sentence).strip()) for c in clauses(sentence)]  # doctest: +NORMALIZE_WHITESPACE
    [('main', '', 'Troops captured the dam'),
     ('subordinate', 'before', 'before rebels fled the town,'),
     ('relative', 'which', 'which was empty.')]
    """
    words = _words()
    end = len(text) if end is None else end
    folded = fold(text[start:end])
    opened: list[tuple[int, str, str]] = [(0, "main", "")]
    for match in words.subordinate.finditer(folded):
        at, word = match.start(), match.group("word")
        if word is None:
            stop = match.group("stop").strip()
            opened.append((match.end() if stop != "(" else at, "coordinate" if stop == "," else "apart", stop))
            continue
        kind = _kinds[word]
        following = _WORD.search(folded, match.end())
        following_word = following.group() if following and following.start() - match.end() <= 2 else ""
        if kind == "subordinate" and _is_plain(word, folded[:at], following_word, words):
            continue
        if kind == "relative" and word == "that" and _is_pronoun(folded[:at], folded[match.end() :]):
            continue
        if kind == "coordinate" and not _joins_clauses(folded, at, match.end()):
            continue
        if at - opened[-1][0] > 0 or len(opened) > 1:
            opened.append((at, kind, word))
        else:
            opened[-1] = (at, kind, word)
    found = []
    for (at, kind, marker), (until, _, _) in zip(opened, [*opened[1:], (len(folded), "", "")]):
        if until > at:
            found.append(Clause(Span(start + at, start + until), kind, marker))
    return found


def _is_plain(word: str, before: str, following: str, words: _Words) -> bool:
    """Whether a subordinating word opens no clause here: "after midnight", "such as", "since March"."""
    if word == "since" and re.search(r"\b(?:have|has|had|ever|long)\s+$", before[-8:]):
        return True
    if word == "as":
        last = _WORD.findall(before[-24:])
        return following in words.as_plain or (bool(last) and last[-1] in words.as_after)
    return following in words.times or following[:1].isdigit()


def _is_pronoun(before: str, after: str) -> bool:
    """Whether "that" points ("that attack", "for that") instead of opening a clause."""
    last = _WORD.findall(before[-16:])
    return bool(last) and last[-1] in ("for", "in", "of", "on", "at", "by", "with", "from", "after", "blamed", "to")


def _joins_clauses(folded: str, at: int, end: int) -> bool:
    """Whether a coordinating word joins two clauses and not two nouns."""
    if _FRONTED.match(folded, end):
        return True
    if folded[:at].rstrip().endswith(","):
        rest = folded[end : end + 60]
        # ", and Kafr Zita" ends a list of names: a clause needs a verb before the next comma
        return bool(_VERB_NEXT.match(folded, end)) or bool(
            re.search(r"\b(?:is|are|was|were|has|have|had|did|\w{3,}ed)\b", rest.split(",")[0])
        )
    return bool(_VERB_NEXT.match(folded, end))
