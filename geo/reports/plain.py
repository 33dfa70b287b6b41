"""Plain text and Markdown: one report with optional front matter, or a digest of many."""

from __future__ import annotations

from collections.abc import Iterator

from geo.reports import digest, front_matter, neighbours, written_dates
from geo.reports.draft import Draft


def read(text: str, where: str) -> Iterator[Draft]:
    """The reports in a text file; each one's text is a slice of the file."""
    front = front_matter.read(text, path=where)
    articles = digest.split(text, front.end)
    dates = [article.source.date if article.source else None for article in articles]
    only = len(articles) == 1
    for at, article in enumerate(articles):
        source, values = article.source, front.values if only else {}
        body = text[article.start : article.end]
        given = written_dates.parse(values["published"]) if "published" in values else None
        yield Draft(
            text=body,
            offset=article.start,
            source_id=values.get("id"),
            title=values.get("title") or article.title,
            outlet=values.get("source") or (source.outlet if source else None),
            url=values.get("url") or (source.url if source else None),
            lang=values.get("lang"),
            stated=(source.date, "the source line says so") if source and source.date else None,
            given=(given, "the front matter says so") if given else None,
            inferred=None if only or dates[at] else neighbours.infer(body, dates, at),
        )
