"""Read YAML strictly: every surprise of the format is refused with its line, and every value knows its line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from geo.errors import DataError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 20  # no data file of ours nests deeper than 6; a bomb nests thousands
_RESOLVERS: dict[str, list[tuple[str, re.Pattern[str]]]] = yaml.SafeLoader.yaml_implicit_resolvers  # by first letter
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)$")
_FLOAT = re.compile(r"[-+]?(0|[1-9][0-9]*)\.[0-9]+([eE][-+]?[0-9]+)?$")


class Document(NamedTuple):
    """A file's content; `lines` gives the line of each value by its path of keys."""

    path: str
    data: Any
    lines: dict[tuple[Any, ...], int]

    def line(self, *keys: Any) -> int:
        """The line of a value, or of the nearest thing that holds it."""
        while keys and keys not in self.lines:
            keys = keys[:-1]
        return self.lines.get(keys, 1)


def load(path: str | Path, *, error: type[DataError] = DataError) -> Document:
    """Read a YAML file; raises `error` with file, line and a hint."""
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except FileNotFoundError as cause:
        raise error("no such file", path=path, hint="check the path") from cause
    except (OSError, UnicodeDecodeError) as cause:
        raise error(f"cannot be read: {cause}", path=path, hint="it should be UTF-8 text") from cause
    return parse(text, path=str(path), error=error)


def parse(text: str, *, path: str = "<text>", error: type[DataError] = DataError) -> Document:
    """Read YAML text; raises `error` on the first surprise.

    >>> parse("a: 1\\nb: [x, 2.5]").data
    {'a': 1, 'b': ['x', 2.5]}
    >>> parse("country: NO", path="g.yaml")
    Traceback (most recent call last):
        ...
    geo.errors.DataError: g.yaml:1: NO is read as true or false by YAML (put it in quotes, or write true or false)
    """
    events = _Events(text, path, error)
    lines: dict[tuple[Any, ...], int] = {}
    data = None
    first = events.next()
    if not isinstance(first, yaml.StreamEndEvent):
        data = _value(events.next(), (), lines, events)
        events.next()  # the end of the document
        after = events.next()
        if not isinstance(after, yaml.StreamEndEvent):
            line = after.start_mark.line + 1 if after.start_mark else None
            raise error("a second document begins", path=path, line=line, hint="remove the line of three hyphens")
    return Document(path, data, lines)


class _Events:
    """What the YAML parser sees, one after the other; its complaints become ours."""

    def __init__(self, text: str, path: str, error: type[DataError]) -> None:
        self.path, self.error = path, error
        self._events = yaml.parse(text, Loader=_Loader)
        self.next()  # the start of the stream

    def next(self) -> Any:
        """The next event; raises where the text is no YAML."""
        try:
            return next(self._events)
        except yaml.YAMLError as cause:
            mark = getattr(cause, "problem_mark", None)
            problem = getattr(cause, "problem", None) or str(cause).splitlines()[0]
            line = mark.line + 1 if mark else None
            if "nesting depth" in problem:
                problem = "nested too deeply"
            raise self.error(f"not valid YAML: {problem}", path=self.path, line=line) from cause

    def wrong(self, what: str, event: Any, hint: str) -> DataError:
        """An error at the line of an event."""
        return self.error(what, path=self.path, line=event.start_mark.line + 1, hint=hint)


def _value(event: Any, keys: tuple[Any, ...], lines: dict[tuple[Any, ...], int], events: _Events) -> Any:
    line = lines[keys] = event.start_mark.line + 1
    if event.anchor is not None:
        raise events.wrong("anchors and aliases are not read here", event, "write the value out")
    if isinstance(event, yaml.ScalarEvent):
        return _scalar(event, events)
    if len(keys) >= DEEPEST:
        raise events.wrong("nested too deeply", event, f"at most {DEEPEST} levels")
    if event.tag not in (None, "!"):
        raise events.wrong(f"the tag {event.tag} is not read here", event, "remove it")
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Any] = []
        while not isinstance(item := events.next(), yaml.SequenceEndEvent):
            items.append(_value(item, (*keys, len(items)), lines, events))
        return items
    mapping: dict[Any, Any] = {}
    while not isinstance(key_event := events.next(), yaml.MappingEndEvent):
        if not isinstance(key_event, yaml.ScalarEvent):
            raise events.wrong("a key must be one word", key_event, "write 'key: value'")
        if key_event.anchor is not None:
            raise events.wrong("anchors and aliases are not read here", key_event, "write the value out")
        key = key_event.value  # always text: `no:` may be Norway, or the opposite of `yes:`
        if key in mapping:
            raise events.wrong(f"the key {key!r} stands here twice", key_event, "remove or rename one")
        key_line = key_event.start_mark.line + 1 if key_event.start_mark else line
        mapping[key] = _value(events.next(), (*keys, key), lines, events)
        lines[(*keys, key)] = key_line
    lines[keys] = line
    return mapping


def _scalar(event: Any, events: _Events) -> Any:
    text: str = event.value
    if event.tag not in (None, "!"):
        raise events.wrong(f"the tag {event.tag} is not read here", event, "remove it")
    if not event.implicit[0]:
        return text
    for tag, pattern in _RESOLVERS.get(text[:1], ()):
        if pattern.match(text):
            return _typed(tag.rsplit(":", 1)[-1], text, event, events)
    return text


def _typed(kind: str, text: str, event: Any, events: _Events) -> Any:
    """A plain scalar that YAML reads as more than text; what surprises is refused."""
    if kind == "null":
        return None
    if kind == "bool":
        if text not in ("true", "false"):
            hint = "put it in quotes, or write true or false"
            raise events.wrong(f"{text} is read as true or false by YAML", event, hint)
        return text == "true"
    if kind == "int":
        if not _INT.match(text):
            hint = "put it in quotes, or write a plain decimal number"
            raise events.wrong(f"{text} is read as an octal, hexadecimal or base-60 number", event, hint)
        return int(text)
    if kind == "float":
        if not _FLOAT.match(text):
            hint = "put it in quotes, or write a plain decimal number"
            raise events.wrong(f"{text} is read as a base-60, infinite or undefined number", event, hint)
        return float(text)
    if kind == "timestamp":
        return text
    raise events.wrong(f"{text} has a meaning of its own in YAML", event, "put it in quotes")
