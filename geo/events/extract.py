"""From a report with resolved places to its events, and to the sentences that are none, each with the reason."""

from __future__ import annotations

import dataclasses
from bisect import bisect_left
from collections.abc import Sequence

from geo.events import linking, timing
from geo.events.actors import BYSTANDERS, NOBODY, TELLERS, Actors, parties
from geo.events.borrow import VIOLENT, WIDE, borrow
from geo.events.draft import Draft
from geo.events.focus import Focus
from geo.events.ontology import Ontology
from geo.events.rows import rows
from geo.events.stance import Saying, Stance, saying, stance
from geo.events.tolls import tolls
from geo.events.triggers import Found, find_triggers
from geo.language import dates
from geo.language.clauses import Clause, clauses
from geo.language.cues import load_cues
from geo.language.patterns import pattern
from geo.model import Event, Place, Report, Resolution, Sentence, Skipped, Span, Toll, When

NEXT_WORD = 12  # characters: "the blast also hit"
DENIED_WITHIN = 3  # sentences: a denial speaks of what was told just before
WAR_TOLL = 10_000  # more dead than any one event of a conflict: a total
LONG_TOLL = 500  # so many dead "since the start of the year" are no one event either
LABELS_WORDS, LABELS_SHARE = 45, 0.5  # prose of that length has at most a third of its words capitalised
SCENE_ROLES = frozenset({"open", "event_location"})


def extract(
    report: Report,
    sentences: Sequence[Sentence],
    resolutions: Sequence[Resolution],
    ontology: Ontology,
    *,
    actors: Actors = NOBODY,
    capital: Place | None = None,
) -> tuple[list[Event], list[Skipped]]:
    """The events a report tells of, in order of the text, and every sentence with an event word that became none.

    `sentences` and `resolutions` are those of the report. The events name the resolutions they used. `capital` is what
    "the capital" means.
    """
    drafts: list[Draft] = []
    skipped: list[Skipped] = []
    focus = Focus(capital)
    speaker: str | None = None
    anchor: When | None = None  # the day said last, from which "two days later" counts
    ordinal = 0
    inserted = [s.span for s in sentences if s.kind in ("caption", "heading")]
    starts = [r.mention.span.start for r in resolutions]
    for number, sentence in enumerate(sentences):
        if sentence.kind == "source":
            continue
        near = resolutions[bisect_left(starts, sentence.span.start) : bisect_left(starts, sentence.span.end)]
        in_sentence = [r for r in near if sentence.span.contains(r.mention.span)]
        reader = _SentenceReader(
            report, number, sentence, in_sentence, ontology, actors, focus, speaker, inserted, ordinal, anchor
        )
        reader.read(drafts)
        ordinal += sentence.kind == "body"
        skipped += reader.skipped
        if not reader.found:
            focus.label(report.text, sentence, in_sentence)
        if sentence.kind == "body":
            focus.see(report.text, in_sentence)
            speaker = reader.told.said_by or speaker
            anchor = timing.last_day(reader.whens) or anchor
    borrow(report, drafts, ontology)
    return rows(report, sentences, drafts, skipped, ontology)


