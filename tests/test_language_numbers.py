"""How many, in words and digits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.language import Quantity, quantities
from geo.language.numerals import numbers_data, value

DATA: dict[str, Any] = numbers_data().data


def shown(quantity: Quantity) -> str:
    low, high = quantity.low, quantity.high
    return f"{'' if low is None else low}..{'' if high is None else high}"


def entries(data: Any = DATA) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        if "yes" in data:
            yield data
        for each in data.values():
            yield from entries(each)
    elif isinstance(data, list):
        for each in data:
            yield from entries(each)


@pytest.mark.parametrize(("sentence", "want"), [pair for entry in entries() for pair in entry["yes"].items()])
def test_every_entry_of_the_word_list_proves_itself(sentence: str, want: list[str]) -> None:
    assert [shown(quantity) for quantity in quantities(sentence)] == want


@pytest.mark.parametrize("sentence", [sentence for entry in entries() for sentence in entry["no"]])
def test_no_counter_example_of_the_word_list_matches(sentence: str) -> None:
    assert quantities(sentence) == []


HOW_MANY = [
    ("Several farmers were hurt.", [("Several", 3, None)]),
    ("Some farmers fled; some of them were hurt.", [("some", 3, None)]),
    ("A dozen hens died.", [("A dozen", 12, 12)]),
    ("Two dozen hens died.", [("Two dozen", 24, 24)]),
    ("Dozens were hurt.", [("Dozens", 12, None)]),
    ("Scores of farmers were hurt.", [("Scores", 20, None)]),
    ("Hundreds of hens and thousands of eggs.", [("Hundreds", 100, None), ("thousands", 1000, None)]),
    ("Tens of thousands fled.", [("Tens of thousands", 10000, None)]),
    ("At least 22 farmers died.", [("At least 22", 22, None)]),
    ("More than 1,400 farmers died.", [("More than 1,400", 1400, None)]),
    ("Over twenty-two farmers died.", [("Over twenty-two", 22, None)]),
    ("Up to 100 were hurt.", [("Up to 100", None, 100)]),
    ("As many as 1,400 were hurt.", [("As many as 1,400", None, 1400)]),
    ("Nearly 40 and about fifty.", [("Nearly 40", 40, 40), ("about fifty", 50, 50)]),
    ("Between 20 and 30 carts.", [("Between 20 and 30", 20, 30)]),
    ("It took 20 to 30 carts.", [("20 to 30", 20, 30)]),
    ("It took 20-30 carts.", [("20-30", 20, 30)]),
    ("Two or three carts.", [("Two or three", 2, 3)]),
    ("They counted 2.6 million eggs.", [("2.6 million", 2600000, 2600000)]),
    ("The death of a young man and of one child.", [("a young man", 1, 1), ("one child", 1, 1)]),
    ("A woman and her son died.", [("A woman", 1, 1)]),
    ("No casualties were reported.", [("No casualties", 0, 0)]),
    ("More than a dozen hens.", [("More than a dozen", 12, None)]),
    ("Several hundred hens.", [("Several hundred", 100, None)]),
    ("Five people died, one child and several nurses.", [("Five", 5, 5), ("one child", 1, 1), ("several", 3, None)]),
    ("100 or more hens.", [("100 or more", 100, None)]),
    ("killed 5 and wounded 10", [("5", 5, 5), ("10", 10, 10)]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "want"), HOW_MANY)
def test_a_number_has_these_bounds(sentence: str, want: list[tuple[str, int | None, int | None]]) -> None:
    assert [(q.text, q.low, q.high) for q in quantities(sentence)] == want


NO_COUNTS = [
    "The depot is 200 km away, 12 percent of it burned.",
    "The depot is 200km away, 12% of it burned.",
    "It burned on 14.04.2014, on 3 April, on April 3-5 and in 2012.",
    "A T-72, an RPG-7, a BM-21 and a 120mm mortar.",
    "The Brigade 52 base and Resolution 2118.",
    "One of the depots burned.",
    "He is 34 years old; Adams, 34, is a 34-year-old.",
    "It was the second time, the 22nd round.",
    "It began at 10 a.m. and at 3:30.",
    "It cost $300, $2 billion or 20 dollars.",
    "It ran 1 1/2 miles.",
    "The painter Jo Hill, 44 was there.",
    "It lasted two hours, several days and one week.",
    "A two-storey house; a three-year war.",
    "Two-thirds of it burned.",
    "A rebel stronghold and a fighter jet.",
    "There were no reports of casualties.",
    "It is as quiet as one can wish.",
]


@pytest.mark.parametrize("sentence", NO_COUNTS)
def test_what_counts_nobody_is_left_out(sentence: str) -> None:
    assert [(q.text, q.low, q.high) for q in quantities(sentence)] == []


@pytest.mark.parametrize(
    ("words", "number"),
    [("one", 1), ("ninety-nine", 99), ("two hundred and six", 206), ("three thousand", 3000), ("12,500", 12500)],
)
def test_words_are_read_as_numbers(words: str, number: int) -> None:
    assert value(words) == number


WORDS_USED = (
    "a one two at least more than up to between and 20 30 1,400 2.6 million dozen dozens hundred several some no "
    "casualties man child rebel - , . % km T-72 or 's ) ( İ ½ ٣ \n"
)
WORDS = st.sampled_from(WORDS_USED.split(" "))


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_ordered_bounds_in_range(text: str) -> None:
    last = 0
    for quantity in quantities(text):
        assert last <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.span.of(text) == quantity.text
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
        last = quantity.span.end
