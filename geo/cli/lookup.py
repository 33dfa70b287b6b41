"""`geo lookup`: which places a name may mean."""

from __future__ import annotations

import click

from geo.cli.columns import columns
from geo.cli.options import Job, takes_job
from geo.cli.talk import one_line, say
from geo.errors import InputError
from geo.model import Candidate

HEADER = ("score", "id", "name", "kind", "lat", "lon", "why")


@click.command("lookup")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@takes_job(inputs=False, events=False, filters=False)
@click.option("--in", "inside", metavar="PLACE", help="Only places within this one (a name or an id).")
@click.option("--online", is_flag=True, help="Ask an online geocoder, and print YAML to paste.")
def command(job: Job, names: tuple[str, ...], inside: str | None, online: bool) -> None:
    """Show which places a name may mean, best first."""
    from geo import api

    gazetteer = api.setting(gazetteer=job.gazetteer, default_gazetteer=job.default_gazetteer, pack=job.pack).gazetteer
    within: set[str] | None = None
    if inside:
        place = gazetteer.get(inside)
        within = {place.id} if place else {candidate.place.id for candidate in gazetteer.lookup(inside)}
        if not within:
            raise InputError(f"no place '{inside}' for --in; `geo lookup {inside}` shows what is near it")
    for name in names:
        candidates = gazetteer.lookup(name)
        if within is not None:
            candidates = [c for c in candidates if c.place.id in within or within.intersection(c.place.within)]
        if candidates:
            click.echo(f"{one_line(name)}\n{table(candidates)}\n")
        elif not online:
            say(f"no place '{one_line(name)}'" + (f" in {inside}" if inside else "") + "; --online asks a geocoder")


def table(candidates: list[Candidate]) -> str:
    """The candidates as aligned columns."""
    rows = [
        (f"{c.score:.2f}", c.place.id, c.place.name, c.place.kind, f"{c.place.lat:.4f}", f"{c.place.lon:.4f}", c.why)
        for c in candidates
    ]
    return columns(HEADER, rows, indent="  ")
