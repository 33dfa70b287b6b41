"""YAML is read strictly: what the format would quietly turn into something else is refused, with its line."""

import datetime as dt

import pytest

from geo.errors import DataError
from geo.files import parse


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("", None),
        ("# nothing but a remark\n", None),
        ("a: 1\nb: [x, 2.5, -3, true, ~, null]", {"a": 1, "b": ["x", 2.5, -3, True, None, None]}),
        ("a: 'yes'\nb: \"0o17\"\nc: 'NO'", {"a": "yes", "b": "0o17", "c": "NO"}),
        ("day: 2014-04-11", {"day": "2014-04-11"}),
        ("text: >\n  two\n  lines\n", {"text": "two lines\n"}),
        ("a: {b: {c: d}}", {"a": {"b": {"c": "d"}}}),
        ("names: {ar: [حمص, دوما]}", {"names": {"ar": ["حمص", "دوما"]}}),
        ("no: Norway\nyes: [x]\n1: one", {"no": "Norway", "yes": ["x"], "1": "one"}),
        ("empty:\nnext: 1", {"empty": None, "next": 1}),
    ],
)
def test_plain_yaml_is_read_as_written(text, data):
    assert parse(text).data == data
    assert not isinstance(parse(text).data, dt.date)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\na: 2", 2, "stands here twice"),
        ("x:\n  country: NO", 2, "true or false"),
        ("a: 1\nb: 017", 2, "octal"),
        ("a: 0x1F", 1, "octal, hexadecimal"),
        ("a: 12:30", 1, "base-60"),
        ("a: 12:30.5", 1, "base-60"),
        ("a: .nan", 1, "undefined"),
        ("a: .inf", 1, "infinite"),
        ("a: &x 1\nb: *x", 1, "anchors"),
        ("a: 1\nb: *x", 2, ""),
        ("a: &x [1]", 1, "anchors"),
        ("&x a: 1", 1, "anchors"),
        ("a: <<", 1, "meaning of its own"),
        ("a: !!python/name:os.system x", 1, "tag"),
        ("a: !thing [1]", 1, "tag"),
        ("a: [1, 2", 2, "not valid YAML"),
        ("a: 1\n\tb: 2", 2, "not valid YAML"),
        ("? [a, b]\n: 1", 1, "one word"),
        ("a: 1\n---\nb: 2", 2, "second document"),
        ("[" * 5000 + "]" * 5000, 1, "deeply"),
        ("{a: " * 5000 + "}" * 5000, 1, "deeply"),
    ],
)
def test_surprises_are_refused_with_their_line(text, line, words):
    with pytest.raises(DataError) as caught:
        parse(text, path="g.yaml")
    assert words in caught.value.what
    assert str(caught.value).startswith("g.yaml:")
    assert caught.value.line == line


def test_every_value_knows_its_line():
    document = parse("a:\n  b: 1\n  c:\n  - x\n  - y: z\n")
    assert [document.line("a"), document.line("a", "c"), document.line("a", "c", 1, "y")] == [1, 3, 5]
    assert document.line("a", "c", 1, "missing") == 5, "a missing value: the line of what would hold it"
