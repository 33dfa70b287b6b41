"""Asking an online geocoder; here a stub server answers, never the network."""

# ruff: noqa: E501  (one line, one row of the table)
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlparse

import pytest

from geo.errors import ExportError, GazetteerError, UnknownName
from geo.gazetteer import check
from geo.gazetteer.geocode import USER_AGENT, Geocoder, geocode

MOREK = {
    "lat": "35.3766", "lon": "36.6893", "name": "مورك", "display_name": "Morek, Hama, Syria", "addresstype": "town",
    "osm_type": "node", "osm_id": 42, "boundingbox": ["35.36", "35.39", "36.67", "36.71"], "address": {"country_code": "sy"},
}  # fmt: skip


class Stub(BaseHTTPRequestHandler):
    """A server of canned answers: by the name asked for, a status, a body, or a long silence."""

    def do_GET(self):
        query = parse_qs(urlparse(self.path).query)
        self.server.asked.append((query, self.headers["User-Agent"]))
        name = query["q"][0]
        if name == "Slowtown":
            time.sleep(3)
        status = {"Busytown": 429, "Brokentown": 500, "Forbiddentown": 403}.get(name, 200)
        body = {"Morek": [MOREK], "Oddtown": [{"lat": "1", "lon": "2", "display_name": "Oddtown, NO: x #y"}]}.get(
            name, []
        )
        payload = b"<html>" if name == "Garbledtown" else json.dumps(body).encode()
        try:
            self.send_response(status)
            self.end_headers()
            self.wfile.write(payload)
        except OSError:
            pass  # the client had enough

    def log_message(self, *args):
        pass


@pytest.fixture
def server():
    with ThreadingHTTPServer(("127.0.0.1", 0), Stub) as server:
        server.asked = []
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def options(server):
    local = {"domain": f"127.0.0.1:{server.server_address[1]}", "scheme": "http", "proxies": {}}
    return {"options": local, "min_delay_s": 0, "retries": 0, "timeout_s": 1.5}


def test_an_answer_is_a_row_to_paste(options, server, tmp_path):
    answer = geocode("Morek", country="sy", **options)
    (query, user_agent), *_ = server.asked
    assert user_agent == USER_AGENT
    assert query["countrycodes"] == ["sy"]
    assert answer.reason is None
    id_, row = answer.rows[0]
    assert id_ == "sy.morek"
    assert (row["kind"], row["lat"], row["lon"], row["precision"]) == ("town", 35.3766, 36.6893, "estimate")
    assert 2000 <= row["radius_m"] <= 3000
    assert "not checked yet" in row["source"]
    pasted = tmp_path / "g.yaml"
    pasted.write_text(answer.yaml(), encoding="utf-8")
    assert check([pasted]) == []


def test_what_yaml_would_misread_is_quoted(options, tmp_path):
    pasted = tmp_path / "g.yaml"
    pasted.write_text(geocode("Oddtown", **options).yaml(), encoding="utf-8")
    assert check([pasted]) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("Nowhere", "knows no such place"),
        ("Busytown", "slow down (429)"),
        ("Slowtown", "did not answer in time"),
        ("Brokentown", "the geocoder failed"),
        ("Forbiddentown", "the geocoder failed"),
        ("Garbledtown", "the geocoder failed"),
    ],
)
def test_no_answer_is_a_reason_not_an_error(options, name, reason):
    answer = geocode(name, **options)
    assert answer.rows == ()
    assert reason in answer.reason
    assert answer.yaml() == ""


def test_answers_are_remembered_nothing_included_but_failures_are_not(options, server, tmp_path):
    memory = tmp_path / "cache" / "geocoder.sqlite"
    for _ in range(2):
        geocoder = Geocoder(cache=memory, **options)
        answers = [geocoder.geocode(name) for name in ("Morek", "Nowhere", "Busytown")]
    assert [query["q"][0] for query, _ in server.asked] == ["Morek", "Nowhere", "Busytown", "Busytown"]
    assert [len(answer.rows) for answer in answers] == [1, 0, 0]


def test_without_a_network_the_run_goes_on_and_soon_stops_asking():
    away = {"domain": "127.0.0.1:9", "scheme": "http", "proxies": {}}
    geocoder = Geocoder(options=away, min_delay_s=0, retries=0, timeout_s=0.5)
    reasons = [geocoder.geocode(name).reason for name in ("Morek", "Nawa", "Homs")]
    assert reasons[:2] == ["the geocoder cannot be reached: is there a network?"] * 2
    assert reasons[2].startswith("not asked")


def test_busy_servers_are_asked_again(options, server):
    geocode("Busytown", **{**options, "retries": 2})
    assert len(server.asked) == 3


def test_a_service_that_is_not_there_and_a_memory_that_cannot_be_are_told(options, tmp_path):
    with pytest.raises(UnknownName, match="did you mean 'nominatim'"):
        geocode("Morek", provider="nominatum")
    with pytest.raises(GazetteerError, match="needs other options"):
        geocode("Morek", provider="opencage")
    broken = tmp_path / "x.sqlite"
    broken.write_text("no database, only words" * 100, encoding="utf-8")
    with pytest.raises(ExportError, match="as memory"):
        geocode("Morek", cache=broken, **options)
