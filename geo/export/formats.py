"""Which suffix is written by what: our own formats and those that others add as entry points `geo.exporters`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Protocol

from geo.errors import UnknownName
from geo.export.columns import Row
from geo.export.geojson import POINT, collection
from geo.files import writing

GROUP = "geo.exporters"


class Exporter(Protocol):
    """Writes rows to a file. An entry point of the group `geo.exporters`, named as the suffix without its dot.

    `rows` may be read once; `path` is a temporary file that is moved into place afterwards; `meta` says how the rows
    were made; `layer` is "events" or "incidents"; `geometry` is "point" or "area".
    """

    def __call__(
        self, rows: Iterable[Row], path: Path, *, meta: Mapping[str, Any] | None, layer: str, geometry: str
    ) -> None:
        """Write all rows."""


_OURS = {
    ".geojson": "geo.export.geojson:write_geojson",
    ".json": "geo.export.geojson:write_geojson",
    ".geojsonl": "geo.export.geojson:write_geojsonl",
    ".jsonl": "geo.export.tables:write_jsonl",
    ".csv": "geo.export.tables:write_csv",
    ".parquet": "geo.export.tables:write_parquet",
    ".gpkg": "geo.export.gis:write_gpkg",
    ".fgb": "geo.export.gis:write_fgb",
    ".kml": "geo.export.kml:write_kml",
}


def write(
    rows: Iterable[Row],
    path: str | Path | None,
    *,
    meta: Mapping[str, Any] | None = None,
    layer: str = "events",
    geometry: str = POINT,
) -> None:
    """Write rows in the format of the suffix, whole or not at all; `None` or "-" writes GeoJSON to standard output.

    `meta` says how the rows were made (version, gazetteer_sha256, pack, options), `layer` names them ("events" or
    "incidents"), `geometry="area"` writes the shapes of areas instead of their points where the format can.
    The same rows give the same bytes. Raises UnknownName for a suffix that nobody writes, ExportError, MissingExtra.
    """
    if path is None or str(path) == "-":
        for piece in collection(rows, meta=meta, geometry=geometry):
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
        return
    export = exporter(Path(path).suffix)
    with writing(path) as temporary:
        export(rows, temporary, meta=meta, layer=layer, geometry=geometry)


def exporter(suffix: str) -> Exporter:
    """What writes a suffix such as ".csv".

    >>> exporter(".geojson").__name__
    'write_geojson'
    """
    found = exporters()
    try:
        return _loaded(found[suffix.lower()])
    except KeyError:
        raise UnknownName("output format", suffix or "(no suffix)", found) from None


@cache
def exporters() -> dict[str, str]:
    """All suffixes that can be written, and by which function, as "module:function"; ours cannot be replaced."""
    others = {f".{entry.name.lstrip('.').lower()}": entry.value for entry in entry_points(group=GROUP)}
    return dict(sorted((others | _OURS).items()))


def _loaded(where: str) -> Exporter:
    module, _, name = where.partition(":")
    function: Exporter = getattr(import_module(module), name.split("[")[0].strip())
    return function
