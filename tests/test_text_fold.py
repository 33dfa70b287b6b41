"""Folded text has the offsets of the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.text import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ma’aloula and Ma‘aloula, Sa`d", "ma'aloula and ma'aloula, sa'd"),
        ("“TOWN” — near\u00a0X\r\n\tY", '"town" - near x   y'),
        ("İstanbul", "İstanbul"),
        ("ΟΔΟΣ", "οδοσ"),
        ("Kafr Takhārīm, حمص", "kafr takhārīm, حمص"),
        ("", ""),
    ],
)
def test_marks_and_case_are_folded_accents_are_not(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_keeps_every_offset(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert "".join(map(fold, text)) == folded, "a letter is folded by itself, whatever stands beside it"
