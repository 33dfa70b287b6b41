"""The places we know: curated rows and compiled bulk files, asked by name, id or neighbourhood."""

from geo.gazetteer.distance import great_circle_m
from geo.gazetteer.gazetteer import Gazetteer, load
from geo.gazetteer.kinds import kind_class

__all__ = ["Gazetteer", "great_circle_m", "kind_class", "load"]
