"""The command line: one file per command, data to stdout, talk to stderr."""

from geo.cli.run import main

__all__ = ["main"]
