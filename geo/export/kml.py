"""Rows as KML, for globes and phones: one placemark each, its days as a time span, every column as extended data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from geo.export.columns import Row
from geo.export.geojson import AREA, POINT, packed
from geo.export.shapes import shape
from geo.export.valid import check_position

# Characters that XML 1.0 cannot hold, not even escaped: written as U+FFFD.
_NO_XML = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_KEEP_CR = {"\r": "&#13;"}  # else a reader turns it into a line feed
NAMESPACE = "http://www.opengis.net/kml/2.2"


def write_kml(
    rows: Iterable[Row], path: Path, *, meta: Mapping[str, Any] | None, layer: str, geometry: str = POINT
) -> None:
    """One KML document; a row without a place is a placemark without geometry."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        xml = _Writer(file)
        file.write('<?xml version="1.0" encoding="utf-8"?>\n')
        xml.open("kml", xmlns=NAMESPACE)
        xml.open("Document")
        xml.leaf("name", layer)
        for row in rows:
            _placemark(xml, row, geometry)
        xml.shut("Document")
        xml.shut("kml")


class _Writer:
    """Elements, one per line, every text and attribute escaped here."""

    def __init__(self, file: TextIO) -> None:
        self._put = file.write

    def open(self, name: str, /, **attributes: str) -> None:
        self._put(f"<{name}{_attributes(attributes)}>\n")

    def shut(self, name: str) -> None:
        self._put(f"</{name}>\n")

    def leaf(self, name: str, text: str, /, **attributes: str) -> None:
        self._put(f"<{name}{_attributes(attributes)}>{escape(_clean(text), _KEEP_CR)}</{name}>\n")

    def data(self, name: str, text: str, /) -> None:
        """A named value, in one line: most of a file is made of these."""
        self._put(f"<Data name={_quoted(name)}><value>{escape(_clean(text), _KEEP_CR)}</value></Data>\n")


_quoted = cache(quoteattr)  # the names of columns come again with every row


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f" {name}={quoteattr(_clean(value))}" for name, value in attributes.items())


def _placemark(xml: _Writer, row: Row, geometry: str) -> None:
    xml.open("Placemark")
    title = [str(row[name]) for name in ("type_label", "place") if row.get(name)]
    xml.leaf("name", ", ".join(title) or str(row.get("id") or ""))
    if row.get("quote"):
        xml.leaf("description", str(row["quote"]))
    if row.get("date_start") or row.get("date_end"):
        xml.open("TimeSpan")
        for name, column in (("begin", "date_start"), ("end", "date_end")):
            if row.get(column):
                xml.leaf(name, str(row[column]))
        xml.shut("TimeSpan")
    xml.open("ExtendedData")
    for name, value in row.items():
        if value is None or name in ("lat", "lon"):
            continue
        xml.data(name, value if isinstance(value, str) else packed(value).decode())
    xml.shut("ExtendedData")
    if geometry == AREA and row.get("area_wkt"):
        _shape(xml, shape(row["area_wkt"], what=row.get("id")))
    elif row.get("lon") is not None and row.get("lat") is not None:
        check_position(row["lon"], row["lat"], what=row.get("id"))
        _shape(xml, {"type": "Point", "coordinates": [row["lon"], row["lat"]]})
    xml.shut("Placemark")


def _shape(xml: _Writer, geometry: Mapping[str, Any]) -> None:
    kind, coordinates = geometry["type"], geometry["coordinates"]
    if kind.startswith("Multi"):
        xml.open("MultiGeometry")
        for part in coordinates:
            _shape(xml, {"type": kind.removeprefix("Multi"), "coordinates": part})
        xml.shut("MultiGeometry")
    elif kind == "Polygon":
        xml.open("Polygon")
        for number, ring in enumerate(coordinates):
            boundary = "innerBoundaryIs" if number else "outerBoundaryIs"
            xml.open(boundary)
            xml.open("LinearRing")
            xml.leaf("coordinates", " ".join(_position(position) for position in ring))
            xml.shut("LinearRing")
            xml.shut(boundary)
        xml.shut("Polygon")
    else:
        xml.open(kind)
        positions = [coordinates] if kind == "Point" else coordinates
        xml.leaf("coordinates", " ".join(_position(position) for position in positions))
        xml.shut(kind)


def _position(position: Any) -> str:
    return f"{position[0]!r},{position[1]!r}"


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
