"""What a report tells becomes rows: sentences on the left, what we should find on the right."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import api
from geo.model import Report, content_id

PUBLISHED = dt.date(2014, 4, 14)  # a Monday


@cache
def known() -> api.Setting:
    """The shipped knowledge, loaded once."""
    return api.setting()


def report(text: str, published: dt.date | None = PUBLISHED) -> Report:
    """A report of the day most tests speak of."""
    return Report(content_id(text), text, "test.txt", published=published, published_basis="given")


def events(text: str):
    """The events of a text."""
    return api.read_report(report(text), known())[0]


def skipped(text: str):
    """The sentences of a text that became no event."""
    return api.read_report(report(text), known())[1]


def rows(text: str) -> list[tuple[str, str | None]]:
    """Type and place of every event."""
    return [(event.type, event.place.name if event.place else None) for event in events(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # the weapon beats the verb
        ("Helicopters dropped barrel bombs on Daraya.", [("barrel_bomb", "Darayya")]),
        ("Jets bombed Douma at noon.", [("air_strike", "Douma")]),
        ("Gunners shelled Nawa with artillery.", [("shelling", "Nawa")]),
        ("A car bomb exploded in Salamiyah.", [("ied_explosion", "Salamiyah")]),
        ("A man blew himself up at a checkpoint in Qamishli.", [("suicide_bombing", "Qamishli")]),
        ("Chlorine was released over Kafr Zita.", [("chemical_attack", "Kafr Zita")]),
        # one verb, three towns: three rows
        (
            "Warplanes hit Douma, Harasta and Daraya.",
            [("air_strike", "Darayya"), ("air_strike", "Douma"), ("air_strike", "Harasta")],
        ),
        # two events in one sentence, each with its own town
        (
            "Troops captured Rankous while clashes raged in Nawa.",
            [("territory_captured", "Rankous"), ("armed_clash", "Nawa")],
        ),
        # what is captured decides: people or a place
        ("Fighters captured eleven nuns in Maaloula.", [("abduction", "Maaloula")]),
        ("Fighters captured Maaloula.", [("territory_captured", "Maaloula")]),
        # tried and failed is a fight, not a capture
        ("Rebels failed to capture Morek.", [("armed_clash", "Morek")]),
        # the second place is not the scene
        ("A convoy from Homs to Aleppo was attacked at Morek.", [("attack", "Morek")]),
        ("Activists in Homs said that jets had bombed Douma.", [("air_strike", "Douma")]),
        ("Residents of Harasta fled to Damascus.", [("displacement", "Harasta")]),
        # a thing that others attack is not the event
        ("An aid convoy was attacked near Douma.", [("attack", "Douma")]),
        # passives
        ("Nawa was shelled by the army.", [("shelling", "Nawa")]),
        # a verb in two parts
        ("Near Nawa gunners brought a small drone down.", [("weapon_loss", "Nawa")]),
        ("The brigade drove the militants out of Rankous.", [("territory_captured", "Rankous")]),
        # what a passive verb is done to stands first, not nearest
        ("Twelve nuns from Maaloula were captured by gunmen.", [("abduction", "Maaloula")]),
        # the finer of two places, in whichever order
        ("A tank was destroyed in Deraa province, in Nawa.", [("attack", "Nawa")]),
        ("Shells fell on Nawa in Deraa province.", [("shelling", "Nawa")]),
        # a list in which every member has its own preposition; one that has lost its commas
        (
            "Shells fell in Douma, in Harasta and in Nawa.",
            [("shelling", "Douma"), ("shelling", "Harasta"), ("shelling", "Nawa")],
        ),
        (
            "Jets bombed the towns of Douma Harasta and Nawa.",
            [("air_strike", "Douma"), ("air_strike", "Harasta"), ("air_strike", "Nawa")],
        ),
        # the capital is that of the region's country
        ("Rebels fired mortars at a square in the capital.", [("shelling", "Damascus")]),
        # the place of a denier, and of a source, is not the scene
        ("The government in Damascus denied bombing Douma.", [("shelling", "Douma")]),
        # pointing words
        (
            "Troops entered Maaloula on Monday. Shells fell on the town in the evening.",
            [("territory_captured", "Maaloula"), ("shelling", "Maaloula")],
        ),
        (
            "Rebels hold Jibbeh and Jubb'adin. Jets bombed both villages on Sunday.",
            [("air_strike", "Al-Jubbah"), ("air_strike", "Jubb'adin")],
        ),
        # "the attack" takes type and place from what it refers to
        (
            "A mortar attack hit Harasta on Friday. Two people were killed in the attack.",
            [("shelling", "Harasta"), ("shelling", "Harasta")],
        ),
        # a lead takes its place from the fuller account
        (
            "A blast tore through a crowded market.\n\nThe explosion in Salamiyah wounded nine people.",
            [("ied_explosion", "Salamiyah"), ("ied_explosion", "Salamiyah")],
        ),
    ],
)
def test_types_and_places(text: str, wanted: list[tuple[str, str | None]]):
    """What happened, and where."""
    assert sorted(rows(text)) == sorted(wanted)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("A raid on Douma could kill dozens.", "possible"),
        ("If the army storms Douma, thousands will flee.", "possible"),
        ("The fall of Douma would open the road.", "possible"),
        ("The quarrel nearly led to air strikes on Douma.", "possible"),
        ("Hospitals in besieged Douma ran short of beds.", "description"),
        ("Rebels fighting the army in Douma wear green.", "description"),
        ("The rebels never shelled Nawa.", "did not happen"),
        ("The barrel-bombed quarter of Homs lies by the river.", "description"),
        ("The war has killed more than 150,000 people since it began.", "total"),
        ("Damascus comes under frequent mortar fire.", "habit"),
        ("The fighting in Nawa has died down.", "lull"),
        ("He died of a heart attack in Homs.", ""),
    ],
)
def test_no_events(text: str, reason: str):
    """What is feared, denied, described or counted for a whole war is no event, and the reason is said."""
    assert [event for event in events(text) if event.status not in ("planned", "denied")] == []
    if reason:
        assert any(reason in skip.reason for skip in skipped(text)), skipped(text)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("Jets bombed Douma on Friday.", "2014-04-11", "2014-04-11", "day"),
        ("On Sunday, jets bombed Douma and troops shelled it.", "2014-04-13", "2014-04-13", "day"),
        # the date of saying is not the date of the event
        ("Jets bombed Douma, activists said on Sunday.", None, "2014-04-14", "unknown"),
        # no date words
        ("Jets bombed Douma.", None, "2014-04-14", "unknown"),
        # going on now
        ("Rebels are attacking the base at Morek.", "2014-04-14", "2014-04-14", "day"),
        # one record for a period
        ("Nawa has been shelled for 10 consecutive days.", "2014-04-05", "2014-04-14", "range"),
        # counted from another event of the sentence
        ("The fall of Maaloula on Monday came a day after troops captured Rankous.", "2014-04-13", "2014-04-13", "day"),
        # a day said once dates what is told right after it
        ("Jets bombed Douma on Friday. Shells fell on Harasta.", "2014-04-11", "2014-04-11", "day"),
        # ... but not an earlier chapter, nor the day of blame
        ("On Saturday the ministry blamed rebels, who shelled Nawa.", None, "2014-04-14", "unknown"),
        # last August is background
        ("In August, a gas attack on Douma killed hundreds.", "2013-08-01", "2013-08-31", "month"),
    ],
)
def test_dates(text: str, start: str | None, end: str | None, precision: str):
    """When it happened, as far as the text says."""
    when = events(text)[-1].when
    assert (when.earliest and str(when.earliest), when.latest and str(when.latest), when.precision) == (
        start,
        end,
        precision,
    )


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Jets bombed Douma on Sunday.", "reported"),
        ("Jets bombed Douma on Sunday, a medic said.", "reported"),
        ("State television said that rebels shelled Harasta.", "claimed"),
        ("Unconfirmed reports say that rebels shelled Harasta.", "claimed"),
        ("The army denied bombing Douma.", "denied"),
        ("Rebels are preparing to attack Morek.", "planned"),
        ("In August, a gas attack on Douma killed hundreds.", "background"),
        ("Militants shelled Nawa last year.", "background"),
        ("Survivors spoke of the Houla Massacre.", "background"),
    ],
)
def test_status(text: str, status: str):
    """Whether it happened, is claimed, denied, planned or long past."""
    assert [event.status for event in events(text)] == [status]


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("A bomb in Salamiyah killed two people and injured more than 100.", (2, 2), (100, None)),
        ("Jets bombed Douma, killing at least five people, including one child.", (5, None), None),
        ("Mortar fire on Harasta left a young man dead.", (1, 1), None),
        ("Shelling of Nawa killed dozens of people.", (12, None), None),
        ("Two car bombs in Salamiyah killed at least 25 people and injured 40.", (25, None), (40, 40)),
        ("Up to 30 people were hurt when shells hit Nawa.", None, (None, 30)),
        ("Shelling of Nawa caused damage but no casualties.", (0, 0), None),
        ("Shells hit Nawa.", None, None),
        # a toll belongs to its own event
        ("Clashes raged in Nawa while an air strike on Douma killed seven people.", (7, 7), None),
    ],
)
def test_tolls(text: str, killed: tuple[int | None, int | None] | None, injured: tuple[int | None, int | None] | None):
    """How many were killed and injured, as ranges; silence is no toll."""
    told = {toll.kind: (toll.low, toll.high) for event in events(text) for toll in event.tolls}
    assert (told.get("killed"), told.get("injured")) == (killed, injured)


@pytest.mark.parametrize(
    ("text", "said_by", "origin"),
    [
        ("Two shells hit Nawa, the mayor of the town said.", "the mayor of the town", None),
        ("According to local medics, shells hit Nawa.", "local medics", None),
        (
            "The agency quoted state media as saying that troops captured Rankous.",
            "The agency",
            "state media",
        ),
    ],
)  # fmt: skip
def test_who_says_so(text: str, said_by: str, origin: str | None):
    """The source of a statement, as printed, and the source behind it."""
    event = events(text)[0]
    assert (event.said_by, event.origin) == (said_by, origin)


def test_roles_of_parties():
    """Who did it, and to whom."""
    (event,) = events("The Nusra Front attacked government troops in Morek.")
    assert [(party.id, party.role) for party in event.parties] == [
        ("nusra-front", "initiator"),
        ("syrian-army", "target"),
    ]


def test_a_headline_adds_nothing_the_body_tells():
    """A headline makes a row only for what the body does not tell."""
    text = "Jets strike Douma\n\nWarplanes carried out two air strikes on Douma on Sunday, medics said."
    assert len(events(text)) == 1


def test_a_denial_joins_the_event_it_denies():
    """A bare denial speaks of the event told before it, and is never a pin."""
    found = events("A gas attack on Kafr Zita on Friday hurt dozens. The army denied responsibility.")
    assert [(event.status, event.place.name) for event in found] == [
        ("reported", "Kafr Zita"),
        ("denied", "Kafr Zita"),
    ]


def test_every_event_says_why():
    """Each row carries one sentence of reasons and a confidence between 0 and 1."""
    for event in events("Jets bombed Douma on Friday. Shells fell on the town."):
        assert event.why
        assert 0 < event.confidence < 1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str):
    """No text breaks the extraction, and every quote stands at its offsets."""
    read = report(text)
    for event in api.read_report(read, known())[0]:
        assert event.quote == text[event.span.start : event.span.end]
        assert event.when.earliest is None or event.when.latest is None or event.when.earliest <= event.when.latest


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["Jets", "bombed", "Douma", "on", "Friday", "and", ",", ".", "killing", "two", "people", "the attack",
             "denied", "said", "which", "Nawa", "in", "\n\n", "after", "“", "”", "’s", "\u00a0", "army", "the town"]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_order_of_words_is_read(words: list[str]):
    """Event words in any order give rows that keep their promises."""
    text = " ".join(words)
    for event in api.read_report(report(text), known())[0]:
        assert event.quote == text[event.span.start : event.span.end]
        assert event.when.earliest is None or event.when.latest is None or event.when.earliest <= event.when.latest
        for toll in event.tolls:
            assert toll.low is None or toll.high is None or toll.low <= toll.high
