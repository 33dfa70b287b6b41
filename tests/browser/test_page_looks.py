"""How the page stands in different windows: nothing is cut, nothing overlaps, no mouse, net or English needed."""

from __future__ import annotations

import copy
import re
import shutil
from pathlib import Path

import folium
import made_up
import pytest

from geo.maps import vendor

OVERLAPS = """() => {
    const names = ["zoom", "layers", "scale", "attribution"].map(name => `.leaflet-control-${name}`);
    const boxes = names.map(name => [name, document.querySelector(name).getBoundingClientRect()]);
    const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    return boxes.flatMap(([one, a], i) => boxes.slice(i + 1).filter(([, b]) => meet(a, b)).map(([two]) => [one, two]));
}"""
HTTPS = re.compile("^https:")
CACHE = Path(__file__).resolve().parents[2] / "build" / "axe"


@pytest.fixture(scope="session")
def axe() -> str:
    """The accessibility checker, fetched once by npm at its recorded version."""
    if shutil.which("npm") is None and not (CACHE / "axe.min.js").exists():
        pytest.skip("npm is not here to fetch axe-core")
    vendor.fetch(CACHE, packages=(vendor.AXE,))
    return (CACHE / "axe.min.js").read_text(encoding="utf-8")


def violations(seen, axe: str) -> list[str]:
    """What axe-core finds wrong, each with the elements concerned."""
    seen.page.evaluate(axe)
    found = seen.page.evaluate(
        "axe.run(document).then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.target.join(' ')).slice(0, 4)]))"
    )
    return [f"{name}: {targets}" for name, targets in found]


@pytest.mark.parametrize(
    ("hash", "options"),
    [
        ("", {}),
        ("#tab=list", {}),
        ("#tab=off", {"color_scheme": "dark"}),
        ("", {"viewport": {"width": 390, "height": 844}}),
        ("#type=", {"color_scheme": "dark"}),
    ],
    ids=["layers", "list", "off, dark", "phone", "empty, dark"],
)
def test_axe_finds_nothing(visit, sixty, axe, hash, options):
    """No accessibility violation in any view, details open and closed."""
    seen = visit(sixty, hash, **options)
    assert violations(seen, axe) == []


def test_axe_finds_nothing_in_an_open_incident_in_arabic(visit, made, axe):
    """The card too, right to left, in Arabic."""
    path = made("arabic", made_up.incidents(60), lang="ar", title="أحداث")
    first = next(
        f
        for f in made_up.incidents(60)
        if f["properties"]["conflicts"] and f["geometry"] and f["properties"]["status"] == "reported"
    )
    seen = visit(path, f"#event={first['id']}")
    seen.page.wait_for_selector(".card[open]")
    seen.page.evaluate("document.querySelectorAll('.detail details').forEach(d => d.open = true)")
    assert violations(seen, axe) == []
    assert seen.page.evaluate("[document.dir, document.documentElement.lang]") == ["rtl", "ar"]
    panel, side = seen.page.locator(".panel").bounding_box(), seen.page.locator(".map-side").bounding_box()
    assert panel["x"] > side["x"]
    assert "من 60 حدث" in seen.text("#count") or "من ٦٠ حدث" in seen.text("#count")


@pytest.mark.parametrize("width", [320, 390, 759, 760, 1024, 1280, 1920])
def test_nothing_is_cut_at_any_width(visit, sixty, width):
    """No sideways scrolling; the map keeps at least half a phone's screen; every button is inside the window."""
    seen = visit(sixty, viewport={"width": width, "height": 800})
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    side = seen.page.locator(".map-side").bounding_box()
    assert side["height"] >= 400
    assert side["width"] >= (width if width < 760 else width - 360)
    for name in ("#search", "#from", "#to", "#play", "#save-geojson", "#print", "#tab-off"):
        box = seen.page.locator(name).bounding_box()
        assert box["x"] >= 0, name
        assert box["x"] + box["width"] <= width, name
    assert seen.page.evaluate(OVERLAPS) == []


def test_panel_stands_below_the_map_on_a_phone(visit, sixty):
    """Title, then the map, then the filters."""
    seen = visit(sixty, viewport={"width": 390, "height": 844})
    tops = [
        seen.page.locator(name).bounding_box()["y"]
        for name in ("h1", ".map-side", "#search", "[role=tablist]", ".actions")
    ]
    assert tops == sorted(tops)


