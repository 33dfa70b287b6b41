"""Lists under one class noun: every member is a place, whether the gazetteer knows it or not."""

from __future__ import annotations

import pytest

from geo.model import Span
from geo.places.lists import listed
from geo.text import fold

KNOWN = {"umm abber": 0.98, "quern": 0.98, "tolle": 0.9, "karm quern": 0.98}


def members(text: str) -> list[str]:
    folded = fold(text)
    sure = lambda start, end: KNOWN.get(folded[start:end], 0.0)  # noqa: E731
    return [m.span.of(text) for m in listed(text, folded, Span(0, len(text)), sure)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Shells hit the villages of Umm Abber, Ost Hill and Tolle.", ["Umm Abber", "Ost Hill", "Tolle"]),
        ("They fired on Ost Hill and Tolle neighborhoods in Quern.", ["Ost Hill", "Tolle"]),
        # commas lost: the longest known names are the members, and what lies between is one of its own
        ("Jets hit the towns of Umm Abber Karm Quern Ostby and Tolle.", ["Umm Abber", "Karm Quern", "Ostby", "Tolle"]),
        ("Jets hit the towns of Ostby Umm Abber Karm Quern.", ["Ostby", "Umm Abber", "Karm Quern"]),
        # one name, a name that holds the noun, no list at all
        ("The town of Tolle was hit.", []),
        ("They hit Ost Hills villages.", []),
        ("The villages of the plain and Umm Abber burned.", []),
        # "the areas of Ministry X and Y" holds no places
        ("The districts of Tolle and Minister Ostby.", []),
    ],
)
def test_members_of_a_list(text: str, expected: list[str]) -> None:
    assert members(text) == expected
