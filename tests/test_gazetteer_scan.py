"""Curated names in running text."""

# ruff: noqa: E501  (one line, one row of the table)
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import load

ROWS = """
sy: {name: Syria, kind: country, lat: 35, lon: 38, radius_m: 300000, iso2: SY, source: x, names: {en: [Syrian Arab Republic]}}
fr: {name: France, kind: country, lat: 46, lon: 2, radius_m: 500000, iso2: FR, source: x}
aleppo: {name: Aleppo, kind: city, lat: 36.2, lon: 37.1, radius_m: 6000, within: [sy], source: x, names: {ar: [حلب]}}
aleppo-province: {name: Aleppo Province, kind: governorate, lat: 36.2, lon: 37.6, radius_m: 60000, within: [sy], source: x}
of: {name: Of, kind: town, lat: 40.9, lon: 40.2, radius_m: 1000, source: x}
nice: {name: Nice, kind: city, lat: 43.7, lon: 7.2, radius_m: 4000, within: [fr], source: x}
maaloula: {name: Ma’aloula, kind: town, lat: 33.8, lon: 36.5, radius_m: 1000, within: [sy], source: x}
harak: {name: Harak, kind: town, lat: 32.7, lon: 36.3, radius_m: 1000, within: [sy], source: x}
deir: {name: Deir ez-Zor, kind: city, lat: 35.3, lon: 40.1, radius_m: 4000, within: [sy], source: x}
ghouta: {name: Eastern Ghouta, kind: region, lat: 33.5, lon: 36.4, radius_m: 9000, within: [sy], source: x}
bakery: {name: Bakery Checkpoint, kind: facility, lat: 36.1, lon: 37.1, radius_m: 300, within: [sy], source: x,
  names: {en: [bakery checkpoint]}}
office: {name: Land Registry building, kind: facility, lat: 36.2, lon: 37.1, radius_m: 300, within: [sy], source: x}
alba: {name: Alba, kind: city, lat: 33.9, lon: 35.5, radius_m: 5000, source: x}
alba-street: {name: Alba Street, kind: street, lat: 33.5, lon: 36.3, radius_m: 500, within: [sy], source: x}
etienne: {name: Saint-Étienne, kind: city, lat: 45.4, lon: 4.4, radius_m: 4000, within: [fr], source: x}
"""


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory):
    path = tmp_path_factory.mktemp("gazetteer") / "g.yaml"
    path.write_text(ROWS, encoding="utf-8")
    return load([path], default=False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Shells fell on Aleppo.", [("Aleppo", "aleppo")]),
        ("SHELLS FALL ON ALEPPO", [("ALEPPO", "aleppo")]),
        (
            "Roads in Aleppo province and Aleppo Province",
            [("Aleppo province", "aleppo-province"), ("Aleppo Province", "aleppo-province")],
        ),
        ("It was nice of them.", []),
        ("They met in Nice.", [("Nice", "nice")]),
        ("Aleppo’s markets; Aleppo-based, Aleppos", [("Aleppo", "aleppo"), ("Aleppo", "aleppo")]),
        (
            "in Maaloula, Ma'aloula and Ma‘aloula",
            [("Maaloula", "maaloula"), ("Ma'aloula", "maaloula"), ("Ma‘aloula", "maaloula")],
        ),
        ("in al-Harak", [("al-Harak", "harak")]),
        ("the harak of Harak", [("Harak", "harak")]),
        ("Deir ez Zor, Deir\u00a0ez-Zor", [("Deir ez Zor", "deir"), ("Deir\u00a0ez-Zor", "deir")]),
        ("in eastern Ghouta; eastern ghouta", [("eastern Ghouta", "ghouta")]),
        (
            "a bakery checkpoint, the Bakery Checkpoint",
            [("bakery checkpoint", "bakery"), ("Bakery Checkpoint", "bakery")],
        ),
        ("the Land Registry building; a land registry building", [("Land Registry building", "office")]),
        ("on Alba Street in Alba", [("Alba Street", "alba-street"), ("Alba", "alba")]),
        ("قصف على حلب", [("حلب", "aleppo")]),
        ("in Saint-Etienne and Saint Étienne", [("Saint-Etienne", "etienne"), ("Saint Étienne", "etienne")]),
        ("İstanbul'da Aleppo", [("Aleppo", "aleppo")]),
        ("half a character \ud800 before Aleppo", [("Aleppo", "aleppo")]),
        ("", []),
    ],
)
def test_names_are_found_where_they_stand(gazetteer, text, found):
    hits = gazetteer.scan(text)
    assert [(text[hit.start : hit.end], *hit.labels) for hit in hits] == found


@given(st.text(alphabet=st.sampled_from("aeiouwyhkgdjtzAHB'’ -ʿلاو\u064b\ud800𝔸ßÉİ.()"), max_size=30))
def test_any_text_may_be_scanned_and_looked_up(gazetteer, text):
    assert all(0 <= hit.start < hit.end <= len(text) for hit in gazetteer.scan(text))
    assert all(0 < candidate.score <= 1 for candidate in gazetteer.lookup(text))
