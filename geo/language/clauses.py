"""Cut a sentence into clauses: stretches with one verb, each with the word that opens it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.files import load, shipped
from geo.language.patterns import pattern
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
    alternatives = "|".join(re.escape(word).replace(r"\ ", " ") for word in longest_first)
    _kinds.update(kinds)
    return _Words(
        subordinate=re.compile(
            rf"(?<![\w'-])(?P<word>{alternatives})(?![\w'-])"
            r"|(?P<stop>,(?=\s+with\s)|;|:(?!\d)(?!\s*[a-z])| - |\(|\))"
        ),
        as_plain=frozenset(data["as_plain"]),
        as_after=frozenset(data["as_after"]),
        times=frozenset(data["time_words"]),
    )


_kinds: dict[str, str] = {}
_WORD = re.compile(r"[\w'-]+")


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
    bracket = 0  # where a short aside in brackets ends
    for match in words.subordinate.finditer(folded):
        at, word = match.start(), match.group("word")
        if match.group("stop") == "(" and (aside := pattern("short_aside").match(folded, at)):
            bracket = aside.end()
        if at < bracket:
            continue  # "Quern (17 km north of Abber) was shelled" is one clause
        if word is None:
            if match.group() == "," and not pattern("with_absolute").search(folded[at : at + 80]):
                continue
            stop = match.group("stop").strip()
            opened.append((match.end() if stop != "(" else at, "coordinate" if stop == "," else "apart", stop))
            continue
        kind = _kinds[word]
        following = _WORD.search(folded, match.end())
        following_word = following.group() if following and following.start() - match.end() <= 2 else ""
        if kind == "subordinate" and _is_plain(word, folded[:at], following_word, words):
            continue
        if kind == "relative" and word == "that" and _is_pronoun(folded[:at]):
            continue
        if kind == "subordinate" and following_word == "being":
            kind = "coordinate"  # "after being hit": the subject is that of the clause before
        if kind == "coordinate" and following_word != "being" and not _joins_clauses(folded, at, match.end()):
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
    if word == "since" and pattern("perfect_since").search(before[-8:]):
        return True
    if word == "as":
        last = _WORD.findall(before[-24:])
        return following in words.as_plain or (bool(last) and last[-1] in words.as_after)
    return following in words.times or following[:1].isdigit()


def _is_pronoun(before: str) -> bool:
    """Whether "that" points ("that attack", "for that") instead of opening a clause."""
    return bool(pattern("that_points").search(before[-16:]))


def _joins_clauses(folded: str, at: int, end: int) -> bool:
    """Whether a coordinating word joins two clauses and not two nouns."""
    rest = folded[end : end + 60]
    if pattern("fronted").search(rest) or pattern("verb_next").search(rest):
        return True
    before_comma = rest.split(",")[0]
    if pattern("subject_next").search(before_comma):
        return True
    # ", and Kafr Zita" ends a list of names: a clause needs a verb before the next comma
    return folded[:at].rstrip().endswith(",") and bool(pattern("verb_within").search(before_comma))
