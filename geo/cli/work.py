"""What most commands do: read, extract, filter, and hand the result over."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from geo.cli.options import Job
from geo.cli.talk import one_line, progress, say
from geo.errors import ExportError, InputError

if TYPE_CHECKING:
    from geo.api import Events, Incidents, Reports

SAME_NAME = 0.9  # a name this alike is the same place spelled otherwise


class Writable(Protocol):
    """A collection that writes itself in the format of a suffix."""

    def write(self, path: Path) -> object:
        """Write to a file."""


class Rows:
    """Plain rows as something that can be written."""

    def __init__(self, rows: Iterable[dict[str, Any]]) -> None:
        self.rows = rows

    def write(self, path: Path) -> None:
        """Write the rows in the format of the suffix."""
        from geo import export

        export.write(self.rows, path)


def exported(job: Job) -> Incidents | None:
    """What Dateline itself wrote, narrowed by the filters; None when the inputs are reports."""
    from geo import api, export

    ours = [name for name in job.inputs if name != "-" and export.is_export(name)]
    if not ours:
        return None
    if len(ours) < len(job.inputs):
        other = next(name for name in job.inputs if name not in ours)
        raise InputError(f"{ours[0]} is exported events and {other} is not; give one kind at a time")
    rows = api.read_back(
        ours, gazetteer=job.gazetteer, default_gazetteer=job.default_gazetteer, pack=job.pack, corrections=None
    )
    return rows.filter(**job.filters) if job.filters else rows


def data_and_reports(job: Job) -> tuple[list[str], list[str]]:
    """The inputs parted: rows of events (ours, or data of others) and reports."""
    from geo import export, others

    data = [
        name
        for name in job.inputs
        if name != "-" and (export.is_export(name) or others.is_others(name, encoding=job.encoding))
    ]
    return data, [name for name in job.inputs if name not in data]


def read(job: Job) -> Reports:
    """The reports of the inputs."""
    from geo import api

    return api.read(job.inputs, published=job.published, encoding=job.encoding)


def extract(job: Job) -> Events:
    """The events of the inputs, filtered."""
    from geo import api
    from geo.events import load_ontology

    for type_id in _many(job.filters.get("type")):
        load_ontology().get(type_id)  # a slip is told before any time is spent
    with progress(read(job), "reading", quiet=job.quiet) as reports:
        events = api.extract(
            reports,
            gazetteer=job.gazetteer,
            default_gazetteer=job.default_gazetteer,
            pack=job.pack,
            corrections=job.corrections or _beside(job.inputs),
        )
    if not job.filters:
        return events
    places = [spelling for name in _many(job.filters.get("place")) for spelling in _spellings(name, events)]
    return events.filter(**job.filters | ({"place": places} if places else {}))


def _many(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _beside(inputs: tuple[str, ...]) -> Path | None:
    """The corrections.yaml that lies beside the inputs, or in the folder given."""
    folders = [Path(name) if Path(name).is_dir() else Path(name).parent for name in inputs if name != "-"]
    found = list(dict.fromkeys(path for folder in folders if (path := folder / "corrections.yaml").is_file()))
    if len(found) > 1:
        raise InputError(f"{found[0]} and {found[1]} both lie beside the inputs; say which with --corrections")
    return found[0] if found else None


def _spellings(name: str, events: Events) -> list[str]:
    """The names and ids under which rows may hold the place that a user names."""
    gazetteer = events.setting.gazetteer
    place = gazetteer.get(name)
    found = [place] if place else [c.place for c in gazetteer.lookup(name) if c.score >= SAME_NAME]
    if not found and not len(events.filter(place=name)):
        raise InputError(f"no place '{name}' for --place; `geo lookup '{name}'` shows what is near it")
    return [name, *(spelling for place in found for spelling in (place.id, place.name))]


def check_output(
    output: str | None, inputs: tuple[str, ...], *, suffixes: Iterable[str] | None = None, any_suffix: bool = False
) -> None:
    """Refuse an output that cannot work before any time is spent; never overwrite what is being read.

    `suffixes` are the formats that can be written; without it, those of rows.
    """
    if output is None or output == "-":
        return
    path = Path(output)
    if path.is_dir():
        raise ExportError(f"cannot write {path}: it is a folder; name a file inside it")
    if not path.parent.is_dir():
        raise ExportError(f"cannot write {path}: the folder {path.parent} does not exist; make it first")
    if path.exists() and any(name != "-" and Path(name).exists() and path.samefile(name) for name in inputs):
        raise ExportError(f"cannot write {path}: it is one of the inputs; choose another name with -o")
    if any_suffix:
        return
    if suffixes is None:
        from geo import export

        suffixes = export.exporters()
    if path.suffix.lower() not in suffixes:
        known = ", ".join(suffixes)
        raise ExportError(f"cannot write {path}: the suffix picks the format; use one of {known}")


def deliver(result: Writable, output: str | None, *, suffix: str) -> None:
    """Write to the output, or in the format of `suffix` to stdout."""
    if output not in (None, "-"):
        result.write(Path(str(output)))
        return
    with tempfile.TemporaryDirectory(prefix="geo-") as folder:
        path = Path(folder) / f"stdout{suffix}"
        result.write(path)
        with path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
    sys.stdout.flush()


def finish(job: Job, events: Events, *, done: str | None = None) -> None:
    """Say in a few lines what was found; `done` takes the place of the first, the numbers.

    With --strict, exit 1 when an event has no place or a correction no event.
    """
    from geo import api

    if not job.quiet:
        numbers, *warnings = api.summary(events)
        for line in (done or numbers, *warnings):
            say(one_line(line))
    if not job.strict:
        return
    problems = [f"no place for {event.id} ({event.type}): {event.quote}" for event in events if event.place is None]
    problems += [f"correction without its event: {orphan}" for orphan in events.orphans]
    for problem in problems:
        say(one_line(problem))
    if problems:
        click.get_current_context().exit(1)
