"""Where sentences end, and what each of them is."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.files import load, shipped
from geo.language import split
from geo.language.sentences import LONGEST

DATA: dict[str, Any] = load(shipped("english/sentences.yaml")).data


def sentences(text: str, title: str | None = None) -> list[str]:
    return [sentence.span.of(text) for sentence in split(text, title=title)]


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    return [(sentence.kind, sentence.span.of(text)) for sentence in split(text, title=title)]


def examples(answer: str) -> list[str]:
    return [text for entry in DATA["abbreviations"].values() for text in entry[answer]]


@pytest.mark.parametrize("text", examples("yes"))
def test_an_abbreviation_does_not_end_a_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize("text", examples("no"))
def test_the_same_letters_may_end_one(text: str) -> None:
    assert len(sentences(text)) == 2


BODY = "The mayor opened the bridge on Friday.\n\n"


@pytest.mark.parametrize(("kind", "text"), [(k[:-1], t) for k in ("captions", "sources") for t in DATA[k]["yes"]])
def test_a_caption_or_source_line_is_known(kind: str, text: str) -> None:
    assert kinds(BODY + text + "\n\n" + BODY)[1] == (kind, text)


@pytest.mark.parametrize("text", [text for k in ("captions", "sources") for text in DATA[k]["no"]])
def test_a_plain_sentence_is_body(text: str) -> None:
    assert kinds(BODY + text + "\n\n" + BODY)[1] == ("body", text)


WHOLE = [  # each of these is one sentence
    "Gen. Adams and Lt. Col. Baker met Dr. Cole in St. Paul.",
    "George W. Bush and J. R. R. Tolkien never met.",
    "The U.S. Army and the U.N. Mission met at 5 p.m. Friday.",
    "They met on Apr. 14 in hall No. 5, i.e. The old one.",
    "The land shelters 2.6 million people and 1.5 metres of snow.",
    "“We will not leave … But we are tired,” he said.",
    "They used toxic paint… leading to a strike.",
    "“Who opened it?” he asked.",
    "BEIRUT — The bridge was opened.",
    "BEIRUT: The bridge was opened.",
    "The bridge (opened in May 2012, see p. 5) is shut.",
    "See www.example.org for more.",
    "'It is shut,' he said. ''",
    "--Aug. 1, 1994: Rev. Hill left.",
    "Under the US-brokered November 12, 1995 Graz accord the bridge was shared.",
]


@pytest.mark.parametrize("text", WHOLE)
def test_this_is_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


PARTED = [
    ("The closing quote belongs to it.” She left.", ["The closing quote belongs to it.”", "She left."]),
    ('He said "it is over." She left.', ['He said "it is over."', "She left."]),
    ("(He left.) She stayed.", ["(He left.)", "She stayed."]),
    ("It is shut! Is it? It is.", ["It is shut!", "Is it?", "It is."]),
    ("They saw it in the U.S. The bridge was shut.", ["They saw it in the U.S.", "The bridge was shut."]),
    ("It was shut at 5 p.m. The mayor left.", ["It was shut at 5 p.m.", "The mayor left."]),
    ("It hit Douma. al-Bab was quiet.", ["It hit Douma.", "al-Bab was quiet."]),
    ("It rained on Sunday.The bridge was shut.", ["It rained on Sunday.", "The bridge was shut."]),
    ("It rained… The bridge was shut.", ["It rained…", "The bridge was shut."]),
    ("It can be seen, HERE: Two men crossed it.", ["It can be seen, HERE:", "Two men crossed it."]),
    ("It can be seen HERE: and it is shut.", ["It can be seen HERE: and it is shut."]),
    ("It is seen here:\nThe other is shut.", ["It is seen here:", "The other is shut."]),
    ("In 2012. 22 people left.", ["In 2012.", "22 people left."]),
    ("• one thing\n• another thing", ["• one thing", "• another thing"]),
    ("It is shut.\n(Source / 14.04.2014)", ["It is shut.", "(Source / 14.04.2014)"]),
]


@pytest.mark.parametrize(("text", "want"), PARTED)
def test_here_one_ends_and_the_next_begins(text: str, want: list[str]) -> None:
    assert sentences(text) == want


def test_headings_captions_and_source_lines_are_told_apart() -> None:
    text = (
        "Bridge in the Hills Reopens\n\n"
        "A boy walks past the old bridge in Graz.\n\n"
        "GRAZ — The bridge was opened on Friday. It had been shut.\n\n"
        "‘Too late’\n\n"
        "The toll is two shillings.\n"
        "(Source: Hill Gazette / 12.04.2014)\n"
    )
    assert [kind for kind, _ in kinds(text)] == ["heading", "caption", "body", "body", "heading", "body", "source"]


def test_a_sentence_that_a_caption_breaks_is_joined_and_the_caption_stays() -> None:
    text = "The barrels bore a mark and the desig-\n\nMark of the Maker on a Barrel\n\nnation of paint. Two men left."
    assert kinds(text) == [
        ("body", text[: text.index(" Two")]),
        ("caption", "Mark of the Maker on a Barrel"),
        ("body", "Two men left."),
    ]


def test_hard_wrapped_lines_are_one_sentence() -> None:
    text = (
        "The bridge that was opened on Friday by the mayor of the old\n"
        "town of Graz was shut again on Sunday after a storm had torn\n"
        "Bruno's pillars from their bed. Nobody was hurt in the storm.\n"
    )
    assert sentences(text) == [text[: text.index(" Nobody")], "Nobody was hurt in the storm."]


def test_lines_that_are_paragraphs_are_not_run_together() -> None:
    text = "Online clips showed the bridge [YouTube]\nThe bridge was shut on Sunday after a storm."
    assert kinds(text)[0] == ("caption", "Online clips showed the bridge [YouTube]")


def test_text_without_commas_or_line_ends_gives_up_its_title_and_date_line() -> None:
    title = "Storm shuts bridge in Graz"
    text = f"Sun 10 Jul 2016 {title}. The bridge was shut on Sunday the mayor said. Nobody was hurt."
    assert [kind for kind, _ in kinds(text, title)] == ["source", "title", "body", "body"]
    text = f"{title} AFP Thursday 14 Jul 2016 The bridge was shut on Thursday."
    assert kinds(text, title) == [
        ("title", title),
        ("source", "AFP Thursday 14 Jul 2016"),
        ("body", "The bridge was shut on Thursday."),
    ]


def test_an_agency_at_the_end_of_a_paragraph_is_a_source() -> None:
    text = "The bridge was shut on Sunday. --Reuters"
    assert kinds(text) == [("body", "The bridge was shut on Sunday."), ("source", "--Reuters")]


def test_a_date_in_running_text_is_no_date_line() -> None:
    text = "The bridge was shut on 14 July 2016 Graz officials said."
    assert sentences(text) == [text]


def test_a_very_long_sentence_is_cut_at_its_best_break() -> None:
    text = "; ".join(["the bridge is shut and nobody crosses it"] * 100)
    found = sentences(text)
    assert all(len(sentence) <= LONGEST for sentence in found)
    assert all(sentence.endswith(";") for sentence in found[:-1])
    assert sentences("x" * 4000) == ["x" * 4000]
    assert sentences("x" * 4000 + "\n\nIt is shut.") == ["x" * 4000, "It is shut."]


PIECES_USED = (
    "The bridge Gen. U.S. p.m. … ... . ! ? : ; , “ ” ' \" ( ) • - desig- nation HERE: (Source / 14.04.2014) "
    "14 April 2014 2.6 [YouTube] al-Bab by İ \n \n\n \r\n \u2028 \xa0 \t"
)
PIECES = st.sampled_from(PIECES_USED.split(" "))


@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=120), st.none() | st.text(max_size=30))
@settings(max_examples=400, deadline=None)
def test_every_character_that_is_not_blank_is_covered_once(text: str, title: str | None) -> None:
    found = split(text, title=title)
    assert [s.span.start for s in found] == sorted(s.span.start for s in found)
    covered = [0] * len(text)
    for sentence in found:
        piece = sentence.span.of(text)
        assert piece == piece.strip() != ""
        assert sentence.kind in {"title", "heading", "caption", "body", "source"}
        for at in range(sentence.span.start, sentence.span.end):
            covered[at] += 1
    holders = [s for s in found if sum(s.span.overlaps(other.span) for other in found) > 1]
    for at, times in enumerate(covered):
        if text[at].isspace():
            continue
        in_joined = any(s.span.start <= at < s.span.end for s in holders)
        assert times == 1 or (in_joined and times >= 1)


def test_the_real_sample_is_split_as_its_readers_would(sample: str) -> None:
    found = split(sample)
    assert 210 <= len(found) <= 240
    assert max(sentence.span.end - sentence.span.start for sentence in found) < 700
    assert sum(sentence.kind == "source" for sentence in found) >= 9


@pytest.fixture
def sample(request: pytest.FixtureRequest) -> str:
    folder = request.config.rootpath.parent / "shared" / "seeds"
    files = sorted(folder.glob("*.txt"))
    if not files:
        pytest.skip("needs ../shared/seeds, which is not part of the project")
    return files[0].read_text(encoding="utf-8-sig")
