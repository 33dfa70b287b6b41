"""What is said to the person at the terminal: on stderr, never among the data."""

from __future__ import annotations

import logging
import re
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import click

Item = TypeVar("Item")
# Text of reports may hold escape sequences that recolour, retitle or rewrite a terminal, and marks that reorder a line.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def say(message: str) -> None:
    """One line of talk."""
    click.echo(f"geo: {message}", err=True)


def one_line(text: str) -> str:
    """The text on one line, safe to print.

    >>> one_line("two\\n  lines \\x1b[31mred")
    'two lines [31mred'
    """
    return " ".join(printable(text).split())


def printable(text: str) -> str:
    """The text without characters that would steer a terminal.

    >>> printable("a\\x1b[2Jb")
    'a[2Jb'
    """
    return _UNSEEN.sub("", text)


def listen(*, verbose: bool, quiet: bool) -> None:
    """Print what the library logs and warns of: everything with -v, only errors with -q."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine())
    logger = logging.getLogger("geo")
    logger.handlers[:] = [handler]
    logger.propagate = False
    logger.setLevel(logging.DEBUG if verbose else logging.ERROR if quiet else logging.WARNING)

    warnings.showwarning = lambda message, *_where, **_more: None if quiet else say(one_line(str(message)))


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return f"geo: {one_line(record.getMessage())}"


@contextmanager
def progress(items: Sequence[Item], what: str, *, quiet: bool) -> Iterator[Sequence[Item] | Any]:
    """The items, with a bar on a terminal; in a pipe, or for a handful, without."""
    if quiet or len(items) < 20 or not sys.stderr.isatty():
        yield items
        return
    with click.progressbar(items, label=what, file=sys.stderr) as bar:
        yield bar
