"""When an event happened: the date that governs its clause, one carried over from what it refers to, or a bound."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from geo.events.triggers import Found
from geo.language import quantities
from geo.language.clauses import Clause
from geo.language.patterns import pattern
from geo.model import Report, Span, When
from geo.text import fold

# characters: "over the past three years" at the far end of a sentence dates something else
VAGUE_WITHIN = {"range": 70, "year": 70, "month": 120}
SHORT_DAYS = 7  # "over the past 48 hours" at the head of a sentence dates all of it
BACKGROUND_DAYS = 31  # older than this at publication, an event is background


def governing(
    text: str,
    sentence: Span,
    clauses: Sequence[Clause],
    found: Found,
    others: Sequence[Found],
    whens: Sequence[When],
    sayings: Sequence[Span] = (),
    *,
    own: bool = False,
) -> When | None:
    """The date words that date a trigger: in its own clause, at the head of the sentence, or the only ones left.

    With `own` only those in its clause: the rest of the sentence counts from another event. `sayings` are verbs of
    saying: "On Saturday the ministry blamed rebels, who ..." dates the blame.
    """
    dated = [
        when
        for when in whens
        if when.span is not None
        and not when.saying
        and not _counts_from_another(when, whens)
        and (
            is_day(when)
            or _apart(when, found) <= VAGUE_WITHIN.get(when.precision, len(text))
            or (_opens(text, sentence, when) and _is_short(when))
        )
    ]
    if not dated:
        return None
    scope = clauses[found.clause].span
    inside = [when for when in dated if when.span is not None and scope.start <= when.span.start < scope.end]
    if inside:
        first = min((other.span.start for other in others if other.clause == found.clause), default=0)
        # "who stormed it on Tuesday left a day later": the second verb has the second day
        later = [when for when in inside if when.span is not None and when.span.start >= found.span.end]
        return min(later if later and first < found.span.start else inside, key=lambda when: _apart(when, found))
    if own:
        return None
    for when in dated:
        assert when.span is not None
        home = next((c for c in clauses if c.span.start <= when.span.start < c.span.end), clauses[0])
        if when.span.start - sentence.start <= 40 and home is clauses[0] and _opens(text, sentence, when):
            return (
                None if _is_said(when, clauses, others, sayings) else when
            )  # "On Sunday, ...": the head of a sentence dates all of it
    dated = [when for when in dated if not _is_said(when, clauses, others, sayings)]
    free = [when for when in dated if not _belongs_to_another(text, when, clauses, found, others)]
    return min(free, key=lambda when: _apart(when, found)) if free else None


def _counts_from_another(when: When, whens: Sequence[When]) -> bool:
    """Whether it is "two days after", and what it counts from is not itself dated in the sentence."""
    if when.span is None or not pattern("offset").search(when.text or ""):
        return False
    end = when.span.end
    return not any(w.span is not None and w.span.start >= end and w.precision == "day" and not w.saying for w in whens)


def _is_said(when: When, clauses: Sequence[Clause], others: Sequence[Found], sayings: Sequence[Span]) -> bool:
    """Whether a date stands in a first clause that only tells who said so."""
    assert when.span is not None
    first = clauses[0].span
    return (
        first.contains(when.span)
        and any(first.contains(said) for said in sayings)
        and not any(other.clause == 0 for other in others)
    )


def last_day(whens: Sequence[When]) -> When | None:
    """The day that a sentence ends on, from which the next one may count: "two days later"."""
    days = [when for when in whens if not when.saying and (is_day(when) or _is_bound(when))]
    return days[-1] if days else None


def is_day(when: When) -> bool:
    """Whether it is a day, or a night or weekend of two."""
    if when.precision == "day":
        return True
    return when.earliest is not None and when.latest is not None and (when.latest - when.earliest).days == 1


def _is_short(when: When) -> bool:
    """Whether a range is of days, not of months or years."""
    return when.earliest is not None and when.latest is not None and (when.latest - when.earliest).days <= SHORT_DAYS


def _is_bound(when: When) -> bool:
    """Whether it is "by Wednesday": a day, though not that of the event."""
    return when.earliest is None and fold(when.text or "").startswith(("by ", "until "))


def offset_from(whens: Sequence[When], found: Found, clauses: Sequence[Clause]) -> tuple[int, When] | None:
    """How many days a trigger lies from the event told before it: -1 in "came a day after troops took X".

    Beside it the date that the words have by themselves, counted from publication.
    """
    for when in whens:
        words = fold(when.text or "")
        if when.span is None or not pattern("offset").search(words) or found.span.start < when.span.end:
            continue
        if clauses[found.clause].span.start - when.span.end > 2 and not (
            clauses[found.clause].span.start <= when.span.start
        ):
            continue
        days = _days_in(words)
        return (-days if pattern("later_than").search(words) else days), when
    return None


def _days_in(words: str) -> int:
    number = quantities(words)
    count = number[0].low if number and number[0].low else 1
    return count * (7 if "week" in words else 1)


def _apart(when: When, found: Found) -> int:
    assert when.span is not None
    return max(found.span.start - when.span.end, when.span.start - found.span.end, 0)


def _opens(text: str, sentence: Span, when: When) -> bool:
    """Whether nothing but a preposition stands before the date."""
    assert when.span is not None
    return len(text[sentence.start : when.span.start].split()) <= 2


def _belongs_to_another(
    text: str, when: When, clauses: Sequence[Clause], found: Found, others: Sequence[Found]
) -> bool:
    """Whether the date stands in a clause with a trigger of its own, or in a clause that only says when else."""
    assert when.span is not None
    number = next((i for i, c in enumerate(clauses) if c.span.start <= when.span.start < c.span.end), 0)
    if any(other.clause == number and other is not found for other in others):
        return True
    if number == found.clause:
        return False
    if clauses[number].kind == "relative" and clauses[number].marker != "that":
        # "the road which troops cut on Thursday", but "a blast, which came on Thursday"
        return not pattern("which_came").search(fold(clauses[number].span.of(text)))
    return clauses[number].kind in ("subordinate", "apart")


def settle(
    report: Report,
    text: str,
    found: Found,
    stated: When | None,
    *,
    planned: bool,
    now: bool,
) -> When:
    """The date of an event from what its sentence states, else a bound."""
    if planned:
        if stated is not None and stated.earliest and report.published and stated.earliest >= report.published:
            return stated
        return When(report.published, None, "unknown", None, "published")
    if stated is not None and (stated.earliest is not None or stated.latest is not None):
        return stated
    published = report.published
    before = fold(text[max(0, found.span.start - 40) : found.span.start])
    progressive = (
        found.is_verb and found.span.of(text).lower().endswith("ing") and bool(pattern("progressive").search(before))
    )
    if published and (now or progressive):
        return When(published, published, "day", None, "published")
    return When(None, published, "unknown", stated.text if stated else None, "published")


def is_background(when: When, published: dt.date | None) -> bool:
    """Whether the latest day of an event lies more than a month before publication."""
    if published is None or when.latest is None:
        return False
    return (published - when.latest).days > BACKGROUND_DAYS
