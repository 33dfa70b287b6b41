"""One file of text, many articles: where each begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from geo.reports import edges, heads, hidden
from geo.reports.edges import SourceLine, heading_text, is_headline, source_line
from geo.reports.lines import Line, lines_of, spread, words_in

LONG_LINE = 120  # characters; text wrapped by hand has shorter lines, a paragraph on one line is longer
SHORTEST = 25  # words: less is a caption, a footer or a title, not an article
_RULE = re.compile(r"([-*=_~#])(?:\s*\1){2,}$")


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a digest: where it stands, and what its edges say."""

    start: int
    end: int
    title: str | None = None
    source: SourceLine | None = None


def split(text: str, start: int = 0) -> list[Article]:
    """The articles of a text, in order; a text of one article gives one, an empty text none.

    >>> text = "Bridge closed\\n\\nIt rained.\\n(Source / 3.5.2021)\\n\\nFerry hit\\n\\nTwo hurt.\\n(Source / 2.5.2021)"
    >>> [(article.title, str(article.source.date)) for article in split(text)]
    [('Bridge closed', '2021-05-03'), ('Ferry hit', '2021-05-02')]
    """
    lines = spread(lines_of(text, start))
    groups = [
        part for group in _by_rules(lines) for chapter in _by_headings(group) for part in _by_source_lines(chapter)
    ]
    groups = [part for group in groups if (part := _without_rules(group))]
    sourced = sum(_source(group) is not None for group in groups)
    titled = sourced > 1 and sum(title_of(group) is not None for group in groups) > len(groups) / 2
    if sourced:
        enough = hidden.ENOUGH if sourced > 1 else hidden.ENOUGH_ALONE
        groups = [part for group in groups for part in _with_hidden(group, titled, enough)]
    return [_article(group) for group in groups]


def _by_rules(lines: list[Line]) -> list[list[Line]]:
    """Parts between ruled lines, if each part begins like an article of its own; else all lines as one part."""
    parts: list[list[Line]] = [[]]
    for line in lines:
        underline = line.gap < 2 and len(parts[-1]) == 1  # of the title above it
        if _RULE.match(line.text) and not underline:
            parts.append([])
        else:
            parts[-1].append(line)
    parts = [part for part in parts if part]
    if len(parts) > 1 and all(_begins_an_article(part) for part in parts):
        return parts
    return [lines] if lines else []


def _begins_an_article(part: list[Line]) -> bool:
    return len(part) > 1 and is_headline(part[0].text) and words_in(part) >= SHORTEST // 2


def _without_rules(part: list[Line]) -> list[Line]:
    """A part without ruled lines at its ends."""
    low, high = 0, len(part)
    while low < high and _RULE.match(part[low].text):
        low += 1
    while low < high and _RULE.match(part[high - 1].text):
        high -= 1
    return part[low:high]


def _by_headings(lines: list[Line]) -> list[list[Line]]:
    """Parts that begin with a Markdown heading of the top level, if each has its own source line or date."""
    marks = [re.match(r"#{1,6}(?=\s)", line.text) for line in lines]
    levels = [len(mark[0]) for mark in marks if mark]
    if not levels or marks[0] is None or levels.count(min(levels)) < 2:
        return [lines]
    cuts = [at for at, mark in enumerate(marks) if mark and len(mark[0]) == min(levels)]
    parts = [lines[low:high] for low, high in pairwise([*cuts, len(lines)])]
    dated = all(_source(part) or (part[1:] and heads.stated_date(part[1].text)) for part in parts)
    return parts if dated and cuts[0] == 0 else [lines]


def _by_source_lines(lines: list[Line]) -> Iterator[list[Line]]:
    marks = [(at, mark) for at, line in enumerate(lines) if (mark := source_line(line.text)) is not None]
    strong = [at for at, mark in marks if mark.strong]
    if len(marks) - len(strong) >= 2 and not strong:
        strong = [at for at, _ in marks]
    if not strong:
        yield lines
        return
    if _stands_at_heads(lines, strong):
        cuts = [at - 1 if at and is_headline(lines[at - 1].text) else at for at in strong]
        cuts[0] = 0
    else:
        cuts = [0] + [at + 1 for at in strong if _ends_an_article(lines, at, strong)]
    bounds = [*cuts, len(lines)]
    parts = [lines[low:high] for low, high in pairwise(bounds) if low < high]
    for part in parts:
        if words_in(part) >= 8 or _source(part) is not None:
            yield part


def _stands_at_heads(lines: list[Line], marks: list[int]) -> bool:
    """Whether the source lines stand under the titles, not at the ends."""
    before, after = lines[: marks[0]], lines[marks[-1] + 1 :]
    return len(before) <= 2 and words_in(before) <= edges.MOST_HEADLINE_WORDS and words_in(after) >= SHORTEST


def _ends_an_article(lines: list[Line], at: int, marks: list[int]) -> bool:
    """Whether a source line closes an article; a picture's credit inside one does not."""
    if at + 1 == len(lines):
        return True
    mark = source_line(lines[at].text)
    dated = mark is not None and mark.date is not None
    below = lines[at + 1].text
    return (dated and (len(marks) >= 2 or edges.is_byline(below))) or is_headline(below)


def _with_hidden(part: list[Line], titled: bool, enough: int) -> list[list[Line]]:
    mark = _source(part)
    return hidden.split(part, date=mark.date if mark else None, titles_expected=titled, enough=enough)


def _source(part: list[Line]) -> SourceLine | None:
    """The source line at the end of a part, or under its title."""
    for line in [*reversed(part[-2:]), *part[:3]]:
        mark = source_line(line.text)
        if mark is not None:
            return mark
    return None


def _article(part: list[Line]) -> Article:
    mark = source_line(part[0].text)
    if mark is not None and not mark.strong and len(part) > 2 and title_of(part[1:]) and part[1].gap >= 2:
        part = part[1:]  # the digest's own heading, "News of 14 April 2014", is not the first report's
    return Article(part[0].start, part[-1].end, title=title_of(part), source=_source(part))


def title_of(part: list[Line]) -> str | None:
    """The title of an article: a first line like a headline, with a blank line or a date line after it."""
    if len(part) < 2 or not is_headline(part[0].text):
        return None
    first, second = part[0].text, part[1].text
    apart = part[1].gap >= 2 or first.startswith("#") or _RULE.match(second)
    edge = source_line(second) or edges.is_byline(second)
    body = len(second) >= LONG_LINE and len(second) >= 2 * len(first) and not second[0].islower()
    return heading_text(first) if apart or edge or body else None
