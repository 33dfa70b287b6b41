"""Who a sentence names as its source, also where its commas were lost."""

from __future__ import annotations

import pytest

from geo.events.stance import saying
from geo.language.cues import load_cues
from geo.model import Span


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("Ten people died, the ministry said.", "the ministry"),
        ("A spokesman for the Ministry of Water said two bridges fell.", "A spokesman for the Ministry of Water"),
        ("The head of the Quern Observatory for Rivers said so.", "The head of the Quern Observatory for Rivers"),
        ("Later the army said it took the hill.", "the army"),
        # commas lost
        ("Twelve people were killed in the town on Monday the Quern Observatory for Rivers said.",
         "the Quern Observatory for Rivers"),
        ("Two bridges were hit a source in the province told reporters.", "a source in the province"),
        ("Rebels seized the base activists said.", "activists"),
        ("Troops took the hill state television reported.", "state television"),
    ],
)  # fmt: skip
def test_the_source_of_a_sentence(sentence: str, source: str) -> None:
    assert saying(sentence, Span(0, len(sentence)), load_cues().find(sentence), None).said_by == source
