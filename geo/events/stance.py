"""Who says so, and whether it happened: told, claimed, denied, planned, unreal, or a total of a whole war."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from geo.events.actors import Actors
from geo.events.triggers import Found
from geo.language.clauses import Clause
from geo.language.cues import Cue
from geo.language.patterns import pattern
from geo.model import Span
from geo.text import fold

FEW_WORDS = 3  # so few words may be a source as they stand
OWN_SUBJECT = 22  # characters: a verb that far into its clause has a subject of its own there
NEAR_MODAL = 34  # characters: "could have repeatedly been shelled"
UNTRUE = frozenset({"not", "unreal", "nearly", "plan"})  # "could not cross because of shelling": there was shelling
NEAR_NOT = 40  # characters: "never before had the town been hit" is too far to deny the hit


@dataclass(frozen=True, slots=True)
class Stance:
    """What a sentence says of a trigger: a status, or the reason why there is no event.

    `status` is reported, claimed, denied or planned; `attempt` marks what was tried and not done.
    """

    status: str | None
    reason: str | None = None
    attempt: bool = False
    past: bool = False
    now: bool = False
    recent: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True)
class Saying:
    """Who is named as the source of a sentence, as printed, and the source behind that source."""

    said_by: str | None
    origin: str | None
    span: Span | None


def saying(text: str, sentence: Span, cues: Sequence[Cue], last: str | None, triggers: Sequence[Span] = ()) -> Saying:
    """The source a sentence names: "X said", "according to X", "said X"; a pronoun is the last one named.

    >>> from geo.language.cues import load_cues
    >>> text = "Two bridges were hit, the ministry said."
    >>> saying(text, Span(0, len(text)), load_cues().find(text), None).said_by
    'the ministry'
    """
    quote = sentence.of(text)
    for cue in cues:
        if cue.kind != "say":
            continue
        words = fold(quote[cue.start : cue.end])
        who: str | None = None
        if words == "according to":
            match = pattern("speaker_accorded").search(quote[cue.end :])
            who = match.group("who") if match else None
        if who is None:
            match = pattern("speaker_before").search(quote[: cue.start])
            who = _tail(_trim(match.group("who"))) if match else None
        if who is None or not _is_speaker(who):
            match = (
                pattern("speaker_after").search(quote[cue.end :])
                if words in ("said", "says", "added", "told")
                else None
            )
            who = match.group("who") if match else None
        if who is None or not _is_speaker(who):
            continue
        who = _tail(_trim(who))
        at = text.find(who, sentence.start, sentence.end)
        if any(at <= trigger.start < at + len(who) for trigger in triggers):
            continue  # "battles raged ..." names no source
        quoted = pattern("quoted_origin").search(quote)
        if pattern("speaker_again").search(who) and last:
            who = last
        origin = quoted.group("origin") if quoted else None
        return Saying(who, origin, Span(sentence.start + cue.start, sentence.start + cue.end))
    return Saying(None, None, None)


def _tail(who: str) -> str:
    """The source at the end of words that lost their comma: "two died the ministry" is the ministry."""
    words = who.split()
    if len(words) <= FEW_WORDS:
        return who
    for start in range(len(words) - 1, 0, -1):
        if not pattern("teller").search(fold(" ".join(words[start:]))):
            continue
        while start and (words[start - 1][:1].isupper() or pattern("teller_opens").match(fold(words[start - 1]))):
            start -= 1
        while fold(words[start]) in ("of", "for", "and"):
            start += 1
        told = pattern("tells_a_deed").search(fold(" ".join(words[:start])))
        return _trim(" ".join(words[start:])) if told else who  # "a spokesman for the ministry" is one source
    return who


def _trim(who: str) -> str:
    who = who.strip(" \u00a0’'‘-—–\n")
    while True:
        shorter = pattern("date_tail").sub("", pattern("speaker_opening").sub("", who)).strip()
        if shorter == who:
            return who
        who = shorter


def _is_speaker(who: str) -> bool:
    """Whether words may name a source: short, not a clause of their own."""
    words = _trim(who).split()
    return 0 < len(words) <= 14 and not pattern("no_speaker").search(who)


def stance(
    text: str,
    sentence: Span,
    clauses: Sequence[Clause],
    found: Found,
    cues: Sequence[Cue],
    told: Saying,
    actors: Actors,
) -> Stance:
    """What the sentence says of the event a trigger names."""
    base = sentence.start
    at, end = found.span.start - base, found.span.end - base
    quote = sentence.of(text)
    folded = fold(quote)
    clause = clauses[found.clause].span
    opens = clause.start - base
    here = [
        cue
        for cue in cues
        if not (
            folded[cue.start : cue.end] == "may"
            and pattern("month_may").search(quote[cue.start : cue.start + 4])
            and cue.start > 0
        )
    ]
    before = [
        cue
        for cue in here
        if opens <= cue.start
        and cue.end <= at
        and not (cue.kind in UNTRUE and pattern("causal").search(folded[cue.end : at]))
    ]
    inside = [cue for cue in here if opens <= cue.start and cue.end <= clause.end - base]
    kinds_before = {cue.kind for cue in before}
    kinds = {cue.kind for cue in inside}
    everywhere = {cue.kind for cue in here}
    if found.trigger.denies:
        return Stance("denied")
    if found.attribute:
        return Stance(None, "a description, not an event")
    if "total" in everywhere and (found.trigger.weak or found.type == "displacement"):
        return Stance(None, "a total of a whole conflict, not one event")
    if any(cue.kind == "quiet" and at < cue.start <= at + 2 * NEAR_NOT for cue in here):
        return Stance(None, "a lull: it says that nothing happens")
    if "generic" in kinds and "now" not in kinds:
        return Stance(None, "a habit or a general remark, not one event")
    denied = [cue for cue in here if cue.kind == "deny"]
    attempt = any(cue.kind == "attempt" and at - cue.end <= NEAR_NOT for cue in before)
    to_before = pattern("infinitive").search(folded[:at])
    if any(cue.kind == "not" and at - cue.end <= NEAR_NOT for cue in before) and not attempt:
        return Stance("denied", None) if denied else Stance(None, "the sentence says that it did not happen")
    if clauses[found.clause].marker in ("if", "unless"):
        return Stance(None, "possible or feared, not told as fact")
    if "plan" in kinds_before:
        return Stance("planned")
    # "the sarin attack of 21 August" is taken for granted, whatever is doubted of it
    # but "the bombers" are people, who may only be feared
    granted = found.definite and not found.is_verb and not folded[at:end].rstrip("s").endswith("er")
    # "those who could still walk fled": a modal far before a verb speaks of another one
    unreal = [cue for cue in before if cue.kind == "unreal" and (not found.is_verb or at - cue.end <= NEAR_MODAL)]
    nearly = any(
        cue.kind == "nearly" and at - cue.end <= NEAR_MODAL and not pattern("counts_next").search(folded[cue.end :])
        for cue in before
    )
    if nearly or (not found.is_verb and pattern("would_next").search(folded[end : clause.end - base])):
        return Stance(None, "possible or feared, not told as fact")
    if unreal and not attempt and not granted:
        return Stance(None, "possible or feared, not told as fact")
    told_of = clause.end - base
    following = clauses[found.clause + 1] if found.clause + 1 < len(clauses) else None
    if following and following.kind == "relative" and following.span.start - found.span.end <= 2:
        told_of = following.span.end - base  # "attacks that may follow"
    if not found.is_verb and not granted and pattern("modal_next").search(folded[end:told_of]):
        return Stance(None, "possible or feared, not told as fact")
    if not granted and _inherits_unreal(clauses, found, here, base):
        return Stance(None, "possible or feared, not told as fact")
    if found.is_verb and to_before and not attempt and not pattern("goes_ahead").search(folded[:at]):
        return Stance(None, "an aim, not told as done")
    if denied and any(cue.end <= at or cue.start - at <= NEAR_NOT for cue in denied):
        return Stance("denied")
    claimed = "claim" in everywhere or (
        told.said_by is not None and any(actor.party for _, actor in actors.find(told.said_by))
    )
    if told.origin and not claimed:
        claimed = any(actor.party for _, actor in actors.find(told.origin))
    return Stance(
        status="claimed" if claimed else "reported",
        attempt=attempt,
        past="past" in kinds
        or _is_named(text, found)
        or any(cue.kind == "earlier" and 0 <= at - cue.end <= 2 for cue in before),
        now="now" in kinds,
        recent="recent" in kinds,
        back="back" in everywhere,
    )


def _is_named(text: str, found: Found) -> bool:
    """Whether the event has become a name: "the Northport Massacre" is history when it is called so."""
    return (
        found.span.of(text)[:1].isupper()
        and text[: found.span.start].rstrip()[-1:].isalpha()
        and (text[: found.span.start].split()[-1][:1].isupper() and not text[found.span.end :].lstrip()[:1].isupper())
    )


def _inherits_unreal(clauses: Sequence[Clause], found: Found, cues: Sequence[Cue], base: int) -> bool:
    """Whether the clause continues one that is only possible: "if the army attacks and captures the town"."""
    number = found.clause
    if found.span.start - clauses[number].span.start > OWN_SUBJECT:
        return False
    while number > 0 and clauses[number].kind == "coordinate":
        number -= 1
        span = clauses[number].span
        if any(cue.kind == "unreal" and span.start - base <= cue.start < span.end - base for cue in cues):
            return True
    return False
