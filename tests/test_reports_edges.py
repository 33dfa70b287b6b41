"""The lines at a report's edges: what is a source line, a byline, a headline, a date of publication."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.files import load, shipped
from geo.reports import edges, heads, languages, written_dates

DATA = load(shipped("english/report_edges.yaml")).data
THIRD_OF_MAY = dt.date(2021, 5, 3)


def _head(example: str) -> dt.date | None:
    """Examples may put the title, known from elsewhere, before a bar; the text repeats it."""
    title, bar, rest = example.partition(" | ")
    if bar and len(title) > 12:
        found = heads.stated_date(f"{title} {rest}", title)
    else:
        found = heads.stated_date(example)
    return found.date if found else None


PROOFS = {
    "source": lambda line: edges.source_line(line) is not None and edges.source_line(line).strong,
    "dated": lambda line: _head(line) == THIRD_OF_MAY,
    "agencies": lambda line: _head(line) == THIRD_OF_MAY,
    "outlets": lambda line: edges.source_line(line).outlet is not None,
    "byline": edges.is_byline,
    "today": lambda text: bool(edges.todays_weekdays(text)),
}


@pytest.mark.parametrize(
    ("section", "wanted", "example"),
    [(s, want, example) for s in DATA for want in ("yes", "no") for example in DATA[s].get(want, ())],
)
def test_the_words_at_the_edges_are_proven_by_their_examples(section: str, wanted: str, example: str) -> None:
    assert PROOFS[section](example) == (wanted == "yes")


@pytest.mark.parametrize(
    ("line", "outlet", "date", "url"),
    [
        ("(Source / 03.05.2021)", None, "2021-05-03", None),
        ("(Source\u00a0 / 03.05.2021)", None, "2021-05-03", None),
        ("(Source: Harbour News / 03.05.2021)", "Harbour News", "2021-05-03", None),
        ("  ( Source : Harbour News , 3 May 2021 ) ", "Harbour News", "2021-05-03", None),
        ("[Source: Harbour News | May 3rd, 2021]", "Harbour News", "2021-05-03", None),
        ("*(Source: Harbour News / 03.05.2021)*", "Harbour News", "2021-05-03", None),
        ("(Harbour News, 3.5.21)", "Harbour News", "2021-05-03", None),
        ("Source: Office of the Harbour Master, 2021-05-03", "Office of the Harbour Master", "2021-05-03", None),
        ("Source: Harbour News", "Harbour News", None, None),
        (
            "(Source: https://www.harbour.example/a/1 / 03.05.2021)",
            "harbour.example",
            "2021-05-03",
            "https://www.harbour.example/a/1",
        ),
        (
            "Source: [Harbour News](https://harbour.example/1), 3 May 2021",
            "Harbour News",
            "2021-05-03",
            "https://harbour.example/1",
        ),
        ("(Source: Harbour News / 3 May 2021 18:40 GMT)", "Harbour News", "2021-05-03", None),
        ("— Harbour News, 3 May 2021", "Harbour News", "2021-05-03", None),
        # month and day the other way round, where only that can be
        ("(Source: Harbour News / 05/13/2021)", "Harbour News", "2021-05-13", None),
        ("(المصدر: وكالة / 03.05.2021)", "وكالة", "2021-05-03", None),
    ],
)
def test_a_source_line_names_outlet_date_and_link(line: str, outlet: str, date: str, url: str) -> None:
    found = edges.source_line(line)
    assert found is not None
    assert (found.outlet, found.date and found.date.isoformat(), found.url) == (outlet, date, url)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Gunfire hits ferry near Port Town", True),
        ("Who fired on the ferry?", True),
        ("al-Bab market closed after fire", True),
        ("Ferry talks open at the U.N.", True),
        ("## Gunfire hits ferry", True),
        ("**Gunfire hits ferry**", True),
        ("The ferry was hit.", False),
        ("The ferry was hit. Two people were hurt", False),
        ("and two people were hurt", False),
        ("• Two people were hurt", False),
        ("By Jo Doe", False),
        ("(Source / 03.05.2021)", False),
        ("3 May 2021", False),
        ("Ferry", False),
        ("The marks on the shell and the letters desig-", False),
        ("word " * 26, False),
    ],
)
def test_a_headline_is_short_and_no_sentence(line: str, wanted: bool) -> None:
    assert edges.is_headline(line) == wanted


@pytest.mark.parametrize(
    ("text", "title", "wanted"),
    [
        ("Gunfire hits ferry\n3 May 2021\n\nTwo people were hurt on 1 May 2021.", None, "2021-05-03"),
        ("Gunfire hits ferry\n\nBy Jo Doe\nPublished 3 May 2021 18:40\n\nTwo people were hurt.", None, "2021-05-03"),
        ("Gunfire hits ferry | Harbour News Mon 3 May 2021 Two people were hurt.", "Gunfire hits ferry", "2021-05-03"),
        (
            "Gunfire hits ferry AP Monday 3 May 2021 Two people",
            "Gunfire hits ferry - World - Harbour News",
            "2021-05-03",
        ),
        ("Print this page Monday 3 May 2021 18:40 Gunfire hits ferry.", None, "2021-05-03"),
        ("03-05-2021 Gunfire hits ferry.", None, "2021-05-03"),
        # the date of an event in the first sentence is not that of the report
        ("Gunfire hits ferry\n\nTwo people were hurt on 3 May 2021.", None, None),
        ("The ferry sank on Monday, 3 May 2021, at noon.", None, None),
        # too far down
        (
            "Gunfire hits ferry\n\n"
            + "Two people were hurt, says a nurse of the town's clinic. " * 5
            + "\n\n3 May 2021",
            None,
            None,
        ),
        ("31 February 2021 | Gunfire", None, None),
        # a chronology begins with the date of its first event; "updated" is no second event
        ("3 May 2021: Shots at a ferry.\n5 May 2021: The port closes.\n9 May 2021: It opens.", None, None),
        ("Published 3 May 2021\nUpdated 4 May 2021\n\nShots at a ferry.", None, "2021-05-03"),
    ],
)
def test_a_date_in_the_head_is_that_of_publication(text: str, title: str | None, wanted: str | None) -> None:
    found = heads.stated_date(text, title)
    assert (found.date.isoformat() if found else None) == wanted


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("14.04.2014 14/4/2014 14-04-2014 2014-04-14 2014/04/14", ["2014-04-14"] * 5),
        ("April 14, 2014; Apr. 14 2014; 14th of April 2014; 14-Apr-2014", ["2014-04-14"] * 4),
        ("14 avril 2014; 14 de abril de 2014; 14. April 2014; 14 Nisan 2014", ["2014-04-14"] * 4),
        ("14 апреля 2014; 14 نيسان 2014", ["2014-04-14"] * 2),
        ("12/31/2013 and 31/12/2013", ["2013-12-31"] * 2),
        ("version 1.2.3, 192.168.2014.1, 99.99.2014, room 14/4, 12.5.1066", []),
    ],
)
def test_dates_in_full_are_read_in_many_forms(text: str, dates: list[str]) -> None:
    assert [found.date.isoformat() for found in written_dates.find(text)] == dates


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The ferry was hit by gunfire and two people were hurt, a nurse said on Monday.", "en"),
        ("Le bac a été touché par des tirs et deux personnes ont été blessées, selon une infirmière.", "fr"),
        ("El transbordador fue alcanzado por disparos y dos personas resultaron heridas, según una enfermera.", "es"),
        (
            "Die Fähre wurde von Schüssen getroffen, und zwei Menschen wurden verletzt, wie es aus der Klinik hieß.",
            "de",
        ),
        ("Feribota ateş açıldı ve iki kişi yaralandı, bir hemşire daha sonra olay için saldırı dedi, göre", "tr"),
        ("По парому открыли огонь, и два человека были ранены, сообщила медсестра в порту.", "ru"),
        ("أصيبت العبارة بإطلاق نار في الميناء وأصيب شخصان على متنها بعد أن غادرت", "ar"),
        ("渡輪遭到槍擊", "zh"),
        ("Douma, Homs, Hama", "und"),
        ("", "und"),
        ("12 34", "und"),
    ],
)
def test_the_language_is_told_or_left_open(text: str, wanted: str) -> None:
    assert languages.detect(text) == wanted
