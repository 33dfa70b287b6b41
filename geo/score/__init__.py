"""The score: what was found against what people coded by hand."""

from geo.score.figures import Pair, Score, score
from geo.score.found import Found
from geo.score.gold import Gold, GoldEvent, read_gold

__all__ = ["Found", "Gold", "GoldEvent", "Pair", "Score", "read_gold", "score"]
