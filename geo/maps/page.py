"""Incidents become one page: a folium.Map with our layers, in a document that needs nothing else."""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import folium
import orjson
from branca.element import MacroElement
from jinja2 import Environment, FileSystemLoader

from geo.errors import InputError, UnknownName
from geo.files import load, writing
from geo.maps import assets, basemap, columns, naming, palette
from geo.maps.figure import TEMPLATES, PageFigure, json_for_script, walk

STRINGS = Path(__file__).resolve().parent / "strings"
OSM = "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
OSM_CREDIT = '&copy; <a href="https://www.openstreetmap.org/copyright" rel="noopener">OpenStreetMap</a> contributors'
WIDE_M = 15_000  # places wider than this are regions: their name stands on the map without a dot
_LOG = logging.getLogger(__name__)
TEXTS = ("full", "none")
LABELS_MOST = 1500  # place names carried for the map; more would never be seen
_MACROS = Environment(loader=FileSystemLoader(TEMPLATES), keep_trailing_newline=True)


def languages() -> list[str]:
    """The languages the page can speak.

    >>> languages()
    ['ar', 'en']
    """
    return sorted(path.stem for path in STRINGS.glob("*.yaml"))


def words_of(lang: str) -> dict[str, str]:
    """The page's words in a language. Raises UnknownName for one we do not have."""
    if lang not in languages():
        raise UnknownName("language", lang, languages())
    return {str(key): str(value) for key, value in load(STRINGS / f"{lang}.yaml").data.items()}


def _type_names(lang: str) -> dict[str, dict[str, str]]:
    """Event types and families in a language; none for the language of the types themselves."""
    path = STRINGS / "types" / f"{lang}.yaml"
    return {"types": {}, "families": {}, **(load(path).data if path.is_file() else {})}


