"""Find the data files that come with the package, installed or in a checkout."""

from __future__ import annotations

from pathlib import Path

_DATA = Path(__file__).resolve().parent.parent / "data"


def shipped(name: str) -> Path:
    """The path of a data file of ours, e.g. `shipped("english/dates.yaml")`.

    A pack's gazetteer may lie at the root of a checkout and inside the package once installed: both are looked at.

    >>> shipped("conflict").name
    'conflict'
    >>> shipped("no-such-pack/gazetteer.yaml").exists()
    False
    """
    path = _DATA / name
    if not path.exists() and path.parent != _DATA and path.parent.is_dir():
        in_checkout = _DATA.parent.parent / Path(name).name
        if in_checkout.exists():
            return in_checkout
    return path
