"""Aligned columns for a person to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from geo.cli.talk import one_line


def columns(header: Sequence[str], rows: Iterable[Sequence[object]], *, indent: str = "") -> str:
    """A header and rows, each column as wide as its widest cell.

    >>> print(columns(["id", "n"], [["shelling", 3], ["siege", None]]))
    id        n
    shelling  3
    siege
    """
    cells = [[one_line("" if cell is None else str(cell)) for cell in row] for row in (header, *rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(len(header))]
    return "\n".join(
        indent + "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in cells
    )
