"""`geo reports`: the reports found in the inputs."""

from __future__ import annotations

import click

from geo.cli.options import Job, takes_job
from geo.cli.work import check_output, deliver, read


@click.command("reports")
@click.option("-o", "--output", metavar="FILE", help="Where to write; JSON lines to stdout if not given.")
@takes_job(gazetteer=False, events=False, filters=False)
def command(job: Job, output: str | None) -> None:
    """List the reports found.

    Each with its title, outlet, date, how the date is known, and text."""
    check_output(output, job.inputs)
    deliver(read(job), output, suffix=".jsonl")
