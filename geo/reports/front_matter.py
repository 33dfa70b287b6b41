"""The YAML block between `---` lines at the head of a text file."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from geo.errors import DataError
from geo.files import parse
from geo.reports import written_dates

KEYS = ("id", "title", "source", "published", "url", "lang")
ALIASES = {"outlet": "source", "date": "published", "link": "url", "language": "lang"}
LONGEST = 20_000  # characters: a longer block is no front matter, but a text that begins with a ruled line
_BLOCK = re.compile(
    r"---[ \t]*(?:\r\n|\r|\n)(?P<yaml>.*?)(?:\r\n|\r|\n)(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|$)", re.DOTALL
)
_KEY = re.compile(r"[A-Za-z_][\w-]*\s*:(\s|$)")


class FrontMatter(NamedTuple):
    """What the block says, and where the text after it begins."""

    values: dict[str, str]
    end: int


def read(text: str, *, path: str) -> FrontMatter:
    """The front matter of a text; empty where there is none.

    >>> read("---\\ntitle: Gunfire hits ferry\\npublished: 2021-05-03\\n---\\nTwo were hurt.", path="a.md").values
    {'title': 'Gunfire hits ferry', 'published': '2021-05-03'}
    >>> read("---\\nTwo were hurt.", path="a.md").values
    {}

    Raises DataError with the line where the block is no YAML mapping of plain values.
    """
    match = _BLOCK.match(text[: LONGEST + 10])
    if not match or not _KEY.match(match["yaml"].lstrip()):
        return FrontMatter({}, 0)
    # one line before it, so that an error names the line of the file
    data = parse("\n" + match["yaml"].replace("\r\n", "\n").replace("\r", "\n"), path=path).data
    if not isinstance(data, dict):
        raise DataError(
            "the front matter is not `key: value` lines", path=path, line=2, hint=f"keys: {', '.join(KEYS)}"
        )
    values: dict[str, str] = {}
    for key, value in data.items():
        name = ALIASES.get(str(key).lower(), str(key).lower())
        if name not in KEYS or value is None:
            continue  # other tools' keys (tags, layout) are none of our business
        values[name] = _plain(name, value, path)
    return FrontMatter(values, match.end())


def _plain(name: str, value: Any, path: str) -> str:
    if isinstance(value, (list, dict)):
        raise DataError(f"front matter: {name} is a list", path=path, line=2, hint="give one plain value")
    if name == "published" and written_dates.parse(value) is None:
        raise DataError(f"front matter: published {value!r} is no date", path=path, line=2, hint="write 2014-04-14")
    return str(value).strip()
