"""The parties to the world's conflicts: each name means one of them, and none is an everyday word or a bare place."""

import functools
from collections import defaultdict

import pytest

from geo.events.actors import load_actors
from geo.files import load, shipped
from geo.text import expand, fold

WORLD = shipped("world/actors.yaml")
# These are the everyday words for who takes part; elsewhere such a word would mean something else.
PLAIN_WORDS = {"armed-forces", "police", "rebels", "medics", "residents"}
KINDS = {
    *("state", "foreign_state", "rebel", "jihadist", "militia", "kurdish", "criminal", "international", "other"),
    *("monitor", "medic", "media", "civilian"),
}


@functools.cache
def names() -> dict[str, set[str]]:
    """Every name as it is looked for, and whose it is."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in load(WORLD).data:
        for alias in (row["name"], *(row.get("aliases") or ())):
            for phrase in expand(str(alias)):
                found[fold(phrase)].add(row["id"])
    return found


def test_every_row_is_an_actor_of_its_own():
    rows, actors = load(WORLD).data, load_actors(WORLD)
    assert len(actors.by_id) == len(rows) >= 250
    assert {actor.kind for actor in actors.by_id.values()} == KINDS
    assert {row["id"] for row in rows if not isinstance(row.get("party"), bool) or not row.get("side")} == set()


def test_no_name_means_two_actors():
    assert {name: ids for name, ids in names().items() if len(ids) > 1} == {}


def test_no_name_is_an_everyday_word():
    words = {word for line in load(shipped("names/common-words.yaml")).data["words"].split() for word in expand(line)}
    everyday = {name for name, ids in names().items() if name.removeprefix("the ") in words and not ids & PLAIN_WORDS}
    assert everyday == set()
    text = "It is said to be in the car as we speak; our hope is a mend, let us pad the app, no force, the ETA is six."
    assert load_actors(WORLD).find(text) == []


def test_no_name_is_a_bare_place():
    text = "From Moscow, Tehran, Sinaloa, Azov, Amhara and Donetsk to Gaza, Niger, Chad, Ituri, Darfur, Mosul and Fano."
    assert load_actors(WORLD).find(text) == []


def test_an_id_says_no_other_side_than_its_row():
    actors = load_actors(WORLD)
    wrong = {id_ for id_, actor in actors.by_id.items() if actors.side_of(id_) not in (None, actor.side)}
    assert wrong == set()


def test_those_who_watch_make_no_claims():
    neutral = [a for a in load_actors(WORLD).by_id.values() if a.kind in ("monitor", "medic", "civilian")]
    assert neutral
    assert not any(actor.party for actor in neutral)


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("Al-Qaeda in the Islamic Maghreb and Ansar Dine", ["aqim", "jnim"]),
        ("ISWAP fighters ambushed Nigerian troops", ["iswap", "nigerian-forces"]),
        ("the Islamic State group and ISIS-K", ["islamic-state", "islamic-state-khorasan"]),
        ("Pakistani Taliban, not the Afghan Taliban", ["pakistani-taliban", "taliban"]),
        ("M23 rebels drove out the FARDC", ["m23", "rebels", "fardc"]),
        ("the RSF shelled the Sudanese army", ["rapid-support-forces", "sudanese-armed-forces"]),
        ("Ukraine’s air force and Russia's defence ministry", ["ukrainian-forces", "russia"]),
        ("pro-Russian separatists told the OSCE", ["donetsk-luhansk", "osce-smm"]),
        ("the Izz ad-Din al-Qassam Brigades and the IDF", ["hamas", "israel"]),
        ("Saudi-led coalition warplanes hit the Houthis", ["saudi-led-coalition", "houthis"]),
        ("Séléka and anti-Balaka militias", ["seleka", "anti-balaka"]),
        ("The Sinaloa cartel fought the CJNG", ["sinaloa-cartel", "jalisco-cartel"]),
        ("Tatmadaw jets bombed the People's Defence Force", ["tatmadaw", "peoples-defence-force"]),
        ("police told Reuters", ["police", "reuters"]),
    ],
)
def test_actors_are_found_by_the_words_of_the_press(words, ids):
    assert [actor.id for _, actor in load_actors(WORLD).find(words)] == ids


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rebels", "M23"),
        ("rebels", "Houthi"),
        ("security forces", "Afghan National Army"),
        ("ISAF", "US forces"),
        ("Boko Haram", "ISWAP"),
        ("pro-Russian rebels", "rebels"),
    ],
)
def test_two_names_for_one_camp_have_one_side(one, other):
    actors = load_actors(WORLD)
    assert actors.side_of(one) == actors.side_of(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Russian forces", "Ukrainian forces"),
        ("Taliban", "Islamic State Khorasan"),
        ("Hamas", "Israeli army"),
        ("Armenian forces", "Azerbaijani forces"),
        ("anti-balaka", "Seleka"),
    ],
)
def test_foes_have_two_sides(one, other):
    actors = load_actors(WORLD)
    assert actors.side_of(one) != actors.side_of(other)
