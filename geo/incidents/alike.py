"""Statements that compare alike: looked at once, however often they are told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from geo.incidents.compare import SURE, Verdict, compare
from geo.incidents.facts import Facts
from geo.incidents.rules import Rules
from geo.model import Span
from geo.text import fold

CROWD = 20  # nobody tells one thing so often in one report; told so often it is one statement, whatever the order
Looks = tuple[object, ...]


def looks(facts: Facts, rules: Rules) -> Looks:
    """All that a comparison reads but report, sentence and "refers back": what looks alike compares alike."""
    event = facts.event
    words = fold(event.trigger).split()
    signs = frozenset(
        pair.one_says
        for pair in rules.together.values()
        if pair.one_says and event.type in pair.types and any(word.startswith(pair.one_says) for word in words)
    )
    status = event.status if event.status in ("denied", "planned", "background") else "current"
    return (
        *(event.type, event.parent_type, event.target, status, signs),
        *(facts.low, facts.high, facts.open, facts.carried),
        *(facts.place_id, facts.lon, facts.lat, facts.radius_m, facts.relation, facts.within),
        *(facts.sides, facts.target_sides, facts.speaker_side, facts.figures),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """Statements of one report that behave alike towards all others; mostly just one.

    `first` is the index of the earliest, `kind` the number of its looks.
    """

    first: int
    indices: tuple[int, ...]
    told: tuple[Facts, ...]  # in order of their sentences
    kind: int

    @property
    def report(self) -> str:
        """The report that tells it."""
        return self.told[0].event.report.id

    @property
    def refers_back(self) -> bool:
        """Whether it is told as "the attack" and the like."""
        return self.told[0].event.refers_back


class Judge:
    """Compares nodes: within a report by their sentences, across reports once for all that look alike."""

    def __init__(self, rules: Rules, *, within_m: float, within_days: int) -> None:
        self.rules, self.within_m, self.within_days = rules, within_m, within_days
        self._known: dict[tuple[object, ...], Verdict] = {}
        self._crowds: dict[tuple[int, int], Verdict] = {}

    def compare(self, one: Facts, other: Facts) -> Verdict:
        """Two statements, straight."""
        return compare(one, other, self.rules, within_m=self.within_m, within_days=self.within_days)

    def apart(self, one: Node, other: Node) -> Verdict:
        """Two nodes of different reports."""
        key = (one.kind, other.kind)
        if key not in self._known:
            self._known[key] = self.compare(one.told[0], other.told[0])
        return self._known[key]

    def together(self, one: Node, other: Node) -> Verdict:
        """Two nodes of one report; in a crowd of which some contradict each other, they do, else the surest holds."""
        if len(one.told) == len(other.told) == 1:
            return self.variants(one, other)[0]
        key = (one.first, other.first)
        if key not in self._crowds:
            found = self.variants(one, other)
            self._crowds[key] = next((verdict for verdict in found if verdict.contradiction), None) or max(
                found, key=_sureness
            )
        return self._crowds[key]

    def variants(self, one: Node, other: Node) -> list[Verdict]:
        """The verdicts on the pairs of two nodes of one report, by which of the two sentences comes first."""
        found = []
        if one.told[0].event.span < other.told[-1].event.span:
            found.append(self._in_order("before", one, other, one.told[0], other.told[-1]))
        if other.told[0].event.span < one.told[-1].event.span:
            found.append(self._in_order("after", one, other, one.told[-1], other.told[0]))
        if shared := _shared(one, other):
            found.append(self._in_order("same", one, other, *shared))
        return found

    def neighbours(self, node: Node, one: Facts, other: Facts) -> Verdict:
        """Two statements of one node, the first told no later than the second."""
        sentences = "same" if one.event.span == other.event.span else "before"
        return self._in_order(sentences, node, node, one, other)

    def _in_order(self, sentences: str, one: Node, other: Node, mine: Facts, theirs: Facts) -> Verdict:
        key = (sentences, one.kind, one.refers_back, other.kind, other.refers_back)
        if key not in self._known:
            self._known[key] = self.compare(mine, theirs)
        return self._known[key]


def _sureness(verdict: Verdict) -> tuple[bool, bool, float, str]:
    return verdict.link == SURE, verdict.link is not None, verdict.score, verdict.why


def _shared(one: Node, other: Node) -> tuple[Facts, Facts] | None:
    """A pair of the two nodes that stands in one sentence."""
    if len(one.told) == len(other.told) == 1:
        mine, theirs = one.told[0], other.told[0]
        return (mine, theirs) if mine.event.span == theirs.event.span else None
    spans = {facts.event.span: facts for facts in one.told}
    return next(((spans[f.event.span], f) for f in other.told if f.event.span in spans), None)


def nodes(all_facts: Sequence[Facts], judge: Judge, alone: Collection[int] = ()) -> list[Node]:
    """The statements as nodes, in order: those of one report that no comparison can tell apart are one.

    `alone` lists those that corrections speak of by themselves.
    """
    kinds: dict[Looks, int] = {}
    reports: dict[str, dict[tuple[int, bool, int], list[int]]] = defaultdict(lambda: defaultdict(list))
    for index, facts in enumerate(all_facts):
        kind = kinds.setdefault(looks(facts, judge.rules), len(kinds))
        own = index if index in alone else -1
        reports[facts.event.report.id][kind, facts.event.refers_back, own].append(index)
    found: list[Node] = []
    for same in reports.values():
        drafts = [_node(all_facts, indices, kind) for (kind, _, _), indices in same.items()]
        mixed = _mixed(drafts, judge)
        for draft in drafts:
            if len(draft.indices) > 1 and (draft in mixed or not _one_thing(draft, judge)):
                found += [_node(all_facts, [index], draft.kind) for index in draft.indices]
            else:
                found.append(draft)
    return sorted(found, key=lambda node: node.first)


def _node(all_facts: Sequence[Facts], indices: Sequence[int], kind: int) -> Node:
    told = sorted((all_facts[index] for index in indices), key=lambda facts: facts.event.span)
    return Node(min(indices), tuple(sorted(indices)), tuple(told), kind)


def _one_thing(node: Node, judge: Judge) -> bool:
    """Whether the statements of a node surely mean one thing, whichever two are compared."""
    verdicts = {judge.neighbours(node, one, other) for one, other in pairwise(node.told)}
    return all(verdict.link == SURE for verdict in verdicts) and (len(verdicts) == 1 or len(node.told) > CROWD)


def _mixed(drafts: Sequence[Node], judge: Judge) -> set[Node]:
    """The nodes of a report to whose statements another one compares differently, by the order of the sentences.

    Only what refers back, or shares sentences with another, can differ so.
    """
    in_sentence: dict[Span, list[Node]] = defaultdict(list)
    for draft in drafts:
        for span in {facts.event.span for facts in draft.told}:
            in_sentence[span].append(draft)
    meetings = {pair for beside in in_sentence.values() for pair in combinations(beside, 2)}
    for draft in drafts:
        if draft.refers_back:
            meetings |= {(draft, other) for other in drafts if other is not draft}
    mixed: set[Node] = set()
    for one, other in meetings:
        if len(one.told) == len(other.told) == 1:
            continue
        found = judge.variants(one, other)
        if any(verdict != found[0] for verdict in found):
            mixed |= {node for node in (one, other) if len(node.told) <= CROWD}
    return mixed
