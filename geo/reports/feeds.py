"""RSS and Atom feeds: one report for each entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from geo.errors import InputError, MissingExtra
from geo.reports import written_dates
from geo.reports.draft import Draft

_BLOCK_END = re.compile(r"(?i)<br\s*/?>|</(p|div|li|h\d|blockquote|tr)\s*>")
_TAG = re.compile(r"<[^>]*>")


def read(text: str, where: str) -> Iterator[Draft]:
    """The entries of a feed in their order; an entry's text is its title and its content without tags."""
    try:
        import feedparser
    except ImportError as error:
        raise MissingExtra(f"reading {where}", "html") from error
    feed = feedparser.parse(text.encode("utf-8"), response_headers={"content-type": "application/xml; charset=utf-8"})
    if not feed.entries and (feed.bozo or not feed.version):
        raise InputError(f"{where}: not an RSS or Atom feed; save the feed itself, not the page that shows it")
    outlet = _plain(feed.feed.get("title", "")) or None
    for entry in feed.entries:
        yield _draft(entry, outlet)


def _draft(entry: Any, outlet: str | None) -> Draft:
    title = _plain(entry.get("title", "")) or None
    contents = [content.value for content in entry.get("content", ()) if content.get("value")]
    body = _plain("\n".join(contents) or entry.get("summary", ""))
    date = written_dates.parse(entry.get("published") or entry.get("updated") or "")
    source = entry.get("source", {}).get("title") if entry.get("source") else None
    return Draft(
        text=body if title and body.startswith(title) else "\n\n".join(part for part in (title, body) if part),
        source_id=entry.get("id") or None,
        title=title,
        outlet=source or outlet,
        url=entry.get("link") or None,
        given=(date, "the feed says so") if date else None,
    )


def _plain(markup: str) -> str:
    """Text without tags, a paragraph a line; what the feed's parser has already cleaned of scripts."""
    if _BLOCK_END.search(markup):  # then line ends are mere blanks
        markup = " ".join(markup.split())
    text = unescape(_TAG.sub("", _BLOCK_END.sub("\n\n", markup)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
