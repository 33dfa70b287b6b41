"""Find the paragraphs of a text, whether its lines are paragraphs or paragraphs are wrapped over lines."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

NARROWEST, WIDEST = 40, 110  # hard-wrapped text has lines about this long
MOSTLY = 0.6  # of the lines that could be wrapped, so many must look it

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_STOPPED = re.compile(r"[.!?…:;][\"'”’»)\]]*\s*$")
_BULLET = re.compile(r"\s*(?:[•▪●◦‣·*]\s|[-–—]\s+(?=[A-Z\"“‘])|\d{1,2}[.)]\s)")
_INLINE_BULLET = re.compile(r"(?<=\s)[•▪●◦‣](?=\s)")
_SOURCE = re.compile(r"\s*[(\[]\s*sources?\s*[:/]", re.IGNORECASE)
_BROKEN = re.compile(r"[a-z]-$")
_DAY_NAME = r"(?:(?i:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?i:day)?\.?,?\s+)"
_FULL_DATE = (
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+[a-z]{3,9}\.?,?\s*(?:19|20)\d\d|[a-z]{3,9}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s*(?:19|20)\d\d"
    r"|(?:19|20)\d\d-\d\d-\d\d|\d{1,2}[-./]\d{1,2}[-./](?:19|20)\d\d)(?:,?\s+\d{1,2}:\d\d(?:\s?[ap]m)?|\s\d{4}(?=\s(?:utc|gmt)))?(?:\s(?:utc|gmt|ksa)[+-]?\d*)?"
)
# "Wed 05 Apr 2017", "Published February 18 2015", "12.04.2014": a line for the day, which often has lost its line
DATE_LINE = re.compile(
    rf"\s*(?:(?:last\s)?(?:published|posted|updated?|date(?:\sof\spublication)?)(?:\s(?:at|on))?:?\s+)?"
    rf"{_DAY_NAME}?{_FULL_DATE}(?=\s+[\"“‘A-Z0-9]|\s*$|(?-i:[A-Z][a-z]))",
    re.IGNORECASE,
)
# the same behind a headline that has lost its line as well: "Bridge reopens AFP Thursday 14 Jul 2016 The bridge ..."
_LATER_DATE_LINE = re.compile(
    rf"(?:(?<=[\w.?!\"”’)])\s(?:(?:[A-Z]{{2,8}}|Reuters|Agencies)\s+)?{_DAY_NAME}|(?<=[.?!\"”’)])\s)(?i:{_FULL_DATE})"
    r"(?=\s+[\"“‘A-Z0-9])"
)
HEAD = 300  # characters of a text in which such a date line is looked for
_NOT_A_LINE = re.compile(
    r"\b(?:on|of|since|until|from|to|and|by|before|after|late|early|last|in|at|the|between)$", re.IGNORECASE
)


class Paragraph(NamedTuple):
    """A run of text that no sentence crosses; `last_line_stops` says whether it ends like a sentence."""

    start: int
    end: int
    stops: bool
    lines: int


def paragraphs(text: str, *, forced: tuple[int, ...] = ()) -> list[Paragraph]:
    """The paragraphs of a text: parted by blank lines, and by line ends unless the text is hard-wrapped.

    A list item, a source line and a date line at the head are paragraphs of their own; `forced` are further edges.

    >>> text = "A heading\\nFirst line here.\\n\\n• an item"
    >>> [text[part.start:part.end] for part in paragraphs(text)]
    ['A heading', 'First line here.', '• an item']
    """
    lines = _lines(text)
    wrapped = _is_wrapped(text, lines)
    groups: list[list[tuple[int, int]]] = []
    for index, (start, end) in enumerate(lines):
        if groups and index and _continues(text, lines[index - 1], (start, end), wrapped):
            groups[-1].append((start, end))
        else:
            groups.append([(start, end)])
    parts: list[Paragraph] = []
    for group in groups:
        start, end = group[0][0], group[-1][1]
        edges = {start, *(edge for edge in forced if start < edge < end)}
        if start < HEAD:
            edges |= _date_line_edges(text, start, end, sorted(edges))
        edges |= {bullet.start() for bullet in _INLINE_BULLET.finditer(text, start, end)}
        ordered = [*sorted(edges), end]
        for low, high in pairwise(ordered):
            if text[low:high].strip():
                parts.append(Paragraph(low, high, bool(_STOPPED.search(text, max(low, high - 8), high)), len(group)))
    return parts


def _date_line_edges(text: str, start: int, end: int, begins: list[int]) -> set[int]:
    """Both ends of the date lines that stand within a paragraph at the head of a text."""
    edges: set[int] = set()
    for begin in begins:
        found = DATE_LINE.match(text, begin, end)
        if found and (found.end() < end or begin > start):
            edges |= {begin, found.end()}
    if not edges:
        later = _LATER_DATE_LINE.search(text, start, min(end, start + HEAD))
        if later and not _NOT_A_LINE.search(text, max(start, later.start() - 8), later.start()):
            edges |= {later.start(), later.end()}
    return edges


def _lines(text: str) -> list[tuple[int, int]]:
    """The lines that are not blank, without their outer blanks."""
    lines = []
    for found in _LINE.finditer(text):
        line = found[0]
        stripped = line.strip()
        if stripped:
            start = found.start() + len(line) - len(line.lstrip())
            lines.append((start, start + len(stripped)))
    return lines


def _adjacent(text: str, first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether no blank line parts two lines."""
    gap = text[first[1] : second[0]].replace("\r\n", "\n")
    return sum(gap.count(char) for char in "\n\r\x0b\x85\u2028") == 1 and "\x0c" not in gap and "\u2029" not in gap


def _is_wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether lines end because they are full: the next word would not have fitted into the widest of them."""
    if len(lines) < 3:
        return False
    widest = max(end - start for start, end in lines)
    if not NARROWEST <= widest <= WIDEST:
        return False
    could = full = 0
    for first, second in pairwise(lines):
        if _adjacent(text, first, second):
            could += 1
            word = text[second[0] : second[1]].split(maxsplit=1)[0]
            full += (first[1] - first[0]) + 1 + len(word) > widest - 6
    return could > 0 and full >= MOSTLY * could


def _continues(text: str, first: tuple[int, int], second: tuple[int, int], wrapped: bool) -> bool:
    """Whether the second line goes on with the first one's paragraph."""
    if not _adjacent(text, first, second) or _BULLET.match(text, *second) or _SOURCE.match(text, *second):
        return False
    if wrapped:
        return True
    # one line a paragraph: only a line that breaks off goes on in the next
    line = text[first[0] : first[1]]
    begins_low = text[second[0]].islower()
    return begins_low and (line[-1] in ",-" or line[-1].isalnum()) and len(line) >= NARROWEST


def joins(text: str, parts: list[Paragraph]) -> dict[int, int]:
    """Paragraphs that break off at a hyphen, and the one that goes on: at most two captions stand between."""
    found: dict[int, int] = {}
    for index, part in enumerate(parts):
        if not _BROKEN.search(text, max(part.start, part.end - 3), part.end):
            continue
        for resume in range(index + 1, min(index + 4, len(parts))):
            if text[parts[resume].start].islower():
                found[index] = resume
                break
            if parts[resume].stops:
                break
    return found
