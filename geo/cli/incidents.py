"""`geo incidents`: statements of the same real-world event merged, every source kept."""

from __future__ import annotations

import click

from geo.cli.options import Job, takes_job
from geo.cli.work import check_output, deliver, extract, finish


@click.command("incidents")
@click.option("-o", "--output", metavar="FILE", help="Where to write; GeoJSON to stdout if not given.")
@takes_job()
def command(job: Job, output: str | None) -> None:
    """Merge the statements of the same event, one row per incident."""
    check_output(output, job.inputs)
    events = extract(job)
    deliver(events.merge(), output, suffix=".geojson")
    finish(job, events)
