"""Names of places, regions and countries in the language of the page, where somebody has given us such a name."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from geo.files import load

COUNTRIES = Path(__file__).resolve().parent / "strings" / "countries"
SCRIPTS = {"ar": "ARABIC"}  # the script of a language, as Unicode names its letters; all others: Latin
Place = Mapping[str, Any]


def name_of(place: Place, lang: str) -> str:
    """A place's name in the script of the page's language where it has one there; else its own name.

    >>> name_of({"name": "Homs", "names": ["Homs", "حمص"]}, "ar")
    'حمص'
    """
    script = SCRIPTS.get(lang, "LATIN")
    names = [str(name) for name in (place["name"], *(place.get("names") or ()))]
    return next((name for name in names if unicodedata.name(name[:1] or " ", "").startswith(script)), names[0])


@cache
def countries(lang: str) -> dict[str, str]:
    """Countries by their English names, Natural Earth's and ours; none for English."""
    path = COUNTRIES / f"{lang}.yaml"
    return {str(name): str(named) for name, named in load(path).data.items()} if path.is_file() else {}


def names_of(places: Iterable[Place], rows: Iterable[Mapping[str, Any]], lang: str) -> dict[str, dict[str, str]]:
    """What a page needs to name the places of its rows: `places` by id, `regions` and countries by their own names.

    Empty for the language in which names are written anyway.

    >>> names_of([{"id": "sy", "name": "Syria", "names": ["سوريا"], "region": True}], [], "ar")
    {'places': {'sy': 'سوريا'}, 'regions': {'Syria': 'سوريا'}}
    """
    found: dict[str, dict[str, str]] = {"places": {}, "regions": {}}
    if lang not in SCRIPTS:
        return found
    known = countries(lang)
    for name in sorted({str(row["country"]) for row in rows if row.get("country")} & known.keys()):
        found["regions"][name] = known[name]
    for place in places:
        name = name_of(place, lang)
        if place.get("id") and name != place["name"]:
            found["places"][str(place["id"])] = name
            if place.get("region"):
                found["regions"][str(place["name"])] = name
    return found
