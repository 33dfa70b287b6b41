"""What a reader does with the page: filter, search, open, share, export; everything is counted."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import made_up
import pytest

FEATURES = made_up.incidents(60)
CURRENT = [f for f in FEATURES if f["properties"]["status"] in ("reported", "claimed")]


def rows(features, **wanted):
    """Properties of the features with these values."""
    found = [f["properties"] for f in features]
    return [row for row in found if all(row[name] == value for name, value in wanted.items())]


def overlaps(row, since, until):
    """The contract's date rule: intervals overlap, an unknown start is open."""
    return (row["date_start"] or "") <= until and row["date_end"] >= since


def contested(row):
    """Whether the sources differ."""
    return row["verification"] == "contested"


def export(seen, button: str) -> str:
    """The text of the file a button saves."""
    with seen.page.expect_download() as download:
        seen.page.click(button)
    return Path(download.value.path()).read_text(encoding="utf-8")


def exported_ids(seen):
    """Ids in the GeoJSON of the current filter."""
    return [f["properties"]["id"] for f in json.loads(export(seen, "#save-geojson"))["features"]]


def test_a_genuine_leaflet_map_without_a_single_request(visit, sixty):
    """The page is a Leaflet map, says how many events it shows, and loads nothing."""
    seen = visit(sixty)
    assert seen.page.evaluate("dateline.map instanceof L.Map && map_dateline === dateline.map")
    assert seen.text("#count").startswith(f"{len(CURRENT)} of 60 events, 11 to 1")
    assert seen.page.title() == "Made-up events"
    assert (seen.foreign, seen.errors, seen.dialogs) == ([], [], [])


def test_every_incident_is_a_pin_or_has_a_reason(visit, sixty):
    """Pins and the bucket together hold every incident."""
    seen = visit(sixty)
    pins = sum(1 for f in CURRENT if f["geometry"])
    assert seen.page.evaluate("dateline.onMap") == pins
    seen.page.click("#tab-off")
    reasons = {d.get_attribute("data-reason"): d.inner_text().split()[-1] for d in seen.page.query_selector_all(".off")}
    by_status = {name: len(rows(FEATURES, status=name)) for name in ("denied", "planned", "background")}
    assert {name: int(n) for name, n in reasons.items()} == {**by_status, "none": len(CURRENT) - pins}
    assert int(seen.text("#n-off")) + pins == 60
    seen.page.click(".off[data-reason=none] summary")
    seen.page.wait_for_selector(".off[data-reason=none] .off-why:not(:empty)")
    assert "two places of that name" in seen.text(".off[data-reason=none] .off-item:first-child .off-why")


def test_a_status_can_be_switched_on(visit, sixty):
    """Denied events are no pins until the reader asks for them."""
    seen = visit(sixty)
    before = seen.page.evaluate("dateline.onMap")
    seen.page.get_by_role("checkbox", name="denied").check()
    located = [f for f in FEATURES if f["geometry"] and f["properties"]["status"] == "denied"]
    assert seen.page.evaluate("dateline.onMap") == before + len(located)
    assert "status=claimed,denied,reported" in seen.url


@pytest.mark.parametrize(
    ("hash", "keep"),
    [
        ("", lambda row: True),
        ("#type=shelling,aid", lambda row: row["type"] in ("shelling", "aid")),
        ("#type=", lambda row: False),
        ("#from=2014-04-12&to=2014-04-12", lambda row: overlaps(row, "2014-04-12", "2014-04-12")),
        ("#undated=0", lambda row: row["date_start"] is not None),
        ("#outlet=Radio%20Orontes", lambda row: "Radio Orontes" in row["outlets"]),
        ("#actor=-", lambda row: not row["actors"]),
        ("#position=area", lambda row: row["place_relation"] == "area"),
        ("#verification=contested&from=2014-04-13", lambda row: contested(row) and overlaps(row, "2014-04-13", "9")),
        ("#q=bleach", lambda row: row["type"] == "chemical_attack"),
        ("#q=%D8%AD%D9%84%D8%A8", lambda row: row["place"] == "Aleppo"),
        ("#q=HALAB%20tractors", lambda row: row["place"] == "Aleppo" and row["type"] == "displacement"),
    ],
)  # fmt: skip
def test_a_link_gives_exactly_its_events_with_the_same_fields(visit, sixty, hash, keep):
    """Opening a link restores the filter; what is exported from it equals what went in, in the same order."""
    seen = visit(sixty, hash)
    seen.settle()
    wanted = [f for f in CURRENT if keep(f["properties"])]
    collection = json.loads(export(seen, "#save-geojson"))
    assert collection == {"type": "FeatureCollection", "dateline": {"version": "0"}, "features": wanted}
    assert [list(f["properties"]) for f in collection["features"]] == [list(f["properties"]) for f in wanted]
    assert seen.text("#count").startswith(f"{len(wanted)} of 60 events")
    assert seen.errors == []