class _SentenceReader:
    """Reads one sentence: its triggers, and for each its places, date, stance, toll and parties."""

    def __init__(
        self,
        report: Report,
        number: int,
        sentence: Sentence,
        resolutions: Sequence[Resolution],
        ontology: Ontology,
        actors: Actors,
        focus: Focus,
        speaker: str | None,
        inserted: Sequence[Span],
        ordinal: int,
        anchor: When | None,
    ) -> None:
        self.ordinal = ordinal
        self.report, self.number, self.sentence, self.ontology = report, number, sentence, ontology
        self.actors, self.focus = actors, focus
        self.text = report.text
        self.span = sentence.span
        self.skipped: list[Skipped] = []
        self.whens = dates(
            report.text, published=report.published, start=sentence.span.start, end=sentence.span.end, anchor=anchor
        )
        focus.enter(resolutions)
        named = [r.mention.span for r in resolutions]
        self.clauses: list[Clause] = _whole_names(clauses(self.text, self.span.start, self.span.end), named)
        self.cues = [  # the "Said" of a place name says nothing
            cue
            for cue in load_cues().find(self.span.of(self.text))
            if not any(n.contains(Span(self.span.start + cue.start, self.span.start + cue.end)) for n in named)
        ]
        self.scenes = [r for r in resolutions if r.mention.role in SCENE_ROLES or _is_in_list(r, resolutions)]
        self.containers = [r.mention.span for r in resolutions if r.mention.role == "context" and r not in self.scenes]
        names = [r.mention.span for r in resolutions if r.mention.role != "part_of_name"]
        parties_named = [
            Span(self.span.start + at.start, self.span.start + at.end)
            for at, actor in actors.find(self.span.of(self.text))
            if actor.kind not in TELLERS | BYSTANDERS
        ]
        found = find_triggers(self.text, self.span, self.clauses, ontology, names, parties_named)
        self.told: Saying = saying(self.text, self.span, self.cues, speaker, [f.span for f in found])
        # words of a caption that breaks this sentence are the caption's own
        within = [other for other in inserted if self.span.contains(other) and other != self.span]
        inside_names = [r.mention.span for r in resolutions if r.mention.role == "part_of_name"]
        self.found = [
            f
            for f in found
            if not any(other.overlaps(f.span) for other in within)
            and not any(name.contains(f.span) for name in inside_names)
        ]

    def read(self, drafts: list[Draft]) -> None:
        """Add this sentence's drafts."""
        if self._is_boilerplate():
            for found in self.found[:1]:
                self._skip(found, "a run of headlines or labels, not a sentence")
            return
        if not self.found:
            self._bare_denial(drafts)
            return
        chosen = self._choose()
        for found in chosen:
            self._draft(found, chosen, drafts)

    def _is_boilerplate(self) -> bool:
        """Whether the sentence is a list of links and labels, as web pages leave them: long, mostly capitals."""
        words = self.span.of(self.text).split()
        return len(words) >= LABELS_WORDS and sum(w[0].isupper() for w in words) > LABELS_SHARE * len(words)

    def _choose(self) -> list[Found]:
        """One trigger a clause: the strongest; weak ones only where no other tells the same."""
        chosen: list[Found] = []
        for number in sorted({self._part(f) for f in self.found}):
            here = [f for f in self.found if self._part(f) == number]
            here = [f for f in here if not f.attribute] or here
            best = min(
                here,
                key=lambda f: (
                    self._gives_way(f, here),
                    f.reduced,
                    self._is_old(f, here),
                    self._rank(f),
                    f.span.start,
                ),
            )
            chosen.append(best)
            for other in here:
                if other is not best and not other.trigger.weak and self._apart(best, other):
                    chosen.append(other)
        strong = [f for f in chosen if not f.trigger.weak and not f.attribute]
        if any(self.ontology.family(f.type) in VIOLENT for f in strong):
            # "a blast killed five": the killing is the outcome of what the sentence already tells
            chosen = [f for f in chosen if not f.trigger.weak or (self._has_own_place(f) and not self._is_result(f))]
        elif told := next((f for f in chosen if f.trigger.refers and not f.is_verb), None):
            # "the attack, which also wounded nine": the outcome of what the noun stands for
            chosen = [f for f in chosen if f is told or not self._is_outcome(f) or f.span.start < told.span.start]
        return sorted(chosen, key=lambda f: f.span.start)

    def _is_outcome(self, found: Found) -> bool:
        """Whether a weak verb in a later clause tells who was hurt."""
        kind = self.clauses[found.clause].kind
        return found.is_verb and kind in ("coordinate", "relative") and found.trigger.with_class == "persons"

    def _part(self, found: Found) -> tuple[int, int]:
        """The clause of a trigger, and on which side of "planned to", "tried to" it stands."""
        at = found.span.start - self.span.start
        opens = self.clauses[found.clause].span.start - self.span.start
        return found.clause, sum(c.kind in ("plan", "attempt") and opens <= c.start and c.end <= at for c in self.cues)

    def _gives_way(self, found: Found, here: Sequence[Found]) -> bool:
        """Whether a trigger gives way: a weak one does, but not to what it befell ("an aid convoy was hit")."""
        if not found.trigger.weak:
            return bool(
                self.ontology.types[found.type].thing
                and any(f.is_verb and f.passive and f.span.start > found.span.end for f in here)
            )
        return not (found.passive and any(self.ontology.types[f.type].thing and not f.trigger.weak for f in here))

    def _is_result(self, found: Found) -> bool:
        """Whether a weak verb only tells the outcome of the clause before: "... with a mine and killed a dozen"."""
        return (
            found.is_verb
            and not found.trigger.refers
            and self.clauses[found.clause].kind == "coordinate"
            and (found.trigger.with_class == "persons")
        )

    def _is_old(self, found: Found, here: Sequence[Found]) -> bool:
        """Whether a trigger tells nothing new beside others: "during these raids" does not, "in the attack" may.

        The subject of another event word ("the blast hit a convoy") says best what it was.
        """
        if any(f.is_verb and not f.passive and 0 < f.span.start - found.span.end <= NEXT_WORD for f in here):
            return False
        return found.definite != (found.trigger.weak and found.trigger.refers)

    def _rank(self, found: Found) -> int:
        return self.ontology.types[found.type].rank

    def _apart(self, one: Found, other: Found) -> bool:
        """Whether two triggers of one clause tell two things: each has a place of its own, or verbs a day each."""
        if self._has_own_place(one, other) and self._has_own_place(other, one):
            return True
        first, second = sorted((one, other), key=lambda f: f.span)
        days = [w.span.start for w in self.whens if w.span is not None and not w.saying and w.precision == "day"]
        between = any(first.span.end <= at < second.span.start for at in days)
        after = any(second.span.end <= at < self.clauses[second.clause].span.end for at in days)
        return first.is_verb and second.is_verb and between and after

    def _has_own_place(self, found: Found, other: Found | None = None) -> bool:
        clause = self.clauses[found.clause].span
        after = [
            r
            for r in self.scenes
            if clause.contains(r.mention.span) and (other is None or r.mention.span.start >= found.span.end)
        ]
        if other is not None and other.span.start > found.span.start:
            after = [r for r in after if r.mention.span.end <= other.span.start]
        return bool(after)

    def _draft(self, found: Found, chosen: Sequence[Found], drafts: list[Draft]) -> None:
        view = stance(self.text, self.span, self.clauses, found, self.cues, self.told, self.actors)
        if view.status is None:
            self._skip(found, view.reason or "not an event")
            return
        counted = () if view.status == "planned" else self._tolls_of(found, chosen)
        most = LONG_TOLL if any(cue.kind == "total" for cue in self.cues) else WAR_TOLL
        if any(toll.kind == "killed" and (toll.low or 0) >= most for toll in counted):
            self._skip(found, "a total of a whole conflict, not one event")
            return
        linked = linking.link(self.text, self.span, self.clauses, found, chosen, self.scenes, self.containers)
        places = [self.scenes[i] for i in linked.places]
        if view.status == "denied" and not found.trigger.denies:
            # "the government in X denied ...": where the denier sits is not the scene
            denial = min(cue.start for cue in self.cues if cue.kind in ("deny", "not")) + self.span.start
            places = [r for r in places if r.mention.span.start > denial]
        clause = self.clauses[found.clause].span
        where_from = ""
        if not any(clause.contains(r.mention.span) and r.place and r.place.kind not in WIDE for r in places):
            # "seized the two towns, while X stayed calm": what follows the verb comes before a name further on
            names = [r.mention.span.start for r in self.scenes if found.span.end <= r.mention.span.start < clause.end]
            meant, words = self._meant(Span(found.span.end, min([*names, clause.end])), found, drafts)
            if meant:
                places, where_from = meant, f"“{words}” refers to it"
        if not places:
            places, words = self._meant(clause, found, drafts)
            if not places:
                places, words = self._meant(self.span, found, drafts)
            where_from = f"“{words}” refers to it" if places else ""
        offset = timing.offset_from(self.whens, found, self.clauses)
        sayings = [
            Span(self.span.start + c.start, self.span.start + c.end) for c in self.cues if c.kind in ("say", "deny")
        ]
        stated = timing.governing(
            self.text, self.span, self.clauses, found, chosen, self.whens, sayings, own=offset is not None
        )
        event_type = found.type
        if view.attempt and event_type in ("territory_captured", "attack"):
            event_type = "armed_clash"  # tried and not done, or beaten back: fighting, not a capture
        planned = view.status == "planned"
        when = timing.settle(self.report, self.text, found, stated, planned=planned, now=view.now)
        drafts.append(
            Draft(
                number=self.number,
                ordinal=self.ordinal,
                sentence=self.sentence,
                words=found.span.of(self.text),
                found=found,
                type=event_type,
                stance=view,
                told=self.told,
                places=places,
                when=when,
                dated=stated is not None
                and (stated.earliest is not None or stated.latest not in (None, self.report.published)),
                placed=bool(places),
                loosely=bool(places) and not any(clause.contains(r.mention.span) for r in places),
                refers=found.definite or (found.trigger.refers and not places),
                also_definite=tuple(
                    sorted({self.ontology.family(f.type) for f in self.found if f.definite and f is not found})
                ),
                cost=linked.cost,
                tolls=counted,
                parties=parties(self.text, self.clauses, found, self.actors, self.told.said_by),
                where_from=where_from,
                offset=offset,
                aside=self.clauses[found.clause].kind == "relative",
                marker=self.clauses[found.clause].marker,
                section=self.focus.section if self.sentence.kind == "body" else None,
                specified=bool(pattern("specified").search(self.text[found.span.end : found.span.end + 10])),
            )
        )

    def _tolls_of(self, found: Found, chosen: Sequence[Found]) -> tuple[Toll, ...]:
        """The tolls of a sentence that belong to this trigger: those it is nearest to, a clause counting as far."""
        mine = []
        for toll in tolls(self.text, self.span.start, self.span.end):
            at = toll.span or found.span
            clause = next((i for i, c in enumerate(self.clauses) if c.span.start <= at.start < c.span.end), 0)
            violent = [f for f in chosen if self.ontology.family(f.type) in VIOLENT]
            nearest = min(
                violent or chosen,
                key=lambda f: (abs(f.clause - clause), max(f.span.start - at.end, at.start - f.span.end), f.span.start),
            )
            if nearest is found:
                mine.append(toll)
        return tuple(mine)

    def _meant(self, span: Span, found: Found, drafts: Sequence[Draft]) -> tuple[list[Resolution], str]:
        """What an expression points back to; of "the towns" first those that the same kind of event was told of."""
        places, words = self.focus.meant(self.text, span)
        if len(places) > 1:
            told = [d for d in drafts if d.type == found.type]
            if any(d.sentence.span.contains(places[0].mention.span) for d in told):
                return places, words
            for draft in reversed(told):
                if len(draft.places) > 1:
                    return list(draft.places), words
        return places, words

    def _bare_denial(self, drafts: list[Draft]) -> None:
        """ "The army denied responsibility" has no event word, but speaks of the event told just before."""
        denial = next((cue for cue in self.cues if cue.kind == "deny"), None)
        last = next((draft for draft in reversed(drafts) if draft.places or draft.dated), None)
        if denial is None or last is None or self.sentence.kind != "body" or self.number - last.number > DENIED_WITHIN:
            return
        span = Span(self.span.start + denial.start, self.span.start + denial.end)
        found = dataclasses.replace(last.found, span=span, clause=0, definite=True)
        drafts.append(
            Draft(
                number=self.number,
                ordinal=self.ordinal,
                sentence=self.sentence,
                words=span.of(self.text),
                found=found,
                type=last.type,
                stance=Stance("denied"),
                told=self.told,
                places=list(last.places),
                when=dataclasses.replace(last.when, basis="context"),
                dated=False,
                placed=False,
                refers=True,
                where_from="the sentence denies the event told before",
                antecedent=last,
            )
        )

    def _skip(self, found: Found, reason: str) -> None:
        self.skipped.append(Skipped(self.report, self.span, found.span.of(self.text), reason, found.type))


def _whole_names(found: list[Clause], names: Sequence[Span]) -> list[Clause]:
    """Clauses that cut no name in two: "the Sadkop (military) base" is one."""
    kept: list[Clause] = []
    for clause in found:
        if kept and any(name.start < clause.span.start < name.end for name in names):
            kept[-1] = dataclasses.replace(kept[-1], span=Span(kept[-1].span.start, clause.span.end))
        else:
            kept.append(clause)
    return kept


def _is_in_list(resolution: Resolution, resolutions: Sequence[Resolution]) -> bool:
    """Whether a name that reads like a container ("in A, in B") holds no other name, and is a town itself."""
    place = resolution.place
    if place is not None and any(r.place and r.place.id in place.within for r in resolutions if r is not resolution):
        return resolution.mention.role == "context"  # "the X quarters of A and B": A lies in X, not X in A
    if place is None or resolution.mention.role != "context" or place.kind in linking.WIDE_KINDS:
        return False
    beside = [r for r in resolutions if r.mention.role in SCENE_ROLES and r.place is not None]
    return bool(beside) and all(
        place.id not in r.place.within and r.place.kind == place.kind for r in beside if r.place is not None
    )
