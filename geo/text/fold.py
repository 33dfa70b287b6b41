"""Fold text one character to one, so that what is found in the folded text stands at the same offsets in the original."""

from __future__ import annotations

# Apostrophes, primes, ayn and hamza as printed in romanised names; all become "'".
APOSTROPHES = "’‘`´ʼʻʾʿ′‛ˈ"
_TABLE: dict[int, str] = {ord(c): "'" for c in APOSTROPHES}
_TABLE |= {ord(c): '"' for c in "“”„«»‟"}
_TABLE |= {ord(c): "-" for c in "‐‑‒–—―−"}
_TABLE |= {ord(c): " " for c in "\u00a0\u2007\u202f\u2009\u200a\t\r\n\u2028\u2029"}
_TABLE |= {ord(c): c.lower() for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def fold(text: str) -> str:
    """Lower case, straight quotes, plain hyphens and blanks; the result has exactly as many characters as `text`.

    >>> fold("Ma’aloula\\u00a0— “TOWN”")
    'ma\\'aloula - "town"'
    """
    folded = text.translate(_TABLE)
    if folded.isascii():
        return folded
    # str.lower() may lengthen a character (İ): lower only those that keep their length
    return "".join(low if len(low := c.lower()) == 1 else c for c in folded)
