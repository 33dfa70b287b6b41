"""A digest of many reports is split where each one ends; one report stays one."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from geo import reports
from geo.reports import digest, neighbours

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "seeds" / "syria-2014-04.txt"
SHARED = ROOT.parent / "shared"
BODY = "Two people were hurt when a boat was shot at near the pier on Sunday. A nurse said that both would live. "
LONG = BODY * 3
FERRY, BRIDGE = "Gunfire hits ferry", "Bridge closed after fire"


def _titles(text: str) -> list[str | None]:
    return [article.title for article in digest.split(text)]


def _article(title: str, *, mark: str = "", body: str = LONG) -> str:
    return f"{title}\n\n{body}\n{mark}\n\n" if title else f"{body}\n{mark}\n\n"


SOURCE_LINES = [
    ("(Source / 03.05.2021)", "(Source: Harbour News / 02.05.2021)"),
    ("[Source: Harbour News, 3 May 2021]", "[Source: Pier Post, 2 May 2021]"),
    ("Source: Harbour News | 2021-05-03", "Source: Pier Post | 2021-05-02"),
    ("(Harbour News / May 3, 2021)", "(Pier Post / May 2, 2021)"),
    ("— Harbour News, 3 May 2021", "— Pier Post, 2 May 2021"),
    ("Via Harbour News", "Via Pier Post"),
]


@pytest.mark.parametrize("marks", SOURCE_LINES)
def test_source_lines_of_many_forms_end_articles(marks: tuple[str, str]) -> None:
    text = _article("Gunfire hits ferry", mark=marks[0]) + _article("Bridge closed after fire", mark=marks[1])
    assert _titles(text) == ["Gunfire hits ferry", "Bridge closed after fire"]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        # one article with its source line at the end, at the head, or as a picture's credit within
        (_article(FERRY, mark="(Source: Harbour News / 03.05.2021)"), [FERRY]),
        (f"{FERRY}\n(Source: Harbour News / 03.05.2021)\n\n{LONG}\n\n{LONG}", [FERRY]),
        (f"{FERRY}\n\n{LONG}\n\n(Source: Pier Post / 03.05.2021)\n\n{LONG}", [FERRY]),
        # source lines under the titles
        (
            f"{FERRY}\nHarbour News, 3 May 2021\n\n{LONG}\n\n{BRIDGE}\nPier Post, 2 May 2021\n\n{LONG}",
            [FERRY, BRIDGE],
        ),
        # ruled lines between articles, and a ruled line within one
        (f"{FERRY}\n\n{LONG}\n\n---\n\n{BRIDGE}\n\n{LONG}", [FERRY, BRIDGE]),
        (f"{FERRY}\n\n{LONG}\n* * *\n{BRIDGE}\n\n{LONG}", [FERRY, BRIDGE]),
        (f"{FERRY}\n\n{LONG}\n\n* * *\n\n{LONG}", [FERRY]),
        (f"{FERRY}\n==================\n\n{LONG}", [FERRY]),
        # ruled lines and source lines together
        (
            "=====\n" + "=====\n".join(_article(title, mark="(Source / 3.5.2021)") for title in (FERRY, BRIDGE)),
            [FERRY, BRIDGE],
        ),
        # Markdown: headings with a date each are articles, without they are chapters
        (f"# {FERRY}\n3 May 2021\n\n{LONG}\n\n# Bridge closed\n2 May 2021\n\n{LONG}", [FERRY, "Bridge closed"]),
        (f"# {FERRY}\n\n{LONG}\n\n# What we know\n\n{LONG}", [FERRY]),
        # a title right above its long paragraph; lines wrapped by hand
        (f"{FERRY}\n{LONG}\n\n{LONG}", [FERRY]),
        ("Two people were hurt when a boat\nwas shot at near the pier on Sunday.\n\n" + LONG, [None]),
        # the digest's own heading is not the first report's title
        (
            "News of 3 May 2021\n\n"
            + "".join(_article(title, mark="(Source / 3.5.2021)") for title in (FERRY, BRIDGE)),
            [FERRY, BRIDGE],
        ),
        # no title: the first line is a sentence, a byline, or the only line
        (LONG, [None]),
        (f"By Jo Doe\n\n{LONG}", [None]),
        (FERRY, [None]),
        ("", []),
        (" \n\n\u00a0\n", []),
    ],
)
def test_a_text_is_split_only_where_articles_meet(text: str, titles: list[str | None]) -> None:
    assert _titles(text) == titles


@pytest.mark.parametrize(
    ("inner", "splits"),
    [
        # a headline that its own text repeats
        ("Fire closes bridge over the canal\n\nA fire closed the bridge over the canal, police say. " + LONG, True),
        ("Bridge shut for the week\n\nBy Jo Doe\n\n" + LONG, True),
        ("Bridge shut for the week, town says\n\nPORT TOWN: The bridge is shut. " + LONG, True),
        # a subhead, a quotation, a caption with its credit, a question
        ("Rising toll\n\n" + LONG, False),
        ("‘We heard three shots’\n\n" + LONG, False),
        ("A boat on the pier, with holes from the gunfire (Harbour News)\n\n" + LONG, False),
        ("Who was it that fired on the boat?\n\n" + LONG, False),
    ],
)
def test_a_headline_ends_an_article_that_has_no_source_line(inner: str, splits: bool) -> None:
    mark = "\n\n(Source / 02.05.2021)\n\n"
    text = f"{FERRY}\n\n{LONG}\n\n{inner}{mark}" + _article("Talks open in the capital", mark="(Source / 01.05.2021)")
    assert len(digest.split(text)) == (3 if splits else 2)


@pytest.mark.parametrize(
    ("text", "dates", "wanted"),
    [
        ("The post fell this morning, Monday.", ["2014-04-14", None, "2014-04-13"], "2014-04-14"),
        ("Today, Saturday, the post fell.", ["2014-04-14", None, "2014-04-13"], "2014-04-12"),
        ("The post fell on Friday.", ["2014-04-14", None, "2014-04-14"], "2014-04-14"),
        ("The post fell on Friday.", [None, "2014-04-13"], "2014-04-13"),
        ("The post fell today, Monday.", [None, None], None),
    ],
)
def test_an_undated_report_is_dated_by_its_weekday_and_its_neighbours(
    text: str, dates: list[str | None], wanted: str | None
) -> None:
    known = [dt.date.fromisoformat(date) if date else None for date in dates]
    at = 1 if len(dates) == 3 else 0
    found = neighbours.infer(text, known, at)
    assert (found[0].isoformat() if found else None) == wanted
    assert found is None or "2014-04" in found[1]  # the reason names the neighbours


def test_our_sample_has_ten_reports_and_the_third_is_dated_by_inference() -> None:
    found = list(reports.read([OURS]))
    assert [str(report.published) for report in found] == [
        *["2014-04-14"] * 3,
        *["2014-04-13"] * 4,
        *["2014-04-12"] * 3,
    ]
    assert [report.outlet for report in found] == ["Syrian Coalition", *[None] * 8, "Syrian Coalition"]
    assert [report.title is None for report in found] == [False, False, True, *[False] * 7]
    third = found[2]
    assert third.published_basis == "inferred"
    assert third.published_why is not None
    assert "this morning, Monday" in third.published_why
    assert all(report.published_basis == "stated" for report in found if report is not third)
    assert {report.lang for report in found} == {"en"}


@pytest.mark.parametrize(
    "path", [OURS, *sorted((SHARED / "seeds").glob("*.txt"))], ids=lambda path: path.parent.parent.name
)
def test_ten_reports_remain_when_any_one_source_line_is_lost(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    marks = list(re.finditer(r"\(Source[^)\n]*\)\n?", text))
    assert len(marks) == 9
    for mark in marks:
        assert len(digest.split(text[: mark.start()] + text[mark.end() :])) == 10


@pytest.mark.skipif(not SHARED.exists(), reason="the real sample is not here (../shared)")
def test_the_real_sample_is_split_as_people_split_it() -> None:
    gold = yaml.safe_load((SHARED / "gold" / "seed-gold.yaml").read_text(encoding="utf-8"))["reports"]
    found = list(reports.read([SHARED / "seeds"]))
    assert [(report.title, str(report.published)) for report in found] == [
        (row["title"], row["published"]) for row in gold
    ]
    assert [(report.offset, report.offset + len(report.text)) for report in found] == [
        (row["start"], row["end"]) for row in gold
    ]
    assert [report.published_basis == "inferred" for report in found] == [row["published_inferred"] for row in gold]


@pytest.mark.skipif(not SHARED.exists(), reason="the real sample is not here (../shared)")
def test_our_sample_shares_no_run_of_eight_words_with_the_real_one() -> None:
    def runs(path: Path) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", path.read_text(encoding="utf-8").lower())
        return {tuple(words[at : at + 8]) for at in range(len(words) - 7)}

    assert not runs(OURS) & set().union(*(runs(path) for path in (SHARED / "seeds").glob("*.txt")))


PIECES = st.sampled_from(
    [
        FERRY + "\n",
        "\n",
        "\r\n",
        "\r",
        BODY,
        "(Source / 03.05.2021)",
        "(Source: A B / 2.5.21)\n",
        "---\n",
        "# Bridge\n",
        "By Jo Doe\n",
        "\u00a0",
        "\u2028",
        "this morning, Monday",
        "‘",
        "3 May 2021\n",
        "İ",
        "PORT TOWN: ",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES | st.text(max_size=20), max_size=40))
def test_reports_are_slices_of_the_file_in_order(pieces: list[str]) -> None:
    text = "".join(pieces)
    at = 0
    for article in digest.split(text):
        assert at <= article.start < article.end <= len(text)
        assert text[article.start : article.end].strip()
        at = article.end
