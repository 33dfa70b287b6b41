"""`geo check`: every problem of gazetteers, event types and corrections at once, each with file and line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from geo.cli.options import Job, takes_job
from geo.cli.talk import one_line, say
from geo.errors import DataError, InputError


@click.command("check")
@click.argument("paths", nargs=-1, required=True, metavar="FILE...")
@takes_job(inputs=False, gazetteer=False, events=False, filters=False)
def command(job: Job, paths: tuple[str, ...]) -> None:
    """Validate gazetteers, event types, corrections.

    A FILE is a gazetteer (YAML or compiled), a corrections file, or a folder with types.yaml or pack.yaml. All problems
    are listed; exit 1 when there are any.
    """
    problems = find_problems([Path(path) for path in paths])
    for problem in problems:
        click.echo(one_line(str(problem)))
    if problems:
        say(f"{len(problems)} problem{'s' if len(problems) > 1 else ''}")
        click.get_current_context().exit(1)
    if not job.quiet:
        say(f"{len(paths)} checked, no problem")


def find_problems(paths: Sequence[Path]) -> list[DataError]:
    """The problems of all files, in the order of the files; gazetteers are checked together, as they are used."""
    problems: list[DataError] = []
    gazetteers: list[Path] = []
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder; check the path")
        kind = kind_of(path)
        if kind == "gazetteer":
            gazetteers.append(path)
        elif kind == "corrections":
            from geo.incidents.correction_file import problems as correction_problems

            problems += correction_problems(path)
        elif kind == "pack":
            found, gazetteer = _pack_problems(path if path.is_dir() else path.parent)
            problems += found
            gazetteers += [gazetteer] if gazetteer else []
        else:
            problems += _type_problems(path if path.is_dir() else path.parent)
    if gazetteers:
        from geo.gazetteer import check

        problems += check(gazetteers)
    return problems


def kind_of(path: Path) -> str:
    """What a path holds: a gazetteer, corrections, a pack or event types."""
    if path.is_dir():
        for name, kind in (("pack.yaml", "pack"), ("types.yaml", "types")):
            if (path / name).is_file():
                return kind
        raise InputError(f"{path}: no types.yaml or pack.yaml in this folder; name the files to check")
    if path.name in ("types.yaml", "classes.yaml"):
        return "types"
    if path.name == "pack.yaml":
        return "pack"
    try:
        with path.open(encoding="utf-8-sig") as file:
            head = [line for line in (file.readline(1000) for _ in range(200)) if line[:1].isalpha()]
    except (OSError, UnicodeDecodeError):
        return "gazetteer"  # compiled, or what is wrong with it is told with its name
    return "corrections" if head and head[0].startswith("corrections:") else "gazetteer"


def _type_problems(folder: Path) -> list[DataError]:
    from geo.events import load_ontology

    try:
        load_ontology(folder)
    except DataError as error:
        return [error]
    return []


def _pack_problems(folder: Path) -> tuple[list[DataError], Path | None]:
    from geo.events.actors import load_actors
    from geo.packs import load_pack

    try:
        pack = load_pack(folder)
        if pack.actors:
            load_actors(pack.actors)
    except DataError as error:
        return [error], None
    return [], pack.gazetteer
