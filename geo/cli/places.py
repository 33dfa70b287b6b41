"""`geo places`: every place mention with its role, what it resolves to, and why."""

from __future__ import annotations

import click

from geo.cli.options import Job, takes_job
from geo.cli.work import Rows, check_output, deliver, extract, finish


@click.command("places")
@click.option("-o", "--output", metavar="FILE", help="Where to write; JSON lines to stdout if not given.")
@takes_job(filters=False)
@click.option("--not-found", is_flag=True, help="Names we do not know, most frequent first, with YAML to paste.")
def command(job: Job, output: str | None, not_found: bool) -> None:
    """List every place mention: role, place, score and reason."""
    from geo import api

    check_output(output, job.inputs)
    events = extract(job)
    rows = api.not_found(events) if not_found else api.place_rows(events)
    deliver(Rows(rows), output, suffix=".jsonl")
    finish(job, events)
