"""Run a command so that whatever goes wrong ends in one line and the right exit code.

0 done; 1 a check found something or --strict was not met; 2 could not do it; 130 stopped by the user.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import IO

import click

from geo.cli.group import geo
from geo.cli.talk import one_line, say
from geo.errors import GeoError

DONE, COULD_NOT, STOPPED = 0, 2, 130
LONGEST_LINE = 500  # an error may quote what was typed, and somebody may type a book


def main(args: Sequence[str] | None = None) -> int:
    """Run `geo` and return its exit code. Never raises for what a user can mend."""
    _speak_utf8()
    given = list(sys.argv[1:] if args is None else args)
    try:
        code = geo.main(given, prog_name="geo", standalone_mode=False)
        sys.stdout.flush()
    except click.UsageError as error:
        return _usage(error)
    except click.ClickException as error:
        return _fail(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        say("stopped")
        return STOPPED
    except BrokenPipeError:
        return _reader_has_gone()
    except GeoError as error:
        return _fail(str(error))
    except OSError as error:
        if error.errno in (errno.EPIPE, errno.EINVAL) and error.filename is None:
            return _reader_has_gone()  # Windows says EINVAL
        return _fail(_os_error(error))
    except RecursionError:
        return _fail("an input is nested too deeply to read; run again on fewer files to find which one")
    except MemoryError:
        return _fail("out of memory; give fewer inputs at a time")
    except Exception as error:
        return _our_fault(error, given)
    return code if isinstance(code, int) else DONE


def _speak_utf8() -> None:
    """Windows would write the console's code page into a pipe, and turn every newline into two characters."""
    streams: list[tuple[IO[str], str]] = [(sys.stdout, "strict"), (sys.stderr, "backslashreplace")]
    for stream, errors in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors, newline="\n")


def _fail(message: str) -> int:
    line = one_line(message)
    say(line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + " …")
    return COULD_NOT


def _usage(error: click.UsageError) -> int:
    command = error.ctx.command_path if error.ctx else "geo"
    message = one_line(error.format_message()).rstrip(".")
    say(f"{message[:1].lower()}{message[1:]}; see: {command} --help")
    return COULD_NOT


def _os_error(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}; check the path and its permissions"


def _reader_has_gone() -> int:
    """`geo events x | head` has enough: stop quietly, and keep the interpreter from complaining at its own exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError, io.UnsupportedOperation):
        sys.stdout = io.StringIO()
    return DONE


def _our_fault(error: Exception, args: Sequence[str]) -> int:
    """A mistake of ours: one line that says where, the whole story only when -v asks for it."""
    if "-v" in args or "--verbose" in args:
        traceback.print_exception(error)
    frames = traceback.extract_tb(error.__traceback__)
    at = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    return _fail(
        f"a mistake in Dateline itself: {type(error).__name__}: {error} ({at}); "
        "run again with -v and send in what it prints"
    )
