"""Write a file whole or not at all: to a temporary name beside it, then moved into place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from geo.errors import ExportError


@contextmanager
def writing(path: str | Path) -> Iterator[Path]:
    """A temporary path beside `path`; on leaving without an error it is moved to `path`, else removed.

    >>> import tempfile, pathlib
    >>> target = pathlib.Path(tempfile.mkdtemp()) / "out.txt"
    >>> with writing(target) as temporary:
    ...     _ = temporary.write_text("whole", encoding="utf-8")
    >>> target.read_text(encoding="utf-8")
    'whole'

    Raises ExportError where the folder is missing or cannot be written.
    """
    path = Path(path)
    if path.is_dir():
        raise ExportError(f"cannot write {path}: it is a folder; name a file inside it")
    if not path.parent.is_dir():
        raise ExportError(f"cannot write {path}: the folder {path.parent} does not exist; make it first")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror or error}; choose another place with -o") from error
    os.close(handle)
    temporary = Path(name)
    try:
        yield temporary
        _readable_like_any_new_file(temporary)
        temporary.replace(path)
    except OSError as error:
        raise ExportError(f"cannot write {path}: {error.strerror or error}; choose another place with -o") from error
    finally:
        temporary.unlink(missing_ok=True)


def _readable_like_any_new_file(path: Path) -> None:
    """mkstemp makes files private; give them the rights that open() would have given."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