@pytest.mark.parametrize(("count", "says"), [(0, "There are no events to show."), (1, "1 of 1 event")])
def test_few_events_make_a_whole_page(visit, made, count, says):
    """With nothing to show the page says so; with one event it frames its region."""
    one = [f for f in made_up.incidents(20) if f["geometry"] and f["properties"]["status"] == "reported"][:count]
    seen = visit(made(f"few{count}", one))
    assert seen.text("#count").startswith(says)
    assert (seen.errors, seen.foreign) == ([], [])
    if count:
        assert seen.page.evaluate("dateline.layer.groups.length") == 1
        assert 6 <= seen.page.evaluate("dateline.map.getZoom()") <= 12
    else:
        assert "no events" in seen.text("#map-note")


def test_events_without_a_position_are_pointed_to(visit, made):
    """A page of unlocated events is no blank map without a word."""
    nowhere = [f for f in made_up.incidents(60) if not f["geometry"]]
    seen = visit(made("nowhere", nowhere))
    assert "Not on the map" in seen.text("#map-note")
    assert seen.text("#n-off") == str(len(nowhere))


def test_the_first_view_frames_the_bulk_and_counts_the_rest(visit, made):
    """One event far away does not shrink all others to a blot: it is counted at the edge, one click shows it."""
    features = copy.deepcopy([f for f in made_up.incidents(60) if f["geometry"]])
    features[0]["geometry"]["coordinates"] = [-70.0, -30.0]
    features[0]["properties"].update(status="reported", place="Far away", place_id="far")
    seen = visit(made("far", features))
    assert seen.text("#outside") == "Events outside this view: 1. Show all"
    assert seen.page.evaluate("dateline.map.getZoom()") >= 6
    seen.page.click("#outside")
    seen.page.wait_for_timeout(600)
    assert seen.page.is_hidden("#outside")


def test_plain_geojson_points_with_a_date(visit, made):
    """Points that know nothing of our columns: the caller says which field plays which part."""
    plain = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [20 + i, 10]},
            "properties": {"when": f"2020-01-0{i + 1}", "kind": "flood", "note": f"Water rose, entry {i}"},
        }
        for i in range(5)
    ]
    fields = {"date_start": "when", "type": "kind", "quote": "note"}
    seen = visit(made("plain", plain, types=(), places=(), fields=fields), "#tab=list")
    assert seen.text("#count") == "5 of 5 events, 1 to 5 January 2020"
    assert "Flood" in seen.text("#events")
    seen.page.wait_for_selector(".row-text:not(:empty)")
    assert "Water rose" in seen.text("#events")


def test_tiles_are_loaded_only_when_the_reader_asks(visit, made):
    """With a tile server the page still opens without a request; the layer's name says what switching it on means."""
    path = made("tiles", made_up.incidents(20), tiles="osm")
    seen = visit(path, ready=False)
    seen.page.route(HTTPS, lambda route: route.abort())
    seen.ready()
    assert seen.foreign == []
    seen.page.hover(".leaflet-control-layers")
    label = seen.page.locator(".leaflet-control-layers label", has_text="tile server sees")
    label.click()
    seen.page.wait_for_timeout(300)
    assert seen.foreign
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in seen.foreign)


def test_layers_can_be_switched(visit, sixty):
    """Outline, divisions, names and events on, heat off; each can be switched without an error."""
    seen = visit(sixty)
    seen.page.hover(".leaflet-control-layers")
    boxes = seen.page.locator(".leaflet-control-layers-overlays input")
    assert [boxes.nth(i).is_checked() for i in range(5)] == [True, True, True, False, True]
    for i in range(5):
        boxes.nth(i).click()
    for i in range(5):
        boxes.nth(i).click()
    assert seen.errors == []


def test_folium_layers_of_others_can_be_added(visit, made):
    """A marker, a circle and GeoJSON from folium stand beside our events; the page stays offline and closed."""

    def add(page):
        folium.Marker([35, 38], popup="a note", tooltip="hint").add_to(page)
        folium.CircleMarker([34, 38], radius=9).add_to(page)
        folium.GeoJson({"type": "Point", "coordinates": [39, 35]}, name="mine").add_to(page)

    seen = visit(made("guests", made_up.incidents(10), change=add))
    assert seen.page.locator(".leaflet-marker-icon").count() == 2
    assert seen.page.locator(".leaflet-marker-icon").first.evaluate("e => e.complete && e.naturalWidth > 0")
    assert (seen.foreign, seen.errors) == ([], [])


