"""A page in a real browser: Chromium is found once, pages are made once, requests, dialogs and errors are kept."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import made_up  # noqa: E402

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
HINT = (
    "no Chromium was found: set CHROMIUM=/path/to/chromium, or install one "
    "(Debian: apt-get install chromium; elsewhere: python -m playwright install chromium)"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def chromium() -> str | None:
    """The path of a Chromium: CHROMIUM, a known name on the path, or Playwright's own."""
    named = os.environ.get("CHROMIUM")
    found = named if named and Path(named).exists() else next(filter(None, map(shutil.which, NAMES)), None)
    if found:
        return found
    for folder in (Path.home() / ".cache" / "ms-playwright", Path.home() / "AppData" / "Local" / "ms-playwright"):
        for pattern in ("chromium-*/chrome-*/chrome", "chromium-*/chrome-*/chrome.exe"):
            if own := sorted(folder.glob(pattern)):
                return str(own[-1])
    return None


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One headless Chromium for all tests."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        pytest.fail(HINT, pytrace=False)
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """`made(name, features, **options)` writes a page once and gives its path."""
    from geo import maps

    folder = tmp_path_factory.mktemp("pages")
    paths: dict[str, Path] = {}

    def make(
        name: str, features: list[dict[str, Any]], change: Callable[[Any], None] | None = None, **options: Any
    ) -> Path:
        if name not in paths:
            given = {
                "title": "Made-up events",
                "types": made_up.TYPES,
                "places": made_up.labels(),
                "offline": True,
                **options,
            }
            page = maps.build(features, **given)
            if change:
                change(page)
            paths[name] = folder / f"{name}.html"
            page.save(paths[name])
        return paths[name]

    return make


class Visit:
    """An open page and what happened in it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.dialogs: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))

    @property
    def foreign(self) -> list[str]:
        """Requests that left the file."""
        return [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))]

    def ready(self) -> Visit:
        """Wait until the page is built and its texts are read (wait_for_function would break the policy)."""
        for _ in range(200):
            if self.page.evaluate(
                "document.documentElement.dataset.ready === '1' && Boolean(globalThis.dateline?.textsRead)"
            ):
                break
            self.page.wait_for_timeout(25)
        self.page.evaluate("dateline.textsRead")
        return self

    def text(self, selector: str) -> str:
        """What an element says, blanks made plain."""
        return " ".join(self.page.inner_text(selector).split())

    @property
    def url(self) -> str:
        """The address once it has followed the state."""
        for _ in range(80):
            if not self.page.evaluate("Boolean(dateline.later)"):
                break
            self.page.wait_for_timeout(25)
        return str(self.page.url)

    def settle(self) -> None:
        """Two frames: everything asked for is painted."""
        self.page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def symbol(self, place: str) -> tuple[float, float]:
        """Where on the screen the symbol of a place stands."""
        at = self.page.evaluate(
            """place => {
                const here = member => dateline.table.siteNames[member.site] === place;
                const group = dateline.layer.groups.find(g => g.members.some(here));
                const box = dateline.map.getContainer().getBoundingClientRect();
                const point = dateline.map.layerPointToContainerPoint([group.x, group.y]);
                return [box.left + point.x, box.top + point.y];
            }""",
            place,
        )
        return at[0], at[1]


@pytest.fixture
def visit(browser: Any) -> Iterator[Callable[..., Visit]]:
    """`visit(path, hash="", **context options)` opens a page; every context is closed after the test."""
    contexts = []

    def go(path: Path, hash: str = "", *, ready: bool = True, **options: Any) -> Visit:
        context = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "accept_downloads": True, **options}
        )
        contexts.append(context)
        opened = Visit(context.new_page())
        opened.page.goto(path.as_uri() + hash)
        return opened.ready() if ready else opened

    yield go
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def sixty(made: Callable[..., Path]) -> Path:
    """A page with sixty incidents."""
    return made("sixty", made_up.incidents(60), member={"version": "0"}, file="made-up")