def test_csv_has_the_columns_of_the_row_and_the_position(visit, sixty):
    """One line per incident, lists as JSON, lat and lon at the end."""
    seen = visit(sixty, "#type=shelling")
    table = list(csv.DictReader(io.StringIO(export(seen, "#save-csv"), newline="")))
    wanted = [f for f in CURRENT if f["properties"]["type"] == "shelling"]
    assert list(table[0]) == [*wanted[0]["properties"], "lat", "lon"]
    assert [json.loads(row["quotes"]) for row in table] == [f["properties"]["quotes"] for f in wanted]
    assert [row["lat"] for row in table] == [
        str(f["geometry"]["coordinates"][1]) if f["geometry"] else "" for f in wanted
    ]


def test_what_a_reader_chooses_is_in_the_link(visit, sixty):
    """Dates, types, search, tab and view: a copied address opens the same page."""
    seen = visit(sixty)
    seen.page.fill("#from", "2014-04-12")
    seen.page.get_by_role("button", name="only: Shelling").click(force=True)
    seen.page.fill("#search", "school yard")
    seen.page.click("#tab-list")
    seen.page.evaluate("dateline.map.setView([35.25, 36.5], 8, {animate: false})")
    seen.page.wait_for_timeout(200)
    url = seen.url
    assert "#from=2014-04-12&type=shelling&q=school%20yard&tab=list&map=8/35.2500/36.5000" in url
    again = visit(sixty, url[url.index("#") :])
    assert exported_ids(again) == exported_ids(seen)
    assert again.url == url
    assert again.page.evaluate(
        "[dateline.map.getZoom(), document.querySelector('#tab-list').getAttribute('aria-selected')]"
    ) == [8, "true"]
    seen.page.click("#reset")
    assert seen.text("#count").startswith(f"{len(CURRENT)} of 60")


def test_boxes_count_what_they_would_show(visit, sixty):
    """A type's number follows the other filters, not its own box."""
    seen = visit(sixty, "#from=2014-04-12&to=2014-04-12&type=aid")
    in_window = [f["properties"] for f in CURRENT if overlaps(f["properties"], "2014-04-12", "2014-04-12")]
    for kind in made_up.TYPES:
        box = seen.page.locator(".box:not(.family)", has_text=kind["label"]).first
        assert int(box.locator(".n").inner_text()) == len([row for row in in_window if row["type"] == kind["id"]]), (
            kind["id"]
        )


def test_all_and_none(visit, sixty):
    """None empties the map and says so; All brings everything back and leaves no trace in the address."""
    seen = visit(sixty)
    seen.page.locator("#layers .facet-all button").nth(1).click()
    assert seen.text("#count").startswith("0 of 60")
    assert "No event passes" in seen.text("#map-note")
    seen.page.locator("#layers .facet-all button").nth(0).click()
    assert "#" not in seen.url
    assert seen.page.is_hidden("#map-note")


def test_the_histogram_is_the_brush(visit, sixty):
    """Dragging over bars chooses their days; a double click clears the choice."""
    seen = visit(sixty)
    box = seen.page.locator("#histogram").bounding_box()
    days = seen.page.evaluate("dateline.bins.count")
    wide = box["width"] / days
    seen.page.mouse.move(box["x"] + wide * 1.5, box["y"] + 20)
    seen.page.mouse.down()
    seen.page.mouse.move(box["x"] + wide * 2.5, box["y"] + 20)
    seen.page.mouse.up()
    assert "#from=2014-04-12&to=2014-04-13" in seen.url
    seen.page.locator("#histogram").dblclick()
    assert "from=" not in seen.url


def test_play_moves_through_time_and_stops_at_the_end(visit, sixty):
    """Play shows one bar after another; the button pauses it."""
    seen = visit(sixty)
    seen.page.click("#play")
    seen.page.wait_for_timeout(80)
    assert "#from=2014-04-11&to=2014-04-11" in seen.url
    seen.page.wait_for_timeout(1000)
    assert "#from=2014-04-12&to=2014-04-12" in seen.url
    seen.page.click("#play")
    seen.page.wait_for_timeout(1000)
    assert "#from=2014-04-12&to=2014-04-12" in seen.url


