"""The date of an undated report in a digest: the weekday it calls today, and the dates of its neighbours."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from geo.reports import edges

REACH = 3  # days around the neighbours within which a weekday is looked for: one week has each weekday once


def infer(text: str, dates: Sequence[dt.date | None], at: int) -> tuple[dt.date, str] | None:
    """The date of the report at `dates[at]`, with its reason; None where there is nothing to go by.

    >>> monday, sunday = dt.date(2014, 4, 14), dt.date(2014, 4, 13)
    >>> infer("The post fell this morning, Monday.", [monday, None, sunday], 1)[0]
    datetime.date(2014, 4, 14)
    """
    before = next((date for date in reversed(dates[:at]) if date), None)
    after = next((date for date in dates[at + 1 :] if date), None)
    known = [date for date in (before, after) if date]
    if not known:
        return None
    around = f"the report{'s' if len(known) == 2 else ''} beside it: {' and '.join(str(date) for date in known)}"
    todays = edges.todays_weekdays(text)
    if todays:
        weekday, start, end = todays[0]
        days = [min(known) + dt.timedelta(days=n) for n in range(-REACH, (max(known) - min(known)).days + REACH + 1)]
        fitting = [day for day in days if day.weekday() == weekday]
        if fitting:
            nearest = min(fitting, key=lambda day: (min(abs((day - date).days) for date in known), day))
            return nearest, f"the text says “{text[start:end]}”; {around}"
    if before == after or before is None or after is None:
        return known[0], around
    return max(known), f"no weekday in the text is called today; the later of {around}"
