"""What a reader found in one file: a report before its date is settled."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from geo.model import Report, content_id
from geo.reports import heads, languages, written_dates


@dataclass(frozen=True, slots=True)
class Draft:
    """A report's text and what its file says about it.

    `stated` is a date that the text itself states; `given` comes from a column, a feed or front matter; `inferred` from
    the reports around it. Each comes with its reason.
    """

    text: str
    offset: int = 0
    source_id: str | None = None
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    lang: str | None = None
    stated: tuple[dt.date, str] | None = None
    given: tuple[dt.date | None, str] | None = None
    inferred: tuple[dt.date, str] | None = None

    def report(self, source_file: str, *, published: dt.date | None = None) -> Report:
        """The report, with the best date known: stated, else given, else `published`, else inferred."""
        date, basis, why = self._published(source_file, published)
        return Report(
            id=content_id(self.text),
            text=self.text,
            source_file=source_file,
            offset=self.offset,
            source_id=self.source_id,
            title=self.title,
            outlet=self.outlet,
            published=date,
            published_basis=basis,
            published_why=why,
            url=self.url,
            lang=self.lang or languages.detect(self.text),
        )

    def _published(self, source_file: str, published: dt.date | None) -> tuple[dt.date | None, str | None, str | None]:
        stated = self.stated or self._at_head()
        if stated:
            return stated[0], "stated", stated[1]
        if self.given and self.given[0]:
            return self.given[0], "given", self.given[1]
        if published:
            return published, "given", "the date given for undated text"
        if self.inferred:
            return self.inferred[0], "inferred", self.inferred[1]
        named = next(written_dates.find(source_file.rsplit("/", 1)[-1].replace("_", " ")), None)
        if named:
            return named.date, "inferred", "the file's name has this date"
        return None, None, self.given[1] if self.given else "no date at the head or the end of the text"

    def _at_head(self) -> tuple[dt.date, str] | None:
        found = heads.stated_date(self.text, self.title)
        if found is None:
            return None
        return found.date, f"the text's head says “{self.text[found.start : found.end].strip()}”"
