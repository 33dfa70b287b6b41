"""The files a page is made of: our own scripts and styles bundled, Leaflet from the vendored files or a pinned CDN."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import mimetypes
import re
from pathlib import Path
from typing import NamedTuple

from geo.errors import InputError
from geo.maps import vendor

STATIC = Path(__file__).resolve().parent / "static"
CDN = "https://cdn.jsdelivr.net/npm/leaflet@1.9.4/dist/"
HOW = f"get the page's files with: {vendor.HOW} (needs npm)"


class Asset(NamedTuple):
    """A file from elsewhere at a pinned version: its address, its name here, and the hash browsers check."""

    url: str
    file: str
    integrity: str


LEAFLET_JS = Asset(
    CDN + "leaflet.js",
    "leaflet.js",
    "sha512-BwHfrr4c9kmRkLw6iXFdzcdWV/PGkVgiIyIWLLlTSXzWQzxuSg4DiQUCpauz/EWjgk5TYQqX/kvn9pG1NpYfqg==",
)
LEAFLET_CSS = Asset(
    CDN + "leaflet.css",
    "leaflet.css",
    "sha512-Zcn6bjR/8RZbLEpLIeOwNtzREBAJnUKESxces60Mpoj+2okopSAcSUIUOseddDm0cxnGQzxIR7vJgsLZbdLE3w==",
)
KNOWN = {asset.url: asset for asset in (LEAFLET_JS, LEAFLET_CSS)}
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?function|class|const|let)", re.MULTILINE)
_TOP_LEVEL = re.compile(r"^(?:export )?(?:async )?(?:function|class|const|let) (\w+)", re.MULTILINE)
PUBLIC = ("Outline", "Admin", "Names", "Incidents", "Heat", "start")


def integrity(text: str, *, algorithm: str = "sha256") -> str:
    """The hash of a script or style as a content security policy writes it.

    >>> integrity("alert(1)")
    'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='
    """
    return f"{algorithm}-" + base64.b64encode(hashlib.new(algorithm, text.encode("utf-8")).digest()).decode("ascii")


@functools.lru_cache(maxsize=1)
def program() -> str:
    """Our modules as one script that defines `Dateline`: in order of import, one scope, no import or export."""
    order: list[str] = []
    texts: dict[str, str] = {}

    def visit(name: str) -> None:
        if name in texts:
            return
        texts[name] = (STATIC / "app" / name).read_text(encoding="utf-8")
        for _, wanted in _IMPORT.findall(texts[name]):
            visit(wanted)
        order.append(name)

    visit("layers.js")
    visit("app.js")
    owners: dict[str, str] = {}
    for name in order:
        for declared in _TOP_LEVEL.findall(texts[name]):
            if declared in owners:
                raise InputError(
                    f"{name} and {owners[declared]} both declare '{declared}': rename one, they share a scope"
                )
            owners[declared] = name
    parts = [_EXPORT.sub("", _IMPORT.sub("", texts[name])).strip() for name in order]
    body = "\n".join(parts)
    return f'const Dateline = (() => {{\n"use strict";\n{body}\nreturn {{ {", ".join(PUBLIC)} }};\n}})();\n'


@functools.lru_cache(maxsize=1)
def style() -> str:
    """Our style sheet."""
    return (STATIC / "page.css").read_text(encoding="utf-8")


def vendored(asset: Asset, *, folder: Path = vendor.VENDOR) -> str | None:
    """The text of a vendored file, fit to stand inside the page; None where it was not fetched."""
    path = folder / asset.file
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    if asset.file.endswith(".css"):
        return _with_images(text, folder)
    # the file ends in a comment that would swallow what follows, and its source map is not here
    return re.sub(r"//# sourceMappingURL=\S*\s*$", "", text).rstrip() + "\n"


def for_guests(folder: Path = vendor.VENDOR) -> str:
    """What folium's own markers and popups expect: pictures of a pin, and the two uses they make of jQuery."""
    names = {"iconUrl": "marker-icon.png", "iconRetinaUrl": "marker-icon-2x.png", "shadowUrl": "marker-shadow.png"}
    paths = {key: folder / "images" / name for key, name in names.items()}
    pictures = {key: image(path) for key, path in paths.items() if path.is_file()}
    lines = [(STATIC / "guests.js").read_text(encoding="utf-8")]
    if pictures:
        lines.append(
            f"delete L.Icon.Default.prototype._getIconUrl;\nL.Icon.Default.mergeOptions({json.dumps(pictures)});\n"
        )
    return "".join(lines)


def image(path: Path) -> str:
    """A picture as a data URI."""
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode('ascii')}"


def _with_images(css: str, folder: Path) -> str:
    """The style sheet with its pictures inside; addresses of nothing (old browsers' behaviours) are dropped."""

    def inside(match: re.Match[str]) -> str:
        path = folder / match.group(1).strip("'\"")
        return f"url({image(path)})" if path.is_file() else "none"

    return re.sub(r"^\s*behavior:.*$", "", re.sub(r"url\(([^)#]*)\)", inside, css), flags=re.MULTILINE)
