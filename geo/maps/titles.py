"""The title of a page for which nobody gave one: where and when, in the language of the page."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from geo.maps import naming
from geo.maps.page import words_of


def title_of(rows: Sequence[dict[str, Any]], *, otherwise: str | None = None, lang: str = "en") -> str:
    """The country of most incidents, and the days on which they were reported.

    Data of others state no reports: then the days of their events. `otherwise` stands where no country is known.

    >>> title_of([{"country": "Syria", "published": day} for day in ("2014-04-12", "2014-04-14")])
    'Syria, 12 to 14 April 2014'
    """
    words = words_of(lang)
    placed = Counter(str(row.get("country") or "") for row in rows if row.get("country") or row.get("lat") is not None)
    country, count = placed.most_common(1)[0] if placed else ("", 0)
    ends = [("published",) if row.get("published") else ("date_start", "date_end") for row in rows]
    days = sorted({row[end] for row, names in zip(rows, ends) for end in names if row.get(end)})
    named = otherwise.replace("-", " ").replace("_", " ").strip() if otherwise else ""
    if country and 2 * count > placed.total():
        where = naming.countries(lang).get(country, country)
    else:
        where = named[:1].upper() + named[1:] or words["untitled"]
    return f"{where}{words['comma']}{_days(days[0], days[-1], words)}" if days else where


def _days(first: str, last: str, words: dict[str, str]) -> str:
    """Two ISO dates in words, without repeating what they share."""
    months = words["months"].split()  # strftime would follow the locale
    start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
    until = f"{end.day} {months[end.month - 1]} {end.year}"
    if start == end:
        return until
    since = [str(start.day)]
    if (start.year, start.month) != (end.year, end.month):
        since.append(months[start.month - 1])
    if start.year != end.year:
        since.append(str(start.year))
    return words["dateSpan"].replace("{from}", " ".join(since)).replace("{to}", until)
