"""Text as we search it: folded one character to one, scanned for many phrases in one pass."""

from geo.text.fold import fold
from geo.text.phrases import expand
from geo.text.scan import Hit, Scanner

__all__ = ["Hit", "Scanner", "expand", "fold"]
