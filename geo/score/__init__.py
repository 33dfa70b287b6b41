"""The score: what was found against what people coded by hand."""

from geo.score.figures import Pair, Score, score
from geo.score.found import Found
from geo.score.gold import Gold, GoldEvent, read_gold
from geo.score.tables import TableScore, read_table, score_table

__all__ = [
    "Found",
    "Gold",
    "GoldEvent",
    "Pair",
    "Score",
    "TableScore",
    "read_gold",
    "read_table",
    "score",
    "score_table",
]
