"""The places we know: curated rows and compiled bulk files, asked by name, id or neighbourhood."""

from geo.gazetteer.checks import check
from geo.gazetteer.distance import great_circle_m
from geo.gazetteer.gazetteer import Gazetteer, load
from geo.gazetteer.importers import IMPORTERS, Imported, import_from
from geo.gazetteer.kinds import kind_class
from geo.gazetteer.matching import is_unlike
from geo.gazetteer.spelling import common_words

__all__ = [
    "IMPORTERS",
    "Gazetteer",
    "Imported",
    "check",
    "common_words",
    "great_circle_m",
    "import_from",
    "is_unlike",
    "kind_class",
    "load",
]
