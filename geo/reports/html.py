"""Web pages: the article without menus and adverts, as trafilatura reads it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from geo.errors import MissingExtra
from geo.reports import written_dates
from geo.reports.draft import Draft

logger = logging.getLogger("geo.reports")


def read(text: str, where: str) -> Iterator[Draft]:
    """The article of a page; a page without one gives nothing."""
    try:
        import trafilatura
    except ImportError as error:
        raise MissingExtra(f"reading {where}", "html") from error
    page = trafilatura.bare_extraction(text, with_metadata=True, include_comments=False) if text.strip() else None
    if page is None or isinstance(page, dict) or not page.text:
        logger.debug("skipped %s: no article found in the page", where)
        return
    date = written_dates.parse(page.date) if page.date else None
    yield Draft(
        text=page.text,
        title=page.title or None,
        outlet=page.sitename or None,
        url=page.url or None,
        given=(date, "the page's own data say so") if date else None,
    )
