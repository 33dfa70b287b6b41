"""Who did it, as the statements of an incident have it: one body under its many names is one actor."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence

from geo.model import Event, Party
from geo.text import fold

ARTICLES = ("the ", "a ", "an ")


def identity(party: Party) -> str:
    """What makes a party the same as another: the pack's id, else its name without article, accents and case.

    >>> identity(Party("The Ejército")) == identity(Party("Ejercito"))
    True
    """
    if party.id:
        return party.id
    name = "".join(c for c in unicodedata.normalize("NFD", fold(party.name)) if not unicodedata.combining(c))
    return next((name.removeprefix(article) for article in ARTICLES if name.startswith(article)), name).strip()


class ActorNames:
    """One name for each body that the statements of an incident accuse: the one printed most often."""

    def __init__(self, events: Sequence[Event]) -> None:
        printed: dict[str, Counter[str]] = defaultdict(Counter)
        for event in events:
            for party in event.parties:
                printed[identity(party)][party.name] += 1
        self._name = {who: names.most_common(1)[0][0] for who, names in printed.items()}

    def value(self, event: Event) -> str | None:
        """Who did it, as this statement has it; a denial says who did not."""
        doers = dict.fromkeys(identity(party) for party in event.parties if party.role == "initiator")
        names = " and ".join(self._name[who] for who in doers)
        if event.status == "denied":
            return f"not {names}" if names else "denied"
        return names or None
