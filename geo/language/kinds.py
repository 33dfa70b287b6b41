"""Tell headings, captions and source lines from the body of a report."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from geo.files import load, shipped
from geo.language.paragraphs import DATE_LINE, Paragraph
from geo.model import Span
from geo.text import Scanner, expand, fold

LONGEST_HEADING_WORDS = 26  # a standfirst; longer lines without a stop are text that was cut off
LONGEST_CAPTION_WORDS = 60
LONGEST_SOURCE = 120  # characters

_BYLINE = re.compile(r"by\s+[A-Z][\w.'’-]+(?:\s+(?:and\s+)?[A-Z][\w.'’-]*){0,6}\s*(?:[,|©(/].*)?$", re.IGNORECASE)
_SHOUTED = re.compile(r"\s*[•▪●◦‣·*]?\s*[A-Z][A-Z\s'’-]{4,60}:\s")
_DATELINE = re.compile(r"[A-Z][A-Z .'’-]+(?:,\s[\w.]+)?\s*(?:\([\w. ]+\)\s*)?(?:—|–|-|:)")


class KindWords(NamedTuple):
    """The words of sentences.yaml that tell kinds apart."""

    marks: Scanner[str]
    subjects: frozenset[str]
    verbs: re.Pattern[str]
    source_begin: tuple[str, ...]
    source_whole: frozenset[str]
    small: frozenset[str]
    agencies: frozenset[str]


@cache
def kind_words() -> KindWords:
    """The shipped words."""
    data: dict[str, Any] = load(shipped("english/sentences.yaml")).data
    captions, sources = data["captions"], data["sources"]
    verbs = [phrase for pattern in captions["verbs"] for phrase in expand(pattern)]
    return KindWords(
        Scanner([(mark, "caption") for mark in captions["marks"]]),
        frozenset(captions["subjects"]),
        re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, verbs), key=lambda v: (-len(v), v)))})\b"),
        tuple(sources["begin"]),
        frozenset(sources["whole"]),
        frozenset(data["small_words"]),
        frozenset(sources["agencies"]),
    )


def kind_of(text: str, parts: list[Paragraph], index: int, spans: list[Span], title: str) -> str:
    """What a paragraph is; `title` is the report's, folded."""
    part = parts[index]
    printed = text[part.start : min(part.end, part.start + 400)].strip()
    folded = fold(printed)
    if title and " ".join(folded.split()).strip(" .") == title:
        return "title"
    count = len(printed.split())
    words = kind_words()
    if part.end - part.start <= LONGEST_SOURCE and _is_source(printed, folded, words):
        return "source"
    if len(spans) <= 2 and count <= LONGEST_CAPTION_WORDS and _is_caption(printed, folded, len(spans), words):
        return "caption"
    if len(spans) == 1 and len(parts) > 1 and _is_heading(text, part, printed, count, index == len(parts) - 1):
        return "heading"
    return "body"


def aside(printed: str) -> str | None:
    """The kind of a sentence that stands apart inside a paragraph: a bracketed caption or credit, None for any other.

    >>> aside("(Reporting by Jo Hill)"), aside("[Photo: Jo Hill]"), aside("(They left.)")
    ('source', 'caption', None)
    """
    if printed[0] not in "([-–—":
        return None
    words, folded = kind_words(), fold(printed)
    if folded.strip(" .") in words.source_whole:
        return "source"
    if printed[0] not in "([":
        return None
    if len(printed) <= LONGEST_SOURCE and _is_source(printed, folded, words):
        return "source"
    return "caption" if words.marks.scan(folded, folded=True) else None


def _is_source(printed: str, folded: str, words: KindWords) -> bool:
    first, _, rest = printed.partition(" ")
    dated = rest if fold(first) in words.agencies else printed
    if folded.strip(" .") in words.source_whole or DATE_LINE.fullmatch(dated):
        return True
    if folded.startswith("by "):
        return bool(_BYLINE.match(printed)) and not printed.endswith(".")
    begins = folded.startswith(words.source_begin)
    return begins and (printed[0] in "([©" or not printed.endswith((".", "?", "!")) or folded.startswith("report"))


def _is_caption(printed: str, folded: str, sentences: int, words: KindWords) -> bool:
    if words.marks.scan(folded, folded=True) or (_SHOUTED.match(printed) and printed[0] in "•▪●◦‣·*"):
        return True
    first = folded.split(maxsplit=1)[0]
    if sentences > 1 or first not in words.subjects:
        return False
    head = " ".join(folded.split()[:9])
    said = re.search(r"\b(?:said|says|told|was|were|has|had|have|killed|according)\b", folded)
    return bool(words.verbs.search(head)) and not said


def _is_heading(text: str, part: Paragraph, printed: str, count: int, last: bool) -> bool:
    """A short line without a stop that is not the middle of anything."""
    if count > LONGEST_HEADING_WORDS or part.lines > 2 or not any(char.isalpha() for char in printed):
        return False
    if part.stops and not (printed.endswith(("?", "!")) and count <= 12 and is_title_case(printed)):
        return False
    if printed[0].islower() or printed[0] in "•▪●◦‣":
        return False
    return not last or (count <= 8 and is_title_case(printed))


def is_title_case(printed: str) -> bool:
    """Whether most words that could be capitalised are.

    >>> is_title_case("Bridge in the Hills Reopens"), is_title_case("The bridge in the hills reopens")
    (True, False)
    """
    small = kind_words().small
    words = [word.strip("\"'“”‘’()[]:,?!") for word in printed.split()]
    words = [word for word in words if word and fold(word) not in small and word[0].isalpha()]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.8 * len(words)
