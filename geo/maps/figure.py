"""The document around the map: everything inlined, everything hashed, nothing loaded that is not known.

branca's own Figure links scripts from four CDNs and cannot embed them. This one puts known files into the page, names
every script and style in a content security policy, and lets a stranger's layer in only with its hosts named aloud.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import orjson
from branca.element import CssLink, Element, Figure, JavascriptLink
from jinja2 import Environment, FileSystemLoader

from geo.errors import InputError
from geo.maps import assets, vendor

TEMPLATES = Path(__file__).resolve().parent / "templates"
PAGE = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, keep_trailing_newline=True)
_RANDOM_ID = re.compile(r"[0-9a-f]{32}")
_URL = re.compile(r"""https?://[^\s"'`<>\\)]+""", re.IGNORECASE)
_ADDING = re.compile(r"\s*\w+\.addTo\(\w+\);\s*")  # what folium says for every layer, ours too
_BLOCK = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.IGNORECASE | re.DOTALL)
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


class OfflineError(InputError):
    """The page cannot be made self-contained: what is missing, and how to get it."""


def json_for_script(value: Any) -> str:
    """JSON that cannot end a script element or start markup.

    >>> json_for_script("</script>&")
    '"\\\\u003c/script\\\\u003e\\\\u0026"'
    """
    text = orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode("utf-8")
    return re.sub("[<>&\u2028\u2029]", lambda match: _UNSAFE[match.group()], text)


class PageFigure(Figure):
    """One self-contained document; `content` is what the template shows besides the map."""

    def __init__(self, content: Mapping[str, Any], *, offline: bool, vendor_folder: Path = vendor.VENDOR) -> None:
        super().__init__(height="640px")
        self._id = "page"
        self.content = dict(content)
        self.offline = offline
        self.vendor_folder = vendor_folder
        self.own: set[str] = set()  # names of the elements that are ours; the rest are strangers' layers

    def render(self, **kwargs: Any) -> str:
        """The whole document. Raises OfflineError where `offline` is asked for and something would be loaded.

        Rendering leaves no trace: folium's elements add to the figure while they render, so that a second page from
        the same map would hold everything twice.
        """
        roots = (self, self.header, self.html, self.script)
        before = [(element, element._children.copy()) for root in roots for element in walk(root)]
        try:
            return self._document(kwargs)
        finally:
            for element, children in before:
                element._children = children

    def _document(self, kwargs: dict[str, Any]) -> str:
        for child in list(self._children.values()):
            child.render(**kwargs)
        page = _Page(self, _steady_names(self))
        for element in self.header._children.values():
            page.head(element, kwargs)
        map_html = page.steady("\n".join(child.render(**kwargs) for child in self.html._children.values()))
        page.script(assets.program())
        page.guests(kwargs)
        page.script(page.steady("\n".join(child.render(**kwargs) for child in self.script._children.values())))
        page.style(assets.style())
        return PAGE.get_template("page.html.j2").render(
            **self.content,
            policy=page.policy(),
            head="\n".join(page.heads),
            maps=map_html,
            programs="\n".join(page.programs),
        )


