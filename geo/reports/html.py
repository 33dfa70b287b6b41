"""Web pages: the article without menus and adverts, as trafilatura reads it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from geo.errors import MissingExtra
from geo.reports import written_dates
from geo.reports.draft import Draft

logger = logging.getLogger("geo.reports")
# only what the page's own data say: no guess from its text, and no clock
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2100-12-31"}


def read(text: str, where: str) -> Iterator[Draft]:
    """The article of a page, a blank line between its paragraphs; a page without one gives nothing."""
    try:
        import trafilatura
    except ImportError as error:
        raise MissingExtra(f"reading {where}", "html") from error
    page = None
    if text.strip():
        page = trafilatura.bare_extraction(
            text, with_metadata=True, include_comments=False, date_extraction_params=dict(_DATES)
        )
    if page is None or isinstance(page, dict) or not page.text:
        logger.debug("skipped %s: no article found in the page", where)
        return
    title = page.title or None
    paragraphs = [line.strip() for line in page.text.splitlines() if line.strip()]
    if title and title not in paragraphs[:3]:
        paragraphs.insert(0, title)
    date = written_dates.parse(page.date) if page.date else None
    yield Draft(
        text="\n\n".join(paragraphs),
        title=title,
        outlet=page.sitename or None,
        url=page.url or None,
        given=(date, "the page's own data say so") if date else None,
    )
