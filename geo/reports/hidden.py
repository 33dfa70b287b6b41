"""Articles whose source line is missing: found by the headline of the next one, inside what looks like one article.

A headline inside an article may as well be a subhead or a caption. What tells a new article, each worth a point or two:
the text before calls today another weekday than the source line's date; the part began without a title, so the title
inside may be the one that belongs to the source line; a byline, dateline or short deck follows; the paragraphs after
repeat its words and those before do not; it is written in another style than the subheads before it.
"""

from __future__ import annotations

import datetime as dt
import re

from geo.reports import edges, heads, languages
from geo.reports.edges import is_byline, is_headline
from geo.reports.lines import Line, words_in

ENOUGH = 3  # points; a lone subhead or caption reaches at most 2 on the texts we tried
LEAST_WORDS = 40  # before and after: two short paragraphs
LONGEST_DECK = 32  # words; the line under a headline that sums the article up
_STEM = 5  # letters: "strikes" and "striking", "Syria" and "Syrian" are one word
_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDED = re.compile(r"[.!?:…]['\"”’»)\]]*$|[\])”’\"]$")
_DATELINE = re.compile(r"[A-Z][A-Z .,'’/-]{2,40}(\([A-Z][\w ]+\))?\s*[:–—-]|[^.!?]{2,60}\([A-Z][\w ]{1,20}\)\s*[-–—:]")


def split(part: list[Line], *, date: dt.date | None, titles_expected: bool) -> list[list[Line]]:
    """The articles in one part of a digest, of which only the last one's source line (of `date`) is there.

    `titles_expected` says that the digest's articles begin with titles, so that one without is remarkable.
    """
    candidates = [at for at in range(1, len(part) - 1) if _may_begin_an_article(part, at)]
    scored = [(_points(part, at, candidates, date, titles_expected), -at) for at in candidates]
    if not scored or max(scored)[0] < ENOUGH:
        return [part]
    at = -max(scored)[1]
    before = split(part[:at], date=None, titles_expected=titles_expected)
    return [*before, *split(part[at:], date=date, titles_expected=titles_expected)]


def _may_begin_an_article(part: list[Line], at: int) -> bool:
    line, above, below = part[at], part[at - 1], part[at + 1]
    free = line.gap >= 2 and (below.gap >= 2 or is_byline(below.text))
    if not free or not is_headline(line.text) or len(line.text.split()) < 4:
        return False
    quoted = line.text[0] in "'\"‘“«" and line.text[-1] in "'\"’”»"
    if quoted or not _ENDED.search(above.text) or below.text[:1].islower():
        return False  # a subhead that quotes; a caption that stands within a sentence
    return words_in(part[:at]) >= LEAST_WORDS and words_in(part[at + 1 :]) >= LEAST_WORDS


def _points(part: list[Line], at: int, candidates: list[int], date: dt.date | None, titles_expected: bool) -> int:
    points = 0
    if date is not None and _calls_today_otherwise(part[:at], date) and not _calls_today_otherwise(part[at:], date):
        points += 2
    if titles_expected and not is_headline(part[0].text):
        points += 1
    below = part[at + 1].text
    if is_byline(below) or _DATELINE.match(below) or heads.stated_date(below):
        points += 2
    elif at + 2 < len(part) and _is_deck(below) and not is_headline(part[at + 2].text):
        points += 1
    after, before = _share(part[at].text, part[at + 1 : at + 4]), _share(part[at].text, part[max(0, at - 3) : at])
    points += (after >= 0.5 and after > before) + (after >= 0.5 and after >= before + 0.4)
    others = [part[other].text for other in candidates if other < at]
    if others and all(_is_title_case(other) != _is_title_case(part[at].text) for other in others):
        points += 1
    return points


def _calls_today_otherwise(lines: list[Line], date: dt.date) -> bool:
    """Whether a text calls another weekday today than that of a date."""
    text = "\n".join(line.text for line in lines)
    return any(weekday != date.weekday() for weekday, _, _ in edges.todays_weekdays(text))


def _is_deck(line: str) -> bool:
    return len(line.split()) <= LONGEST_DECK and len(re.findall(r"[.!?](?:\s|$)", line)) <= 1


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
