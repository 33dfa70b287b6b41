"""Events -> incidents: statements of the same thing in the world gathered, contradictory ones kept apart."""

from __future__ import annotations

from collections.abc import Iterable

from geo.incidents.agree import incident
from geo.incidents.alike import Judge, nodes
from geo.incidents.corrections import Corrections
from geo.incidents.facts import IdOf, SideOf, facts, order
from geo.incidents.groups import Groups
from geo.incidents.rules import Rules, shipped_rules
from geo.model import Event, Incident


def merge(
    events: Iterable[Event],
    *,
    corrections: Corrections | None = None,
    within_m: float = 3000,
    within_days: int = 1,
    side_of: SideOf | None = None,
    id_of: IdOf | None = None,
    rules: Rules | None = None,
) -> list[Incident]:
    """Gather the statements that tell of one incident; every event ends in exactly one, in whatever order they come.

    Statements that surely mean the same (type, place and day fit, nothing contradicts) are joined first. A vaguer one
    (undated, a month, a district) then joins the only incident it can mean; where there are several it stays alone, and
    `Incident.why` says so. No incident ever holds two statements that contradict each other.

    `within_m` metres and `within_days` days: how far places and days may lie apart where something else supports it.
    `side_of` tells the side of a party or speaker (by name or id), "independent" for bystanders such as monitors;
    `id_of` which body a name means, None where it may be any of many ("activists").
    `corrections` force or forbid merges; `rules` are those of geo/data/conflict/merging.yaml unless given.
    Incidents come in the order of their first events.

    >>> merge([])
    []
    """
    rules = rules or shipped_rules()
    ordered = sorted(events, key=order)
    all_facts = [facts(event, side_of=side_of) for event in ordered]
    apart, together = corrections.apart_and_together(ordered) if corrections is not None else (set(), [])
    judge = Judge(rules, within_m=within_m, within_days=within_days)
    alone = {index for pair in apart for index in pair}
    groups = Groups(nodes(all_facts, judge, alone), judge, apart)
    groups.join_sure()
    groups.settle()
    for i, j in together:  # last: people join incidents as they see them, whole
        groups.join(i, j, "a correction", forced=True)
    return [
        incident([ordered[i] for i in members], rules=rules, side_of=side_of, id_of=id_of, note=groups.note(group))
        for group, members in groups.all()
    ]