def test_print_has_title_filter_legend_map_and_credits(visit, sixty):
    """Paper gets what a reader needs to understand the map, and no buttons."""
    seen = visit(sixty, "#type=shelling,aid")
    seen.page.emulate_media(media="print")
    seen.page.evaluate("dateline.preparePrint()")
    assert "Event type: " in seen.text("#print-filter")
    assert "Shelling" in seen.text("#print-legend")
    assert seen.page.is_visible(".folium-map")
    assert seen.page.is_visible(".leaflet-control-attribution")
    assert not any(seen.page.is_visible(name) for name in (".controls", ".tabs", ".actions", ".leaflet-control-zoom"))


def test_an_arabic_page_names_places_in_arabic(visit, made):
    """In the list, in the card's heading, and where the card says what was matched; as printed stays as printed."""
    point = {"type": "Point", "coordinates": [36.5, 35.3]}
    row = {
        "id": "a",
        "type": "shelling",
        "place": "Hill",
        "place_id": "x.hill",
        "place_text": "Hill",
        "country": "Syria",
    }
    feature = {"type": "Feature", "id": "a", "geometry": point, "properties": {**row, "date_start": "2014-04-11"}}
    places = [{"id": "x.hill", "name": "Hill", "names": ["Hill", "التل"], "lon": 36.5, "lat": 35.3}]
    seen = visit(made("arabic names", [feature], lang="ar", places=places), "#tab=list&event=a")
    seen.page.wait_for_selector(".card[open]")
    assert "التل" in seen.text("#events")
    assert seen.text("#detail-title") == "التل"
    assert "التل، سوريا" in seen.text("#detail-body")
    assert "Hill" in seen.text("#detail-body")


def test_data_of_others_are_shown_as_they_stand(visit, made):
    """Every property of the file is in the card as text, links only where safe; nothing to correct."""
    given = {"mag": 4.5, "note": "<img src=x onerror=alert(1)>", "more": "https://example.org/a", "bad": "javascript:x"}
    row = {"id": "a", "type": "earthquake", "type_label": "Earthquake", "date_start": "2014-04-11", "given": given}
    feature = {"type": "Feature", "geometry": {"type": "Point", "coordinates": [36.5, 35.3]}, "properties": row}
    seen = visit(made("of others", [feature], places=(), types=()), "#event=a")
    seen.page.wait_for_selector(".given[open]")
    assert seen.text("#detail-title").strip("\u2066\u2069") == "35.300, 36.500"
    for name, value in given.items():
        assert f"{name} {value}" in seen.text(".given")
    assert seen.page.locator(".given a").count() == 1
    assert "corrections" not in seen.text("#detail-body")
    assert (seen.dialogs, seen.errors, seen.foreign) == ([], [], [])


@pytest.mark.parametrize(("hash", "whole"), [("", "events"), ("#map=9/35.9/36.6", "view")])
def test_paper_shows_what_the_reader_sees(visit, sixty, hash, whole):
    """Before printing the map takes the sheet's shape: all events of the filter, or the whole of a chosen view.

    Each layer is a new canvas then (a cleared one would hide those below in a PDF), light also on a dark screen.
    """
    seen = visit(sixty, hash, color_scheme="dark")
    view = "(({lat, lng}) => [lat, lng, dateline.map.getZoom()])(dateline.map.getCenter())"
    before, edges = seen.page.evaluate(f"[{view}, dateline.map.getBounds().toBBoxString()]")
    canvas = seen.page.evaluate_handle("dateline.layer._container")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    events = "(s => s.lon.every((lon, i) => !s.count[i] || b.contains([s.lat[i], lon])))(dateline.sites)"
    west, south, east, north = edges.split(",")
    chosen = f"b.pad(0.01).contains([[{south}, {west}], [{north}, {east}]])"
    held = events if whole == "events" else chosen
    assert seen.page.evaluate(f"(b => {held})(dateline.map.getBounds())")
    assert seen.page.evaluate("c => !c.isConnected && dateline.layer._container.isConnected", canvas)
    ratio = seen.page.evaluate("(s => s.x / s.y)(dateline.map.getSize())")
    assert ratio == pytest.approx(186 / 150, abs=0.01)
    assert seen.page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper')") == "#ffffff"
    seen.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert seen.page.evaluate(view) == pytest.approx(before, abs=1e-6)
    assert "map=" in seen.page.evaluate("location.hash") or not hash


