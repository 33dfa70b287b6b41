"""Which property of a file of others is the date, which the type: as told, else guessed by name and by values."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any

from geo.errors import InputError
from geo.files import load, shipped
from geo.others.days import reader

NONE = "none"  # typed for a field: the file has no such thing
FITS = 0.8  # of the values that are there: fewer days among them, and the field is about something else
MOST_TYPES = 40  # different values: more of them are texts, not kinds of event
FEW = 10  # in a small file every event may be of a kind of its own
LONGEST_TYPE = 60  # characters
LONGEST_COUNT = 9  # digits; more is a number of another kind
LISTED = 20  # fields that an error lists


class NotEvents(InputError):
    """A file that holds something else: no GeoJSON, or nothing in it looks like a date."""


Fields = dict[str, str]  # our part -> their name
Properties = Mapping[str, Any]


def chosen(rows: Sequence[Properties], *, date: str | None, type: str | None, where: str) -> tuple[Fields, list[str]]:
    """The fields that play a part, and which of them were guessed.

    >>> rows = [{"time": 1397433600000, "mag": 4.5, "title": "M 4.5"}]
    >>> chosen(rows, date=None, type=None, where="quakes.geojson")[0]
    {'date': 'time', 'text': 'title'}

    Raises InputError with the fields that there are, where one that is named is missing or no date is found.
    """
    names = list(dict.fromkeys(name for row in rows for name in row))
    told = {part: name for part, name in (("date", date), ("type", type)) if name is not None}
    for part, name in told.items():
        if name not in names and name != NONE and rows:
            raise InputError(f"{where}: no field '{name}' for --{part}-field; {_listed(names)}")
    fields = {part: name for part, name in told.items() if name in names}
    for part, tries in _names().items():
        guess = None if part in told else _by_name(rows, names, tries, _TESTS.get(part, _is_text), fields.values())
        if guess is None and part == "date" and date is None:
            guess = _by_values(rows, names, fields.values())
        if guess is not None:
            fields[part] = guess
    if "date" not in fields and date is None and rows:
        raise NotEvents(
            f"{where}: no field looks like a date; name it with --date-field, or say --date-field {NONE}; "
            f"{_listed(names)}"
        )
    if "date" not in fields:
        fields.pop("end", None)
    order = [part for part in _names() if part in fields]
    return {part: fields[part] for part in order}, [part for part in order if part not in told]


def _listed(names: Sequence[str]) -> str:
    if not names:
        return "its features have no properties"
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"its fields are {', '.join(names[:LISTED])}{more}"


@cache
def _names() -> dict[str, list[str]]:
    """The names to try for each part, in order of trust."""
    return {
        str(part): [str(name) for name in names] for part, names in load(shipped("others/fields.yaml")).data.items()
    }


def plain_name(name: str) -> str:
    """A field's name as it is compared: without case, blanks, "_" and "-".

    >>> plain_name("Event_Date ")
    'eventdate'
    """
    return "".join(name.lower().replace("_", " ").replace("-", " ").split())


def _by_name(
    rows: Sequence[Properties],
    names: Sequence[str],
    tries: Sequence[str],
    fits: Callable[[list[Any]], bool],
    taken: Collection[str],
) -> str | None:
    spelled = {plain_name(name): name for name in reversed(names)}
    for wanted in map(plain_name, tries):
        name = spelled.get(wanted)
        if name is not None and name not in taken and fits(_values(rows, name)):
            return name
    return None


def _by_values(rows: Sequence[Properties], names: Sequence[str], taken: Collection[str]) -> str | None:
    """The first field whose values are days written out: numbers alone may be anything."""
    for name in names:
        values = _values(rows, name)
        written = all(isinstance(value, str) and not value.strip().isdigit() for value in values)
        if name not in taken and written and _are_days(values):
            return name
    return None


def _values(rows: Sequence[Properties], name: str) -> list[Any]:
    return [row[name] for row in rows if row.get(name) not in (None, "")]


def _are_days(values: list[Any]) -> bool:
    days = reader(values)
    return bool(values) and sum(days(value) is not None for value in values) >= FITS * len(values)


def _are_types(values: list[Any]) -> bool:
    if not _is_text(values) or any(len(value) > LONGEST_TYPE for value in values):
        return False
    return len(set(values)) <= min(MOST_TYPES, max(FEW, len(values) // 2))  # one each is a name, not a kind


def _is_text(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(value, str) for value in values)


def _are_counts(values: list[Any]) -> bool:
    return bool(values) and all(count_of(value) is not None for value in values)


def count_of(value: Any) -> int | None:
    """A count, also one that a table holds as text; None for anything else.

    >>> count_of("3"), count_of(2), count_of("about 5"), count_of(True)
    (3, 2, None, None)
    """
    if isinstance(value, str):
        digits = value.strip()
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_COUNT else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _are_ids(values: list[Any]) -> bool:
    return bool(values) and all(isinstance(v, (str, int)) for v in values) and len(set(values)) == len(values)


_TESTS: dict[str, Callable[[list[Any]], bool]] = {
    "date": _are_days,
    "end": _are_days,
    "type": _are_types,
    "id": _are_ids,
    "killed": _are_counts,
    "injured": _are_counts,
}
