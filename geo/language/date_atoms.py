"""Find the single dates of a text, one anchor word after the other."""

from __future__ import annotations

import datetime as dt

from geo.language import calendar_dates, counted_dates
from geo.language.atom import Atom, Page
from geo.language.date_words import Label, date_words
from geo.language.intervals import UNKNOWN


def atoms(text: str, folded: str, published: dt.date | None) -> list[Atom]:
    """All single dates of the text, in order; none overlaps another."""
    page = Page(text, folded, published, date_words())
    found: list[Atom] = []
    reach = 0
    for hit in page.words.scanner.scan(folded, folded=True):
        if hit.start < reach:
            continue
        for label in hit.labels:
            atom = _read(page, label, hit.start, hit.end)
            if atom is not None:
                if atom.other is not None and atom.other.start >= reach:
                    found.append(atom.other)
                    reach = atom.other.end
                atom.start = max(atom.start, min(reach, hit.start))
                found.append(atom)
                reach = atom.end
                break
            if label.kind == "nothing":
                reach = hit.end
                break
    return found


def _read(page: Page, label: Label, start: int, end: int) -> Atom | None:
    """The date that an anchor word belongs to, None where it dates nothing."""
    if label.kind in ("weekday", "weekdays"):
        return counted_dates.weekday(page, label, start, end)
    if label.kind in ("month", "alias"):
        return calendar_dates.month(page, label, start, end)
    if label.kind == "year":
        return calendar_dates.numeric(page, label, start) or calendar_dates.year(page, label, start, end)
    if label.kind == "relative":
        return counted_dates.relative(page, page.words.relative[label.number], start, end)
    if label.kind == "anchored":
        return Atom(start, end, "anchored", UNKNOWN, offset=int(page.words.anchored[label.number]["days"]))
    if label.kind == "unit":
        return counted_dates.stretch(page, page.words.units[label.number], start, end)
    if label.kind == "season":
        return calendar_dates.season(page, page.words.seasons[label.number], start, end)
    return None