def test_an_open_card_is_printed_below_its_map(visit, sixty):
    """The map stays on the first sheet, under the title."""
    seen = visit(sixty)
    seen.page.evaluate("dateline.openIncident(0)")
    seen.page.wait_for_selector(".card[open]")
    seen.page.emulate_media(media="print")
    assert seen.page.evaluate("getComputedStyle(document.querySelector('.map-side')).breakInside") == "auto"
    head, side, card = (seen.page.locator(one).bounding_box() for one in (".head", ".folium-map", ".detail"))
    assert head["y"] + head["height"] <= side["y"] + 1
    assert side["y"] + side["height"] <= card["y"] + 1


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_nothing_lies_upon_anything_else_on_a_phone(visit, made, lang):
    """`only` beside long labels, and the button for events outside beside scale and credits."""
    features = copy.deepcopy([f for f in made_up.incidents(60) if f["geometry"]])
    features[0]["geometry"]["coordinates"] = [-70.0, -30.0]
    features[0]["properties"].update(status="reported", place="Far away", place_id="far")
    credits = ["A credit that takes a line of its own, as licences do", "and another one that takes a line as well"]
    seen = visit(
        made(f"phone-{lang}", features, lang=lang, attribution=credits), viewport={"width": 390, "height": 844}
    )
    overlaps = """() => {
      const box = (element) => element.getBoundingClientRect();
      const apart = (a, b) => a.left >= b.right - 1 || b.left >= a.right - 1 || a.top >= b.bottom - 1 || b.top >= a.bottom - 1;
      const around = [...document.querySelectorAll(".leaflet-control, #outside")].filter((e) => e.offsetWidth);
      const pairs = around.flatMap((a, n) => around.slice(n + 1).map((b) => [a, b]));
      for (const row of document.querySelectorAll(".box")) pairs.push([row.querySelector("label"), row.querySelector(".only")]);
      return pairs.filter(([a, b]) => !apart(box(a), box(b))).map(([a, b]) => `${a.className} ${b.className}`);
    }"""  # noqa: E501
    assert seen.page.is_visible("#outside")
    assert seen.page.evaluate(overlaps) == []


def test_a_picture_is_a_whole_page(visit, sixty):
    """One PNG with twice the pixels of the map, with title, count, legend and credits around it; no request."""
    seen = visit(sixty, "#type=shelling,aid")
    with seen.page.expect_download() as waiting:
        seen.page.click("#save-picture")
    assert waiting.value.suggested_filename == "made-up.png"
    data = Path(waiting.value.path()).read_bytes()
    assert data.startswith(b"\x89PNG")
    wide, high = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
    x, y = seen.page.evaluate("[dateline.map.getSize().x, dateline.map.getSize().y]")
    assert wide == 2 * x
    assert 2 * y + 250 < high < 2 * y + 700
    assert "Event type: " in seen.page.evaluate("dateline.pictureText()")
    assert (seen.foreign, seen.errors) == ([], [])


def test_the_area_of_an_event_is_drawn_on_focus(visit, made):
    """A radius becomes a circle, a shape its polygon; both go when the card is closed."""
    features = made_up.incidents(400)
    path = made("four hundred", features)
    for place, shape in (("Qalamoun", "Polygon"), ("Aleppo", "Circle")):
        feature = next(f for f in features if f["properties"]["place"] == place)
        seen = visit(path, f"#event={feature['id']}")
        seen.page.wait_for_selector(".card[open]")
        seen.settle()
        kinds = "Object.values(dateline.extent._layers).map(l => l instanceof L.Circle ? 'Circle' : 'Polygon')"
        assert seen.page.evaluate(kinds) == [shape]
        seen.page.keyboard.press("Escape")
        assert seen.page.evaluate("dateline.map.hasLayer(dateline.extent)") is False


