"""Groups of statements, joined only where no two members contradict each other."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from heapq import merge as in_order

from geo.incidents.alike import Judge, Node
from geo.incidents.compare import POSSIBLE, SURE
from geo.incidents.facts import Facts
from geo.incidents.near import pairs


class Group:
    """Statements that are one incident so far. Its name is the index of its first statement."""

    __slots__ = ("doubts", "foes", "kinds", "name", "nodes", "reason", "reports", "vagueness")

    def __init__(self, node: Node) -> None:
        self.name, self.nodes, self.vagueness = node.first, [node], node.told[0].vagueness
        self.reason: str | None = None
        self.doubts = 0  # how many other incidents it may be
        self.foes: set[Group] = set()  # groups known not to fit; what clashes once always does
        self.reports: dict[str, list[Node]] = {node.report: [node]}
        # for each kind the last statement, and the report that tells all of that kind (None: several do)
        self.kinds: dict[int, tuple[int, str | None]] = {node.kind: (node.first, node.report)}


class Groups:
    """All statements in groups: one per node at first, then joined by `join_sure` and `settle`."""

    def __init__(self, nodes: Sequence[Node], judge: Judge, forbidden: Collection[tuple[int, int]] = ()) -> None:
        self.judge, self.forbidden = judge, forbidden
        self.node_of = {index: node for node in nodes for index in node.indices}
        self.of = {node.first: Group(node) for node in nodes}
        self.named = {group.name: group for group in self.of.values()}
        self.of_kind: dict[int, list[Node]] = defaultdict(list)
        self.holding: dict[int, dict[Group, None]] = defaultdict(dict)  # kind -> the groups that hold some of it
        for node in nodes:
            self.of_kind[node.kind].append(node)
            self.holding[node.kind][self.of[node.first]] = None
        self._firsts = {kind: [node.first for node in alike] for kind, alike in self.of_kind.items()}
        # score -> kind -> kinds, and score -> first -> [(other, why)] within one report
        self._sure: dict[float, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
        self._sure_within: dict[float, dict[int, list[tuple[int, str]]]] = defaultdict(lambda: defaultdict(list))
        self._possible: dict[int, dict[int, float]] = defaultdict(dict)
        self._possible_within: dict[int, list[tuple[int, float]]] = defaultdict(list)
        self._contradicting: dict[tuple[int, int], bool] = {}
        self._compare_kinds()
        self._compare_within(nodes)

    def _compare_kinds(self) -> None:
        """What statements of different reports are to each other, once for all that look alike."""
        kinds = sorted(self.of_kind)
        met = [(kinds[i], kinds[j]) for i, j in self._pairs([self.of_kind[kind][0] for kind in kinds])]
        for one, other in (*met, *((kind, kind) for kind in kinds)):
            example = _of_two_reports(self.of_kind[one], self.of_kind[other])
            if example is None:
                continue
            verdict = self.judge.apart(*example)
            if verdict.link == SURE:
                self._sure[verdict.score][one][other] = self._sure[verdict.score][other][one] = verdict.why
            elif verdict.link == POSSIBLE:
                self._possible[one][other] = self._possible[other][one] = verdict.fit

    def _compare_within(self, nodes: Sequence[Node]) -> None:
        """What statements of one report are to each other."""
        reports: dict[str, list[Node]] = defaultdict(list)
        for node in nodes:
            reports[node.report].append(node)
            if len(node.told) > 1:  # they are one already, for this reason
                verdict = self.judge.compare(node.told[0], node.told[1])
                self._sure_within[verdict.score][node.first].append((node.indices[1], verdict.why))
        for own in reports.values():
            for i, j in self._pairs(own) if len(own) > 1 else ():
                verdict = self.judge.together(own[i], own[j])
                if verdict.link == SURE:
                    self._sure_within[verdict.score][own[i].first].append((own[j].first, verdict.why))
                elif verdict.link == POSSIBLE:
                    self._possible_within[own[i].first].append((own[j].first, verdict.fit))
                    self._possible_within[own[j].first].append((own[i].first, verdict.fit))

    def _pairs(self, own: Sequence[Node]) -> Iterator[tuple[int, int]]:
        told: list[Facts] = [node.told[0] for node in own]
        return pairs(told, self.judge.rules, within_m=self.judge.within_m, within_days=self.judge.within_days)

    def join_sure(self) -> None:
        """Join what surely means the same: the best pairs first, among equals in the order of the statements."""
        for score in sorted({*self._sure, *self._sure_within}, reverse=True):
            kinds, within = self._sure[score], self._sure_within[score]
            for first in sorted({first for kind in kinds for first in self._firsts[kind]} | within.keys()):
                for other, why in in_order(*self._later(first, kinds), sorted(within.get(first, ()))):
                    self.join(first, other, why)

    def _later(self, first: int, kinds: dict[int, dict[int, str]]) -> Iterator[Iterator[tuple[int, str]]]:
        """Later statements of other reports that may join this one, in one row for each kind."""
        node, mine = self.node_of[first], self.of[first]
        for kind, why in kinds.get(node.kind, {}).items():
            if any(g is not mine and g not in mine.foes and g.kinds[kind][0] > first for g in self.holding[kind]):
                yield self._of_other_reports(node, kind, why)

    def _of_other_reports(self, node: Node, kind: int, why: str) -> Iterator[tuple[int, str]]:
        alike = self.of_kind[kind]
        for at in range(bisect_right(self._firsts[kind], node.first), len(alike)):
            if alike[at].report != node.report:
                yield alike[at].first, why

    def _group(self, index: int) -> Group:
        return self.of[self.node_of[index].first]

    def join(self, i: int, j: int, why: str, *, forced: bool = False) -> bool:
        """Join the groups of two statements unless members contradict each other; the earlier group's name stays."""
        one, other = self._group(i), self._group(j)
        if one is other:
            one.reason = one.reason or (why if self.node_of[i] is self.node_of[j] else None)
            return True
        if not self.fit(one, other, forced=forced):
            return False
        earlier = min(one, other, key=lambda group: group.name)
        reason = why if forced or earlier.reason is None else earlier.reason
        big, small = (one, other) if len(one.nodes) >= len(other.nodes) else (other, one)
        del self.named[big.name], self.named[small.name]
        big.name, big.reason, big.doubts = earlier.name, reason, earlier.doubts
        big.vagueness = min(one.vagueness, other.vagueness)
        self.named[big.name] = big
        self._pour(small, big)
        return True

    def _pour(self, small: Group, big: Group) -> None:
        big.nodes += small.nodes
        for node in small.nodes:
            self.of[node.first] = big
        for foe in small.foes:
            foe.foes.discard(small)
            foe.foes.add(big)
            big.foes.add(foe)
        for report, told in small.reports.items():
            big.reports.setdefault(report, []).extend(told)
        for kind, (last, only) in small.kinds.items():
            known_last, known = big.kinds.get(kind, (last, only))
            big.kinds[kind] = (max(last, known_last), only if only == known else None)
            del self.holding[kind][small]
            self.holding[kind][big] = None

    def fit(self, one: Group, other: Group, *, forced: bool = False) -> bool:
        """Whether no member of one group contradicts a member of the other; corrections overrule all but each other."""
        if self.forbidden and any({self._group(i), self._group(j)} == {one, other} for i, j in self.forbidden):
            return False
        if forced:
            return True
        if other in one.foes:
            return False
        if self._clash_apart(one, other) or self._clash_within(one, other):
            one.foes.add(other)
            other.foes.add(one)
            return False
        return True

    def _clash_apart(self, one: Group, other: Group) -> bool:
        """Whether statements of different reports contradict each other."""
        for mine, (_, my_report) in one.kinds.items():
            for theirs, (_, their_report) in other.kinds.items():
                if my_report is not None and my_report == their_report:
                    continue
                if self._contradict(mine, theirs):
                    return True
        return False

    def _contradict(self, one: int, other: int) -> bool:
        """Whether what looks so contradicts what looks like the other, told in different reports."""
        if (one, other) not in self._contradicting:
            example = _of_two_reports(self.of_kind[one], self.of_kind[other])
            known = example is not None and self.judge.apart(*example).contradiction is not None
            self._contradicting[one, other] = self._contradicting[other, one] = known
        return self._contradicting[one, other]

    def _clash_within(self, one: Group, other: Group) -> bool:
        """Whether statements of one report contradict each other."""
        fewer, more = sorted((one, other), key=lambda group: len(group.reports))
        return any(
            self.judge.together(mine, theirs).contradiction
            for report, told in fewer.reports.items()
            for mine in told
            for theirs in more.reports.get(report, ())
        )

    def settle(self) -> None:
        """Let each vaguer group join the only more precise one it can mean, the least vague first."""
        for name in [group.name for group in sorted(self.named.values(), key=lambda g: (g.vagueness, g.name))]:
            group = self.named.get(name)
            if group is None:
                continue
            fits = self._fits(group)
            best = [other for other, fit in fits.items() if fit == max(fits.values())]
            if len(best) == 1:
                self.join(name, best[0].name, "being the only incident that the vaguer statement can mean")
            elif best:
                group.doubts = len(best)

    def _fits(self, group: Group) -> dict[Group, float]:
        """The groups that `group` may belong to, none vaguer than itself, each with how well type and place fit."""
        fits: dict[Group, float] = {}
        for other, fit in self._links(group):
            if other is group or other.vagueness > group.vagueness:
                continue
            if fit > fits.get(other, 0.0) and (other in fits or self.fit(group, other)):
                fits[other] = fit
        return fits

    def _links(self, group: Group) -> Iterator[tuple[Group, float]]:
        for node in group.nodes:
            for j, fit in self._possible_within.get(node.first, ()):
                yield self.of[j], fit
        for mine, (_, my_report) in group.kinds.items():
            for kind, fit in self._possible.get(mine, {}).items():
                for other in self.holding[kind]:
                    if my_report is None or my_report != other.kinds[kind][1]:
                        yield other, fit

    def note(self, group: Group) -> str | None:
        """Why the group is as it is: what joined it, and between which others it could not choose."""
        joined = f"joined by {group.reason}" if group.reason else None
        if not group.doubts:
            return joined
        doubt = f"kept apart because it may be any of {group.doubts} incidents"
        return f"{joined}; {doubt}" if joined else doubt

    def all(self) -> list[tuple[Group, list[int]]]:
        """The groups with their statements, in the order of their first ones."""
        return [
            (self.named[name], sorted(index for node in self.named[name].nodes for index in node.indices))
            for name in sorted(self.named)
        ]


def _of_two_reports(one: Sequence[Node], other: Sequence[Node]) -> tuple[Node, Node] | None:
    """An example of each kind, told in different reports; None where one report tells all of both."""
    mine, theirs = one[0], other[0]
    if mine.report != theirs.report:
        return mine, theirs
    for node in other:
        if node.report != mine.report:
            return mine, node
    for node in one:
        if node.report != theirs.report:
            return node, theirs
    return None
