"""`geo lookup`: which places a name may mean."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from geo.cli.columns import columns
from geo.cli.options import Job, takes_job
from geo.cli.talk import one_line, say
from geo.errors import InputError
from geo.model import Candidate

if TYPE_CHECKING:
    from geo.gazetteer import Gazetteer

HEADER = ("score", "id", "name", "kind", "lat", "lon", "why")


@click.command("lookup")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option("--in", "inside", metavar="PLACE", help="Only places within this one (a name or an id).")
@click.option("--online", is_flag=True, help="Ask an online geocoder too, and print YAML to paste.")
@click.option("--geocoder", default="nominatim", metavar="NAME", help="Which one: geopy's name of a service.")
@click.option(
    "--geocoder-option",
    "settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="A key or an address it needs; repeatable.",
)
@takes_job(inputs=False, events=False, filters=False)
def command(
    job: Job, names: tuple[str, ...], inside: str | None, online: bool, geocoder: str, settings: tuple[str, ...]
) -> None:
    """Show which places a name may mean, best first."""
    from geo import api

    known = api.setting(gazetteer=job.gazetteer, default_gazetteer=job.default_gazetteer, pack=job.pack)
    gazetteer = known.gazetteer
    parent = within(gazetteer, inside) if inside else None
    ask = _asker(geocoder, settings, quiet=job.quiet) if online else None
    for name in names:
        candidates = gazetteer.lookup(name)
        if parent is not None:
            candidates = [c for c in candidates if c.place.id in parent or parent.intersection(c.place.within)]
        shown = f"{one_line(name)}\n{table(candidates)}\n" if candidates else ""
        if ask is not None:
            shown = "".join(f"# {line}\n" for line in shown.splitlines()) + ask(name)
        elif not candidates:
            where = f" in {inside}" if inside else ""
            say(f"no place '{one_line(name)}'{where}; `geo lookup --online` asks a geocoder")
        if shown:
            click.echo(shown)


def within(gazetteer: Gazetteer, name: str) -> set[str]:
    """The ids of the places a name may mean, for --in."""
    place = gazetteer.get(name)
    found = {place.id} if place else {candidate.place.id for candidate in gazetteer.lookup(name)}
    if not found:
        raise InputError(f"no place '{name}' for --in; `geo lookup '{name}'` shows what is near it")
    return found


def _asker(provider: str, settings: tuple[str, ...], *, quiet: bool) -> Callable[[str], str]:
    """A function that asks an online geocoder and returns YAML, or nothing and says why."""
    from geo.gazetteer.geocode import Geocoder, default_cache

    wrong = next((setting for setting in settings if "=" not in setting), None)
    if wrong:
        raise click.BadParameter(f"'{wrong}' is not KEY=VALUE", param_hint="--geocoder-option")
    options = dict(setting.split("=", 1) for setting in settings)
    geocoder = Geocoder(provider, cache=default_cache(), options=options)
    if not quiet:
        say(f"asking {provider}, which sees the names you ask for")

    def ask(name: str) -> str:
        answer = geocoder.geocode(name)
        if answer.reason:
            say(one_line(f"{name}: {answer.reason}"))
        return answer.yaml()

    return ask


def table(candidates: list[Candidate]) -> str:
    """The candidates as aligned columns."""
    rows = [
        (f"{c.score:.2f}", c.place.id, c.place.name, c.place.kind, f"{c.place.lat:.4f}", f"{c.place.lon:.4f}", c.why)
        for c in candidates
    ]
    return columns(HEADER, rows, indent="  ")
