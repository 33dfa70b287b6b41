"""`geo events`: one row per statement of an event."""

from __future__ import annotations

import click

from geo.cli.options import Job, takes_job
from geo.cli.work import check_output, deliver, extract, finish


@click.command("events")
@click.option("-o", "--output", metavar="FILE", help="Where to write; GeoJSON to stdout if not given.")
@takes_job()
def command(job: Job, output: str | None) -> None:
    """List every statement of an event, one row each."""
    check_output(output, job.inputs)
    events = extract(job)
    deliver(events, output, suffix=".geojson")
    finish(job, events)
