"""The command `geo`: it knows which file holds which command and imports only the one that is asked for."""

from __future__ import annotations

import difflib
import importlib

import click

from geo import __version__

COMMANDS = (  # in the order in which help lists them: from reports to the map, then what helps on the way
    "map",
    "reports",
    "events",
    "incidents",
    "places",
    "explain",
    "lookup",
    "check",
    "gazetteer",
    "score",
    "types",
    "packs",
)


class LazyGroup(click.Group):
    """Commands that are imported when they are used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in reading order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of the file of that name."""
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"geo.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that was typed; a slip of the finger is answered with the nearest name."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            ctx.fail(f"no such command '{args[0]}'" + (f": did you mean '{near[0]}'?" if near else ""))
        return super().resolve_command(ctx, args)


@click.group(cls=LazyGroup, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="geo", message="%(prog)s %(version)s")
@click.pass_context
def geo(context: click.Context) -> None:
    """Dateline reads reports and draws the map.

    INPUT is a file, a folder or - (standard input): text, a digest of articles, tables, HTML or feeds. The suffix of
    -o picks the format. Try: geo map reports/ -o page.html
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
