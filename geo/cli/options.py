"""The options that several commands share, gathered into one Job."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import click

from geo.cli.talk import listen

STATUSES = ("reported", "claimed", "denied", "planned", "background")


@dataclass(frozen=True, slots=True)
class Job:
    """What a command was asked to do: which inputs, read with what knowledge, narrowed by which filters."""

    inputs: tuple[str, ...] = ()
    published: dt.date | None = None
    encoding: str | None = None
    gazetteer: tuple[str, ...] = ()
    default_gazetteer: bool = True
    pack: str | None = None
    corrections: str | None = None
    filters: dict[str, Any] = field(default_factory=dict)
    strict: bool = False
    verbose: bool = False
    quiet: bool = False


def day(value: str) -> dt.date:
    """A calendar day.

    >>> day("2014-04-11")
    datetime.date(2014, 4, 11)
    """
    try:
        return dt.datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError:
        raise click.BadParameter(f"'{value}' is not a date; write it as 2014-04-11") from None


def box(value: str) -> tuple[float, float, float, float]:
    """A box in degrees; one whose west is east of its east crosses the date line.

    >>> box("36.1,33.2,37.4,36.5")
    (36.1, 33.2, 37.4, 36.5)
    """
    try:
        west, south, east, north = (float(part) for part in value.split(","))
    except ValueError:
        message = f"'{value}' is not a box; write west,south,east,north as 36.1,33.2,37.4,36.5"
        raise click.BadParameter(message) from None
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise click.BadParameter(f"'{value}' is outside the world, or its south is above its north")
    return west, south, east, north


_TALK = (
    click.option("-v", "--verbose", is_flag=True, help="Say what is skipped and why."),
    click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong."),
)
_READING = (
    click.argument("inputs", nargs=-1, required=True, metavar="INPUT..."),
    click.option("--published", type=day, metavar="DATE", help="Publication date of reports that state none."),
    click.option("--encoding", metavar="NAME", help="Text encoding, where it is not UTF-8."),
)
_KNOWING = (
    click.option("--gazetteer", multiple=True, metavar="FILE", help="A gazetteer that comes before ours; repeatable."),
    click.option("--no-default-gazetteer", is_flag=True, help="Leave our own gazetteer out."),
    click.option("--pack", metavar="PACK", help="Regional pack: a name that `geo packs` lists, or a folder."),
)
_EXTRACTING = (
    click.option("--corrections", metavar="FILE", help="Corrections; corrections.yaml beside the input is found."),
    click.option("--strict", is_flag=True, help="Exit 1 when something could not be read, placed or corrected."),
)
_FILTERS = (
    click.option("--since", type=day, metavar="DATE", help="Only what may have happened on this day or later."),
    click.option("--until", type=day, metavar="DATE", help="Only what may have happened on this day or earlier."),
    click.option("--dated-only", is_flag=True, help="Drop what has no known first day."),
    click.option("--type", "type", multiple=True, metavar="TYPE", help="Event type with its children; repeatable."),
    click.option("--status", multiple=True, type=click.Choice(STATUSES), help="Repeatable."),
    click.option("--actor", multiple=True, metavar="NAME", help="Somebody who takes part; repeatable."),
    click.option("--bbox", type=box, metavar="W,S,E,N", help="A box in degrees."),
    click.option("--place", multiple=True, metavar="PLACE", help="A place and what lies within it; repeatable."),
)
_FILTER_NAMES = ("since", "until", "dated_only", "type", "status", "actor", "bbox", "place")


def takes_job(
    *, inputs: bool = True, gazetteer: bool = True, events: bool = True, filters: bool = True
) -> Callable[..., Any]:
    """Give a command the shared options that it needs; it gets them as one argument `job`."""
    options = (
        *(_READING if inputs else ()),
        *(_FILTERS if filters else ()),
        *(_KNOWING if gazetteer else ()),
        *(_EXTRACTING if events else ()),
        *_TALK,
    )

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def command(**given: Any) -> Any:
            return function(_gather(given), **given)

        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def _gather(given: dict[str, Any]) -> Job:
    """Take the shared options out of what was given."""
    asked = {name: given.pop(name) for name in _FILTER_NAMES if name in given}
    if asked.get("since") and asked.get("until") and asked["since"] > asked["until"]:
        raise click.UsageError(f"--since {asked['since']} is after --until {asked['until']}; swap them")
    filters = {name: _plain(value) for name, value in asked.items() if value not in (None, (), False)}
    if "no_default_gazetteer" in given:
        given["default_gazetteer"] = not given.pop("no_default_gazetteer")
    shared = {name: given.pop(name) for name in Job.__dataclass_fields__ if name in given}
    gathered = Job(filters=filters, **shared)
    listen(verbose=gathered.verbose, quiet=gathered.quiet)
    return gathered


def _plain(value: Any) -> Any:
    """One value of a repeatable option as itself, several as a list."""
    if isinstance(value, tuple) and all(isinstance(part, str) for part in value):
        return value[0] if len(value) == 1 else list(value)
    return value
