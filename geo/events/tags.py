"""What an event was done with and what it hit: tags read from words near the trigger."""

from __future__ import annotations

from functools import cache

from geo.files import load, shipped
from geo.model import Span
from geo.text import Scanner, expand


@cache
def _scanner() -> Scanner[tuple[str, str]]:
    data = load(shipped("conflict/tags.yaml")).data
    return Scanner(
        (phrase, (group, tag))
        for group in ("weapons", "targets")
        for tag, patterns in data[group].items()
        for pattern in patterns
        for phrase in expand(pattern)
    )


def tags(text: str, span: Span) -> tuple[str | None, str | None]:
    """The weapon and the target named in a stretch of text, None where none is.

    >>> tags("A mortar shell hit a school.", Span(0, 28))
    ('mortar', 'school')
    """
    weapon = target = None
    for hit in _scanner().scan(span.of(text)):
        for group, tag in hit.labels:
            if group == "weapons" and weapon is None:
                weapon = tag
            elif group == "targets" and target is None:
                target = tag
    return weapon, target
