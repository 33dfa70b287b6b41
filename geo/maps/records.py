"""Rows column by column, each column in the shortest of a few plain forms; a browser gives back exactly what went in.

A packet of rows is JSON: which keys each row has (`shape`), and per key one of

- `values`: as they are; `same` and `count`: one value for all;
- `of` and `at`: the distinct values, or the number of an earlier column that has them, and which of them each row has;
- `again`: the number of an earlier column that is equal, as ids and dates often are;
- `text`: numbers of texts in the packet of texts;
- `object` or `list` (how long each is, counted from 1; 0 for none) with the `records` or `items` inside.

Small numbers are written as letters, one each: that compresses to half of what digits and commas do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

# a number's letter: printable, one UTF-16 unit, and never escaped in JSON
LETTERS = "".join(chr(code) for code in range(ord("#"), 0xD800) if chr(code) != "\\")
FEW = 3  # values that come back so often on average are listed once
_NONE = type(None)
_NESTED = {dict, list}


class Text(int):
    """The number of a text in its packet, in the place of the text."""


def letters(numbers: Sequence[int]) -> str | list[int]:
    """Whole numbers from 0 as letters; as they are where one is too large.

    >>> letters([0, 1, 1]), letters([10**9])
    ('#$$', [1000000000])
    """
    try:
        return "".join([LETTERS[number] for number in numbers])
    except IndexError:
        return list(numbers)


def steps(numbers: Sequence[int]) -> list[int]:
    """Each number as its distance from the one before: even forwards, odd backwards.

    >>> steps([5, 6, 7, 3])
    [10, 2, 2, 7]
    """
    pairs = zip(numbers, [0, *numbers])
    return [2 * (number - last) if number >= last else 2 * (last - number) - 1 for number, last in pairs]


def packed(rows: Sequence[Mapping[str, Any]], texts: Sequence[str] = ()) -> dict[str, Any]:
    """Rows as columns, ready for JSON; `texts` are those that numbers in the rows stand for.

    >>> packed([{"id": "a", "of": "a"}, {"id": "b", "of": "b"}])
    {'shapes': [['id', 'of']], 'shape': 2, 'columns': {'id': {'values': ['a', 'b']}, 'of': {'again': 0}}}
    """
    return _Columns(texts).records(rows)


class _Columns:
    """The columns of one packet, those written earlier known by their content and by their key."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.written: dict[bytes, int] = {}  # content -> number
        self.under: dict[str, tuple[int, dict[Any, int]]] = {}  # key -> number and positions of its first column

    def records(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        shapes: dict[tuple[str, ...], int] = {}
        shape = [shapes.setdefault(tuple(row), len(shapes)) for row in rows]
        columns: dict[str, list[Any]]
        if len(shapes) == 1:
            columns = dict(zip(rows[0], map(list, zip(*[row.values() for row in rows]))))
        else:
            columns = {}
            for row in rows:
                for key, value in row.items():
                    columns.setdefault(key, []).append(value)
        return {
            "shapes": [list(keys) for keys in shapes],
            "shape": letters(shape) if len(shapes) > 1 else len(shape),
            "columns": {key: self.column(key, values) for key, values in columns.items()},
        }

    def column(self, key: str, values: list[Any]) -> dict[str, Any]:
        kinds = set(map(type, values))
        if Text in kinds:
            if kinds <= {Text, _NONE}:
                return {"text": letters(steps([0 if value is None else value + 1 for value in values]))}
            return {"text": [int(v) if isinstance(v, Text) else None if v is None else [self.whole(v)] for v in values]}
        if kinds <= {dict, _NONE} and dict in kinds:
            inner = self.records([value for value in values if value is not None])
            return {"object": letters([int(value is not None) for value in values]), "records": inner}
        if kinds <= {list, _NONE}:
            flat = [item for value in values if value for item in value]
            inside = set(map(type, flat))
            lengths = letters([0 if value is None else len(value) + 1 for value in values])
            if inside == {dict}:
                return {"list": lengths, "records": self.records(flat)}
            if inside and not inside & _NESTED:
                return {"list": lengths, "items": self.scalars(key, flat, inside)}
        return self.scalars(key, values, kinds)

    def scalars(self, key: str, values: list[Any], kinds: set[type]) -> dict[str, Any]:
        if kinds & _NESTED:
            return {"values": [self.whole(value) for value in values]}
        content = orjson.dumps(values)  # tells 1, 1.0 and true apart
        again = content in self.written
        number = self.written.setdefault(content, len(self.written))
        if again:
            self.remember(key, number, values)
            return {"again": number}
        if len(kinds) == 1 and len(values) > 1 and values.count(values[0]) == len(values) and float not in kinds:
            return {"same": values[0], "count": len(values)}
        if not (kinds <= {str, _NONE} or kinds <= {int, _NONE}):
            return {"values": values}
        known = self.under.get(key)
        if known and all(value in known[1] for value in values):
            return {"of": known[0], "at": letters(steps([known[1][value] for value in values]))}
        places = {value: place for place, value in enumerate(dict.fromkeys(values))}
        if len(places) * FEW <= len(values):
            return {"of": list(places), "at": letters([places[value] for value in values])}
        self.remember(key, number, values)
        return {"values": values}

    def whole(self, value: Any) -> Any:
        """A value that stays in one piece, its texts back in place."""
        if type(value) is list:
            return [self.whole(item) for item in value]
        if type(value) is dict:
            return {key: self.whole(item) for key, item in value.items()}
        return self.texts[value] if type(value) is Text else value

    def remember(self, key: str, number: int, values: list[Any]) -> None:
        """Later columns of this key may point into this one: claims name events by the ids that quotes have."""
        if key not in self.under:
            self.under[key] = (number, {value: place for place, value in enumerate(values)})
