"""Merging: which statements become one incident, told as small tables of made-up reports."""

from __future__ import annotations

import datetime as dt
import random
import sys
import time
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import OntologyError
from geo.files import load, shipped
from geo.incidents import merge
from geo.incidents.alike import nodes
from geo.incidents.compare import compare
from geo.incidents.facts import facts
from geo.incidents.rules import load_rules, shipped_rules
from geo.model import Event, Incident, Mention, Party, Place, Report, Resolution, Span, Toll, When

PARENT = {"barrel_bomb": "air_strike", "suicide_bombing": "ied_explosion"}
PLACES = {
    "mill": Place("mill", "Old Mill", "facility", 36.600, 35.300, 300, within=("town", "district", "province")),
    "town": Place("town", "Tel Asfar", "town", 36.600, 35.301, 2500, within=("district", "province")),
    "close": Place("close", "Tel Ahmar", "village", 36.615, 35.301, 1000, within=("district", "province")),
    "far": Place("far", "Bir Saba", "town", 36.900, 35.600, 2500, within=("province",)),
    "district": Place("district", "the Plain", "district", 36.620, 35.320, 12_000, within=("province",)),
    "suburb": Place("suburb", "Eastern Fields", "district", 36.680, 35.320, 12_000, within=("province",)),
    "province": Place("province", "North", "governorate", 36.8, 35.5, 70_000),
}
SIDES = {
    "army": "state", "militia": "state", "state tv": "state", "state radio": "state",
    "reds": "rebels", "rebel council": "rebels",
}  # fmt: skip


def side_of(name: str) -> str | None:
    return SIDES.get(name)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2020-{text}")


def tell(id: str, type: str = "air_strike", place: str | None = "town", date: str = "05-08", **more: Any) -> Event:
    """A statement. `date` is "05-08", "05-01..05-10" or "?05-09" (undated, told by then); keywords say the rest."""
    if date.startswith("?"):
        when = When(None, day(date[1:]), "unknown")
    else:
        start, _, end = date.partition("..")
        when = When(day(start), day(end or start), "range" if end else "day", basis=more.pop("basis", "stated"))
    published = day(more.pop("published", "05-10"))
    quote = more.pop("quote", f"Sentence {id}.")
    at = more.pop("at", 0)
    report = Report(
        more.pop("report", "r1"), " " * at + quote, "a.txt", published=published, outlet=more.pop("outlet", None)
    )
    span = Span(at, at + len(quote))
    found = PLACES[place] if place else None
    mention = Mention(span, found.name if found else "", "", relation=more.pop("relation", "at"))
    by, to = more.pop("by", ()), more.pop("to", ())
    parties = [Party(n, n, "initiator") for n in by] + [Party(n, n, "target") for n in to]
    killed = more.pop("killed", None)
    return Event(
        id=id,
        report=report,
        span=span,
        type=type,
        parent_type=PARENT.get(type),
        trigger=more.pop("trigger", "hit"),
        status=more.pop("status", "reported"),
        when=when,
        resolution=Resolution(mention, found, more.pop("score", 0.9), "") if found else None,
        parties=tuple(parties),
        tolls=(Toll("killed", *killed),) if killed else (),
        **more,
    )


def grouped(*events: Event, **options: Any) -> str:
    """The incidents as text, in the order of the alphabet: "a b | c"."""
    return " | ".join(sorted(" ".join(sorted(e.id for e in incident.events)) for incident in merge(events, **options)))


A = tell("a", at=0)


