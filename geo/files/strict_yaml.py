"""Read YAML strictly: every surprise of the format is refused with its line, and every value knows its line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from geo.errors import DataError

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 20  # no data file of ours nests deeper than 6; a bomb nests thousands
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
    try:
        for token in yaml.scan(text, Loader=_Loader):
            if isinstance(token, (yaml.AnchorToken, yaml.AliasToken)):
                line = token.start_mark.line + 1
                raise error("anchors and aliases are not read here", path=path, line=line, hint="write the value out")
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as cause:
        mark = getattr(cause, "problem_mark", None)
        problem = getattr(cause, "problem", None) or str(cause).splitlines()[0]
        raise error(f"not valid YAML: {problem}", path=path, line=mark.line + 1 if mark else None) from cause
    except RecursionError as cause:
        raise error("nested too deeply", path=path, hint=f"at most {DEEPEST} levels") from cause
    lines: dict[tuple[Any, ...], int] = {}
    return Document(path, _value(node, (), lines, path, error) if node else None, lines)


def _value(node: Any, keys: tuple[Any, ...], lines: dict[tuple[Any, ...], int], path: str, error: type[DataError]) -> Any:
    line = node.start_mark.line + 1
    lines[keys] = line
    if len(keys) > DEEPEST:
        raise error("nested too deeply", path=path, line=line, hint=f"at most {DEEPEST} levels")
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*keys, i), lines, path, error) for i, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise error("a key must be one word", path=path, line=key_node.start_mark.line + 1)
            key = key_node.value  # always text: `no:` may be Norway, or the opposite of `yes:`
            if key in mapping:
                line = key_node.start_mark.line + 1
                raise error(f"the key {key!r} stands here twice", path=path, line=line, hint="remove or rename one")
            mapping[key] = _value(value_node, (*keys, key), lines, path, error)
            lines[(*keys, key)] = key_node.start_mark.line + 1
        return mapping
    return _scalar(node, line, path, error)


def _scalar(node: Any, line: int, path: str, error: type[DataError]) -> Any:
    kind, text = node.tag.rsplit(":", 1)[-1], node.value
    if kind == "null":
        return None
    if kind == "bool":
        if text not in ("true", "false"):
            hint = "put it in quotes, or write true or false"
            raise error(f"{text} is read as true or false by YAML", path=path, line=line, hint=hint)
        return text == "true"
    if kind == "int":
        if not _INT.match(text):
            hint = "put it in quotes, or write a plain decimal number"
            raise error(f"{text} is read as an octal, hexadecimal or base-60 number", path=path, line=line, hint=hint)
        return int(text)
    if kind == "float":
        if not _FLOAT.match(text):
            hint = "put it in quotes, or write a plain decimal number"
            raise error(f"{text} is read as a base-60, infinite or undefined number", path=path, line=line, hint=hint)
        return float(text)
    if kind in ("str", "timestamp"):
        return text
    raise error(f"the tag {node.tag} is not read here", path=path, line=line, hint="remove it")
