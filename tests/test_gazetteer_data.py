"""The word lists of names prove themselves with their examples."""

import pytest

from geo import files
from geo.gazetteer.names import Keys, keys
from geo.gazetteer.spelling import common_words, spelling


def pairs(verdict):
    return [
        (family, *pair) for family in ("arabic", "cyrillic", "latin") for pair in spelling(family).examples[verdict]
    ]


def meet(one: Keys, other: Keys) -> bool:
    same_letters = (one.exact, one.arabic) == (other.exact, other.arabic)
    loose = ("variants", "sounds", "skeletons")
    return same_letters or any(set(getattr(one, tier)) & set(getattr(other, tier)) for tier in loose)


@pytest.mark.parametrize(("family", "one", "other"), pairs("same"))
def test_spellings_of_one_place_share_a_key(family, one, other):
    assert meet(keys(one, None if family == "latin" else family), keys(other, None if family == "latin" else family))


@pytest.mark.parametrize(("family", "one", "other"), pairs("different"))
def test_names_of_two_places_share_no_key(family, one, other):
    assert not meet(
        keys(one, None if family == "latin" else family), keys(other, None if family == "latin" else family)
    )


def test_common_words_have_their_examples():
    examples = files.load(files.shipped("names/common-words.yaml")).data["examples"]
    assert set(examples["yes"]) <= common_words()
    assert common_words().isdisjoint(examples["no"])