@pytest.mark.parametrize(
    ("teaches", "events", "incidents"),
    [
        ("one raid told twice", [A, tell("b", report="r2")], "a b"),
        ("two raids on two days on one town", [A, tell("b", date="05-09", report="r2")], "a | b"),
        (
            "two raids two days apart, and an undated row between",
            [A, tell("b", date="05-10"), tell("c", date="?05-10", at=50)],
            "a | b | c",
        ),
        ("another town", [A, tell("b", place="far")], "a | b"),
        ("a child type is told as its parent", [A, tell("b", "barrel_bomb", at=50)], "a b"),
        ("types that name different things", [A, tell("b", "armed_clash", at=50)], "a | b"),
        ("gas in barrels on one day", [tell("a", "chemical_attack"), tell("b", "barrel_bomb", at=50)], "a b"),
        (
            "gas, and barrels on another day",
            [tell("a", "chemical_attack"), tell("b", "barrel_bomb", date="05-06", at=50)],
            "a | b",
        ),
        ("'bombed' may be guns or aircraft", [A, tell("b", "shelling", trigger="bombed", at=50)], "a b"),
        ("artillery fire is no air raid", [A, tell("b", "shelling", trigger="artillery", at=50)], "a | b"),
        (
            "an attack with the same toll is the shelling",
            [tell("a", "shelling", killed=(9, 9)), tell("b", "attack", killed=(9, 9), at=50)],
            "a b",
        ),
        ("an attack without support is another one", [tell("a", "shelling"), tell("b", "attack", at=50)], "a | b"),
        ("the sentence that refers back", [tell("a", "shelling"), tell("b", "attack", at=50, refers_back=True)], "a b"),
        ("a raid within the days of a campaign", [A, tell("b", date="05-01..05-10", report="r2")], "a b"),
        (
            "a campaign of two told raids stays alone",
            [A, tell("c", date="05-06"), tell("b", date="05-01..05-10", report="r2")],
            "a | b | c",
        ),
        (
            "one campaign counted from two days",
            [tell("a", date="05-01..05-09"), tell("b", date="05-02..05-10", report="r2")],
            "a b",
        ),
        ("undated, and only one raid it can mean", [A, tell("b", date="?05-10", report="r2")], "a b"),
        (
            "undated, but the raid is last week's",
            [tell("a", date="05-03"), tell("b", date="?05-10", report="r2")],
            "a | b",
        ),
        (
            "what was killed in one sentence is what came of it",
            [tell("a", "shelling", killed=(3, 3)), tell("b", "attack", trigger="died")],
            "a b",
        ),
        (
            "undated, and two raids it can mean",
            [A, tell("c", date="05-07", at=9), tell("b", date="?05-10", report="r2")],
            "a | b | c",
        ),
        (
            "undated, but told before the raid",
            [tell("a", date="05-09"), tell("b", date="?05-07", report="r2", published="05-07")],
            "a | b",
        ),
        ("undated, and the raid is too old", [tell("a", date="04-02"), tell("b", date="?05-10", report="r2")], "a | b"),
        (
            "the better place decides",
            [A, tell("c", "air_strike", "district"), tell("b", "barrel_bomb", date="?05-10", report="r2")],
            "a b | c",
        ),
        ("a town sees it, the other names the mill", [A, tell("b", place="mill", report="r2")], "a b"),
        (
            "the district names one of two raids",
            [A, tell("c", place="close", at=9), tell("b", place="district", at=50)],
            "a | b | c",
        ),
        ("two places in one sentence are two events", [A, tell("b", place="mill")], "a | b"),
        ("a province names no scene", [A, tell("b", place="province", report="r2")], "a | b"),
        (
            "gas so rare that touching areas are one",
            [tell("a", "chemical_attack", "district"), tell("b", "chemical_attack", "suburb", report="r2")],
            "a b",
        ),
        ("raids are not", [tell("a", place="district"), tell("b", place="suburb", report="r2")], "a | b"),
        ("a plan is not the raid", [A, tell("b", status="planned", at=50)], "a | b"),
        ("a denial joins what it denies", [A, tell("b", status="denied", at=50)], "a b"),
        (
            "background rows months ago",
            [
                tell("a", date="01-01..01-31", status="background"),
                tell("b", date="01-08", status="background", report="r2"),
            ],
            "a b",
        ),
        (
            "a month holds a current raid of another kind",
            [tell("a", "barrel_bomb", date="05-01..05-31"), tell("b", date="05-08", report="r2")],
            "a | b",
        ),
        (
            "sources differ on the day of a capture",
            [
                tell("a", "territory_captured", by=["army"]),
                tell("b", "territory_captured", date="05-04", by=["militia"], report="r2"),
            ],
            "a b",
        ),
        (
            "a capture a month ago",
            [tell("a", "territory_captured"), tell("b", "territory_captured", date="04-04", report="r2")],
            "a | b",
        ),
        (
            "taken, and taken back",
            [
                tell("a", "territory_captured", by=["army"]),
                tell("b", "territory_captured", date="05-07", by=["reds"], report="r2"),
            ],
            "a | b",
        ),
        (
            "driven out by somebody",
            [
                tell("a", "territory_captured", by=["army"]),
                tell("b", "territory_captured", date="05-07", to=["army"], report="r2"),
            ],
            "a | b",
        ),
        (
            "the edge of a town is not the town",
            [tell("a", "territory_captured"), tell("b", "territory_captured", relation="edge", report="r2")],
            "a | b",
        ),
        (
            "the mill is not the town",
            [tell("a", "territory_captured"), tell("b", "territory_captured", place="mill", report="r2")],
            "a | b",
        ),
        ("a siege goes on", [tell("a", "siege"), tell("b", "siege", date="05-01", report="r2")], "a b"),
        (
            "both sides fire on one town",
            [tell("a", "shelling", by=["army"]), tell("b", "shelling", by=["reds"], at=50)],
            "a | b",
        ),
        (
            "each side blames the other",
            [
                tell("a", "shelling", by=["army"], said_by="rebel council"),
                tell("b", "shelling", by=["reds"], said_by="state tv", report="r2"),
            ],
            "a b",
        ),
        (
            "the same toll on neighbouring days",
            [tell("a", killed=(7, 7)), tell("b", date="05-09", killed=(7, 7), report="r2")],
            "a b",
        ),
        ("no place, but it refers back", [A, tell("b", place=None, at=50, refers_back=True)], "a b"),
        ("no place, and refers to nothing", [A, tell("b", place=None, at=50)], "a | b"),
        ("no place, in another report", [A, tell("b", place=None, report="r2", refers_back=True)], "a | b"),
        ("villages next to each other, one report each", [A, tell("b", place="close", report="r2")], "a b"),
        ("villages next to each other in one report", [A, tell("b", place="close", at=50)], "a | b"),
    ],
)
def test_statements_become_incidents(teaches: str, events: list[Event], incidents: str) -> None:
    assert grouped(*events, side_of=side_of) == incidents, teaches