def test_undated_events_are_pins_that_can_be_hidden(visit, sixty):
    """An unknown start passes every date filter; the box takes such events away, and says how many."""
    seen = visit(sixty)
    undated = rows(CURRENT, date_start=None)
    assert seen.text("#undated-label") == f"undated ({len(undated)})"
    seen.page.uncheck("#undated")
    assert seen.text("#count").startswith(f"{len(CURRENT) - len(undated)} of 60")


def test_a_symbol_opens_every_sentence_of_its_place(visit, sixty):
    """A click shows the incidents there, with marked words, who says so, claims, conflicts, the reason and the stub."""
    seen = visit(sixty)
    told_twice = next(f for f in CURRENT if f["properties"]["conflicts"] and f["geometry"])
    row = told_twice["properties"]
    seen.page.evaluate(
        """place => {
            const { siteNames, siteLat, siteLon } = dateline.table;
            const site = siteNames.indexOf(place);
            dateline.map.setView([siteLat[site], siteLon[site]], 12, {animate: false});
        }""",
        row["place"],
    )
    seen.settle()
    seen.page.mouse.click(*seen.symbol(row["place"]))
    seen.page.wait_for_selector("#detail:not([hidden]) .card")
    assert seen.text("#detail-title") == row["place"]
    assert len(seen.page.query_selector_all(".card")) == len(
        [f for f in CURRENT if f["properties"]["place"] == row["place"]]
    )
    again = visit(sixty, f"#event={row['id']}")
    again.page.wait_for_selector("#detail:not([hidden]) .card[open]")
    card = again.text(".card")
    for quote in row["quotes"]:
        assert quote["quote"] in card
        assert quote["said_by"] is None or quote["said_by"] in card
    assert again.text(".mark-place") == row["place"]
    assert again.text(".mark-trigger") == row["trigger"]
    assert row["place_why"] in card
    assert "The sources differ" in card
    assert f"Who claims what ({len(row['claims'])})" in card
    again.page.get_by_text("Is this wrong?").click()
    assert f'event: "{row["id"]}"' in again.text(".card pre")
    assert {a.get_attribute("rel") for a in again.page.query_selector_all(".card a")} <= {"noopener noreferrer"}
    assert (again.errors, again.foreign) == ([], [])


def test_every_event_can_be_reached_by_keyboard(visit, sixty):
    """Tab to the list, arrows to a row, Enter opens it with the focus inside, Escape comes back to the list."""
    seen = visit(sixty, "#tab=list")
    seen.page.focus("#events")
    for _ in range(3):
        seen.page.keyboard.press("ArrowDown")
    active = seen.page.get_attribute("#events", "aria-activedescendant")
    assert active == "row-3"
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector("#detail:not([hidden]) .card[open]")
    assert seen.page.evaluate("document.activeElement.id") == "detail"
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.querySelector('#detail').contains(document.activeElement)")
    seen.page.keyboard.press("Escape")
    assert seen.page.evaluate("[document.activeElement.id, document.querySelector('#detail').hidden]") == [
        "events",
        True,
    ]
    seen.page.keyboard.press("End")
    assert seen.page.get_attribute("#events", "aria-activedescendant") == f"row-{len(CURRENT) - 1}"


def test_tab_key_reaches_every_part(visit, sixty):
    """Search, dates, play, tabs, boxes, exports and the map are all in the tab order."""
    seen = visit(sixty)
    reached = set()
    for _ in range(120):
        seen.page.keyboard.press("Tab")
        reached.add(seen.page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"search", "from", "to", "play", "tab-layers", "save-geojson", "save-csv", "copy-link", "print"} <= reached
    assert any("leaflet-control-zoom-in" in name for name in reached)
    assert any("leaflet-control-layers-toggle" in name for name in reached)


def test_copy_link_copies_the_address(visit, sixty):
    """The whole state can be sent to somebody."""
    seen = visit(sixty, "#type=aid", permissions=["clipboard-read", "clipboard-write"])
    seen.page.click("#copy-link")
    seen.page.wait_for_selector("#note:not(:empty)")
    assert seen.page.evaluate("navigator.clipboard.readText()") == seen.url
