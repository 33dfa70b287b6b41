"""Report text is hostile: whatever it holds, nothing runs, nothing is loaded, and the reader sees it as it is."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import made_up
import pytest

from geo import maps

PAYLOADS = [
    "<script>window.pwned=1;alert(1)</script>",
    "</script><script>window.pwned=1;alert(1)</script>",
    "<!--<script>", "]]>--><svg/onload=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<img src=https://evil.example/p.png>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'>",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<style>@import 'https://evil.example/a.css';</style>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/>",
    "<form action=https://evil.example><button autofocus onfocus=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video src=https://evil.example/v autoplay onloadstart=alert(1)>",
    "<object data=https://evil.example/o></object>",
    "\" onmouseover=alert(1) autofocus onfocus=alert(1) x=\"",
    "' style='background:url(https://evil.example/b)'",
    "${alert(1)}", "`${window.pwned=1}`", "{{constructor.constructor('alert(1)')()}}", "{% raw %}{{ 7*7 }}",
    "javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "</title><script>alert(1)</script>", "</textarea></style></noscript><script>alert(1)</script>",
    "\u2028\u2029;alert(1)//", "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "\\'-alert(1)//", "*/alert(1)/*",
    "\x00\x01\ufeff\u202e evil", "\ud800 half", "__proto__", "constructor",
]  # fmt: skip


NOT_OURS = ", ".join(
    [f"body {name}" for name in ("iframe", "img", "object", "form", "link", "style", "base", "video", "meta")]
    + [f"[{name}]" for name in ("onerror", "onload", "onfocus", "ontoggle", "onmouseover", "onclick")]
)


def poisoned(text: str, value):
    """The same shape with the text in every string that the page shows, dates and numbers left as they are."""
    if isinstance(value, dict):
        keep = {"date_start", "date_end", "published", "area_wkt"}
        return {key: item if key in keep else poisoned(text, item) for key, item in value.items()}
    if isinstance(value, list):
        return [poisoned(text, item) for item in value]
    return text if isinstance(value, str) else value


def hostile_features():
    """One incident per payload, the payload in each of its fields; and a key of that name."""
    base = next(
        f for f in made_up.incidents(60) if f["geometry"] and f["properties"]["conflicts"] and f["properties"]["actors"]
    )
    features = []
    for number, text in enumerate(PAYLOADS):
        feature = copy.deepcopy(base)
        feature["properties"] = {**poisoned(text, feature["properties"]), text: text}
        feature["properties"]["id"] = feature["id"] = f"{number}{text}"
        feature["properties"]["status"] = "reported" if number % 2 else text
        feature["geometry"]["coordinates"][0] += number / 7
        if number % 5 == 4:
            feature["geometry"] = None
        features.append(feature)
    return features


@pytest.fixture(scope="module")
def hostile(made):
    """A page whose every text is hostile: title, places, types, credits, skipped sentences and all fields."""
    everything = "".join(text for text in PAYLOADS if "\ud800" not in text)
    types = [
        {"id": text, "label": text, "family": text, "family_label": text, "symbol": text[:2], "colour": text}
        for text in PAYLOADS
    ]
    places = [{"id": text, "name": text, "lon": 37, "lat": 35, "names": PAYLOADS} for text in PAYLOADS]
    skipped = [{"sentence": text, "reason": text} for text in PAYLOADS]
    return made(
        "hostile",
        hostile_features(),
        title=everything,
        types=types,
        places=places,
        skipped=skipped,
        attribution=PAYLOADS,
        member={text: text for text in PAYLOADS},
        file=everything,
    )


def look_at_everything(seen) -> None:
    """Open every tab, incident, bucket and box there is."""
    page = seen.page
    page.click("#tab-off")
    for summary in page.query_selector_all(".off > summary"):
        summary.click()
    page.click("#tab-list")
    page.wait_for_timeout(100)
    page.click("#tab-layers")
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    everything = page.evaluate(
        """async () => {
            const all = Array.from({length: dateline.table.count}, (_, i) => i);
            await dateline.openIncidents(all, dateline.table.siteNames);
            document.querySelectorAll('details').forEach(d => d.open = true);
            await new Promise(done => setTimeout(done, 150));
            document.querySelectorAll('details').forEach(d => d.open = true);
            return document.querySelector('#detail-body').innerText.length;
        }"""
    )
    assert everything > 10_000
    page.mouse.move(700, 400)
    page.emulate_media(media="print")
    page.evaluate("dateline.preparePrint()")
    page.wait_for_timeout(300)


def test_nothing_runs_and_nothing_is_loaded(visit, hostile):
    """Every payload in every field, everything opened: no dialog, no execution, no request, no error."""
    seen = visit(hostile)
    look_at_everything(seen)
    assert seen.page.evaluate("[window.pwned, Object.prototype.pwned, ({}).polluted]") == [None, None, None]
    assert (seen.dialogs, seen.foreign, seen.errors) == ([], [], [])


def test_no_markup_is_made_of_text(visit, hostile):
    """The document holds only our own elements: no script, frame, picture, form or handler came from a text."""
    seen = visit(hostile)
    look_at_everything(seen)
    odd = seen.page.evaluate("wanted => [...document.querySelectorAll(wanted)].map(e => e.outerHTML)", NOT_OURS)
    assert odd == []
    links = seen.page.evaluate("[...document.querySelectorAll('.detail a, .panel a')].map(a => a.href)")
    assert all(link.startswith(("http://", "https://")) for link in links)


def test_hostile_text_is_shown_and_exported_as_it_is(visit, hostile):
    """The reader sees the very characters, and the export gives them back."""
    seen = visit(hostile)
    assert seen.page.inner_text("h1").startswith("<script>window.pwned=1;alert(1)</script></script>")
    with seen.page.expect_download() as download:
        seen.page.click("#save-geojson")
    saved = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    back = {f["id"]: f["properties"] for f in saved["features"]}
    for feature in hostile_features():
        expected = json.loads(json.dumps(feature).replace("\\ud800", "\\ufffd"))
        assert back[expected["id"]] == expected["properties"]


def test_a_hostile_address_is_only_a_filter(visit, sixty):
    """What stands after # is data too."""
    for hash in (
        "#q=<img src=x onerror=alert(1)>&type=<script>alert(1)</script>",
        "#event=</script><script>alert(1)</script>&tab=__proto__",
    ):
        seen = visit(sixty, hash)
        seen.settle()
        assert (seen.dialogs, seen.foreign, seen.errors) == ([], [], [])


def test_the_file_carries_no_payload_in_the_clear():
    """Outside its packets the file holds a text only escaped: every payload leaves the same elements as "x" does."""

    def markup(text: str) -> tuple[str, int]:
        page = maps.build([], title=text, attribution=[text], skipped=[{"sentence": text, "reason": text}])
        html = page.get_root().render()
        return html, html.count("<script")

    _, scripts = markup("x")
    for text in PAYLOADS:
        html, found = markup(text)
        assert found == scripts, text
        assert "<" not in text or text not in html, text
