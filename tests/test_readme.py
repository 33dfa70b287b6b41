"""What the documents show works: their marked blocks are run as they stand.

A block is run when the line above it is `<!-- run -->`. In a `console` block the lines after `$ ` are typed, and what
stands below must come out (`...` stands for anything). An `sh` block is typed whole. A `python` block is executed.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(r"^<!-- run -->\n```(console|sh|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A marked block of a document."""

    where: str
    language: str
    code: str


def blocks() -> Iterator[Block]:
    """The marked blocks of all documents."""
    for path in DOCUMENTS:
        text = path.read_text(encoding="utf-8")
        for match in _BLOCK.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            yield Block(f"{path.relative_to(ROOT)}:{line}", match[1], match[2])


def transcript(code: str) -> Iterator[tuple[str, str]]:
    """Each command of a console block, and what should come out below it.

    A line that ends in a backslash goes on in the next.
    """
    command, shown = "", ""
    for line in code.splitlines(keepends=True):
        if command.endswith("\\\n"):
            command += line
        elif line.startswith("$ "):
            if command:
                yield command, shown
            command, shown = line[2:], ""
        else:
            shown += line
    if command:
        yield command, shown


def same(expected: str, got: str) -> bool:
    """Whether the output is as shown; `...` stands for anything, blanks at line ends do not count."""
    shown, printed = (re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE).strip("\n") for text in (expected, got))
    pattern = ".*".join(re.escape(part) for part in shown.split("..."))
    return re.fullmatch(pattern, printed, re.DOTALL) is not None


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like a fresh checkout to somebody who types commands: documents may write into it."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copy(ROOT / "gazetteer.yaml", folder)
    (folder / "maps").mkdir()
    return folder


def typed(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Type a command there, with our own programs first."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "COLUMNS": "80"}
    return subprocess.run(
        ["sh", "-ec", command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        timeout=120,
    )


def test_the_readme_shows_something_that_runs():
    """The README's first steps are among what is run."""
    assert [block for block in blocks() if block.where.startswith("README.md")]


@pytest.mark.skipif(shutil.which("sh") is None, reason="the documents show a POSIX shell")
@pytest.mark.parametrize("block", [pytest.param(block, id=block.where) for block in blocks()])
def test_documents_show_what_happens(block: Block, workplace: Path):
    """Each command shown works, and prints what is shown."""
    if block.language == "python":
        done = subprocess.run(
            [sys.executable, "-c", block.code], cwd=workplace, capture_output=True, encoding="utf-8", timeout=120
        )
        assert done.returncode == 0, done.stderr
        return
    shown = transcript(block.code) if block.language == "console" else [(block.code, "...")]
    for command, expected in shown:
        done = typed(command, workplace)
        if expected.strip():
            assert same(expected, done.stdout), f"{block.where}: {command}\nshown:\n{expected}\ngot:\n{done.stdout}"
        if "exit" not in block.code:
            assert done.returncode == 0, f"{block.where}: {command}\n{done.stdout}"


@pytest.mark.parametrize(
    ("expected", "got", "fits"),
    [
        ("a\nb\n", "a  \nb\n", True),
        ("a\n...\nc\n", "a\nb\nb\nc\n", True),
        ("... incidents\n", "12 incidents\n", True),
        ("a\n", "b\n", False),
        ("a\n", "a\nb\n", False),
    ],
)
def test_the_comparison_itself(expected: str, got: str, fits: bool):
    """The comparison can fail."""
    assert same(expected, got) is fits