PARTIES = st.lists(st.sampled_from(sorted(SIDES)), max_size=1)


@st.composite
def any_events(draw: Any) -> list[Event]:
    """Up to a dozen statements crowded into few types, places and days, so that many pairs are in doubt."""
    told = []
    for number in range(draw(st.integers(0, 12))):
        told.append(
            tell(
                f"e{number:02}",
                draw(
                    st.sampled_from(["air_strike", "barrel_bomb", "shelling", "chemical_attack", "territory_captured"])
                ),
                draw(st.sampled_from([None, *PLACES])),
                draw(st.sampled_from(["05-07", "05-08", "05-09", "05-01..05-10", "?05-09", "04-01..04-30", "?05-10"])),
                report=draw(st.sampled_from(["r1", "r2", "r3"])),
                published=draw(st.sampled_from(["05-09", "05-10"])),
                at=draw(st.sampled_from([0, 50, 90])),
                status=draw(st.sampled_from(["reported", "claimed", "denied", "planned", "background"])),
                trigger=draw(st.sampled_from(["bombed", "hit"])),
                refers_back=draw(st.booleans()),
                killed=draw(st.sampled_from([None, (1, 1), (7, 7), (7, None)])),
                by=draw(PARTIES),
                to=draw(PARTIES),
                said_by=draw(st.sampled_from([None, "state tv", "rebel council", "a medic"])),
            )
        )
    return told


@settings(max_examples=150, deadline=None)
@given(events=any_events(), shuffle=st.randoms())
def test_every_event_is_in_one_incident_whatever_the_order(events: list[Event], shuffle: random.Random) -> None:
    incidents = merge(events, side_of=side_of)
    held = [event.id for incident in incidents for event in incident.events]
    assert sorted(held) == sorted(event.id for event in events)
    shuffled = list(events)
    shuffle.shuffle(shuffled)
    assert merge(shuffled, side_of=side_of) == incidents


@settings(max_examples=150, deadline=None)
@given(events=any_events())
def test_no_incident_holds_two_statements_that_contradict_each_other(events: list[Event]) -> None:
    for incident in merge(events, side_of=side_of):
        told = [facts(event, side_of=side_of) for event in incident.events]
        for i, one in enumerate(told):
            for other in told[i + 1 :]:
                verdict = compare(one, other, shipped_rules(), within_m=3000, within_days=1)
                assert verdict.contradiction is None
                assert verdict == compare(other, one, shipped_rules(), within_m=3000, within_days=1)


