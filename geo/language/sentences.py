"""Split a report into sentences, and say what each is: title, heading, caption, body or source line."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo.files import load, shipped
from geo.language.kinds import aside, kind_of
from geo.language.paragraphs import Paragraph, joins, paragraphs
from geo.model import Sentence, Span
from geo.text import fold

LONGEST = 1500  # characters; a longer sentence is a list or a table, and is cut at its best break
TITLE_WITHIN = 80  # a title repeated in the text stands at its very head, after a date line at most

# A stop with what closes after it, then a blank or the end; or a stop that has lost its blank ("Sunday.The army").
_STOP = re.compile(
    r"(?:[.!?…؟۔。]+|(?<=[\w])\s\.(?=\s))[\"'”’»)\]]*(?:[.!?…]+[\"'”’»)\]]*)?(?=\s|$)"
    r"|(?<=[^\W_][^\W_][^\W_])[.!?][\"”’)]?(?=[\"“‘(]?[A-Z][\w'’-]*\s)"
)
_WORD_BEFORE = re.compile(r"([^\s(\[“‘\"]+)$")
_NEXT = re.compile(r"\s*([\"'“‘«(\[•*\s-]*)([^\s]*)")
_INITIAL = re.compile(r"^(?:[A-Z]\.)*[A-Z]$|^(?:[A-Z]\.-?)+[A-Z]?$")
_BREAKS = (re.compile(r"[;:]\s"), re.compile(r",\s|\s[–—-]\s"), re.compile(r"\s"))
_SITE = re.compile(r"(?:www|https?:|@|/)", re.IGNORECASE)
_TOP_DOMAINS = frozenset({"com", "net", "org", "info", "gov"})


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The words of sentences.yaml that decide where a sentence ends."""

    titles: frozenset[str]
    numbered: frozenset[str]
    maybe: frozenset[str]
    starters: frozenset[str]
    lower_names: re.Pattern[str]
    links: re.Pattern[str]


@cache
def sentence_words() -> SentenceWords:
    """The shipped words."""
    data: dict[str, Any] = load(shipped("english/sentences.yaml")).data
    kinds = data["abbreviations"]
    names = "|".join(map(re.escape, data["lower_names"]))
    links = "|".join(map(re.escape, data["link_words"]))
    return SentenceWords(
        frozenset(kinds["titles"]["words"]),
        frozenset(kinds["numbered"]["words"]),
        frozenset(kinds["maybe"]["words"]),
        frozenset(data["starters"]),
        re.compile(rf"(?:{names})[\s-]?[A-Z]"),
        re.compile(rf"(?:{links})(?=\s+[\"“‘]?[A-Z])"),
    )


def split(text: str, *, title: str | None = None) -> list[Sentence]:
    """The sentences of a report, in order of their start; their spans cover all that is not blank, once.

    Headings, captions and blank lines end a sentence without a stop. Only a sentence that a caption has broken in two
    ("the designa- / Caption / tion") runs over that caption, which is a sentence of its own as well.

    >>> text = "Bridge reopens\\n\\nGen. Adams said at 5 p.m. Friday it was safe. It was not."
    >>> [(sentence.kind, sentence.span.of(text)) for sentence in split(text)]
    [('heading', 'Bridge reopens'), ('body', 'Gen. Adams said at 5 p.m. Friday it was safe.'), ('body', 'It was not.')]
    """
    parts = paragraphs(text, forced=_title_edges(text, title))
    folded_title = " ".join(fold(title).split()).strip(" .") if title else ""
    joined = joins(text, parts)
    opened_by = {resume: begin for begin, resume in joined.items()}
    captions = {index for begin, resume in joined.items() for index in range(begin + 1, resume)}
    found: list[Sentence] = []
    last_of: dict[int, int] = {}  # paragraph -> where its last sentence stands in `found`
    for index, part in enumerate(parts):
        spans = _sentences(text, part)
        if index in opened_by and spans and opened_by[index] in last_of:
            at = last_of[opened_by[index]]
            whole = Span(found[at].span.start, spans[0].end)
            if whole.end - whole.start <= LONGEST:
                found[at] = Sentence(whole, "body", found[at].paragraph)
                last_of[index] = at
                spans = spans[1:]
        kind = "caption" if index in captions else kind_of(text, parts, index, spans, folded_title)
        for span in spans:
            last_of[index] = len(found)
            found.append(Sentence(span, (kind == "body" and aside(span.of(text))) or kind, index))
    return found


