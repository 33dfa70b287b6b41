"""What words say: sentences, dates and numbers."""

from geo.language.dates import dates
from geo.language.numbers import Quantity, quantities
from geo.language.sentences import split

__all__ = ["Quantity", "dates", "quantities", "split"]