@settings(max_examples=150, deadline=None)
@given(events=any_events())
def test_an_incident_agrees_with_its_statements(events: list[Event]) -> None:
    for incident in merge(events, side_of=side_of):
        first = incident.events[0]
        assert incident.id == first.id
        assert incident.type in {event.type for event in incident.events}
        assert incident.when in [event.when for event in incident.events]
        assert (incident.status == "denied") == all(event.status == "denied" for event in incident.events)
        assert incident.place is None or incident.place in [event.place for event in incident.events]
        assert incident.why.endswith(".")
        for toll in incident.tolls:
            assert toll.low is None or toll.high is None or toll.low <= toll.high


@settings(max_examples=200, deadline=None)
@given(events=any_events(), twice=st.integers(0, 4))
def test_statements_looked_at_once_are_grouped_as_if_each_was_looked_at(events: list[Event], twice: int) -> None:
    again = [
        replace(e, id=f"{e.id}x", span=Span(e.span.start + 7, e.span.end + 7)) for e in events for _ in range(twice)
    ]
    told = [replace(e, id=f"{e.id}{n}") for n, e in enumerate([*events[:5], *again[:15]])]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules["geo.incidents.merge"], "nodes", one_by_one)
        plain = merge(told, side_of=side_of)
    assert merge(told, side_of=side_of) == plain


def one_by_one(all_facts: Any, judge: Any, _: Any) -> Any:
    """Every statement a node of its own."""
    return nodes(all_facts, judge, range(len(all_facts)))


@pytest.mark.parametrize("reports", [1, 500], ids=["one report", "many reports"])
def test_a_thing_told_a_thousand_times_takes_no_longer_than_a_thousand_things(reports: int) -> None:
    told = [
        tell(f"e{n}", at=n // reports * 50, report=f"r{n % reports}", killed=(n % 3, None), refers_back=n % 4 == 0)
        for n in range(2000)
    ]
    start = time.process_time()
    assert len(merge(told)) == 1
    assert time.process_time() - start < 10  # two million pairs, looked at one by one, take longer


def only(*events: Event) -> Incident:
    [incident] = merge(events, side_of=side_of)
    return incident


def test_the_earliest_published_statement_names_the_incident() -> None:
    late, early = tell("x", published="05-10"), tell("y", published="05-09", report="r2")
    assert only(late, early).id == "y"
    assert [event.id for event in only(late, early).events] == ["y", "x"]


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (["claimed", "reported"], "reported"),
        (["background", "claimed"], "claimed"),
        (["denied", "background"], "background"),
        (["denied", "denied"], "denied"),
        (["planned", "planned"], "planned"),
    ],
)
def test_an_incident_takes_the_first_status_of_the_list(statuses: list[str], status: str) -> None:
    assert only(*(tell(str(n), status=s, at=50 * n) for n, s in enumerate(statuses))).status == status


@pytest.mark.parametrize(
    ("tolls", "widest"),
    [
        ([(1, 1), (2, 2)], (1, 2)),
        ([(5, None), (7, 7)], (5, 7)),
        ([(100, None), (None, 1400)], (100, 1400)),
        ([(5, None), (2, 2)], (2, None)),
        ([(3, None), None], (3, None)),
        ([(0, 0), (4, 4)], (0, 4)),
        ([None, None], None),
    ],
)
def test_the_toll_is_the_widest_range_of_what_is_said(tolls: list[Any], widest: tuple[int, int] | None) -> None:
    found = only(*(tell(str(n), killed=toll, report=f"r{n}") for n, toll in enumerate(tolls))).tolls
    assert found == ((Toll("killed", *widest),) if widest else ())


def test_the_date_is_the_most_precise_that_most_statements_support() -> None:
    campaign = tell("c", date="05-01..05-10", report="r2")
    assert only(tell("a"), campaign).when.earliest == day("05-08")
    captures = [
        tell("a", "territory_captured", date="05-04", basis="published"),
        tell("b", "territory_captured", date="05-06", report="r2"),
        tell("c", "territory_captured", date="05-06", report="r3"),
    ]
    assert only(*captures).when.earliest == day("05-06")
    assert only(*captures[:2]).when.earliest == day("05-06")  # a stated day beats that of publication