def test_a_notebook_frame_shows_the_page(browser, tmp_path):
    """Inside a notebook's frame the page works too, without an address to keep its state in."""
    from geo import maps

    frame = tmp_path / "notebook.html"
    page = maps.build(made_up.incidents(10), title="In a notebook", types=made_up.TYPES, offline=True)
    frame.write_text(f"<!doctype html><body>{page._repr_html_()}</body>", encoding="utf-8")
    context = browser.new_context()
    opened = context.new_page()
    errors = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(frame.as_uri())
    inner = opened.frame_locator("iframe")
    inner.locator("#count", has_text=" of 10 events").wait_for(timeout=5000)
    inner.locator("#search").fill("zzz")
    inner.locator("#count", has_text="0 of 10 events").wait_for(timeout=5000)
    assert errors == []
    context.close()


@pytest.mark.skipif(not vendor.ready(), reason="the page's files are not here to play the CDN")
def test_without_files_the_page_works_from_the_cdn(browser, tmp_path, monkeypatch):
    """A page made without npm loads two files, checked by their hashes, and shows its events without an outline."""
    from geo import maps
    from geo.maps import assets, basemap

    monkeypatch.setattr(assets, "vendored", lambda asset, **_: None)
    monkeypatch.setattr(basemap, "outline", lambda bounds: None)
    path = tmp_path / "cdn.html"
    maps.build(made_up.incidents(30), title="From the net", types=made_up.TYPES).save(path)
    monkeypatch.undo()
    context = browser.new_context()
    page = context.new_page()
    errors, loaded = [], []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: message.type == "error" and errors.append(message.text))

    def serve(route):
        loaded.append(route.request.url)
        name = route.request.url.partition("/dist/")[2]
        kind = {".css": "text/css", ".js": "text/javascript"}.get(Path(name).suffix, "image/png")
        headers = {"Access-Control-Allow-Origin": "*", "Content-Type": kind}
        route.fulfill(body=(vendor.VENDOR / name).read_bytes(), headers=headers)

    page.route(HTTPS, serve)
    page.goto(path.as_uri())
    page.locator("#count", has_text="of 30 events").wait_for(timeout=5000)
    page.wait_for_timeout(200)
    assert sorted(url for url in loaded if "/images/" not in url) == sorted(assets.KNOWN)
    assert page.evaluate("dateline.layer.groups.length") > 3
    assert errors == []
    context.close()


def test_one_long_event_does_not_make_four_days_a_year(visit, made):
    """The dates and the count speak of the days that the events are about, and say that one began long before."""
    rows = copy.deepcopy(made_up.incidents(60))
    current = [row for row in rows if row["properties"]["status"] == "reported" and row["geometry"]]
    current[0]["properties"] |= {"date_start": "2013-02-01", "date_end": "2014-04-12", "date_precision": "range"}
    seen = visit(made("siege", rows))
    assert seen.page.input_value("#from") > "2014-03"
    assert "some since 1 Feb 2013" in seen.text("#count")
    everything = seen.page.evaluate("dateline.engine.passing")
    seen.page.fill("#from", seen.page.input_value("#from"))
    seen.page.dispatch_event("#from", "change")
    assert seen.page.evaluate("dateline.engine.passing") == everything
    assert not seen.errors


def test_what_sources_differ_on_stands_before_their_sentences(visit, made, sixty):
    """A card with a conflict says so before the long list; a closed card of a place shows a line of its sentence."""
    row = next(f for f in made_up.incidents(60) if f["properties"]["conflicts"] and f["geometry"])
    seen = visit(sixty, f"#event={row['id']}")
    seen.page.wait_for_selector(".card[open]")
    tops = [seen.page.locator(f".card {part}").first.bounding_box()["y"] for part in (".conflicts", ".sources")]
    assert tops[0] < tops[1]
    seen.page.click("#detail-close")
    seen.page.evaluate("dateline.openGroup(dateline.layer.groups.find(g => g.count > 1))")
    seen.page.wait_for_selector(".card:not([open])")
    line = seen.page.locator(".card .card-line").first
    assert line.is_visible()
    assert line.inner_text()
    seen.page.click(".card > summary")
    assert not line.is_visible()
