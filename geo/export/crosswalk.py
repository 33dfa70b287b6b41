"""What a type is called, and which codes other schemes have for it: ACLED, CAMEO, PLOVER."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from geo.model import Party

STATE = "government"  # the key of `acled_by_side` for the side that holds the state; every other is "other"


def codes(
    kind: str,
    parent: str | None,
    parties: Sequence[Party] = (),
    *,
    types: Mapping[str, Any] | None = None,
    side_of: Callable[[str], str | None] | None = None,
) -> dict[str, str | None]:
    """The columns type, type_label, parent_type, acled_event_type, acled_sub_event_type, cameo and plover.

    `types` maps a slug to what the ontology knows of it (fields label, parent, acled_event_type, acled_sub_event_type,
    acled_by_side, cameo, plover; an object or a mapping). A type it does not hold keeps its slug, and has no codes.

    >>> codes("air_strike", None, types={"air_strike": {"label": "Air strike", "cameo": "195"}})["cameo"]
    '195'
    >>> codes("flood", None)["type_label"]
    'Flood'
    """
    info = (types or {}).get(kind)
    sub_event = _field(info, "acled_sub_event_type")
    by_side = _field(info, "acled_by_side")
    if by_side:
        side = _initiating_side(parties, side_of)
        sub_event = None if side is None else by_side.get(side, by_side.get("other"))
    return {
        "type": kind,
        "type_label": _field(info, "label") or kind.replace("_", " ").capitalize(),
        "parent_type": _field(info, "parent") or parent,
        "acled_event_type": _field(info, "acled_event_type"),
        "acled_sub_event_type": sub_event,
        "cameo": _field(info, "cameo"),
        "plover": _field(info, "plover"),
    }


def _field(info: Any, name: str) -> Any:
    return info.get(name) if isinstance(info, Mapping) else getattr(info, name, None)


def _initiating_side(parties: Sequence[Party], side_of: Callable[[str], str | None] | None) -> str | None:
    if side_of is None:
        return None
    for party in parties:
        if party.role == "initiator":
            side = (side_of(party.id) if party.id else None) or side_of(party.name)
            if side is not None:
                return side
    return None