class _Page:
    """What one rendering collects: blocks, their hashes, and hosts."""

    def __init__(self, figure: PageFigure, names: Mapping[str, str]) -> None:
        self.figure = figure
        self.names = names
        self.heads: list[str] = []
        self.programs: list[str] = []
        self.hashes: dict[str, list[str]] = {"script-src": [], "style-src": []}
        self.hosts: dict[str, list[str]] = {}
        self.foreign: list[str] = []
        self.attributes = False

    def steady(self, text: str) -> str:
        return _RANDOM_ID.sub(lambda match: self.names.get(match.group(), match.group()), text) if self.names else text

    def script(self, text: str) -> None:
        self.programs.append(f"<script>{text}</script>")
        self.hashes["script-src"].append(assets.integrity(text))

    def style(self, text: str) -> None:
        self.heads.append(f"<style>{text}</style>")
        self.hashes["style-src"].append(assets.integrity(text))

    def head(self, element: Any, kwargs: Mapping[str, Any]) -> None:
        """One child of the figure's header: a known file, a stranger's file, or a stranger's markup."""
        if isinstance(element, (JavascriptLink, CssLink)):
            self.link(element)
            return
        html = self.steady(element.render(**kwargs))
        if "http-equiv" in html or not html.strip():
            return  # our template states the encoding itself
        self.heads.append(html)
        self.blocks(html)
        self.addresses(html, ("script-src", "style-src", "img-src", "font-src"))

    def link(self, element: JavascriptLink | CssLink) -> None:
        asset = assets.KNOWN.get(element.url)
        is_script = isinstance(element, JavascriptLink)
        inside = assets.vendored(asset, folder=self.figure.vendor_folder) if asset else None
        if inside is not None:
            (self.script if is_script else self.style)(inside)
            return
        if self.figure.offline:
            what = "Leaflet is not here" if asset else f"{element.url} would be loaded from the net"
            raise OfflineError(
                f"the page cannot be made offline: {what}; {assets.HOW if asset else 'remove that layer'}"
            )
        if asset is None:
            self.foreign.append(element.url)
        check = f' integrity="{asset.integrity}" crossorigin="anonymous"' if asset else ""
        url = element.url.replace('"', "%22")
        if is_script:
            self.programs.append(f'<script src="{url}"{check}></script>')
        else:
            self.heads.append(f'<link rel="stylesheet" href="{url}"{check}>')
        self.allow(element.url, ("script-src",) if is_script else ("style-src", "font-src", "img-src"))

    def guests(self, kwargs: Mapping[str, Any]) -> None:
        """Layers and markup that are not ours: their hosts are named, their style attributes allowed, helpers added."""
        figure = self.figure
        html = [child.render(**kwargs) for name, child in figure.html._children.items() if name not in figure.own]
        scripts = [child.render(**kwargs) for name, child in figure.script._children.items() if name not in figure.own]
        scripts = [script for script in scripts if not _ADDING.fullmatch(script)]
        if html or scripts:
            self.attributes = True
            self.blocks(self.steady("\n".join(html)))
            self.addresses("\n".join(html), ("img-src",))
            self.addresses("\n".join(scripts), ("img-src", "connect-src"))
            self.script(assets.for_guests(figure.vendor_folder))

    def blocks(self, html: str) -> None:
        for kind, attributes, text in _BLOCK.findall(html):
            if "src=" not in attributes.lower():
                self.hashes["script-src" if kind.lower() == "script" else "style-src"].append(assets.integrity(text))

    def addresses(self, text: str, directives: tuple[str, ...]) -> None:
        for url in _URL.findall(text):
            if url.rstrip("/") not in ("http://www.w3.org/2000/svg", "https://leafletjs.com"):
                self.foreign.append(url)
                self.allow(url, directives)

    def allow(self, url: str, directives: tuple[str, ...]) -> None:
        parts = urlsplit(url.replace("{s}", "*"))
        host = f"{parts.scheme}://{parts.netloc}"
        if not re.fullmatch(r"https?://[\w.*:-]+", host):
            return
        for directive in directives:
            if host not in self.hosts.setdefault(directive, []):
                self.hosts[directive].append(host)

    def policy(self) -> str:
        hosts = sorted(
            {urlsplit(url.replace("{s}", "*")).netloc for url in self.foreign} - set(self.figure.content["tile_hosts"])
        )
        if hosts:
            if self.figure.offline:
                raise OfflineError(
                    f"the page cannot be made offline: a layer loads from {', '.join(hosts)}; remove that layer"
                )
            warnings.warn(f"this page loads from {', '.join(hosts)}: a layer that is not ours needs it", stacklevel=6)
        quoted = {name: [f"'{value}'" for value in values] for name, values in self.hashes.items()}
        allowed = {
            "default-src": ["'none'"],
            "script-src": [*quoted["script-src"], *self.hosts.get("script-src", [])],
            "style-src": [*quoted["style-src"], *self.hosts.get("style-src", [])],
            "img-src": ["data:", "blob:", *self.hosts.get("img-src", []), *self.figure.content["tile_origins"]],
            "font-src": self.hosts.get("font-src", []),
            "connect-src": self.hosts.get("connect-src", []),
            "base-uri": ["'none'"],
            "form-action": ["'none'"],
        }
        if self.attributes:
            allowed["style-src-attr"] = ["'unsafe-inline'"]  # folium's own icons carry style attributes
        unique = {name: list(dict.fromkeys(values)) for name, values in allowed.items() if values}
        return "; ".join(f"{name} {' '.join(values)}" for name, values in unique.items())


def walk(element: Element) -> Iterator[Element]:
    """An element and everything under it, in a steady order."""
    yield element
    for child in element._children.values():
        yield from walk(child)


def _steady_names(figure: PageFigure) -> dict[str, str]:
    """folium names its elements at random: number them in order instead, so that the same map is the same file."""
    numbers: dict[str, str] = {}
    for root in (figure, figure.header, figure.html, figure.script):
        for element in walk(root):
            if _RANDOM_ID.fullmatch(element._id):
                numbers.setdefault(element._id, f"{len(numbers):08d}")
    return numbers
