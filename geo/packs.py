"""A pack: one region's gazetteer, actors and sample, found by name or by folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.errors import UnknownName
from geo.files import load, shipped


@dataclass(frozen=True, slots=True)
class Pack:
    """What a region brings: files to read, and how its map is called."""

    id: str
    title: str
    folder: Path
    gazetteer: Path | None = None
    actors: Path | None = None
    country: str | None = None
    capital: str | None = None


def packs() -> list[str]:
    """The names of the packs that come with Dateline.

    >>> "syria" in packs()
    True
    """
    return sorted(path.parent.name for path in shipped("").glob("*/pack.yaml"))


def default() -> str:
    """The name of the pack that is read where none is named."""
    return str(load(shipped("packs.yaml")).data["default"])


def load_pack(name: str | Path | None = None) -> Pack:
    """A pack by its name or id, or the one in a folder with a `pack.yaml`.

    >>> load_pack("syria").country
    'sy'

    Raises UnknownName, with the packs there are.
    """
    name = name or default()
    folder = Path(name) if (Path(name) / "pack.yaml").is_file() else shipped(str(name))
    if not (folder / "pack.yaml").is_file():
        by_id = {str(load(shipped(pack) / "pack.yaml").data["id"]): pack for pack in packs()}
        if str(name) not in by_id:
            raise UnknownName("pack", str(name), [*packs(), *by_id])
        folder = shipped(by_id[str(name)])
    data: dict[str, Any] = load(folder / "pack.yaml").data
    gazetteer = data.get("gazetteer")
    actors = data.get("actors")
    return Pack(
        id=str(data["id"]),
        title=str(data.get("title") or data["id"]),
        folder=folder,
        gazetteer=_file(folder, gazetteer) if gazetteer else None,
        actors=folder / actors if actors else None,
        country=data.get("country"),
        capital=data.get("capital"),
    )


def _file(folder: Path, name: str) -> Path:
    """A pack's gazetteer lies in its folder; that of a shipped pack may still lie at the root of a checkout."""
    inside = folder / name
    return inside if inside.is_file() else shipped(f"{folder.name}/{name}")
