"""The page at scale beside what folium offers for many events: one run, the same rows, medians.

    make bench-page
    python tests/bench/page.py [--sizes 1000 10000 100000] [--million] [--limit 60]

Per page: seconds of CPU to build and write it, bytes of the file per row, seconds from navigation to the second frame
after everything is built ("usable"), milliseconds from an input event to the second frame after it, for a filter (ten
types switched off one by one: our boxes, the peers' layer control), for a window of dates and for a search (ten each,
the first one included, with the reading of all texts it waits for), and MB of memory the page's script holds (arrays
included) when all is open. A dash stands where a peer has no such thing. What would take longer than `--limit` seconds
by the size before is left out, and a line says so.

Rows are `made_up_rows.py`'s: incidents with 1.6 sentences of real length each. Ours carries every field of them, the
peers only what their popup shows: type, days, place and sentences. Peers get one layer per event type, no tiles; to
switch a type off they hide its layer, nothing is counted anew.

Nothing is loaded from the net: every request of a page is answered here by file name. Leaflet is the copy our page
embeds, leaflet.markercluster comes from npm once (`npm pack`, checked against a hash), jQuery is the stand-in our page
has for folium's popups. Bootstrap, fonts and icons, which none of these maps draws with, are answered empty: all of
that is in the peers' favour.
"""

from __future__ import annotations

import argparse
import datetime as dt
import html
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "browser"), str(HERE.parent)]

import folium  # noqa: E402
import made_up  # noqa: E402
from folium.plugins import FastMarkerCluster  # noqa: E402
from made_up_rows import Rows  # noqa: E402

from geo import maps  # noqa: E402
from geo.maps import assets, vendor  # noqa: E402

CACHE = HERE.parent.parent / "build" / "bench"
CLUSTER = vendor.Package(
    "leaflet.markercluster",
    "1.1.0",
    "sha512-eI+XkCiLiHwCC3uZ4/n4+Vq3rXcqEHN2lhHRVG1WVziy/3Q0TTipWkzEa1zO0dKZI2AnI5ppFDWrOjnQ7MJLKQ==",
    {
        "dist/leaflet.markercluster.js": "leaflet.markercluster.js",
        "dist/MarkerCluster.css": "MarkerCluster.css",
        "dist/MarkerCluster.Default.css": "MarkerCluster.Default.css",
    },
)
OPENINGS, INPUTS = 3, 10
GROWTH = 10  # each size is so many times the one before
COMMON_TO_RARE = (0, 40, 200, 1000, 4000)  # ranks of words to search for
NAMES = ["village 17", "night", "air strike", "radio", "zzzz"]
CALLBACK = """function (row) {
    return L.marker(new L.LatLng(row[0], row[1])).bindPopup(row[2]);
}"""

FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
USABLE = """() => new Promise(done => {
    const ready = () => %s;
    const look = () => ready()
        ? requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))) : setTimeout(look, 5);
    look();
})"""
CLICKS = """async ([selector, most]) => {
    const times = [];
    for (const box of [...document.querySelectorAll(selector)].slice(0, most)) {
        await new Promise(done => setTimeout(done, 200 + Math.random() * 16));
        const start = performance.now();
        box.click();
        await FRAMES;
        times.push(performance.now() - start);
    }
    return times;
}""".replace("FRAMES", FRAMES)
TYPED = """async ([selector, event, values]) => {
    const times = [];
    const field = document.querySelector(selector);
    for (const value of values) {
        await new Promise(done => setTimeout(done, 200 + Math.random() * 16));
        const start = performance.now();
        field.value = value;
        field.dispatchEvent(new Event(event));
        while (event === "input" && dateline.state.q !== value) await new Promise(done => setTimeout(done));
        if (event === "input" && dateline.hurry) await dateline.textsRead;
        await FRAMES;
        times.push(performance.now() - start);
    }
    return times;
}""".replace("FRAMES", FRAMES)


class Design(NamedTuple):
    """A way to put rows on a page."""

    name: str
    build: Callable[[Sequence[dict[str, Any]]], folium.Map]
    ready: str  # when its script is done, in JavaScript
    boxes: str  # the boxes that switch types
    searches: bool = False


