"""The event types prove themselves: every example matches, every trigger is needed, no counterexample matches."""

from __future__ import annotations

import pytest

from geo.errors import OntologyError, UnknownName
from geo.events import load_ontology
from geo.events.triggers import find_triggers
from geo.language.clauses import clauses
from geo.language.cues import load_cues
from geo.language.patterns import load_patterns
from geo.model import Span

ONTOLOGY = load_ontology()


def found(sentence: str):
    """The triggers of a sentence on its own."""
    return find_triggers(sentence, Span(0, len(sentence)), clauses(sentence), ONTOLOGY)


YES = [(type_id, sentence) for type_id, (yes, _) in ONTOLOGY.examples.items() for sentence in yes]
NO = [(type_id, sentence) for type_id, (_, no) in ONTOLOGY.examples.items() for sentence in no]


@pytest.mark.parametrize(("type_id", "sentence"), YES)
def test_examples_match(type_id: str, sentence: str):
    """A `yes` sentence gives its type."""
    assert type_id in [trigger.type for trigger in found(sentence)]


@pytest.mark.parametrize(("type_id", "sentence"), NO)
def test_counterexamples_do_not(type_id: str, sentence: str):
    """A `no` sentence does not give the type."""
    assert type_id not in [trigger.type for trigger in found(sentence)]


def test_every_trigger_is_proven():
    """No trigger stands in the file without a sentence that needs it."""
    proven = {(trigger.type, trigger.trigger.line) for _, sentence in YES for trigger in found(sentence)}
    assert [(t.type, t.line) for t in ONTOLOGY.triggers if (t.type, t.line) not in proven] == []


def test_types_are_those_of_the_notes():
    """Slugs are stable: links, filters and coded data use them."""
    wanted = {
        "chemical_attack", "barrel_bomb", "drone_strike", "air_strike", "shelling", "suicide_bombing", "ied_explosion",
        "grenade", "execution", "sexual_violence", "torture", "abduction", "arrest", "prisoner_release",
        "territory_captured", "withdrawal", "displacement", "siege", "weapon_loss", "armed_clash", "attack",
        "infrastructure", "reinforcement", "agreement_ceasefire", "protest", "aid", "weapons_transfer", "other",
    }  # fmt: skip
    assert set(ONTOLOGY.types) == wanted
    assert ONTOLOGY.parent("barrel_bomb") == ONTOLOGY.parent("drone_strike") == "air_strike"


def test_an_unknown_type_is_refused_with_the_nearest():
    """A typing error is answered with what was probably meant."""
    with pytest.raises(UnknownName, match="did you mean 'air_strike'"):
        ONTOLOGY.get("air_stike")


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("{label: X, family: air}", "has no symbol"),
        ("{label: X, family: sky, symbol: X}", "no such family 'sky'"),
        ("{label: X, family: air, symbol: X, tiggers: []}", "did you mean 'triggers'"),
        ("{label: X, family: air, symbol: X, triggers: [{noun: [a], verb: [b]}]}", "either a noun or a verb"),
        ("{label: X, family: air, symbol: X, triggers: [{noun: [a], with: nothing}]}", "no such class 'nothing'"),
        ('{label: X, family: air, symbol: X, triggers: [{noun: ["a (b"]}]}', "never closed"),
        ("{label: X, family: air, symbol: X, parent: y}", "no such parent 'y'"),
    ],
)
def test_a_broken_type_is_refused_with_its_line(tmp_path, broken: str, said: str):
    """Whoever edits the types learns what is wrong and where."""
    (tmp_path / "classes.yaml").write_text("persons: [man]\n", encoding="utf-8")
    text = f"families:\n  air: {{label: Air, colour: red}}\ntypes:\n  x: {broken}\n"
    (tmp_path / "types.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=said) as error:
        load_ontology(tmp_path)
    assert error.value.line == 4


CUES = load_cues()


@pytest.mark.parametrize(("kind", "sentence"), [(k, s) for k, (yes, _) in CUES.examples.items() for s in yes])
def test_cues_match(kind: str, sentence: str):
    """A `yes` sentence holds a cue of its kind."""
    assert kind in [cue.kind for cue in CUES.find(sentence)]


@pytest.mark.parametrize(("kind", "sentence"), [(k, s) for k, (_, no) in CUES.examples.items() for s in no])
def test_cues_do_not_match(kind: str, sentence: str):
    """A `no` sentence holds none."""
    assert kind not in [cue.kind for cue in CUES.find(sentence)]


@pytest.mark.parametrize("name", load_patterns())
def test_patterns_prove_themselves(name: str):
    """Every pattern matches its `yes` and none of its `no`."""
    pattern = load_patterns()[name]
    assert pattern.yes
    assert [text for text in pattern.yes if not pattern.regex.search(text)] == []
    assert [text for text in pattern.no if pattern.regex.search(text)] == []
