"""Which files there are, and their bytes as text: folders in order, gz unpacked, byte-order marks, encodings."""

from __future__ import annotations

import codecs
import gzip
import io
import logging
import os
import re
import sys
import zlib
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from geo.errors import InputError

logger = logging.getLogger("geo.reports")

TEXT, MARKDOWN, LINES, TABLE, PARQUET, PAGE, FEED = "text", "markdown", "jsonl", "csv", "parquet", "html", "feed"
FORMATS = {
    ".txt": TEXT,
    ".text": TEXT,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".jsonl": LINES,
    ".ndjson": LINES,
    ".csv": TABLE,
    ".tsv": TABLE,
    ".parquet": PARQUET,
    ".html": PAGE,
    ".htm": PAGE,
    ".xhtml": PAGE,
    ".xml": FEED,
    ".rss": FEED,
    ".atom": FEED,
}
READABLE = ".txt .md .jsonl .csv .parquet .html .xml, each also .gz"
NOT_REPORTS = ("readme", "license", "licence", "changelog")  # what a folder of reports also holds
BINARY_PROBE = 8192  # bytes looked at for NUL: the part of a file that git, too, judges by
MOST_UNPACKED = 4 << 30  # a .gz that unpacks to more than 4 GiB is a bomb, not a report
_MARKS = (  # the longer mark first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z][\w.:-]*)""", re.IGNORECASE)


class Found(NamedTuple):
    """A file to read: its path (None is standard input), its name relative to the input, and its format."""

    path: Path | None
    name: str
    format: str
    packed: bool


def find(inputs: Sequence[str | Path], *, without: Collection[Path] = ()) -> Iterator[Found]:
    """The files that the inputs stand for, folders walked in the order of their names, `without` some that lie in them.

    Raises InputError where there is nothing to read.
    """
    for given in inputs:
        if str(given) == "-":
            yield Found(None, "-", TEXT, False)
            continue
        path = Path(given)
        if path.is_dir():
            yield from _in_folder(path, without)
        elif not path.exists():
            raise InputError(f"{path}: no such file or folder; check the path{_nearest(path)}")
        else:
            yield _found(path, path.name)


def _in_folder(folder: Path, without: Collection[Path]) -> Iterator[Found]:
    empty = True
    for path in walk(folder):
        name = path.relative_to(folder).as_posix()
        format_of, _ = _format(path)
        if path in without:
            empty = False
        elif path.name.lower().startswith(NOT_REPORTS):
            logger.debug("skipped %s: tells about the folder, is no report", name)
        elif format_of is None:
            logger.debug("skipped %s: no report format (%s)", name, READABLE)
        else:
            empty = False
            yield _found(path, name)
    if empty:
        raise InputError(f"{folder}: no reports in this folder; put {READABLE} files there")


def walk(folder: Path) -> Iterator[Path]:
    """Every file below a folder that is not hidden; names in code point order, so that every machine agrees."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise InputError(f"{folder}: cannot be listed ({error.strerror or error}); check its rights") from error
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            logger.debug("skipped %s: hidden", path)
        elif entry.is_dir(follow_symlinks=False):
            yield from walk(path)
        elif entry.is_file():
            yield path


def _format(path: Path) -> tuple[str | None, bool]:
    """The format that a file's suffixes name, and whether it is gz-packed."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    packed = suffixes[-1:] == [".gz"]
    if packed:
        suffixes.pop()
    return FORMATS.get(suffixes[-1]) if suffixes else None, packed


def _found(path: Path, name: str) -> Found:
    format_of, packed = _format(path)
    if format_of is None:
        plain = path.name[:-3] if packed else path.name
        if "." in plain.lstrip("."):
            raise InputError(f"{path}: {Path(plain).suffix} files cannot be read; save it as one of {READABLE}")
        format_of = TEXT
    return Found(path, name, format_of, packed)


def _nearest(path: Path) -> str:
    """A file beside the missing one with nearly the same name."""
    import difflib

    try:
        names = [entry.name for entry in os.scandir(path.parent)]
    except OSError:
        return ""
    near = difflib.get_close_matches(path.name, names, n=1)
    return f" (there is {near[0]})" if near else ""


def load(found: Found) -> bytes:
    """A file's bytes, unpacked."""
    where = found.name if found.path is None else str(found.path)
    try:
        raw = sys.stdin.buffer.read() if found.path is None else found.path.read_bytes()
    except OSError as error:
        raise InputError(f"{where}: cannot be read ({error.strerror or error}); check its rights") from error
    if found.packed or raw[:2] == b"\x1f\x8b":
        return _unpack(raw, where)
    return raw


def _unpack(raw: bytes, where: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
            unpacked = packed.read(MOST_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{where}: not a whole gzip file ({error}); pack it anew, or remove the .gz") from error
    if len(unpacked) > MOST_UNPACKED:
        raise InputError(f"{where}: unpacks to more than {MOST_UNPACKED >> 30} GiB; split it first")
    return unpacked


def decode(raw: bytes, *, where: str, encoding: str | None = None) -> str:
    """Bytes as text: after a byte-order mark, every character kept, newlines as they are.

    >>> decode(b"\\xef\\xbb\\xbfDouma\\r\\n", where="a.txt")
    'Douma\\r\\n'
    >>> decode("Alep, été".encode("latin-1"), where="a.txt", encoding="latin-1")
    'Alep, été'
    >>> decode(b"\\xe9t\\xe9", where="a.txt")
    Traceback (most recent call last):
        ...
    geo.errors.InputError: a.txt: not UTF-8 (byte 0xe9 at 0); name its encoding, for example --encoding cp1252
    """
    for mark, marked in _MARKS:
        if raw.startswith(mark):
            return _decode(raw[len(mark) :], marked, where)
    if encoding is not None:
        try:
            codecs.lookup(encoding)
            return _decode(raw, encoding, where)
        except LookupError as error:
            raise InputError(
                f"--encoding {encoding}: no such encoding; try utf-8, cp1252, cp1256 or latin-1"
            ) from error
    if b"\x00" in raw[:BINARY_PROBE]:
        raise InputError(
            f"{where}: a binary file, not text; give {READABLE} (UTF-16 without a mark: --encoding utf-16-le)"
        )
    return _decode(raw, "utf-8", where)


def _decode(raw: bytes, encoding: str, where: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        label = encoding.upper() if encoding.startswith("utf") else encoding
        byte = f"byte 0x{raw[error.start]:02x} at {error.start}"
        advice = "for example --encoding cp1252" if encoding == "utf-8" else "or save it as UTF-8"
        raise InputError(f"{where}: not {label} ({byte}); name its encoding, {advice}") from error
    except UnicodeError as error:
        raise InputError(f"{where}: not {encoding} ({error}); name its encoding, or save it as UTF-8") from error


def declared_encoding(raw: bytes) -> str | None:
    """The encoding that a web page or a feed names in its first lines.

    >>> declared_encoding(b'<?xml version="1.0" encoding="windows-1256"?><rss/>')
    'cp1256'
    """
    match = _DECLARED.search(raw[:2048])
    name = match[1].decode("ascii") if match else None
    try:
        return codecs.lookup(name).name if name and name.lower() not in ("utf-8", "utf8") else None
    except LookupError:
        return None
