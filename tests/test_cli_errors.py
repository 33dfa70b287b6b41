"""A user's mistake ends in one line that says what, where and what to try; never in a traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from geo.cli import main

REPORT = "Warplanes bombed a bakery in Kafr Zita on Friday.\n"


def geo(
    *args: str, cwd: Path, given: str | bytes = b"", environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a user would, in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "geo", *args],
        cwd=cwd,
        input=given.encode() if isinstance(given, str) else given,
        capture_output=True,
        timeout=60,
        env={**os.environ, **(environment or {})},
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with one good report and many bad things beside it."""
    (tmp_path / "good.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "only-readme").mkdir()
    (tmp_path / "only-readme" / "README.md").write_text("Nothing to see.", encoding="utf-8")
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "page.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    (tmp_path / "cut.jsonl.gz").write_bytes(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03abc")
    (tmp_path / "bad.jsonl").write_text('{"id": 1, "text": "x"}\n{"id": 2, "text": \n', encoding="utf-8")
    (tmp_path / "no-text.csv").write_text("id,name\n1,x\n", encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes("Des tirs ont touché la ville.\n".encode("latin-1"))
    (tmp_path / "bad.geojson").write_text('{"type": "FeatureCollection"', encoding="utf-8")
    (tmp_path / "other.geojson").write_text('{"type": "Topology"}', encoding="utf-8")
    (tmp_path / "broken.yaml").write_text("xx.a: [1, 2\n", encoding="utf-8")
    row = "xx.a:\n  name: A\n  kind: moonbase\n  lat: 1.5\n  lon: 2.5\n  radius_m: 500\n  source: own survey\n"
    (tmp_path / "wrong.yaml").write_text(row, encoding="utf-8")
    (tmp_path / "correct.yaml").write_text("- reject\n", encoding="utf-8")
    (tmp_path / "gold.yaml").write_text("a: 1\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        # No such thing.
        ("events nothing.txt", ["nothing.txt"]),
        ("events good.txt nothing.txt", ["nothing.txt"]),
        ("reports nothing/", ["nothing"]),
        ("map nothing.geojson -o page.html", ["nothing.geojson"]),
        ("events good.txt --gazetteer nothing.yaml", ["nothing.yaml"]),
        ("events good.txt --corrections nothing.yaml", ["nothing.yaml"]),
        ("events good.txt --pack nowhere", ["nowhere"]),
        ("score good.txt --gold nothing.yaml", ["nothing.yaml", "--gold"]),
        ("check nothing.yaml", ["nothing.yaml"]),
        # Nothing to read in it.
        ("events empty", ["empty"]),
        ("events only-readme", ["only-readme"]),
        ("events page.pdf", ["page.pdf"]),
        ("events noise.txt", ["noise.txt"]),
        ("events cut.jsonl.gz", ["cut.jsonl.gz"]),
        ("events bad.jsonl", ["bad.jsonl", "2"]),
        ("events no-text.csv", ["no-text.csv", "text"]),
        ("events latin.txt", ["latin.txt", "--encoding"]),
        ("events good.txt --encoding klingon", ["klingon"]),
        ("map bad.geojson -o page.html", ["bad.geojson"]),
        ("map other.geojson -o page.html", ["other.geojson"]),
        # A broken file of knowledge names its line.
        ("events good.txt --gazetteer broken.yaml", ["broken.yaml:"]),
        ("events good.txt --gazetteer wrong.yaml", ["wrong.yaml:3", "moonbase"]),
        ("lookup Homs --gazetteer broken.yaml", ["broken.yaml:"]),
        ("events good.txt --corrections correct.yaml", ["correct.yaml:1"]),
        ("score good.txt --gold gold.yaml", ["gold.yaml:1"]),
        # A value that cannot be.
        ("events good.txt --type air_strke", ["air_strke", "air_strike"]),
        ("events good.txt --status maybe", ["maybe", "reported"]),
        ("events good.txt --since yesterday", ["yesterday", "2014-04-11"]),
        ("events good.txt --until 2014-02-30", ["2014-02-30", "2014-04-11"]),
        ("events good.txt --since 2014-05-01 --until 2014-04-01", ["2014-05-01", "2014-04-01"]),
        ("events good.txt --published 14.04.2014", ["14.04.2014", "2014-04-11"]),
        ("events good.txt --bbox 1,2,3", ["1,2,3", "west,south,east,north"]),
        ("events good.txt --bbox 36,37,37,35", ["36,37,37,35", "south"]),
        ("events good.txt --bbox a,b,c,d", ["a,b,c,d", "west,south,east,north"]),
        ("events good.txt --place Nowhereville", ["Nowhereville"]),
        ("explain good.txt --event zzzz", ["zzzz"]),
        ("lookup Homs --in Nowhereville", ["Nowhereville"]),
        # A slip of the finger.
        ("evnts good.txt", ["evnts", "events"]),
        ("events good.txt --sinse 2014-04-01", ["--sinse", "--since"]),
        ("events", ["INPUT", "geo events --help"]),
        ("map good.txt", ["-o"]),
        ("explain good.txt --skipped --event 1", ["--skipped"]),
        # An output that cannot be written.
        ("events good.txt -o nowhere/x.geojson", ["nowhere"]),
        ("events good.txt -o empty", ["empty", "folder"]),
        ("events good.txt -o x.docx", ["x.docx", ".geojson"]),
        ("events good.txt -o good.txt", ["good.txt", "input"]),
        ("map good.txt -o x.png", ["x.png", ".html"]),
        ("map good.txt -o page.html --tiles ftp://tiles", ["ftp://tiles"]),
        ("map good.txt -o page.html --lang xx", ["xx"]),
    ],
)
def test_mistakes_end_in_one_line(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], typed: str, says: list[str]
):
    """Exit 2, nothing on stdout, one line on stderr that names the thing."""
    monkeypatch.chdir(desk)
    code = main(typed.split())
    output, errors = capfd.readouterr()
    assert code == 2, errors
    assert output == ""
    assert "Traceback" not in errors
    assert "a mistake in Dateline itself" not in errors
    assert len(errors.splitlines()) == 1, errors
    assert errors.startswith("geo: ")
    for words in says:
        assert words in errors