class _Own(MacroElement):
    """A part of ours: its script comes from a template file, its name is steady."""

    template = "layer.html.j2"

    def __init__(self, name: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name, self._id = name, "dateline"
        self._template = _MACROS.get_template(self.template)


class PaintedLayer(folium.map.Layer):
    """A layer painted on canvas by our script; `painter` is its class there."""

    def __init__(self, painter: str, *, name: str, show: bool = True) -> None:
        super().__init__(name=html.escape(name), overlay=True, control=True, show=show)
        self._name, self._id = painter, "dateline"
        self.painter = painter
        self._template = _MACROS.get_template("layer.html.j2")


class _Start(_Own):
    """Starts the page once every layer exists."""

    template = "start.html.j2"

    def __init__(self, layers: Mapping[str, PaintedLayer]) -> None:
        super().__init__("Start")
        self.layers = layers


class IncidentMap(folium.Map):
    """A folium.Map that shows incidents; other folium layers can be added to it.

    `save` writes one file, whole or not at all; in a notebook the map shows itself.
    """

    default_js = [("leaflet", assets.LEAFLET_JS.url)]  # noqa: RUF012 - folium's own way to name them
    default_css = [("leaflet_css", assets.LEAFLET_CSS.url)]  # noqa: RUF012

    def __init__(self, content: Mapping[str, Any], *, words: Mapping[str, str], offline: bool) -> None:
        super().__init__(tiles=None, location=[0, 0], zoom_start=2)
        self._name, self._id = "Map", "dateline"
        self._template = _MACROS.get_template("map.html.j2")
        self.words = dict(words)
        self.near = "topright" if words["dir"] == "rtl" else "topleft"
        self.near_bottom = "bottomright" if words["dir"] == "rtl" else "bottomleft"
        self.far = "topleft" if words["dir"] == "rtl" else "topright"
        self._children.clear()
        self._parent: Any = None
        figure = PageFigure(content, offline=offline)
        figure.add_child(self)
        self.figure = figure

    def render(self, **kwargs: Any) -> str:
        """Render into the figure; the list of layers and our starter come last, after layers added later."""
        for name in ("dateline_layers", "dateline_start"):
            if name in self._children:
                self._children.move_to_end(name)
        return str(super().render(**kwargs))  # type: ignore[no-untyped-call]

    def save(self, outfile: Any, close_file: bool = True, **kwargs: Any) -> None:
        """Write the page to a path, or to an open binary file. Raises ExportError where it cannot be written."""
        text = self.get_root().render(**kwargs)
        if hasattr(outfile, "write"):
            outfile.write(text.encode("utf-8"))
            if close_file:
                outfile.close()
            return
        path = Path(outfile.decode() if isinstance(outfile, bytes) else outfile)
        with writing(path) as temporary:
            temporary.write_bytes(text.encode("utf-8"))


def build(
    features: Sequence[Mapping[str, Any]],
    *,
    title: str = "Events",
    types: Iterable[Mapping[str, Any]] = (),
    tiles: str = "none",
    lang: str = "en",
    attribution: Iterable[str] = (),
    offline: bool = False,
    places: Iterable[Mapping[str, Any]] = (),
    skipped: Iterable[Mapping[str, Any]] = (),
    member: Mapping[str, Any] | None = None,
    fields: Mapping[str, str] | None = None,
    file: str = "events",
    text: str = "full",
) -> IncidentMap:
    """One page that shows incidents on a map, with filters, sources and everything that is not on the map.

    `features` are GeoJSON features as `geo incidents` writes them; for other GeoJSON `fields` says which of its
    properties plays which of our parts, e.g. `{"date_start": "when", "type": "category", "quote": "description"}`.
    `types` are objects with id, label, parent, family, colour and symbol. `places` are name, lon, lat (and id, names):
    labels of the map, most important first, and other spellings for the search. `skipped` are sentence and reason.
    `tiles` is "none", "osm" or a URL template; `member` goes into exported GeoJSON as `dateline`; `file` names exports.
    `text` is "full", or "none" for a page without sentences and headlines: a million events then open in seconds.
    With `offline` a page that would load anything is refused (OfflineError).

    >>> page = build([], title="Nothing yet")
    >>> isinstance(page, folium.Map)
    True
    """
    words = words_of(lang)
    title, credits = str(columns.clean(title)), [str(line) for line in columns.clean(list(attribution))]
    types, places = columns.clean(list(types)), columns.clean(list(places))
    skipped, member = columns.clean(list(skipped)), columns.clean(dict(member)) if member else None
    if text not in TEXTS:
        raise UnknownName("text", text, TEXTS)
    rows = [_mapped(feature, fields) for feature in features] if fields else features
    labels = [place for place in places if "lon" in place]
    aliases = {str(p["id"]): [str(n) for n in p.get("names") or ()] for p in places if p.get("id")}
    names = naming.names_of(places, (feature.get("properties") or {} for feature in rows), lang)
    packed = columns.pack(rows, aliases=aliases, names=names["places"], text=text == "full")
    resolved, families = palette.resolved(types, list(packed.types), packed.types)
    named = _type_names(lang)
    for row in resolved:
        row["label"] = named["types"].get(row["id"], row["label"])
    for row in families:
        row["label"] = named["families"].get(row["id"], row["label"])
    outline = basemap.outline(packed.core)
    for country in outline["names"] if outline else ():
        country["name"] = naming.countries(lang).get(country["name"], country["name"])
    tile_url, tile_credit = _tiles(tiles)
    reasons = [
        {"sentence": str(s.get("sentence", "")) if text == "full" else "", "reason": str(s.get("reason", ""))}
        for s in skipped
    ]
    config = {
        "lang": lang,
        "words": words,
        "types": resolved,
        "families": families,
        "bounds": packed.core,
        "credits": [*([words["outlineCredit"]] if outline else []), *credits],
        "names": names,
        "labels": [_label(p, lang) for p in labels[:LABELS_MOST]],
        "skipped": len(reasons),
        "member": member,
        "file": re.sub(r"[^\w.-]+", "-", file).strip("-.") or "events",
    }
    packets = {"outline": columns.packet(orjson.dumps(outline))} if outline else {}
    if reasons:
        packets["skipped"] = columns.packet(orjson.dumps(reasons))
    for number, rows_packet in enumerate(packed.rows):
        if packed.texts:
            packets[f"text-{number}"] = packed.texts[number]
        packets[f"rows-{number}"] = rows_packet
    origin = _origin(tile_url)
    content = {
        "lang": lang,
        "words": words,
        "title": title,
        "opening": words["noEvents"] if not packed.count else "…",
        "config": json_for_script(config),
        "columns": packed.columns,
        "packets": "\n".join(
            f'<script type="text/plain" id="data-{name}">{data}</script>' for name, data in packets.items()
        ),
        "tile_origins": [origin] if origin else [],
        "tile_hosts": [urlsplit(origin).netloc] if origin else [],
    }
    page = IncidentMap(content, words=words, offline=offline)
    layers = {
        "outline": PaintedLayer("Outline", name=words["layerOutline"]),
        "admin": PaintedLayer("Admin", name=words["layerAdmin"]),
        "names": PaintedLayer("Names", name=words["layerNames"]),
        "heat": PaintedLayer("Heat", name=words["layerHeat"], show=False),
        "incidents": PaintedLayer("Incidents", name=words["layerIncidents"]),
    }
    if tile_url:
        name = words["layerTilesFile" if tiles == "osm" else "layerTiles"]
        layer = folium.TileLayer(
            tiles=tile_url,
            attr=tile_credit,
            name=name,
            overlay=True,
            show=False,
            referrerPolicy="strict-origin-when-cross-origin",
        )
        layer.add_to(page)
    for painted in layers.values():
        painted.add_to(page)
    folium.LayerControl(position=page.far).add_to(page, name="dateline_layers")
    page.add_child(_Start(layers), name="dateline_start")
    if not (is_ready() or offline):
        _LOG.warning("the page loads Leaflet from the net and has no outline; %s", assets.HOW)
    elif outline is None:
        _LOG.warning("the page has no outline of land and borders; %s", assets.HOW)
    page.figure.own = {element.get_name() for element in walk(page)}
    return page


def _mapped(feature: Mapping[str, Any], fields: Mapping[str, str] | None) -> Mapping[str, Any]:
    if not fields:
        return feature
    properties = feature.get("properties")
    if not isinstance(properties, Mapping):
        raise InputError("a feature has no properties: a map needs GeoJSON features")
    ours = {name: properties.get(theirs) for name, theirs in fields.items()}
    return {**feature, "properties": {**properties, **ours}}


def _label(place: Mapping[str, Any], lang: str) -> dict[str, Any]:
    """A place's name on the map: in the script of the page's language where the place has such a name."""
    wide = float(place.get("radius_m") or 0) > WIDE_M
    label = {
        "name": naming.name_of(place, lang),
        "lon": round(float(place["lon"]), 5),
        "lat": round(float(place["lat"]), 5),
    }
    return {**label, "wide": True} if wide else label


def _tiles(tiles: str) -> tuple[str | None, str]:
    if tiles == "none":
        return None, ""
    if tiles == "osm":
        return OSM, OSM_CREDIT
    if re.fullmatch(r"https?://[^\s\"'<>`\\]+", tiles) and "{z}" in tiles and not re.search(r"\{[{%#]", tiles):
        return tiles, html.escape(urlsplit(tiles).netloc)
    raise InputError(
        f"tiles {tiles!r} is neither none, osm nor an address: write one like https://host/{{z}}/{{x}}/{{y}}.png"
    )


def _origin(url: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url.replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}"


def is_ready() -> bool:
    """Whether pages made here are self-contained; if not, `vendor.HOW` is the line to type."""
    return all(assets.vendored(asset) is not None for asset in assets.KNOWN.values())
