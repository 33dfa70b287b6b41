"""`geo packs`: the regions that come with Dateline, and the folders they lie in."""

from __future__ import annotations

import click

from geo.cli.columns import columns
from geo.cli.options import Job, takes_job
from geo.cli.types import nearby


@click.command("packs")
@takes_job(inputs=False, gazetteer=False, events=False, filters=False)
def command(job: Job) -> None:
    """List the regional packs."""
    from geo.packs import load_pack, packs

    rows = []
    for name in packs():
        pack = load_pack(name)
        files = [nearby(path) for path in (pack.gazetteer, pack.actors) if path]
        rows.append((pack.id, pack.title, nearby(pack.folder), ", ".join(files)))
    click.echo(columns(("pack", "title", "folder", "files"), rows))