def test_standard_input_may_be_empty(desk: Path):
    """Nothing on standard input is no report: nothing is found, and that is fine in a pipe."""
    done = geo("events", "-", cwd=desk)
    assert done.returncode == 0
    assert json.loads(done.stdout)["features"] == []
    assert b"0 reports" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="rights and pipes are POSIX here")
@pytest.mark.skipif(getattr(os, "geteuid", lambda: 0)() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written(desk: Path):
    """Missing rights are named."""
    (desk / "empty").chmod(0o500)
    done = geo("events", "good.txt", "-o", "empty/x.geojson", cwd=desk)
    assert done.returncode == 2
    assert b"empty" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="needs a POSIX pipe")
def test_a_reader_that_has_enough(desk: Path):
    """`geo reports ... | head -c 1` ends quietly."""
    (desk / "long.txt").write_text(REPORT * 20_000, encoding="utf-8")
    command = f"'{sys.executable}' -m geo reports long.txt | head -c 1"
    done = subprocess.run(["sh", "-c", command], cwd=desk, capture_output=True, timeout=60)
    assert done.stdout == b"{"
    assert done.stderr == b""


def test_text_is_utf8_whatever_the_console(desk: Path):
    """A console of another code page changes no byte of the data."""
    (desk / "arabic.txt").write_text("Shelling hit Homs (حمص) on Friday – “again”.\n", encoding="utf-8")
    plain = geo("reports", "arabic.txt", cwd=desk)
    other = geo("reports", "arabic.txt", cwd=desk, environment={"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"})
    assert plain.returncode == other.returncode == 0
    assert plain.stdout == other.stdout
    assert "حمص".encode() in plain.stdout
