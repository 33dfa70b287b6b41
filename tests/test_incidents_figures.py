"""What figures count, who speaks, and which differences between sources are contradictions: made-up statements."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from geo.files import load, shipped
from geo.incidents import merge
from geo.incidents.actors import identity
from geo.incidents.figures import clash, figures
from geo.incidents.rules import shipped_rules
from geo.incidents.sources import sources
from geo.language import quantities
from geo.language.patterns import load_patterns
from geo.model import Event, Mention, Party, Place, Report, Resolution, Span, Toll, When

VICTIMS = load_patterns(shipped("english/victims.yaml"))
TOWN = Place("town", "Tel Asfar", "town", 36.6, 35.3, 2500, within=("north",))
NORTH = Place("north", "North", "governorate", 36.8, 35.5, 70_000)
PARENT = {"barrel_bomb": "air_strike"}
SIDES = {"army": "state", "reds": "rebels", "state-tv": "state", "monitor": "independent", "state": "state"}


def tell(id: str, quote: str, killed: str | None = None, type: str = "air_strike", day: int = 8, **more: Any) -> Event:
    """A statement; `killed` is the number as it stands in the quote."""
    tolls = []
    if killed:
        number = next(q for q in quantities(quote) if q.text in killed or killed in q.text)
        tolls = [Toll("killed", number.low, number.high, number.span)]
    place = more.pop("place", TOWN)
    date = dt.date(2020, 5, day)
    return Event(
        id=id,
        report=Report(
            more.pop("report", id), quote, "a.txt", published=dt.date(2020, 5, 10), outlet=more.pop("outlet", None)
        ),
        span=Span(0, len(quote)),
        type=type,
        parent_type=PARENT.get(type),
        trigger=more.pop("trigger", "struck"),
        status=more.pop("status", "reported"),
        when=When(date, date, "day", basis=more.pop("basis", "stated")),
        resolution=Resolution(Mention(Span(0, 0), place.name, ""), place, 0.9, ""),
        parties=tuple(Party(name, who, "initiator") for name, who in more.pop("by", {}).items()),
        tolls=tuple(tolls),
        **more,
    )


def side_of(name: str) -> str | None:
    return next((side for word, side in SIDES.items() if word in name.lower()), None)


def id_of(name: str) -> str | None:
    return "monitor" if "monitor" in name.lower() else None


def conflicts(*events: Event) -> dict[str, list[str]]:
    incidents = merge(events, side_of=side_of, id_of=id_of)
    assert len(incidents) == 1, [[event.id for event in incident.events] for incident in incidents]
    return {c.field: sorted(claim.value for claim in c.values) for c in incidents[0].conflicts}


@pytest.mark.parametrize("name", sorted(VICTIMS))
def test_each_pattern_finds_its_examples(name: str) -> None:
    pattern = VICTIMS[name]
    assert pattern.yes
    assert pattern.no
    assert all(pattern.regex.search(text) for text in pattern.yes)
    assert not any(pattern.regex.search(text) for text in pattern.no)


@pytest.mark.parametrize(
    ("quote", "killed", "counted"),
    [
        ("Nine people were killed.", "Nine", ["9 killed all"]),
        ("Shells killed six children.", "six", ["6 children killed all"]),
        ("The raid killed six young government soldiers.", "six", ["6 soldiers killed all"]),
        ("Nine people, including two children, were killed.", "Nine", ["9 killed all", "2 children killed among"]),
        ("Nine people, one of them a child, were killed.", "Nine", ["9 killed all", "1 child killed among"]),
        ("It killed two children among other victims.", "two", ["2 children killed among"]),
        ("Another nine people were killed.", "nine", ["9 killed more"]),
        ("Four others were killed in the next street.", "Four", ["4 killed more"]),
        ("Since Monday 300 people have been killed in raids.", "300", ["300 killed more"]),
        ("Raids killed 40 people in the past three weeks.", "40", ["40 killed more"]),
    ],
)
def test_a_figure_says_what_it_counts(quote: str, killed: str, counted: list[str]) -> None:
    assert [f"{figure.value} {figure.share}" for figure in figures(tell("a", quote, killed))] == counted


@pytest.mark.parametrize(
    ("teaches", "one", "other", "clashes"),
    [
        ("two tolls", ("Nine people died.", "Nine"), ("Six people died.", "Six"), True),
        ("the whole and the children in it", ("Nine people died.", "Nine"), ("Six children died.", "Six"), False),
        ("more children than people", ("Three people died.", "Three"), ("Six children died.", "Six"), True),
        ("civilians are everybody", ("Nine civilians died.", "Nine"), ("Six people died.", "Six"), True),
        ("soldiers and civilians", ("Nine soldiers died.", "Nine"), ("Six civilians died.", "Six"), False),
        ("so far and since", ("Nine people died.", "Nine"), ("Since Monday 90 people died.", "90"), False),
        ("one and another", ("Nine people died.", "Nine"), ("Another six people died.", "six"), False),
    ],
)
def test_only_figures_of_the_same_clash(teaches: str, one: Any, other: Any, clashes: bool) -> None:
    mine, theirs = figures(tell("a", *one))[0], figures(tell("b", *other))[0]
    assert clash(mine, theirs) == clash(theirs, mine) == clashes, teaches


@pytest.mark.parametrize(
    ("teaches", "events", "found"),
    [
        (
            "two outlets count differently",
            [tell("a", "Nine people were killed.", "Nine"), tell("b", "Jets killed six.", "six")],
            {"toll": ["6 killed", "9 killed"]},
        ),
        (
            "one outlet counts again later: news",
            [tell("a", "Six were killed.", "Six", outlet="A"), tell("b", "Nine are now dead.", "Nine", outlet="A")],
            {},
        ),
        (
            "one monitor under two names",
            [
                tell("a", "Six were killed.", "Six", said_by="the Monitor"),
                tell("b", "Jets killed nine.", "nine", said_by="Monitor chief Ann"),
            ],
            {},
        ),
        (
            "the barrels of one report are not the jets of the other",
            [tell("a", "Jets struck the square."), tell("b", "Barrels fell on it.", type="barrel_bomb")],
            {"type": ["air_strike", "barrel_bomb"]},
        ),
        (
            "barrels come from the air",
            [tell("a", "The square was struck from the air."), tell("b", "Barrels fell.", type="barrel_bomb")],
            {},
        ),
        (
            "a day carried over from another event is nobody's word",
            [
                tell("a", "Jets struck the market.", target="market"),
                tell("b", "The market was hit.", day=9, basis="context", target="market"),
            ],
            {},
        ),
        (
            "one actor under two names",
            [
                tell("a", "Reds did it.", by={"Reds": "reds"}, type="chemical_attack"),
                tell("b", "The Reds did it here.", by={"the Red Front": "reds"}, type="chemical_attack"),
                tell("c", "The army did it.", by={"the army": "army"}, type="chemical_attack"),
            ],
            {"actor": ["Reds", "the army"]},
        ),
    ],
)
def test_sources_contradict_each_other_not_themselves(
    teaches: str, events: list[Event], found: dict[str, list[str]]
) -> None:
    assert conflicts(*events) == found, teaches


def together(*events: Event) -> bool:
    return len(merge(events, side_of=side_of, id_of=id_of)) == 1


def test_a_carried_day_may_be_off_by_one_where_something_else_agrees() -> None:
    told = tell("a", "Jets killed nine in the market.", "nine", target="market")
    assert together(told, tell("b", "Nine died in the town.", "Nine", day=9, basis="context"))
    assert not together(told, tell("b", "Jets hit the town.", day=9, basis="context"))
    assert not together(told, tell("b", "Jets hit the market.", day=9, target="market"))
    assert not together(told, tell("b", "Jets hit the market.", day=11, basis="context", target="market"))


def test_a_handful_of_dead_on_two_stated_days_are_two_raids() -> None:
    assert not together(tell("a", "Three died.", "Three"), tell("b", "Jets killed three.", "three", day=9))
    assert together(tell("a", "Thirty died.", "Thirty"), tell("b", "Jets killed thirty.", "thirty", day=9))


def test_a_report_that_counts_twice_in_its_own_voice_tells_of_two_raids() -> None:
    one = tell("a", "Jets killed nine by the river, and six by the mill.", "nine", report="r")
    other = tell("b", "Jets killed nine by the river, and six by the mill.", "six", report="r")
    assert not together(one, other)


def test_a_province_counts_more_dead_than_its_town() -> None:
    province = tell("a", "Raids on the north killed 30.", "30", place=NORTH)
    town = tell("b", "Nine of them died here.", "Nine")
    assert conflicts_if_merged(province, town) == {}
    assert conflicts_if_merged(tell("a", "Raids on the north killed 3.", "3", place=NORTH), tell("b", "9 died.", "9"))


def conflicts_if_merged(*events: Event) -> dict[str, list[str]]:
    from geo.incidents.conflicts import conflicts as found

    return {c.field: [claim.value for claim in c.values] for c in found(events, rules=shipped_rules())}


@pytest.mark.parametrize(
    ("teaches", "events", "count"),
    [
        (
            "one agency's text printed twice, once shortened",
            [
                tell("a", "Jets struck the old market of the town on Friday at noon.", outlet="A"),
                tell("b", "AGENCY Jets struck the old market of the town on Friday.", outlet="B"),
            ],
            1,
        ),
        (
            "two texts",
            [tell("a", "Jets struck the market.", outlet="A"), tell("b", "Bombs hit stalls.", outlet="B")],
            2,
        ),
        (
            "a monitor under two names",
            [tell("a", "Jets struck.", said_by="the Monitor"), tell("b", "Jets hit it.", said_by="Monitor chief Ann")],
            1,
        ),
        (
            "activists here and activists there share a word, not a body",
            [tell("a", "Jets struck.", said_by="a medic"), tell("b", "Jets hit it.", said_by="a mayor")],
            2,
        ),
    ],
)
def test_one_origin_is_one_source(teaches: str, events: list[Event], count: int) -> None:
    assert len(sources(events, id_of=id_of)) == count, teaches


def test_a_monitor_beside_one_party_does_not_make_both_sides() -> None:
    told = [tell("a", "Jets struck.", said_by="state TV"), tell("b", "Jets hit it.", said_by="the Monitor")]
    assert merge(told, side_of=side_of)[0].verification == "multiple_sources"
    told.append(tell("c", "Jets came.", said_by="Reds"))
    assert merge(told, side_of=side_of)[0].verification == "confirmed_by_both_sides"


def test_names_differ_by_no_article_accent_or_case() -> None:
    assert identity(Party("The Ejército")) == identity(Party("Ejercito")) == identity(Party("an ejercito"))
    assert identity(Party("The Front", "front")) == identity(Party("Frontists", "front"))


def test_the_means_name_types_that_exist_and_prove_themselves() -> None:
    types = load(shipped("conflict/types.yaml")).data["types"]
    rules, data = shipped_rules(), load(shipped("conflict/merging.yaml")).data["means"]
    for kind, entry in data.items():
        assert kind in types
        assert all(kind in rules.means_not_of(tell("a", text)) for text in entry["yes"])
        assert not any(kind in rules.means_not_of(tell("a", text)) for text in entry["no"])
