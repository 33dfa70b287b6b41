"""Events -> incidents: statements of the same thing in the world gathered, contradictory ones kept apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from geo.incidents.agree import incident
from geo.incidents.compare import POSSIBLE, SURE, Verdict, compare
from geo.incidents.corrections import Corrections
from geo.incidents.facts import Facts, SideOf, facts, order
from geo.incidents.near import pairs
from geo.incidents.rules import Rules, shipped_rules
from geo.model import Event, Incident


def merge(
    events: Iterable[Event],
    *,
    corrections: Corrections | None = None,
    within_m: float = 3000,
    within_days: int = 1,
    side_of: SideOf | None = None,
    rules: Rules | None = None,
) -> list[Incident]:
    """Gather the statements that tell of one incident; every event ends in exactly one, in whatever order they come.

    Statements that surely mean the same (type, place and day fit, nothing contradicts) are joined first. A vaguer one
    (undated, a month, a district) then joins the only incident it can mean; where there are several it stays alone, and
    `Incident.why` says so. No incident ever holds two statements that contradict each other.

    `within_m` metres and `within_days` days: how far places and days may lie apart where something else supports it.
    `side_of` tells the side of a party or speaker (by name or id), None for bystanders such as monitors.
    `corrections` force or forbid merges; `rules` are those of geo/data/conflict/merging.yaml unless given.
    Incidents come in the order of their first events.

    >>> merge([])
    []
    """
    rules = rules or shipped_rules()
    ordered = sorted(events, key=order)
    all_facts = [facts(event, side_of=side_of) for event in ordered]
    groups = _Groups(all_facts, rules, within_m=within_m, within_days=within_days)
    forced: list[tuple[int, int]] = []
    if corrections is not None:
        groups.forbidden, forced = corrections.apart_and_together(ordered)
    sure: list[tuple[float, int, int, str]] = []
    possible: list[tuple[int, int, Verdict]] = []
    for i, j in pairs(all_facts, rules, within_m=within_m, within_days=within_days):
        verdict = groups.verdict(i, j)
        if verdict.link == SURE:
            sure.append((-verdict.score, i, j, verdict.why))
        elif verdict.link == POSSIBLE:
            possible.append((i, j, verdict))
    for _, i, j, why in sorted(sure):
        groups.join(i, j, why)
    groups.settle(possible)
    for i, j in forced:  # last: people join incidents as they see them, whole
        groups.join(i, j, "a correction", forced=True)
    return [
        incident([ordered[i] for i in members], rules=rules, side_of=side_of, note=groups.note(members))
        for members in groups.all()
    ]


class _Groups:
    """Groups of event indices, joined only where no two members contradict each other."""

    def __init__(self, all_facts: Sequence[Facts], rules: Rules, *, within_m: float, within_days: int) -> None:
        self.all_facts, self.rules, self.within_m, self.within_days = all_facts, rules, within_m, within_days
        self.group_of = list(range(len(all_facts)))
        self.members = {i: [i] for i in self.group_of}
        self.vagueness = [facts.vagueness for facts in all_facts]
        self.forbidden: set[tuple[int, int]] = set()
        self.reasons: dict[int, str] = {}
        self.doubts: dict[int, int] = {}
        self.clashing: dict[int, set[int]] = defaultdict(set)  # groups known not to fit; what clashes once always does
        looks: dict[tuple[object, ...], int] = {}
        self.looks = [looks.setdefault(facts.looks, len(looks)) for facts in all_facts]
        self.verdicts: dict[tuple[object, ...], Verdict] = {}

    def verdict(self, i: int, j: int) -> Verdict:
        """Compare two events; once for all pairs that look alike, as the thousands of a hot week do."""
        one, other = self.all_facts[i], self.all_facts[j]
        near: object = None
        if one.event.report.id == other.event.report.id:
            near = (one.event.span < other.event.span, one.event.span == other.event.span)
            near = (near, one.event.refers_back, other.event.refers_back)
        key = (self.looks[i], self.looks[j], near)
        verdict = self.verdicts.get(key)
        if verdict is None:
            verdict = compare(one, other, self.rules, within_m=self.within_m, within_days=self.within_days)
            self.verdicts[key] = verdict
        return verdict

    def join(self, i: int, j: int, why: str, *, forced: bool = False) -> bool:
        """Join the groups of two events unless members contradict each other; the earlier group's name stays."""
        one, other = sorted((self.group_of[i], self.group_of[j]))
        if one == other:
            return True
        if not self.fit(one, other, forced=forced):
            return False
        for k in self.members[other]:
            self.group_of[k] = one
        for foe in self.clashing.pop(other, ()):
            self.clashing[foe].discard(other)
            self.clashing[foe].add(one)
            self.clashing[one].add(foe)
        self.members[one] = sorted(self.members[one] + self.members.pop(other))
        self.vagueness[one] = min(self.vagueness[one], self.vagueness[other])
        if forced or one not in self.reasons:
            self.reasons[one] = why
        return True

    def fit(self, one: int, other: int, *, forced: bool = False) -> bool:
        """Whether no member of one group contradicts a member of the other; corrections overrule all but each other."""
        if not forced and other in self.clashing[one]:
            return False
        for i in self.members[one]:
            for j in self.members[other]:
                forbidden = (min(i, j), max(i, j)) in self.forbidden
                if forbidden or (not forced and self.verdict(min(i, j), max(i, j)).contradiction):
                    if not forced:
                        self.clashing[one].add(other)
                        self.clashing[other].add(one)
                    return False
        return True

    def settle(self, possible: Sequence[tuple[int, int, Verdict]]) -> None:
        """Let each vaguer group join the only more precise one it can mean, the least vague first."""
        links: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for i, j, verdict in possible:
            links[i].append((j, verdict.fit))
            links[j].append((i, verdict.fit))
        waiting = sorted({self.group_of[i] for i in links}, key=lambda group: (self.vagueness[group], group))
        for group in waiting:
            if group not in self.members:
                continue
            fits = self._fits(group, links)
            best = [other for other, fit in fits.items() if fit == max(fits.values())]
            if len(best) == 1:
                self.join(group, best[0], "being the only incident that the vaguer statement can mean")
            elif best:
                self.doubts[group] = len(best)

    def _fits(self, group: int, links: dict[int, list[tuple[int, float]]]) -> dict[int, float]:
        """The groups that `group` may belong to, none vaguer than itself, each with how well type and place fit."""
        fits: dict[int, float] = {}
        for i in self.members[group]:
            for j, fit in links.get(i, ()):
                other = self.group_of[j]
                if other == group or self.vagueness[other] > self.vagueness[group]:
                    continue
                if fit > fits.get(other, 0.0) and (other in fits or self.fit(group, other)):
                    fits[other] = fit
        return fits

    def note(self, members: Sequence[int]) -> str | None:
        """Why the group is as it is: what joined it, and between which others it could not choose."""
        group = members[0]
        joined = f"joined by {self.reasons[group]}" if group in self.reasons else None
        if group not in self.doubts:
            return joined
        doubt = f"kept apart because it may be any of {self.doubts[group]} incidents"
        return f"{joined}; {doubt}" if joined else doubt

    def all(self) -> list[list[int]]:
        """The groups, in the order of their first events."""
        return [self.members[group] for group in sorted(self.members)]
