"""The small notation in which data files write phrases: alternatives in brackets, all of them spelled out at load."""

from __future__ import annotations


def expand(pattern: str) -> list[str]:
    """All phrases a pattern stands for: `(a|b|)` is a choice, an empty choice leaves it out. No nesting limit.

    >>> expand("air( |-|)strike(s|)")
    ['air strikes', 'air strike', 'air-strikes', 'air-strike', 'airstrikes', 'airstrike']
    >>> expand("bomb(ed|ing)")
    ['bombed', 'bombing']

    Raises ValueError where a bracket is not closed.
    """
    phrases, rest = _sequence(pattern, 0, depth=0)
    if rest != len(pattern):
        raise ValueError(f"unbalanced ')' in pattern {pattern!r}")
    return list(dict.fromkeys(" ".join(phrase.split()) for phrase in phrases))


def _sequence(pattern: str, at: int, *, depth: int) -> tuple[list[str], int]:
    """The phrases of a run of characters and brackets, up to an unconsumed '|' or ')' inside a bracket."""
    phrases = [""]
    while at < len(pattern):
        char = pattern[at]
        if char == "(":
            choices: list[str] = []
            at += 1
            while True:
                inner, at = _sequence(pattern, at, depth=depth + 1)
                choices += inner
                if at >= len(pattern):
                    raise ValueError(f"'(' is never closed in pattern {pattern!r}")
                at += 1
                if pattern[at - 1] == ")":
                    break
            phrases = [phrase + choice for phrase in phrases for choice in choices]
        elif char == ")" or (char == "|" and depth):
            return phrases, at
        else:
            phrases = [phrase + char for phrase in phrases]
            at += 1
    return phrases, at
