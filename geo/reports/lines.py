"""The lines of a text that are not blank, with their offsets."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from statistics import median

_LINE = re.compile(r"[^\r\n]+")
FAR = 2  # line ends before the first line: it stands as free as one after a blank line


LONG = 100  # characters; hand-wrapped lines are shorter, paragraphs longer


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the blanks around it; `gap` is how many line ends stand before it (2: a blank line between)."""

    start: int
    end: int
    text: str
    gap: int


def lines_of(text: str, start: int = 0) -> list[Line]:
    """The lines of `text[start:]` that are not blank; offsets are those of `text`.

    >>> [(line.text, line.gap) for line in lines_of("Bridge closed\\r\\n\\r\\nIt rained.\\r\\nA lot.")]
    [('Bridge closed', 2), ('It rained.', 2), ('A lot.', 1)]
    """
    found: list[Line] = []
    at = start
    for match in _LINE.finditer(text, start):
        stripped = match[0].strip()
        if not stripped:
            continue
        begin = match.start() + match[0].index(stripped)
        gap = max(text.count("\n", at, begin), text.count("\r", at, begin)) if found else FAR
        at = begin + len(stripped)
        found.append(Line(begin, at, stripped, gap))
    return found


def words_in(lines: list[Line]) -> int:
    """How many words some lines have together."""
    return sum(len(line.text.split()) for line in lines)


def spread(lines: list[Line]) -> list[Line]:
    """The lines as if a blank line stood between all, where a text has each paragraph on one line and no blank lines.

    >>> [line.gap for line in spread(lines_of("Bridge closed\\n" + "It rained. " * 20 + "\\n" + "It rained. " * 20))]
    [2, 2, 2]
    """
    if any(line.gap >= FAR for line in lines[1:]) or median([len(line.text) for line in lines] or [0]) < LONG:
        return lines
    return [replace(line, gap=max(line.gap, FAR)) for line in lines]