def ours(rows: Sequence[dict[str, Any]], text: str = "full") -> folium.Map:
    """Our page, offline."""
    return maps.build(rows, title="Made-up events", types=made_up.TYPES, offline=True, text=text)


def popup(row: dict[str, Any]) -> str:
    """What a peer's popup says, escaped."""
    when = f"{row['date_start'] or 'before'} {row['date_end']}"
    lines = [row["type_label"], when, row["place"], *(quote["quote"] for quote in row["quotes"])]
    return "<br>".join(html.escape(str(line)) for line in lines)


def by_type(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Located rows, per type."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        if row["geometry"]:
            found.setdefault(row["properties"]["type_label"], []).append(row)
    yield from sorted(found.items())


def empty() -> folium.Map:
    """A map of where the rows are."""
    page = folium.Map(tiles=None, location=[35, 38], zoom_start=7)
    page.options["maxZoom"] = 18  # clusters need one, and without tiles folium says none
    return page


def markers(rows: Sequence[dict[str, Any]]) -> folium.Map:
    """folium.Marker in a FeatureGroup per type."""
    page = empty()
    for name, located in by_type(rows):
        group = folium.FeatureGroup(name=name).add_to(page)
        for feature in located:
            lon, lat = feature["geometry"]["coordinates"]
            folium.Marker([lat, lon], popup=folium.Popup(popup(feature["properties"]))).add_to(group)
    folium.LayerControl(collapsed=False).add_to(page)
    return page


def geojson(rows: Sequence[dict[str, Any]]) -> folium.Map:
    """folium.GeoJson with circle markers and a popup, a layer per type."""
    page = empty()
    for name, located in by_type(rows):
        features = [
            {"type": "Feature", "geometry": f["geometry"], "properties": {"what": popup(f["properties"])}}
            for f in located
        ]
        folium.GeoJson(
            {"type": "FeatureCollection", "features": features},
            name=name,
            marker=folium.CircleMarker(radius=4),
            popup=folium.GeoJsonPopup(fields=["what"], labels=False),
        ).add_to(page)
    folium.LayerControl(collapsed=False).add_to(page)
    return page


def clusters(rows: Sequence[dict[str, Any]]) -> folium.Map:
    """FastMarkerCluster with a popup, a layer per type."""
    page = empty()
    for name, located in by_type(rows):
        data = [[*reversed(f["geometry"]["coordinates"]), popup(f["properties"])] for f in located]
        FastMarkerCluster(data, callback=CALLBACK, name=name).add_to(page)
    folium.LayerControl(collapsed=False).add_to(page)
    return page


OURS = Design(
    "our page",
    ours,
    "document.documentElement?.dataset.ready === '1' && Boolean(globalThis.dateline)",
    "#layers .box:not(.family) input",
    searches=True,
)
LOADED = "document.readyState === 'complete'"
SWITCHES = ".leaflet-control-layers-overlays input"
PEERS = (
    Design("folium.Marker", markers, LOADED, SWITCHES),
    Design("folium.GeoJson", geojson, LOADED, SWITCHES),
    Design("FastMarkerCluster", clusters, LOADED, SWITCHES),
)


class Figures(NamedTuple):
    """One line of the table; None where a design has no such thing."""

    build_s: float
    bytes_per_row: float
    usable_s: float
    filter_ms: float
    dates_ms: float | None
    search_ms: float | None
    heap_mb: float


def answer(route: Any) -> None:
    """Files from this machine, by name; empty where a page asks for what it does not draw with."""
    name = route.request.url.rpartition("/")[2]
    if name.startswith("jquery"):
        route.fulfill(body=(assets.STATIC / "guests.js").read_text("utf-8"), content_type="text/javascript")
    else:
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        path = next((folder / name for folder in (vendor.VENDOR, CACHE) if (folder / name).is_file()), None)
        route.fulfill(body=path.read_text("utf-8") if path else "", content_type=kind)


def measure(design: Design, rows: Sequence[dict[str, Any]], browser: Any, folder: Path, limit: float) -> Figures:
    """Build a page, open it a few times, use it."""
    path = folder / f"{design.name.replace(' ', '-')}.html"
    started = time.process_time()
    design.build(rows).save(str(path))
    build_s = time.process_time() - started
    size = path.stat().st_size / len(rows)
    usable = []
    for _ in range(OPENINGS):
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.route(re.compile("^https?:"), answer)
        page = context.new_page()
        page.on("pageerror", lambda error: print(f"{design.name}: {error}", file=sys.stderr))
        page.set_default_timeout(limit * GROWTH * 1000)
        page.goto(path.as_uri(), wait_until="commit")
        usable.append(page.evaluate(USABLE % design.ready) / 1000)
        if len(usable) < OPENINGS and usable[-1] < limit / GROWTH:
            context.close()
            continue
        break
    searches = dates = None
    if design.searches:
        words = Rows(0).words
        queries = [words[rank] for rank in COMMON_TO_RARE] + NAMES
        searches = page.evaluate(TYPED, ["#search", "input", queries])
        page.evaluate(TYPED, ["#search", "input", [""]])
        low, high = page.evaluate("['min', 'max'].map(end => document.querySelector('#from')[end])")
        dates = page.evaluate(TYPED, ["#from", "change", list(between(low, high))])
        page.evaluate(TYPED, ["#from", "change", [low]])
    filters = page.evaluate(CLICKS, [design.boxes, INPUTS])
    session = context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")
    context.close()
    path.unlink()
    return Figures(
        build_s,
        size,
        statistics.median(usable),
        statistics.median(filters),
        statistics.median(dates) if dates else None,
        statistics.median(searches) if searches else None,
        (heap["usedSize"] + heap.get("backingStorageSize", 0)) / 1e6,
    )


def between(low: str, high: str) -> Iterator[str]:
    """Ten days spread over a range, its ends left out.

    >>> list(between("2014-01-01", "2014-01-23"))[:2]
    ['2014-01-03', '2014-01-05']
    """
    first, last = dt.date.fromisoformat(low), dt.date.fromisoformat(high)
    for step in range(1, INPUTS + 1):
        yield (first + (last - first) * step // (INPUTS + 1)).isoformat()


def line(size: int, name: str, figures: Figures) -> str:
    """One line of the table."""

    def ms(value: float | None) -> str:
        return "-" if value is None else f"{value:,.0f}"

    return (
        f"| {size:,} | {name} | {figures.build_s:.1f} | {figures.bytes_per_row:,.0f} | {figures.usable_s:.2f} | "
        f"{ms(figures.filter_ms)} | {ms(figures.dates_ms)} | {ms(figures.search_ms)} | {figures.heap_mb:,.0f} |"
    )


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--million", action="store_true", help="a million rows without texts too (ours alone)")
    parser.add_argument("--limit", type=float, default=60, help="seconds that building or opening a page may take")
    options = parser.parse_args()
    from conftest import HINT, chromium
    from playwright.sync_api import sync_playwright

    vendor.fetch(CACHE, packages=(CLUSTER,))
    path = chromium()
    if path is None:
        sys.exit(HINT)
    print("| rows | page | build CPU s | bytes/row | usable s | filter ms | dates ms | search ms | heap MB |")
    print("|---|---|---|---|---|---|---|---|---|")
    slowest: dict[str, float] = {}
    notes = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage"])
        for size in sorted(options.sizes):
            rows = list(Rows(size))
            for design in (OURS, *PEERS):
                if slowest.get(design.name, 0) * GROWTH > options.limit and design is not OURS:
                    notes.append(
                        f"{design.name} at {size:,} is left out: at a size before it took {slowest[design.name]:.0f} s."
                    )
                    continue
                figures = measure(design, rows, browser, Path(folder), options.limit)
                slowest[design.name] = max(figures.build_s, figures.usable_s, figures.filter_ms / 1000)
                print(line(size, design.name, figures), flush=True)
        if options.million:
            bare = OURS._replace(build=lambda rows: ours(rows, text="none"))
            figures = measure(bare, Rows(1_000_000, sentences=False), browser, Path(folder), options.limit)
            print(line(1_000_000, "our page, text none", figures), flush=True)
            notes.append("The million's build counts the making of its rows, twice.")
        browser.close()
    sentences = statistics.mean(len(row["properties"]["quotes"]) for row in Rows(1000))
    notes.append(
        f"A row has {sentences:.2f} sentences on average: bytes per row, divided by that, are bytes per event."
    )
    print("\n".join(notes))


if __name__ == "__main__":
    main()