def test_the_place_is_the_most_precise_of_those_about_as_sure() -> None:
    town, mill = tell("a"), tell("b", place="mill", report="r2")
    assert only(town, mill).place == PLACES["mill"]
    assert only(town, tell("b", place="mill", report="r2", score=0.3)).place == PLACES["town"]


def test_the_type_that_tells_more_is_the_type_of_the_incident() -> None:
    assert only(tell("a"), tell("b", at=50), tell("c", "barrel_bomb", at=90)).type == "barrel_bomb"
    gas = [tell("a", "barrel_bomb"), tell("b", "barrel_bomb", at=50), tell("c", "chemical_attack", at=90)]
    assert only(*gas).type == "chemical_attack"


@pytest.mark.parametrize(
    ("teaches", "events", "verification"),
    [
        ("one outlet, one report", [tell("a")], "single_source"),
        (
            "one source told in two reports",
            [tell("a", said_by="the Observatory"), tell("b", said_by="Northern Observatory", report="r2")],
            "single_source",
        ),
        (
            "an agency that quotes state media",
            [tell("a", origin="state tv", said_by="the agency"), tell("b", said_by="state tv", report="r2")],
            "single_source",
        ),
        (
            "one sentence printed twice",
            [tell("a", quote="Jets hit it.", outlet="A"), tell("b", quote="Jets  hit it.", outlet="B", report="r2")],
            "single_source",
        ),
        (
            "the outlet's voice beside its source",
            [tell("a", outlet="A"), tell("b", said_by="a medic", outlet="A", at=50)],
            "single_source",
        ),
        ("two outlets", [tell("a", outlet="A"), tell("b", outlet="B", report="r2")], "multiple_sources"),
        (
            "two speakers in one report",
            [tell("a", said_by="a medic"), tell("b", said_by="a mayor", at=50)],
            "multiple_sources",
        ),
        (
            "two speakers of one side",
            [tell("a", said_by="state tv"), tell("b", said_by="state radio", at=50)],
            "multiple_sources",
        ),
        (
            "both sides tell of it",
            [tell("a", said_by="state tv"), tell("b", said_by="rebel council", at=50)],
            "confirmed_by_both_sides",
        ),
        (
            "one side denies it",
            [tell("a", said_by="state tv"), tell("b", said_by="rebel council", status="denied", at=50)],
            "contested",
        ),
        ("only the denial is told", [tell("a", said_by="state tv", status="denied")], "denied"),
    ],
)
def test_verification_counts_sources_and_sides(teaches: str, events: list[Event], verification: str) -> None:
    assert only(*events).verification == verification, teaches


def listed(incident: Incident) -> dict[str, list[tuple[str | None, str]]]:
    return {c.field: [(claim.said_by, claim.value) for claim in c.values] for c in incident.conflicts}


