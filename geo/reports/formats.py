"""Inputs become reports: each file goes to the reader of its format."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from geo.model import Report
from geo.reports import feeds, files, html, plain, tables
from geo.reports.draft import Draft

logger = logging.getLogger("geo.reports")


def read(
    inputs: Sequence[str | Path],
    *,
    published: dt.date | None = None,
    encoding: str | None = None,
    without: Collection[Path] = (),
) -> Iterator[Report]:
    """The reports in some files and folders ("-" is standard input), in order.

    `published` is the date of texts that have none of their own; `encoding` that of files without a byte-order mark;
    `without` are files in the folders that are to be left out.

    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> text = "Gunfire hits ferry\\n\\nTwo were hurt.\\n(Source: Harbour News / 3.5.2021)"
    >>> _ = (folder / "ferry.txt").write_text(text, encoding="utf-8")
    >>> for report in read([folder]):
    ...     print(report.title, report.outlet, report.published, report.published_basis, sep=" | ")
    Gunfire hits ferry | Harbour News | 2021-05-03 | stated

    Raises InputError or DataError where an input cannot be read, MissingExtra where a library for it is missing.
    """
    if isinstance(inputs, (str, Path)):
        inputs = [inputs]
    for found in files.find(inputs, without=without):
        for draft in _drafts(found, encoding=encoding):
            if not draft.text.strip():
                row = f" row {draft.source_id}" if draft.source_id else ""
                logger.debug("skipped %s%s: no text", found.name, row)
                continue
            yield draft.report(found.name, published=published)


def _drafts(found: files.Found, *, encoding: str | None) -> Iterable[Draft]:
    where = found.name if found.path is None else str(found.path)
    raw = files.load(found)
    if found.format == files.PARQUET:
        return tables.from_parquet(raw, where=where)
    if encoding is None and (found.format in (files.PAGE, files.FEED) or raw.lstrip()[:1] == b"<"):
        encoding = files.declared_encoding(raw)
    text = files.decode(raw, where=where, encoding=encoding)
    format_of = found.format if found.path is not None else _sniff(text)
    return _READERS[format_of](text, where)


def _sniff(text: str) -> str:
    """The format of standard input, which has no name to tell it."""
    head = text[:2000].lstrip().lower()
    if head.startswith("{"):
        return files.LINES
    if re.match(r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(rss|feed|rdf)", head, re.DOTALL):
        return files.FEED
    if re.match(r"(<\?xml[^>]*>\s*)?<(!doctype html|html)", head):
        return files.PAGE
    return files.TEXT


_READERS: dict[str, Callable[[str, str], Iterable[Draft]]] = {
    files.TEXT: plain.read,
    files.MARKDOWN: plain.read,
    files.LINES: tables.from_lines,
    files.TABLE: tables.from_csv,
    files.PAGE: html.read,
    files.FEED: feeds.read,
}


def deduplicate(reports: Iterable[Report]) -> list[Report]:
    """Reports of the same text counted once: the first stays, `also_in` names where the copies stand.

    What the first does not know (outlet, date, title, link) is taken from the copies.
    """
    kept: dict[str, Report] = {}
    for report in reports:
        first = kept.get(report.text)
        if first is None:
            kept[report.text] = report
            continue
        where = f"{report.source_file}#{report.source_id}" if report.source_id else report.source_file
        first = replace(first, also_in=(*first.also_in, where, *report.also_in))
        if first.published is None or (first.published_basis != "stated" and report.published_basis == "stated"):
            first = replace(
                first,
                published=report.published,
                published_basis=report.published_basis,
                published_why=report.published_why,
            )
        kept[report.text] = replace(
            first,
            title=first.title or report.title,
            outlet=first.outlet or report.outlet,
            url=first.url or report.url,
        )
    return list(kept.values())
