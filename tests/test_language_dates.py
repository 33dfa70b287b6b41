"""Which days a sentence speaks of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.language import dates
from geo.language.date_words import dates_data
from geo.model import When

MONDAY = dt.date(2014, 4, 14)
DATA: dict[str, Any] = dates_data().data


def shown(when: When) -> str:
    """A date as the tables write it: "2014-04-11", "2014-04-12/2014-04-13", "?/2014-04-11", "unknown"."""
    first, last = when.earliest, when.latest
    if first is None and last is None:
        days = "unknown"
    elif first == last:
        days = str(first)
    else:
        days = f"{first or '?'}/{last or '?'}"
    return days + (" saying" if when.saying else "")


def found(sentence: str, published: dt.date | None = MONDAY) -> list[str]:
    return [shown(when) for when in dates(sentence, published=published)]


def entries(data: Any = DATA, name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(data, dict):
        if "yes" in data:
            yield name, data
        for key, value in data.items():
            yield from entries(value, f"{name}.{key}" if name else str(key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from entries(value, f"{name}.{index}")


def same_ends(answer: str) -> str:
    first, _, last = answer.partition("/")
    return first if first == last else answer


YES = [(sentence, [same_ends(a) for a in want]) for _, entry in entries() for sentence, want in entry["yes"].items()]
NO = [(name, sentence) for name, entry in entries() for sentence in entry["no"]]


@pytest.mark.parametrize(("sentence", "want"), YES)
def test_every_entry_of_the_word_list_proves_itself(sentence: str, want: list[str]) -> None:
    assert found(sentence) == want


@pytest.mark.parametrize(("name", "sentence"), NO)
def test_no_counter_example_of_the_word_list_matches(name: str, sentence: str) -> None:
    whens = dates(sentence, published=MONDAY)
    if name == "saying":  # these hold dates, which are not those of the words
        assert whens
        assert not any(when.saying for when in whens)
    elif name == "released":
        assert [shown(when) for when in whens] == ["2014-04-14"]
    else:
        assert whens == []


# the words of a report published on Monday 14 April 2014, the days, how precise
PHRASES = [
    ("A depot burned on Friday.", "2014-04-11", "day"),
    ("Fighting raged Friday for a second day near the depot.", "2014-04-11", "day"),
    ("The depot was taken this morning, Monday, by the guards.", "2014-04-14", "day"),
    ("Guards entered the depot early Monday.", "2014-04-14", "day"),
    ("On Sunday the depot was hit.", "2014-04-13", "day"),
    ("They stormed the depot at dawn Thursday.", "2014-04-10", "day"),
    ("The depot changed hands on Wednesday.", "2014-04-09", "day"),
    ("The depot that burned last 21 August is closed.", "2013-08-21", "day"),
    ("Over the weekend they pushed into the depot.", "2014-04-12/2014-04-13", "range"),
    ("Guards shelled the depot overnight.", "2014-04-13/2014-04-14", "range"),
    ("The depot was shelled for 10 consecutive days.", "2014-04-05/2014-04-14", "range"),
    ("The depot was seen on April 12.", "2014-04-12", "day"),
    ("The depot was seen on 12 April.", "2014-04-12", "day"),
    ("(Depot News / 12.04.2014)", "2014-04-12", "day"),
    ("The depot burned on 11 September 2012.", "2012-09-11", "day"),
    ("The depot burned yesterday.", "2014-04-13", "day"),
    ("The depot burned three days ago.", "2014-04-11", "day"),
    ("The depot burned last week.", "2014-04-07/2014-04-13", "week"),
    ("The depot burned last August.", "2013-08-01/2013-08-31", "month"),
    ("In August, the depot burned.", "2013-08-01/2013-08-31", "month"),
    ("The depot burned in December.", "2013-12-01/2013-12-31", "month"),
    ("By Friday, guards held the depot.", "?/2014-04-11", "unknown"),
    ("Footage released on Monday shows the depot.", "?/2014-04-14", "unknown"),
    ("The depot was recently rebuilt.", "?/2014-04-14", "unknown"),
    ("Guards left the depot after midnight Friday.", "2014-04-11", "day"),
    ("The depot has been shut since March 2011.", "2011-03-01/2014-04-14", "range"),
    # a weekday in its many dresses
    ("The depot was hit last Friday.", "2014-04-11", "day"),
    ("The depot was hit last Monday.", "2014-04-07", "day"),
    ("The depot was hit Friday last week.", "2014-04-11", "day"),
    ("The depot was hit on Friday of last week.", "2014-04-11", "day"),
    ("The depot was hit earlier on Tuesday.", "2014-04-08", "day"),
    ("The depot was hit late on Monday.", "2014-04-14", "day"),
    ("The depot was hit early on Sunday morning.", "2014-04-13", "day"),
    ("Sunday’s raid hit the depot.", "2014-04-13", "day"),
    ("A Wednesday raid hit the depot.", "2014-04-09", "day"),
    ("They meet at the depot next Friday.", "2014-04-18", "day"),
    ("The depot held from Friday until Sunday.", "2014-04-11/2014-04-13", "range"),
    ("The depot held between Friday and Sunday.", "2014-04-11/2014-04-13", "range"),
    ("The depot was hit on Saturday and Sunday.", "2014-04-12/2014-04-13", "range"),
    ("The depot was hit in the night from Friday to Saturday.", "2014-04-11/2014-04-12", "range"),
    ("The depot has burned since Friday.", "2014-04-11/2014-04-14", "range"),
    ("The depot was hit on Monday, 7 April.", "2014-04-07", "day"),
    ("The depot was hit on Monday (April 7).", "2014-04-07", "day"),
    ("The depot was hit on Monday, 7 April 2014, at noon.", "2014-04-07", "day"),
    # days of the calendar
    ("It burned between 3 and 5 April.", "2014-04-03/2014-04-05", "range"),
    ("It burned 3-5 April.", "2014-04-03/2014-04-05", "range"),
    ("It burned from 28 March to 2 April.", "2014-03-28/2014-04-02", "range"),
    ("It burned on April 3rd.", "2014-04-03", "day"),
    ("It burned on the 3rd of April.", "2014-04-03", "day"),
    ("It burned on Apr. 3, 2013.", "2013-04-03", "day"),
    ("It burned on 2014-04-03.", "2014-04-03", "day"),
    ("It burned on 3/4/2014.", "2014-04-03", "day"),
    ("It burned on 04/13/2014.", "2014-04-13", "day"),
    ("It burned on 31 December.", "2013-12-31", "day"),
    ("It burned on 16 April.", "2014-04-16", "day"),  # papers are dated ahead: a few days of tolerance
    ("It burned on 5 Nisan.", "2014-04-05", "day"),
    ("It burned on 5 نيسان.", "2014-04-05", "day"),
    # months, years and their parts
    ("It burned in mid-March.", "2014-03-11/2014-03-20", "range"),
    ("It burned in the first week of April.", "2014-04-01/2014-04-07", "week"),
    ("It burned in the last week of March.", "2014-03-25/2014-03-31", "week"),
    ("It burned at the end of March.", "2014-03-21/2014-03-31", "range"),
    ("It burned in early 2012.", "2012-01-01/2012-04-30", "range"),
    ("It burned in 2012.", "2012-01-01/2012-12-31", "year"),
    ("The 2013 fire is not forgotten.", "2013-01-01/2013-12-31", "year"),
    ("It burned in August 2013.", "2013-08-01/2013-08-31", "month"),
    ("It burned in June last year.", "2013-06-01/2013-06-30", "month"),
    ("It burned in April.", "2014-04-01/2014-04-14", "month"),
    ("It burned last month.", "2014-03-01/2014-03-31", "month"),
    ("It burned last year.", "2013-01-01/2013-12-31", "year"),
    ("It burned late last year.", "2013-09-01/2013-12-31", "range"),
    ("Hundreds left since the fire began in March 2011.", "2011-03-01/2014-04-14", "range"),
    # stretches
    ("It burned two days running.", "2014-04-13/2014-04-14", "range"),
    ("It burned for the fifth day in a row.", "2014-04-10/2014-04-14", "range"),
    ("It burned for a third consecutive day on Thursday.", "2014-04-10", "day"),
    ("It has burned since dawn.", "2014-04-14", "day"),
    ("It has burned for weeks.", "?/2014-04-14", "range"),
    ("It burned twice in the past two days.", "2014-04-13/2014-04-14", "range"),
    ("It burned twice in the last 48 hours.", "2014-04-12/2014-04-14", "range"),
    ("It burned two weeks ago.", "2014-03-31/2014-04-06", "week"),
    ("It burned two years ago.", "2012-01-01/2012-12-31", "year"),
    ("It burned this week.", "2014-04-14", "week"),
    ("It burned last night.", "2014-04-13/2014-04-14", "range"),
    ("It burned today.", "2014-04-14", "day"),
]


@pytest.mark.parametrize(("sentence", "days", "precision"), PHRASES)
def test_a_phrase_means_these_days(sentence: str, days: str, precision: str) -> None:
    whens = dates(sentence, published=MONDAY)
    assert [(shown(when), when.precision) for when in whens] == [(days, precision)]


TRAPS = [
    "The fire killed more than 150,000 hens.",
    "They entered the Brigade 52 base.",
    "They lost a T-72 tank.",
    "The depot lies 200 km from the sea.",
    "It is a cut which may herald a larger one.",
    "They march on the depot.",
    "Guards sat in the square.",
    "The land shelters 2.6 million refugees.",
    "A second truck and a third may follow.",
    "The sun was in their eyes; the sat dish fell.",
    "He is 34 years old, his son is nine months old.",
    "A three-day truce and a two-week siege.",
    "The truce will last three days.",
    "They killed 2012 sheep, a convoy of 2000 trucks came.",
    "Russia Today and the Sunday Times wrote of it.",
    "They gather every Friday; they pray on Fridays.",
    "April Jones and her son August sat down.",
    "The Arab Spring; the fall of the wall.",
    "Version 10.2.2014.7 and 192.168.20.14 are no days.",
    "Resolution 2042 was passed.",
]


@pytest.mark.parametrize("sentence", TRAPS)
def test_no_date_is_read_where_there_is_none(sentence: str) -> None:
    assert found(sentence) == []


SAYINGS = [
    ("It burned on Thursday, activists said Friday.", ["2014-04-10", "2014-04-11 saying"]),
    ("The mayor said on Sunday that the depot burned.", ["2014-04-13 saying"]),
    ("The mayor said guards on Sunday took the depot.", ["2014-04-13"]),
    ("The depot fell on Wednesday, said state radio.", ["2014-04-09"]),
    ("State radio on Saturday blamed the guards for the fire.", ["2014-04-12 saying"]),
    ("Farmers and guards swapped accusations Saturday over the fire.", ["2014-04-12 saying"]),
    ("A mayor told The Hill Gazette on Tuesday the depot burned.", ["2014-04-08 saying"]),
    ("A mayor told guards to leave on Tuesday.", ["2014-04-08"]),
    ("In a statement issued late on Tuesday, the mayor denied it.", ["2014-04-08 saying"]),
    ("The mayor, speaking in Graz on Tuesday, denied it.", ["2014-04-08 saying"]),
    ("Fires were reported on Friday in the hills.", ["2014-04-11"]),
    ("The mayor condemned Sunday's fire.", ["2014-04-13"]),
    ("A clip posted online on Sunday shows the fire.", ["?/2014-04-13"]),
]


@pytest.mark.parametrize(("sentence", "want"), SAYINGS)
def test_the_day_of_the_words_is_told_from_the_day_of_the_deed(sentence: str, want: list[str]) -> None:
    assert found(sentence) == want


ANCHORED = [
    ("The depot fell on Friday and the bridge the next day.", ["2014-04-11", "2014-04-12"]),
    ("The bridge fell two days after the fire on Wednesday.", ["2014-04-11", "2014-04-09"]),
    ("The bridge fell on Friday, a day after guards lost the depot.", ["2014-04-11", "2014-04-10"]),
    ("The loss came a day after guards took the depot.", ["2014-04-13"]),
    ("He died the day before.", ["2014-04-13"]),
    ("He died on that day.", []),
]


@pytest.mark.parametrize(("sentence", "want"), ANCHORED)
def test_a_day_later_counts_from_the_other_date_of_its_sentence(sentence: str, want: list[str]) -> None:
    assert found(sentence) == want


def test_a_day_later_counts_from_the_anchor_that_is_given() -> None:
    friday = dates("on Friday", published=MONDAY)[0]
    assert [shown(when) for when in dates("The next day it rained.", published=MONDAY, anchor=friday)] == ["2014-04-12"]
    assert [shown(when) for when in dates("He died that day.", published=MONDAY, anchor=friday)] == ["2014-04-11"]


def test_a_calendar_date_is_stated_and_a_counted_one_relative() -> None:
    whens = dates(
        "On 3 April it rained, on Friday it snowed; it was dry in August 2013 and last week.", published=MONDAY
    )
    assert [when.basis for when in whens] == ["stated", "relative", "stated", "relative"]


def test_without_a_day_of_publication_only_full_dates_have_days() -> None:
    sentence = "On 3 April 2014 and in 2012, but also on Friday and then on 3 May, last week and for ten days."
    want = ["2014-04-03", "2012-01-01/2012-12-31", "unknown", "unknown", "unknown", "unknown"]
    assert found(sentence, published=None) == want


def test_spans_count_from_the_start_of_the_whole_text() -> None:
    text = "On Friday it rained. On Sunday it snowed."
    (when,) = dates(text, published=MONDAY, start=21)
    assert when.span is not None
    assert when.span.of(text) == when.text == "Sunday"


WORDS_USED = (
    "on by since until before after last next early mid late the of in for a an two 3 10 12 2014 2000 31 30 "
    "Monday friday April May march sat week days day ago later earlier overnight between and to - , . ( ) "
    "'s said told released second straight running the weekend yesterday İ ’ \n"
)
WORDS = st.sampled_from(WORDS_USED.split(" "))


@given(st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=80), st.dates() | st.none())
@settings(max_examples=300, deadline=None)
def test_any_text_gives_ordered_days_in_range(text: str, published: dt.date | None) -> None:
    last = 0
    for when in dates(text, published=published):
        assert when.span is not None
        assert last <= when.span.start < when.span.end <= len(text)
        assert when.span.of(text) == when.text
        assert when.precision in {"day", "range", "week", "month", "year", "unknown"}
        if when.earliest and when.latest:
            assert when.earliest <= when.latest
        last = when.span.end
