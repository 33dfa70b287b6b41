"""The kinds of place there are, as data/gazetteer/kinds.yaml lists them."""

from __future__ import annotations

import functools
from typing import NamedTuple

from geo import files
from geo.errors import GazetteerError


class Kind(NamedTuple):
    """A kind of place: its class (area, settlement, site) and the radius of its dot where a source gives none."""

    name: str
    group: str
    radius_m: float


@functools.cache
def kinds() -> dict[str, Kind]:
    """All kinds by name.

    >>> kinds()["village"].group
    'settlement'
    """
    data = files.load(files.shipped("gazetteer/kinds.yaml"), error=GazetteerError).data
    return {name: Kind(name, kind["class"], float(kind["radius_m"])) for name, kind in data["kinds"].items()}


def kind_class(kind: str) -> str:
    """The class of a kind, or of a class name itself: area, settlement or site.

    >>> kind_class("town"), kind_class("governorate"), kind_class("site")
    ('settlement', 'area', 'site')
    """
    known = kinds().get(kind)
    return known.group if known else kind
