"""The word data prove themselves: what the examples of a list promise is what `find` does with the bracketed name."""

import re

import pytest
from places_made_up import mentions_of

from geo.files import load, shipped
from geo.model import Span
from geo.places.words import IN_THE_NAME, words

DATA = load(shipped("english/places.yaml")).data
NO_EXAMPLES = {"compass", "rural", "lengths", "short_forms", "function_words"}


def in_brackets(example):
    """The text without brackets, and the mentions found at the bracketed names (None where there is none)."""
    text = example.replace("[", "").replace("]", "")
    found = mentions_of(text)
    spans = []
    for shift, hit in enumerate(re.finditer(r"\[([^\]]*)\]", example)):
        start = hit.start() - 2 * shift
        spans.append(Span(start, start + len(hit[1])))
    return text, spans, [next((m for m in found if m.span.overlaps(span)), None) for span in spans]


def after(text, span):
    return re.findall(r"[\w-]+", text[span.end :].lower().removeprefix("'s"))


def role(wanted):
    return lambda text, span, mention: mention is not None and mention.role in wanted


def absent(text, span, mention):
    return mention is None or mention.role == "part_of_name"


def present(text, span, mention):
    return not absent(text, span, mention)


def whole(text, span, mention):
    return mention is not None and mention.text == span.of(text)


CHECKS = {
    "near": lambda text, span, mention: mention is not None and mention.relation == "near",
    "edge": lambda text, span, mention: mention is not None and mention.relation == "edge",
    "locative": present,
    "place_verbs": present,
    "place_objects": present,
    "events": lambda text, span, mention: words().events.starts(after(text, span)) > 0,
    "governments": role({"part_of_name", "metonym"}),
    "metonym_verbs": role({"metonym"}),
    "metonym_objects": role({"metonym"}),
    "capital_verbs": role({"metonym"}),
    "capital_objects": role({"metonym"}),
    "possessions": role({"context"}),
    "origins": role({"context"}),
    "seats": role({"metonym"}),
    "reference": role({"reference"}),
    "ways": lambda text, span, mention: mention is not None and mention.relation == "between",
    "borders": lambda text, span, mention: mention is not None and mention.kind_hint == "border",
    "suffixes": role({"context", "metonym"}),
    "prefixes": role({"metonym"}),
    "persons": absent,
    "organisations": absent,
    "holders": absent,
    "organisation_heads": absent,
    "never": absent,
    "demonyms": absent,
    "particles": whole,
    "ambiguous": present,
}


def sections():
    for name, section in DATA.items():
        if name == "kinds":
            for kind, entry in section.items():
                yield pytest.param(entry, kind_check(kind), id=f"kinds.{kind}")
        elif name not in NO_EXAMPLES:
            yield pytest.param(section, CHECKS[name], id=name)


def kind_check(kind):
    if kind in IN_THE_NAME:
        return lambda text, span, mention: (
            mention is not None and mention.kind_hint == kind and mention.span.contains(span)
        )
    return lambda text, span, mention: mention is not None and mention.kind_hint == kind


@pytest.mark.parametrize(("section", "check"), list(sections()))
def test_each_list_keeps_its_examples(section, check):
    """Every `yes` shows what the words do, and no `no` does."""
    assert section["yes"], "an example is owed"
    for wanted in ("yes", "no"):
        for example in section[wanted]:
            text, spans, mentions = in_brackets(example)
            for span, mention in zip(spans, mentions, strict=True):
                assert check(text, span, mention) is (wanted == "yes"), (wanted, example, mention)
