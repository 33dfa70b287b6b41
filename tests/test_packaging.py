"""What we ship: a wheel that works on its own in an empty environment, and an sdist without surprises."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; its errors are shown when it fails."""
    quiet = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore", "PYTHONUTF8": "1"}
    environment = {**os.environ, **quiet}
    environment.pop("PYTHONPATH", None)
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, encoding="utf-8", timeout=400, env=environment
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, built as an installer would build them."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", folder, cwd=ROOT)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a new environment that holds the wheel and what it asks for, nothing else."""
    folder = tmp_path_factory.mktemp("throw-away")
    venv.create(folder, with_pip=True)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    (wheel,) = built.glob("*.whl")
    run(programs / "python", "-m", "pip", "install", "-q", "--no-input", wheel, cwd=folder)
    return programs


def test_wheel_holds_the_data(built: Path):
    """Words, templates, the page's own files and the curated gazetteer travel with the code; tests do not."""
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "geo/data/syria/gazetteer.yaml" in names
    in_tree = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "geo").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert in_tree <= names, sorted(in_tree - names)
    assert not [name for name in names if name.startswith(("tests/", "seeds/")) or name.endswith(".pyc")]
    assert {Path(name).name for name in names if "/licenses/" in name} == {"LICENSE", "NOTICE"}


@pytest.mark.skipif(shutil.which("npm") is None, reason="without npm the wheel is built without third-party files")
def test_wheel_holds_leaflet(built: Path):
    """Where npm is at hand the page needs no network."""
    (wheel,) = built.glob("*.whl")
    assert "geo/maps/static/vendor/leaflet.js" in zipfile.ZipFile(wheel).namelist()


def test_sdist_builds_again(built: Path):
    """The sdist has what a build needs, and nothing that others own or that a build leaves behind."""
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "hatch_build.py", "gazetteer.yaml", "LICENSE", "NOTICE", "README.md"} <= names
    assert not [
        name for name in names if "vendor/" in name or "__pycache__" in name or name.startswith((".venv", "dist"))
    ]


def test_wheel_works_on_its_own(installed: Path, tmp_path: Path):
    """In an environment of its own the command answers, knows its types, and finds a place of the shipped gazetteer."""
    geo = installed / "geo"
    assert run(geo, "--version", cwd=tmp_path).startswith("geo ")
    assert "air_strike" in run(geo, "types", cwd=tmp_path)
    assert "sy.hama.kafr-zita" in run(geo, "lookup", "Kafr Zita", cwd=tmp_path)


def test_wheel_draws_a_map(installed: Path, tmp_path: Path):
    """With only the required dependencies a report becomes a page."""
    report = tmp_path / "report.txt"
    report.write_text("Warplanes bombed a bakery in Kafr Zita on Friday.\n", encoding="utf-8")
    run(installed / "geo", "map", report, "--published", "2014-04-12", "-o", "page.html", cwd=tmp_path)
    assert "Kafr Zita" not in (tmp_path / "page.html").read_text(encoding="utf-8")[:200]
    assert (tmp_path / "page.html").stat().st_size > 50_000
