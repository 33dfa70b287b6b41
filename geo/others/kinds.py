"""What others call a kind of event, as a type of ours: by name, or through the crosswalk to ACLED read backwards."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from geo.export.columns import Row

# UCDP's three kinds of organised violence; state-based is whatever a state's army does, air strikes included.
UCDP_KINDS = {"1": "State-based violence", "2": "Non-state violence", "3": "One-sided violence"}


class CodedType(Protocol):
    """What is asked of an event type: its names and its codes in ACLED's scheme."""

    @property
    def label(self) -> str:
        """What people call it."""

    @property
    def parent(self) -> str | None:
        """The slug of the type that it is a kind of."""

    @property
    def acled_event_type(self) -> str | None:
        """ACLED's event type."""

    @property
    def acled_sub_event_type(self) -> str | None:
        """ACLED's sub-event type."""

    @property
    def acled_by_side(self) -> dict[str, str] | None:
        """ACLED's sub-event types where they depend on who did it."""


Types = Mapping[str, CodedType]


def slug(text: str) -> str:
    """The id of a type that has only a name.

    >>> slug("Non-state actor overtakes territory")
    'non_state_actor_overtakes_territory'
    """
    return re.sub(r"[\W_]+", "_", text.casefold()).strip("_") or "other"


class Kinds:
    """The columns of a row that say its type, for names and codes of others; each is worked out once.

    >>> Kinds({}).named("Earthquake")["type"]
    'earthquake'
    """

    def __init__(self, types: Types) -> None:
        self.types = types
        self._ids = {slug(one.label): name for name, one in types.items()} | {name: name for name in types}
        self._named: dict[str, Row] = {}
        self._acled: dict[tuple[str, str], Row] = {}

    def named(self, text: str) -> Row:
        """A type that others call `text`: ours where the name is one of ours, else one of its own."""
        if text not in self._named:
            ours = self._ids.get(slug(text))
            label = text.replace("_", " ").strip() or "Other"
            self._named[text] = self._columns(ours) if ours else _own(label[:1].upper() + label[1:])
        return self._named[text]

    def acled(self, event_type: str, sub_event_type: str) -> Row:
        """A type that ACLED codes so.

        A code that several of our types have is theirs only if one of them is the parent of all others, or bears its
        name. What has no type of ours keeps ACLED's name; it is a child of ours where its event type is one type alone.
        """
        code = (event_type, sub_event_type)
        if code not in self._acled:
            same = {name: one for name, one in self.types.items() if sub_event_type in _sub_events(one, event_type)}
            roots = [name for name in same if all(other == name or one.parent == name for other, one in same.items())]
            named = [name for name in same if name == slug(sub_event_type)]
            kin = [name for name, one in self.types.items() if one.acled_event_type == event_type]
            own = _own(sub_event_type or event_type or "Other", parent=kin[0] if len(kin) == 1 else None)
            found = next(iter([*roots, *named]), None)
            codes = {"acled_event_type": event_type or None, "acled_sub_event_type": sub_event_type or None}
            self._acled[code] = {**(self._columns(found) if found else own), **codes}
        return self._acled[code]

    def ucdp(self, type_of_violence: str) -> Row:
        """A type of UCDP's: their three kinds say who does it, ours what is done, so that none is one of ours."""
        fallback = f"Violence of type {type_of_violence}" if type_of_violence else "Violence"
        return _own(UCDP_KINDS.get(type_of_violence, fallback))

    def _columns(self, name: str) -> Row:
        one = self.types[name]
        codes = {"acled_event_type": one.acled_event_type, "acled_sub_event_type": one.acled_sub_event_type}
        return {"type": name, "type_label": one.label, "parent_type": one.parent, **codes}


def _own(label: str, *, parent: str | None = None) -> Row:
    return {"type": slug(label), "type_label": label, "parent_type": parent}


def _sub_events(one: CodedType, event_type: str) -> set[str | None]:
    if one.acled_event_type != event_type:
        return set()
    return {one.acled_sub_event_type, *(one.acled_by_side or {}).values()}
