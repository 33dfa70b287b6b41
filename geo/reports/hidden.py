"""Articles whose source line is missing: found by the headline of the next one, inside what looks like one article.

A headline inside an article may as well be a subhead or a caption. These tell a new article, each worth some points:
the text before calls today another weekday than the source line's date; the part began without a title, so the title
inside may be the one that belongs to the source line; a byline, a dateline or a date follows; it has a headline's
length; it is the only such line; the paragraphs after it repeat its words more than those before; more than one blank
line stands above it; it is written in another style than the subheads before it.
"""

from __future__ import annotations

import datetime as dt
import re

from geo.reports import edges, heads, languages
from geo.reports.edges import is_byline, is_headline
from geo.reports.lines import Line, words_in

ENOUGH = 3  # points; subheads and captions of the texts we tried reach at most 2
ENOUGH_ALONE = 5  # where nothing else shows that the file is a digest
LEAST_WORDS = 40  # before and after: two short paragraphs
FULL_LENGTH = 6  # words; headlines have about nine, subheads two to five
CLEARLY = 0.4  # of a headline's words: three of seven more after it than before it
FEW = 2  # headline-like lines in an article; one with more of them has subheads or captions
NEAR = 4  # lines under a headline within which a dateline stands, deck and caption between
_STEM = 5  # letters: "strikes" and "striking", "Syria" and "Syrian" are one word
_WORD = re.compile(r"[^\W\d_]{4,}")
_GOES_ON = re.compile(r"[-‐,–—]$|\b(the|a|an|of|in|and|to|for|with|by)$")
_DATELINE = re.compile(r"[A-Z][A-Z .,'’/-]{2,40}(\([A-Z][\w ]+\))?\s*[:–—-]|[^.!?]{2,60}\([A-Z][\w ]{1,20}\)\s*[-–—:]")


def split(part: list[Line], *, date: dt.date | None, titles_expected: bool, enough: int = ENOUGH) -> list[list[Line]]:
    """The articles in one part of a digest, of which only the last one's source line (of `date`) is there.

    `titles_expected` says that the digest's articles begin with titles, so that one without is remarkable.
    """
    candidates = [at for at in range(1, len(part) - 1) if _may_begin_an_article(part, at)]
    scored = [(_points(part, at, candidates, date, titles_expected), -at) for at in candidates]
    if not scored or max(scored)[0] < enough:
        return [part]
    at = -max(scored)[1]
    before = split(part[:at], date=None, titles_expected=titles_expected, enough=enough)
    return [*before, *split(part[at:], date=date, titles_expected=titles_expected, enough=enough)]


def _may_begin_an_article(part: list[Line], at: int) -> bool:
    line, above, below = part[at], part[at - 1], part[at + 1]
    if words_in(part[:at]) < LEAST_WORDS or words_in(part[at + 1 :]) < LEAST_WORDS or line.gap < 2:
        return False
    if is_byline(line.text):
        return below.gap >= 2 and not is_headline(above.text) and not is_headline(below.text)
    if not is_headline(line.text) or len(line.text.split()) < 4 or not (below.gap >= 2 or is_byline(below.text)):
        return False
    quoted = line.text[0] in "'\"‘“«" and line.text[-1] in "'\"’”»"
    credited = line.text[-1] in ")]?!"  # a picture's caption; a question that the text asks
    within = _GOES_ON.search(above.text) or below.text[:1].islower()  # a caption may stand within a sentence
    deck = is_headline(above.text) and len(above.text.split()) >= FULL_LENGTH  # the line above is the headline
    return not (quoted or credited or within or deck)


def _points(part: list[Line], at: int, candidates: list[int], date: dt.date | None, titles_expected: bool) -> int:
    line = part[at].text
    points = 0
    if date is not None and _calls_today_otherwise(part[:at], date) and not _calls_today_otherwise(part[at:], date):
        points += 3
    if titles_expected and not is_headline(part[0].text):
        points += 1
    points += part[at].gap > 2
    if is_byline(line):
        return points + 3  # no title, but a new author
    under = [below.text for below in part[at + 1 : at + 1 + NEAR]]
    if any(is_byline(below) for below in under[:2]) or heads.stated_date(under[0]):
        points += 4
    elif any(map(_DATELINE.match, under)):
        points += 2
    points += 1 if len(line.split()) >= FULL_LENGTH else -1
    full = [other for other in candidates if len(part[other].text.split()) >= FULL_LENGTH]
    points += (full == [at]) - (len(full) > FEW)
    after, before = _share(line, part[at + 1 : at + 4]), _share(line, part[max(0, at - 3) : at])
    points += (after > before) + (after >= before + CLEARLY)
    others = [part[other].text for other in candidates if other < at]
    if others and all(_is_title_case(other) != _is_title_case(line) for other in others):
        points += 1
    return points


def _calls_today_otherwise(lines: list[Line], date: dt.date) -> bool:
    """Whether a text calls another weekday today than that of a date."""
    text = "\n".join(line.text for line in lines)
    return any(weekday != date.weekday() for weekday, _, _ in edges.todays_weekdays(text))


def _share(headline: str, lines: list[Line]) -> float:
    """How much of a headline's words some lines repeat, 0 to 1."""
    wanted = _stems(headline)
    found = _stems(" ".join(line.text for line in lines))
    return len(wanted & found) / len(wanted) if wanted else 0.0


def _stems(text: str) -> set[str]:
    small = languages.small_words("latin")["en"]
    return {word[:_STEM] for word in _WORD.findall(text.lower()) if word not in small}


def _is_title_case(line: str) -> bool:
    """Whether a heading writes its words large, as American headlines do."""
    words = [word for word in line.split()[1:] if len(word) > 3 and word[0].isalpha()]
    return bool(words) and sum(word[0].isupper() for word in words) >= 0.7 * len(words)
