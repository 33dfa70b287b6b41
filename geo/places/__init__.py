"""Places: the names in a report, the part each plays, and the place on the map that each means."""

from geo.places.find import find, mark
from geo.places.resolve import resolve
from geo.places.scene import rank, scene

__all__ = ["find", "mark", "rank", "resolve", "scene"]
