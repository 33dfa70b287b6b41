"""Colours and letters of event types: a family gives the colour, the type a shape or a letter.

The seven colours are told apart with every common form of colour blindness: a test simulates it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

FAMILY_COLOURS = ("#b2182b", "#f0a030", "#1f5fae", "#3f1d6b", "#4caf7a", "#9ad4f0", "#777777")
CALM = ("#1f5fae", "#4caf7a", "#9ad4f0", "#3f1d6b", "#f0a030", "#b2182b")  # for types nobody gave a colour: red last
OTHER = "#777777"
_HEX = re.compile(r"#[0-9a-fA-F]{6}$")


def resolved(
    types: Iterable[Mapping[str, Any]], used: Sequence[str], labels: Mapping[str, str]
) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Types with a colour, a symbol and a family each, and the families in order; types seen only in data are added.

    >>> types, families = resolved([{"id": "air_strike", "label": "Air strike", "family": "air"}], ["flood"], {})
    >>> [(t["id"], t["symbol"], t["family"]) for t in types]
    [('air_strike', 'A', 'air'), ('flood', 'F', 'other')]
    """
    types = list(types)
    given = {str(row["id"]): dict(row) for row in types}
    for name in used:
        given.setdefault(name, {"id": name, "label": labels.get(name) or name.replace("_", " ").capitalize()})
    families: dict[str, str] = {}
    titles = {row["family"]: str(row["family_label"]) for row in types if row.get("family") and row.get("family_label")}
    for row in given.values():
        parent = given.get(str(row.get("parent") or ""), {})
        row["family"] = str(row.get("family") or parent.get("family") or "other")
    for row in given.values():
        families.setdefault(row["family"], "")
    if "other" in families:
        families["other"] = families.pop("other")
    for number, family in enumerate(families):
        members = [row for row in given.values() if row["family"] == family]
        colour = next((str(r["colour"]) for r in members if _HEX.match(str(r.get("colour") or ""))), None)
        families[family] = colour or (OTHER if family == "other" else FAMILY_COLOURS[number % len(FAMILY_COLOURS)])
    seen = set(used)
    worn = {families[row["family"]] for name, row in given.items() if name in seen and row["family"] != "other"}
    free = iter([colour for colour in CALM if colour not in worn])
    out = []
    taken: dict[str, set[str]] = {}
    for row in given.values():
        label = str(row.get("label") or row["id"])
        colour = str(row.get("colour") or "")
        if row["family"] == "other" and not colour and row["id"] in seen:
            colour = next(
                free, OTHER
            )  # strangers have nothing in common: each wears a colour that no family here wears
        symbol = str(row.get("symbol") or "") or _letters(label, taken.setdefault(row["family"], set()))
        taken.setdefault(row["family"], set()).add(symbol)
        out.append(
            {
                "id": str(row["id"]),
                "label": label,
                "parent": str(row.get("parent") or ""),
                "family": row["family"],
                "colour": colour if _HEX.match(colour) else families[row["family"]],
                "symbol": symbol,
            }
        )
    return out, [
        {"id": name, "label": titles.get(name) or name.replace("_", " ").capitalize(), "colour": colour}
        for name, colour in families.items()
    ]


def _letters(label: str, taken: set[str]) -> str:
    """A free letter or two: initials first, then letters of the first word."""
    words = re.findall(r"\w+", label) or ["?"]
    first = words[0]
    tries = [first[0], "".join(word[0] for word in words[:2]), *(first[0] + letter for letter in first[1:])]
    return next(
        (t.upper() if len(t) == 1 else t[0].upper() + t[1:] for t in tries if (t[0].upper() + t[1:]) not in taken), "?"
    )
