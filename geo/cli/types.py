"""`geo types`: the event types that can be recognised, and the file they come from."""

from __future__ import annotations

import os
from pathlib import Path

import click

from geo.cli.columns import columns
from geo.cli.options import Job, takes_job

HEADER = ("type", "parent", "label", "family", "triggers", "ACLED sub-event", "CAMEO")


@click.command("types")
@takes_job(inputs=False, gazetteer=False, events=False, filters=False)
def command(job: Job) -> None:
    """List the event types that are recognised."""
    from geo.events import load_ontology

    ontology = load_ontology()
    counts = dict.fromkeys(ontology.types, 0)
    for trigger in ontology.triggers:
        counts[trigger.type] += len(trigger.patterns)
    rows = [
        (t.id, t.parent, t.label, ontology.families[t.family], counts[t.id], t.acled_sub_event_type, t.cameo)
        for t in ontology.types.values()
    ]
    click.echo(columns(HEADER, rows))
    click.echo(f"\nfrom {nearby(Path(ontology.path))}")


def nearby(path: Path) -> str:
    """The path as a person here would type it."""
    try:
        return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)
    except OSError:
        return str(path)
