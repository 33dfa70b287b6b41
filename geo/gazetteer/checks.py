"""What is wrong with curated files, all of it at once, each problem at its line."""

from __future__ import annotations

from collections.abc import Sequence

from geo.errors import GazetteerError
from geo.gazetteer.curated import Row


def relations(layers: Sequence[Sequence[Row]]) -> list[GazetteerError]:
    """Problems between rows: unknown parents and circles."""
    known = {row.id for layer in layers for row in layer}
    return [
        row.problem(f"'{row.id}' lies within '{parent}', which there is not", "within")
        for layer in layers
        for row in layer
        for parent in row.within
        if parent not in known
    ]