def _title_edges(text: str, title: str | None) -> tuple[int, ...]:
    """Where the title begins and ends when the text repeats it at its head without a line of its own."""
    wanted = fold(title or "").strip(" .")
    if len(wanted) < 8:
        return ()
    at = fold(text[: len(wanted) + TITLE_WITHIN]).find(wanted)
    if at < 0:
        return ()
    end = at + len(wanted)
    closing = re.match(r"\s?[.!?]+(?=\s|$)", text[end : end + 4])
    if closing:
        end += closing.end()
    elif not re.match(r"\s|$", text[end : end + 1]):
        return ()
    return (at, end)


def _sentences(text: str, part: Paragraph) -> list[Span]:
    """Cut one paragraph."""
    words = sentence_words()
    cuts: list[int] = []
    for stop in _STOP.finditer(text, part.start, part.end):
        if stop.end() < part.end and _ends(text, stop, part, words):
            cuts.append(stop.end())
    cuts += [link.end() for link in words.links.finditer(text, part.start, part.end)]
    spans: list[Span] = []
    begin = part.start
    for cut in [*sorted(set(cuts)), part.end]:
        spans += _trimmed(text, begin, cut)
        begin = cut
    return spans


def _ends(text: str, stop: re.Match[str], part: Paragraph, words: SentenceWords) -> bool:
    """Whether a sentence ends at this stop."""
    following = _NEXT.match(text, stop.end(), part.end)
    after = following[2] if following else ""
    first = after[:1]
    if not first:
        return False  # only closing marks follow
    begins = stop.end() + len(following[0]) - len(after) if following else stop.end()
    if first.islower() and not words.lower_names.match(text, begins, min(part.end, begins + 8)):
        return False
    mark = stop[0]
    if mark[0] == " ":
        return True
    if mark.startswith(("…", "...")) and _in_quotation(text, part.start, stop.start()) and len(mark.rstrip(".…")) == 0:
        return False
    if not mark.startswith(".") or mark.startswith(".."):
        return first not in ",;:)"
    return _dot_ends(text, stop, part, after, words)


def _dot_ends(text: str, stop: re.Match[str], part: Paragraph, after: str, words: SentenceWords) -> bool:
    """The same for a single full stop, which may belong to an abbreviation, an initial or an item's number."""
    found = _WORD_BEFORE.search(text[max(part.start, stop.start() - 24) : stop.start()])
    word = found[1] if found else ""
    blank = text[stop.end() : stop.end() + 1].isspace()
    if not blank and (_SITE.search(word) or fold(after.rstrip(".,")) in _TOP_DOMAINS):
        return False
    if stop.end() - stop.start() > 1 and not word.endswith("."):
        return True  # a quotation or a bracket closes: no abbreviation
    short = fold(word).strip(".-")
    if short in words.titles:
        return False
    if short in words.numbered and (after[:1].isdigit() or len(short) < 2):
        return False
    if word.isdigit() and stop.start() - len(word) == part.start and len(word) < 3:
        return False  # "1. First item"
    if short in words.maybe or _INITIAL.match(word):
        plain = fold(re.split(r"[^\w]", after, maxsplit=1)[0])
        return plain in words.starters and not after.endswith(".") and not after[:1].isdigit() and after[:2] != "I."
    return True


def _in_quotation(text: str, start: int, at: int) -> bool:
    """Whether a quotation is open here: the last curly quote opens one, or straight ones came an odd number."""
    start = max(start, at - LONGEST)
    opened, closed = text.rfind("“", start, at), text.rfind("”", start, at)
    return opened > closed or text.count('"', start, at) % 2 == 1


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    """The span without its outer blanks, cut where it is too long; nothing where all is blank."""
    piece = text[start:end]
    start, end = start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
    spans: list[Span] = []
    while end - start > LONGEST:
        cut = _best_break(text, start)
        if cut is None or cut >= end:
            break
        stop = start + len(text[start:cut].rstrip())
        spans.append(Span(start, stop))
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        spans.append(Span(start, end))
    return spans


def _best_break(text: str, start: int) -> int | None:
    """The last good place to cut within the longest length: a semicolon or colon, a comma or dash, a blank."""
    for pattern in _BREAKS:
        ends = [found.end() for found in pattern.finditer(text, start + LONGEST // 3, start + LONGEST)]
        if ends:
            return ends[-1]
    blank = _BREAKS[-1].search(text, start + 1)
    return blank.end() if blank else None


def containing(sentences: list[Sentence], at: int) -> Sentence | None:
    """The last sentence that begins at or before an offset and covers it.

    >>> containing(split("One. Two."), 6).span
    Span(start=5, end=9)
    """
    starts = [sentence.span.start for sentence in sentences]
    for index in range(bisect_right(starts, at) - 1, -1, -1):
        if sentences[index].span.end > at:
            return sentences[index]
    return None
