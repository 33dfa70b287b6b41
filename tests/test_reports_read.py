"""Files of every format become reports, and what cannot be read says so in one line."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import logging
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo import reports
from geo.errors import DataError, InputError, MissingExtra
from geo.model import Report, content_id

STORY = "Gunfire hits ferry\n\nTwo people were hurt when a boat was shot at near the pier, and a nurse said so."
SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def _write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def _read(*inputs: Path | str, **options: object) -> list[Report]:
    return list(reports.read(inputs, **options))  # type: ignore[arg-type]


def test_a_plain_file_is_one_report_with_its_title(tmp_path: Path) -> None:
    [report] = _read(_write(tmp_path / "ferry.txt", STORY))
    assert (report.title, report.text, report.offset, report.source_file) == (
        "Gunfire hits ferry",
        STORY,
        0,
        "ferry.txt",
    )
    assert (report.id, report.lang, report.published) == (content_id(STORY), "en", None)


FRONT = """---
title: Shots at a ferry
source: Harbour News
published: 2021-05-03
url: https://a.example
lang: en
tags: [a]
---
"""


@pytest.mark.parametrize("name", ["ferry.txt", "ferry.md"])
def test_front_matter_is_read_and_is_no_text(tmp_path: Path, name: str) -> None:
    [report] = _read(_write(tmp_path / name, FRONT + STORY))
    assert (report.title, report.outlet, report.url) == ("Shots at a ferry", "Harbour News", "https://a.example")
    assert (str(report.published), report.published_basis) == ("2021-05-03", "given")
    assert (report.text, report.offset) == (STORY, len(FRONT))


@pytest.mark.parametrize(
    ("stated", "column", "option", "wanted"),
    [
        # a date in the text beats a column, which beats the option, which beats a guess
        ("3 May 2021 | ", "2021-05-01", "2021-04-01", ("2021-05-03", "stated")),
        ("", "2021-05-01", "2021-04-01", ("2021-05-01", "given")),
        ("", "2021-05-01T22:10:00+02:00", None, ("2021-05-01", "given")),
        ("", "", "2021-04-01", ("2021-04-01", "given")),
        ("", "soon", None, (None, None)),
        ("", "", None, (None, None)),
    ],
)
def test_which_date_wins(
    tmp_path: Path, stated: str, column: str, option: str | None, wanted: tuple[str | None, str | None]
) -> None:
    path = _write(tmp_path / "t.jsonl", json.dumps({"text": stated + STORY, "published": column}))
    [report] = _read(path, published=dt.date.fromisoformat(option) if option else None)
    assert (report.published and str(report.published), report.published_basis) == wanted
    assert report.published_why


def test_a_file_name_dates_what_nothing_else_does(tmp_path: Path) -> None:
    [report] = _read(_write(tmp_path / "2021-05-03_ferry.txt", STORY))
    assert (str(report.published), report.published_basis) == ("2021-05-03", "inferred")


ROWS = [
    {"id": "n7", "title": "Gunfire hits ferry", "text": STORY, "source": "Harbour News", "published": "2021-05-03"},
    {"text": "  ", "id": "n8"},
    {"text": STORY + "\r\nMore.", "id": None, "url": "https://a.example"},
]


def _table(path: Path) -> Path:
    import pandas

    if path.suffix == ".jsonl":
        return _write(path, "\n".join(json.dumps(row) for row in ROWS) + "\n\n")
    frame = pandas.DataFrame(ROWS)
    if path.suffix == ".csv":
        frame.to_csv(path, index=False)
    else:
        frame.to_parquet(path)
    return path


@pytest.mark.parametrize("name", ["t.jsonl", "t.csv", "t.parquet"])
def test_tables_say_the_same_in_every_format(tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="geo.reports"):
        first, third = _read(_table(tmp_path / name))
    assert (first.source_id, first.title, first.outlet, str(first.published)) == (
        "n7",
        "Gunfire hits ferry",
        "Harbour News",
        "2021-05-03",
    )
    assert (third.source_id, third.text, third.url, third.offset) == ("3", ROWS[2]["text"], "https://a.example", 0)
    assert "row n8: no text" in caplog.text


def test_csv_may_use_semicolons_and_quotes(tmp_path: Path) -> None:
    path = _write(tmp_path / "t.csv", '\ufeffid;text;source\n1;"Shots; two hurt\n""so a nurse"" says";Harbour News\n')
    [report] = _read(path)
    assert (report.text, report.outlet) == ('Shots; two hurt\n"so a nurse" says', "Harbour News")


PAGE = f"""<!doctype html><html lang="en"><head><title>Gunfire hits ferry</title>
<meta property="og:site_name" content="Harbour News">
<meta property="article:published_time" content="2021-05-03T10:00:00Z">
<link rel="canonical" href="https://harbour.example/ferry"></head>
<body><nav><a href="/">Home</a> <a href="/x">Sport</a></nav>
<article><h1>Gunfire hits ferry</h1><p>{"Two people were hurt when a boat was shot at near the pier. " * 4}</p>
<p>{"A nurse of the clinic said on Monday that both of them would live. " * 4}</p></article>
<script>alert("x")</script><footer>Imprint</footer></body></html>"""


def test_a_web_page_gives_its_article(tmp_path: Path) -> None:
    pytest.importorskip("trafilatura")
    [report] = _read(_write(tmp_path / "ferry.html", PAGE))
    assert (report.title, report.outlet, str(report.published)) == ("Gunfire hits ferry", "Harbour News", "2021-05-03")
    assert report.url == "https://harbour.example/ferry"
    assert "A nurse of the clinic" in report.text
    assert "alert" not in report.text
    assert "Imprint" not in report.text


RSS = """<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0"><channel><title>Harbour News</title>
<item><title>Gunfire hits ferry</title><link>https://harbour.example/1</link><guid>n1</guid>
<pubDate>Mon, 03 May 2021 10:00:00 GMT</pubDate><description>&lt;p&gt;Two people, José and another, were
hurt.&lt;/p&gt;&lt;p&gt;A nurse said so.&lt;/p&gt;</description></item>
<item><title>Bridge closed</title><description>Fire &amp;amp; smoke.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour News</title><entry><title>Gunfire hits ferry</title>
<id>n1</id><link href="https://harbour.example/1"/><updated>2021-05-03T10:00:00Z</updated>
<content type="html">&lt;p&gt;Two were hurt.&lt;/p&gt;</content></entry></feed>"""


def test_feeds_give_one_report_for_each_entry(tmp_path: Path) -> None:
    pytest.importorskip("feedparser")
    first, second = _read(_write(tmp_path / "feed.xml", RSS.encode("latin-1")))
    assert first.text == "Gunfire hits ferry\n\nTwo people, José and another, were hurt.\n\nA nurse said so."
    assert (first.outlet, str(first.published), first.url, first.source_id) == (
        "Harbour News",
        "2021-05-03",
        "https://harbour.example/1",
        "n1",
    )
    assert (second.text, second.published) == ("Bridge closed\n\nFire & smoke.", None)
    [entry] = _read(_write(tmp_path / "feed.atom", ATOM))
    assert (entry.text, str(entry.published)) == ("Gunfire hits ferry\n\nTwo were hurt.", "2021-05-03")


@pytest.mark.parametrize(
    ("name", "library", "extra"),
    [("a.html", "trafilatura", "html"), ("a.xml", "feedparser", "html"), ("a.parquet", "pyarrow", "arrow")],
)
def test_a_missing_library_names_the_line_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, library: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=rf"pip install 'dateline\[{extra}\]'"):
        _read(_write(tmp_path / name, PAGE))


def test_folders_are_read_in_order_without_what_is_no_report(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in [
        "b.txt",
        "a/z.md",
        "a/y.jsonl.gz",
        "README.md",
        "a/LICENSE.txt",
        "CHANGELOG.md",
        ".hidden.txt",
        ".git/x.txt",
        "p.png",
    ]:
        content: str | bytes = STORY + name
        if name.endswith(".jsonl.gz"):
            content = gzip.compress(json.dumps({"text": content}).encode())
        _write(tmp_path / name, content)
    with caplog.at_level(logging.DEBUG, logger="geo.reports"):
        found = _read(tmp_path)
    assert [report.source_file for report in found] == ["a/y.jsonl.gz", "a/z.md", "b.txt"]
    assert all(
        name in caplog.text for name in ["README.md", "LICENSE.txt", "CHANGELOG.md", ".hidden.txt", ".git", "p.png"]
    )


@pytest.mark.parametrize(
    ("raw", "source_id"),
    [(STORY.encode(), None), (json.dumps({"text": STORY}).encode(), "1"), (gzip.compress(STORY.encode()), None)],
)
def test_standard_input_is_text_json_lines_or_gz(
    monkeypatch: pytest.MonkeyPatch, raw: bytes, source_id: str | None
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="ascii"))
    [report] = _read("-")
    assert (report.text, report.source_file, report.source_id) == (STORY, "-", source_id)


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (STORY.replace("\n", "\r\n").encode(), None),
        (STORY.replace("\n", "\r").encode(), None),
        (b"\xef\xbb\xbf" + STORY.encode(), None),
        (STORY.encode("utf-16"), None),
        ("Tirs à Alep\n\nDeux blessés près du café, été comme hiver.".encode("latin-1"), "latin-1"),
        ("إطلاق نار على العبارة".encode("cp1256"), "cp1256"),
    ],
)
def test_offsets_count_characters_of_the_decoded_file(tmp_path: Path, raw: bytes, encoding: str | None) -> None:
    path = _write(tmp_path / "a.txt", b"" + raw)
    decoded = raw.decode(encoding or ("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"))
    [report] = _read(path, encoding=encoding)
    assert decoded[report.offset : report.offset + len(report.text)] == report.text
    assert report.text == decoded.strip()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.txt", b"PK\x03\x04\x00\x00\x00\x00", "a.txt: a binary file"),
        ("a.txt", b"caf\xe9", "a.txt: not UTF-8 (byte 0xe9 at 3); name its encoding"),
        ("a.txt.gz", b"no gzip", "a.txt.gz: not a whole gzip file"),
        ("a.txt.gz", gzip.compress(b"x" * 999)[:-9], "a.txt.gz: not a whole gzip file"),
        ("a.docx", b"PK", "a.docx: .docx files cannot be read; save it as"),
        ("a.jsonl", '{"text": "x"}\n{"text": \n', "a.jsonl:2: not valid JSON"),
        ("a.jsonl", "[1]\n", "a.jsonl:1: not an object"),
        ("a.jsonl", "[" * 100_000, "a.jsonl:1: not valid JSON"),
        ("a.jsonl", '{"id": ' + "9" * 9999 + "}", "a.jsonl:1: not valid JSON"),
        ("a.jsonl", '{"body": "x"}\n', "a.jsonl:1: no 'text' (there are: body)"),
        ("a.jsonl", '{"text": ["x"]}\n', "a.jsonl:1: 'text' is not text but list"),
        ("a.csv", "id,body\n1,x\n", "a.csv: no column 'text' (there are: id, body)"),
        ("a.csv", 'text\n"never closed\n', "a.csv:2: not valid CSV"),
        ("a.csv", "", "a.csv: empty"),
        ("a.parquet", "no parquet", "a.parquet: not a Parquet file"),
        ("a.md", "---\ntitle: [a\n---\n" + STORY, "a.md:"),
        ("a.md", "---\ntitle: a\ntitle: b\n---\n" + STORY, "a.md:3: the key 'title' stands here twice"),
        ("a.md", "---\npublished: soon\n---\n" + STORY, "front matter: published 'soon' is no date (write 2014-04-14)"),
        ("a.md", "---\ntitle: " + "[" * 5000 + "\n---\n" + STORY, "a.md:"),
        ("a.xml", "<html><body>no feed</body></html>", "a.xml: not an RSS or Atom feed"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_where_and_what_to_try(
    tmp_path: Path, name: str, content: str | bytes, says: str
) -> None:
    path = _write(tmp_path / name, content)
    with pytest.raises((InputError, DataError)) as caught:
        _read(path)
    message = str(caught.value)
    assert says in message
    assert str(path) in message
    assert "\n" not in message


def test_missing_files_and_empty_folders_are_named(tmp_path: Path) -> None:
    _write(tmp_path / "ferry.txt", STORY)
    with pytest.raises(InputError, match=r"fery\.txt: no such file or folder; check the path \(there is ferry\.txt\)"):
        _read(tmp_path / "fery.txt")
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="no reports in this folder"):
        _read(tmp_path / "empty")
    with pytest.raises(InputError, match="--encoding klingon: no such encoding"):
        _read(tmp_path / "ferry.txt", encoding="klingon")


@pytest.mark.parametrize(
    "content",
    [
        "word " * 1_000_000,
        "x" * 5_000_000,
        "(" * 300_000,
        "(Source / " * 100_000,
        "\n" * 1_000_000 + STORY,
        " \u00a0" * 1_000_000 + STORY,
        "Mon " * 500_000,
        "Gunfire hits ferry\n\n" * 20_000,
        "(Source / 03.05.2021)\n" * 20_000,
        "---\n" * 100_000,
        "A" * 9000 + "\x00 text",
    ],
    ids=lambda content: repr(content[:16]),
)
def test_hostile_texts_are_read_in_reasonable_time(tmp_path: Path, content: str) -> None:
    path = _write(tmp_path / "a.txt", content)
    for report in _read(path):
        assert content[report.offset : report.offset + len(report.text)] == report.text


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    pieces=st.lists(
        st.sampled_from(
            ["\r\n", "\n", STORY, "(Source / 03.05.2021)", "---\n", "title: x\n", "# Bridge\n", "\u00a0", "\ufeff"]
        )
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=15),
        max_size=12,
    ),
    mark=st.sampled_from([b"", b"\xef\xbb\xbf"]),
    packed=st.booleans(),
)
def test_a_report_is_a_slice_of_its_file(tmp_path: Path, pieces: list[str], mark: bytes, packed: bool) -> None:
    raw = mark + "".join(pieces).encode("utf-8")
    path = _write(tmp_path / ("a.txt.gz" if packed else "a.txt"), gzip.compress(raw) if packed else raw)
    text = raw.decode("utf-8-sig")
    try:
        found = _read(path)
    except (InputError, DataError):
        return
    for report in found:
        assert text[report.offset : report.offset + len(report.text)] == report.text
        assert report.id == content_id(report.text)
        assert (report.published is None) == (report.published_basis is None)


def test_half_a_character_in_json_becomes_a_whole_one(tmp_path: Path) -> None:
    [report] = _read(_write(tmp_path / "a.jsonl", '{"text": "shots \\ud83d near the pier", "title": "\\udc00"}'))
    assert (report.text, report.title) == ("shots \ufffd near the pier", "\ufffd")


def test_copies_count_once_and_fill_what_is_missing(tmp_path: Path) -> None:
    _write(tmp_path / "a.txt", STORY)
    _write(
        tmp_path / "b.jsonl",
        json.dumps({"id": "n1", "text": STORY, "source": "Harbour News", "published": "2021-05-03"}),
    )
    _write(tmp_path / "c.txt", STORY + " More.")
    first, other = reports.deduplicate(reports.read([tmp_path]))
    assert (first.source_file, first.also_in, first.outlet, str(first.published)) == (
        "a.txt",
        ("b.jsonl#n1",),
        "Harbour News",
        "2021-05-03",
    )
    assert (other.source_file, other.also_in) == ("c.txt", ())


@pytest.mark.skipif(not SHARED.exists(), reason="the articles of the FA-KES set are not here (../shared)")
def test_most_articles_of_fifteen_outlets_state_their_date_at_the_head() -> None:
    found = _read(SHARED / "data" / "corpora" / "fakes_dev.jsonl.gz")
    stated = [report for report in found if report.published_basis == "stated"]
    assert len(found) == 778
    assert len(stated) >= 750
    assert all(report.lang == "en" for report in found if len(report.text) > 200)