@pytest.mark.parametrize(
    ("teaches", "events", "conflicts"),
    [
        ("figures that touch agree", [tell("a", killed=(5, None)), tell("b", killed=(7, 7), at=50)], {}),
        (
            "figures that do not touch",
            [tell("a", killed=(1, 1), said_by="state tv"), tell("b", killed=(2, 2), said_by="a medic", at=50)],
            {"toll": [("state tv", "1 killed"), ("a medic", "2 killed")]},
        ),
        (
            "days of one capture",
            [tell("a", "territory_captured", outlet="A"), tell("b", "territory_captured", date="05-04", report="r2")],
            {"date": [("A", "2020-05-08"), (None, "2020-05-04")]},
        ),
        ("a week that holds the day", [tell("a"), tell("b", date="05-01..05-10", report="r2")], {}),
        (
            "each side blames the other",
            [
                tell("a", "chemical_attack", by=["reds"], said_by="state tv"),
                tell("b", "chemical_attack", by=["army"], said_by="rebel council", at=50),
            ],
            {"actor": [("state tv", "reds"), ("rebel council", "army")]},
        ),
        ("two names of one side", [tell("a", by=["army"]), tell("b", by=["militia"], at=50)], {}),
        (
            "who fights whom is no conflict",
            [tell("a", "armed_clash", by=["army"]), tell("b", "armed_clash", by=["reds"], at=50)],
            {},
        ),
        (
            "somebody denies having done it",
            [
                tell("a", by=["army"], said_by="a medic"),
                tell("b", by=["army"], said_by="state tv", status="denied", at=50),
            ],
            {"actor": [("a medic", "army"), ("state tv", "not army")]},
        ),
        (
            "somebody denies that the town changed hands",
            [
                tell("a", "territory_captured", said_by="state tv"),
                tell("b", "territory_captured", said_by="a mayor", status="denied", at=50),
            ],
            {"control": [("state tv", "territory captured"), ("a mayor", "no territory captured")]},
        ),
        (
            "a container is no contradiction of what was inside",
            [tell("a", "chemical_attack"), tell("b", "barrel_bomb", at=50)],
            {},
        ),
        (
            "'bombed' may be from guns or aircraft",
            [tell("a", said_by="a medic"), tell("b", "shelling", trigger="bombed", said_by="a mayor", at=50)],
            {},
        ),
        ("a mill in the town", [tell("a"), tell("b", place="mill", report="r2")], {}),
    ],
)
def test_conflicts_are_what_cannot_both_be_true(teaches: str, events: list[Event], conflicts: dict[str, Any]) -> None:
    assert listed(only(*events)) == conflicts, teaches


def test_the_ledger_keeps_each_word_of_each_source_once() -> None:
    a = tell("a", said_by="a medic", killed=(2, 2), by=["army"])
    b = tell("b", said_by="a medic", killed=(2, 2), at=50)
    claims = [(claim.said_by, claim.field, claim.value, claim.event_id) for claim in only(a, b).claims]
    assert claims == [
        ("a medic", "date", "2020-05-08", "a"),
        ("a medic", "toll", "2 killed", "a"),
        ("a medic", "type", "air_strike", "a"),
        ("a medic", "place", "Tel Asfar", "a"),
        ("a medic", "actor", "army", "a"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("rare: [gas]\nother: 1\n", "2: unknown key 'other'"),
        ("together:\n- types: [a]\n  why: x\n", "2: 'types' must list two different types"),
        ("together:\n- types: [a, b]\n", "2: an entry of 'together' needs types and why"),
        ("together:\n- {types: [a, b], why: x, tells: c}\n", "2: 'tells' is c, which is neither of the types"),
        ("together:\n- {types: [a, b], why: x, needs: [luck]}\n", "2: unknown need 'luck'"),
        ("together:\n- {types: [a, b], why: x}\n- {types: [b, a], why: x}\n", "3: a and b stand here twice"),
        ("control: {a: soon}\n", "1: 'a' needs a number of days"),
        ("[]\n", "1: merging rules are a mapping"),
    ],
)
def test_a_broken_rule_is_refused_with_its_line(text: str, message: str, tmp_path: Any) -> None:
    path = tmp_path / "merging.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        load_rules(path)
    assert f"merging.yaml:{message}" in str(caught.value)


def test_the_shipped_rules_name_types_that_exist() -> None:
    types = set(load(shipped("conflict/types.yaml")).data["types"])
    rules = shipped_rules()
    named = {kind for pair in rules.together for kind in pair} | rules.rare | rules.mutual
    assert named | set(rules.control) | set(rules.lasting) <= types


@pytest.mark.slow
def test_a_busy_month_is_merged_in_seconds() -> None:
    """Twenty thousand statements on a few hundred towns: only near pairs are compared."""
    chance = random.Random(7)
    towns = [
        Place(f"t{n}", f"Town {n}", "town", 36 + chance.random() * 4, 33 + chance.random() * 4, 2000)
        for n in range(400)
    ]
    events = []
    for number in range(20_000):
        event = tell(f"{number:06}", chance.choice(["air_strike", "shelling", "armed_clash"]), report=f"r{number // 8}")
        town = chance.choice(towns)
        date = day("05-01") + dt.timedelta(days=chance.randrange(30))
        mention = Mention(Span(0, 0), town.name, town.name)
        events.append(replace(event, when=When(date, date, "day"), resolution=Resolution(mention, town, 0.9, "")))
    start = time.process_time()
    incidents = merge(events)
    assert len(incidents) > 5_000
    assert time.process_time() - start < 20
