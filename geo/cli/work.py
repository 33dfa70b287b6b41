"""What most commands do: read, extract, filter, and hand the result over."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import click

from geo.cli.options import Job
from geo.cli.talk import one_line, progress, say
from geo.errors import ExportError, InputError, UnknownName

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
    return rows.filter(**spelled(job, rows)) if job.filters else rows


class Parted(NamedTuple):
    """Inputs parted into data, rows of events that need no reading, and reports. `unasked` data lie in folders."""

    data: list[str]
    reports: list[str]
    unasked: list[Path]


def data_and_reports(job: Job) -> Parted:
    """The inputs parted, folders looked through."""
    from geo import export, others, reports

    def is_data(path: str | Path, *, named: bool = False) -> bool:
        ours = export.is_export(path) if named else export.is_ours(path)
        return ours or others.is_others(path, encoding=job.encoding)

    named = [name for name in job.inputs if name != "-" and is_data(name, named=True)]
    rest = [name for name in job.inputs if name not in named]
    folders = [Path(name) for name in rest if name != "-" and Path(name).is_dir()]
    unasked = [path for folder in folders for path in reports.walk(folder) if is_data(path)]
    only_data = {str(folder) for folder in folders if not _has_reports(folder, without=unasked)}
    return Parted([*named, *map(str, unasked)], [name for name in rest if name not in only_data], unasked)


def _has_reports(folder: Path, *, without: Collection[Path]) -> bool:
    """Whether a folder holds reports besides its data; one that holds nothing is left to the error of reading it."""
    from geo.reports import files

    return any(True for _ in files.find([folder], without=without)) or not any(
        path.is_relative_to(folder) for path in without
    )


def read(job: Job, *, without: Collection[Path] = ()) -> Reports:
    """The reports of the inputs."""
    from geo import api

    return api.read(job.inputs, published=job.published, encoding=job.encoding, without=without)


def extract(job: Job, *, beside: Incidents | None = None, without: Collection[Path] = ()) -> Events:
    """The events of the inputs, filtered; `without` files in the folders that are none.

    Filters may name types and places that only the data given `beside` the reports have.
    """
    from geo import api
    from geo.events import load_ontology

    types, own = load_ontology().types, {row["type"] for row in beside.rows()} if beside is not None else set()
    asked = _many(job.filters.get("type"))
    for type_id in asked:  # a slip is told before any time is spent
        if type_id not in types and type_id not in own:
            raise UnknownName("event type", type_id, {*types, *own})
    with progress(read(job, without=without), "reading", quiet=job.quiet) as reports:
        events = api.extract(
            reports,
            gazetteer=job.gazetteer,
            default_gazetteer=job.default_gazetteer,
            pack=job.pack,
            corrections=job.corrections or _beside(job.inputs),
        )
    if not job.filters:
        return events
    if asked and not set(asked) & set(types):
        return replace(events, events=())  # asked for is only what the data beside them hold
    filters = spelled(job, events, *([] if beside is None else [beside]))
    return events.filter(**filters | ({"type": [name for name in asked if name in types]} if asked else {}))


def spelled(job: Job, *told: Events | Incidents, strict: bool = True) -> dict[str, Any]:
    """The filters, each place with all names under which rows may hold it.

    Raises InputError for a place that neither the gazetteer nor anything told knows, unless not `strict`.
    """
    places = [name for asked in _many(job.filters.get("place")) for name in _spellings(asked, told, strict=strict)]
    return job.filters | ({"place": places} if places else {})


def _many(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value] if value else []


def _beside(inputs: tuple[str, ...]) -> Path | None:
    """The corrections.yaml that lies beside the inputs, or in the folder given."""
    folders = [Path(name) if Path(name).is_dir() else Path(name).parent for name in inputs if name != "-"]
    found = list(dict.fromkeys(path for folder in folders if (path := folder / "corrections.yaml").is_file()))
    if len(found) > 1:
        raise InputError(f"{found[0]} and {found[1]} both lie beside the inputs; say which with --corrections")
    return found[0] if found else None


def _spellings(name: str, told: Sequence[Events | Incidents], *, strict: bool) -> list[str]:
    """The names and ids under which rows may hold the place that a user names."""
    gazetteer = told[0].setting.gazetteer
    place = gazetteer.get(name)
    found = [place] if place else [c.place for c in gazetteer.lookup(name) if c.score >= SAME_NAME]
    if strict and not found and not any(len(one.filter(place=name)) for one in told):
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
