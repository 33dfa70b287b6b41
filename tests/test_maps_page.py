"""The page as a file: the same bytes for the same input, closed by its policy, honest about what it would load."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import itertools
import json
import math
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import folium
import made_up
import pytest
import yaml

from geo import maps
from geo.errors import ExportError, GeoError, InputError, UnknownName
from geo.incidents.corrections import stub
from geo.maps import assets, columns, figure, page, palette, vendor

ROOT = Path(__file__).resolve().parent.parent
SINKS = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "srcdoc", "bindPopup", "bindTooltip")
SINKS += ("eval(", "new Function", "import(")
needs_files = pytest.mark.skipif(not vendor.ready(), reason=f"the page's files are not here: {vendor.HOW}")


def render(count: int = 20, **options) -> str:
    """The whole document of a small page."""
    given = {"title": "Made up", "types": made_up.TYPES, "places": made_up.labels(), **options}
    return maps.build(made_up.incidents(count), **given).get_root().render()


def policy(html: str) -> dict[str, list[str]]:
    """The content security policy, by directive."""
    text = re.search(r'Content-Security-Policy" content="([^"]*)"', html).group(1).replace("&#39;", "'")
    return {name: values for name, *values in (part.split() for part in text.split("; "))}


def hashes(html: str, tag: str) -> list[str]:
    """What a browser would compute for each inline script or style."""
    blocks = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
    return [f"'sha256-{base64.b64encode(hashlib.sha256(b.encode()).digest()).decode()}'" for b in blocks]


@pytest.fixture
def without_files(monkeypatch, tmp_path):
    """As on a machine without npm."""
    for module in (figure.PageFigure.__init__, assets.vendored, assets.for_guests, page.basemap.outline):
        defaults = dict(module.__kwdefaults__ or {})
        for key in ("vendor_folder", "folder"):
            if key in defaults:
                monkeypatch.setitem(module.__kwdefaults__, key, tmp_path)


def test_a_map_is_a_folium_map():
    """Code that expects a folium.Map gets one, with our layer as a folium layer."""
    made = maps.build(made_up.incidents(3), title="x")
    assert isinstance(made, folium.Map)
    assert sum(isinstance(child, folium.map.Layer) for child in made._children.values()) == 5


def test_same_input_same_bytes():
    """Also in another process, with another hash seed and time zone, and when rendered twice."""
    code = (
        "import sys, hashlib; sys.path.insert(0, 'tests'); import made_up; from geo import maps;"
        "m = maps.build(made_up.incidents(20), title='Made up', types=made_up.TYPES, places=made_up.labels());"
        "a, b = m.get_root().render(), m.get_root().render(); assert a == b;"
        "print(hashlib.sha256(a.encode()).hexdigest())"
    )
    seen = {hashlib.sha256(render().encode()).hexdigest()}
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONUTF8": "1"}
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, env=environment)
        assert done.returncode == 0, done.stderr
        seen.add(done.stdout.strip())
    assert len(seen) == 1


def test_layers_of_others_keep_the_bytes_too():
    """folium numbers its elements at random; on our page they are numbered in order."""

    def with_guests() -> str:
        made = maps.build(made_up.incidents(3), title="x")
        folium.GeoJson({"type": "Point", "coordinates": [39, 35]}, name="mine").add_to(made)
        group = folium.FeatureGroup(name="group").add_to(made)
        folium.CircleMarker([34, 38]).add_to(group)
        return made.get_root().render()

    assert with_guests() == with_guests()
    assert not re.search(r"_[0-9a-f]{32}\b", with_guests())


@needs_files
def test_the_policy_lets_in_our_own_blocks_only():
    """Nothing by default; each script and style by its hash, no hosts, no inline exceptions."""
    html = render()
    rules = policy(html)
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == hashes(html, "script")
    assert rules["style-src"] == hashes(html, "style")
    assert rules["img-src"] == ["data:", "blob:"]
    assert not {"connect-src", "style-src-attr", "font-src"} & set(rules)
    assert "unsafe" not in html[: html.index("</head>")].split("<style>")[0]


@needs_files
def test_the_file_names_no_address_to_load():
    """No src, no href, no url() points anywhere but into the file."""
    html = render()
    markup = re.sub(r"<(script|style)\b[^>]*>.*?</\1>", "", html, flags=re.DOTALL)
    assert re.findall(r'\b(?:src|href)="(?!data:)[^"]*"', markup) == []
    styles = "".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))
    assert [url for url in re.findall(r"url\(([^)]*)\)", styles) if not url.startswith("data:")] == []


def test_without_files_the_page_links_the_cdn_with_hashes(without_files, recwarn, caplog):
    """Leaflet comes from a pinned address, checked by its hash; the policy names that host and no other."""
    html = render()
    (said,) = caplog.messages
    assert "python -m geo.maps.vendor" in said
    tags = re.findall(r"<(?:script src|link rel=\"stylesheet\" href)=[^>]*>", html)
    assert len(tags) == 2
    link = (
        r'https://[\w./-]+leaflet@1\.9\.4/dist/leaflet\.(js|css)" integrity="sha512-[\w+/=]+" crossorigin="anonymous"'
    )
    assert all(re.search(link, tag) for tag in tags)
    rules = policy(html)
    assert "https://cdn.jsdelivr.net" in rules["script-src"]
    assert {h for values in rules.values() for h in values if h.startswith("http")} == {"https://cdn.jsdelivr.net"}
    assert [str(w.message) for w in recwarn] == []


def test_without_files_offline_says_how_to_get_them(without_files):
    """Asked for a page that needs no net, we refuse with the line to type."""
    with pytest.raises(figure.OfflineError, match=r"python -m geo\.maps\.vendor"):
        render(offline=True)


@needs_files
def test_the_cdn_hashes_are_those_of_the_vendored_files():
    """What we embed and what we would link are the same bytes."""
    for asset in assets.KNOWN.values():
        data = (vendor.VENDOR / asset.file).read_bytes()
        assert asset.integrity == "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()


def test_a_strangers_host_is_named_once():
    """A layer that loads from elsewhere is let in with one warning; a page that must be offline refuses it."""

    def with_tiles(**options):
        made = maps.build(made_up.incidents(3), title="x", **options)
        folium.TileLayer("https://tiles.example.org/{z}/{x}/{y}.png", attr="them").add_to(made)
        return made.get_root()

    with pytest.warns(UserWarning, match=r"tiles\.example\.org") as caught:
        html = with_tiles().render()
    assert len(caught) == 1
    assert "https://tiles.example.org" in policy(html)["img-src"]
    if vendor.ready():
        with pytest.raises(figure.OfflineError, match=r"tiles\.example\.org"):
            with_tiles(offline=True).render()


@pytest.mark.parametrize(
    ("tiles", "host"),
    [("osm", "https://tile.openstreetmap.org"), ("https://{s}.t.example/{z}/{x}/{y}.png", "https://*.t.example")],
)
def test_tiles_asked_for_are_the_only_host(tiles, host, recwarn):
    """The tile server is allowed for pictures, without a warning: the caller named it."""
    rules = policy(render(tiles=tiles))
    assert [value for value in rules["img-src"] if value.startswith("http")] == [host]
    assert [str(w.message) for w in recwarn] == []


@pytest.mark.parametrize(
    ("options", "error", "says"),
    [
        ({"tiles": "google"}, InputError, "neither none, osm nor an address"),
        ({"tiles": "https://x/{z}/{{evil}}"}, InputError, "neither none, osm nor an address"),
        ({"tiles": "https://x/{z}/' onerror='"}, InputError, "neither none, osm nor an address"),
        ({"lang": "xx"}, UnknownName, "there are: ar, en"),
    ],
)
def test_wrong_options_are_refused_in_one_line(options, error, says):
    """What, and what to try."""
    with pytest.raises(error, match=re.escape(says)) as caught:
        render(3, **options)
    assert "\n" not in str(caught.value)


def test_wrong_features_are_refused():
    """A list of something else is no GeoJSON."""
    for wrong in ([{"type": "Feature"}], ["text"], [{"properties": 5}]):
        with pytest.raises(GeoError, match="features"):
            maps.build(wrong, title="x")


def test_saving_is_whole_or_not_at_all(tmp_path):
    """A missing folder is said in one line; an open file works too, as in folium."""
    made = maps.build(made_up.incidents(3), title="x")
    with pytest.raises(ExportError, match="does not exist"):
        made.save(tmp_path / "no" / "x.html")
    made.save(tmp_path / "x.html")
    buffer = io.BytesIO()
    made.save(buffer, close_file=False)
    assert buffer.getvalue() == (tmp_path / "x.html").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["x.html"]


def test_templates_in_text_stay_text():
    """Text with template marks is never run as a template: folium compiles what it renders a second time."""
    marks = "{{ 7*7 }}{% raw %}${6*7}`{# x #}"
    html = render(3, title=marks, attribution=[marks], skipped=[{"sentence": marks, "reason": marks}])
    assert "49" not in re.search(r"<h1.*?</h1>", html).group()
    assert "{{ 7*7 }}" in re.search(r"<h1.*?</h1>", html).group()


def test_json_in_the_page_cannot_end_its_script():
    """The five characters that could are written as escapes, and come back."""
    value = {"</script>": "<!-- & \u2028\u2029 -->"}
    text = figure.json_for_script(value)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value


def test_both_languages_have_the_same_words():
    """Every language says everything, with the same blanks to fill."""
    tables = {lang: page.words_of(lang) for lang in maps.languages()}
    tables = {
        lang: {k: v for k, v in words.items() if not k.startswith(("tip.", "count."))} for lang, words in tables.items()
    }
    blanks = {lang: {k: sorted(re.findall(r"\{\w+\}", v)) for k, v in words.items()} for lang, words in tables.items()}
    assert blanks["ar"] == blanks["en"]
    assert all({"tip.other", "count.other"} <= set(page.words_of(lang)) for lang in tables)
    assert all(text.strip() for words in tables.values() for text in words.values())


def test_every_word_used_exists():
    """No `undefined` on the page: each word the scripts and templates ask for is in the tables."""
    words = page.words_of("en")
    used = set()
    for path in (ROOT / "geo/maps/static/app").glob("*.js"):
        used |= set(re.findall(r"(?<![\w.])(?:this\.|config\.)?words\.(\w+)", path.read_text(encoding="utf-8")))
    used |= set(re.findall(r"words\.(\w+)", (ROOT / "geo/maps/templates/page.html.j2").read_text(encoding="utf-8")))
    assert used <= set(words), used - set(words)


def test_our_scripts_have_no_way_to_make_markup():
    """Text only ever becomes text: the sinks are not used in our own scripts at all."""
    for path in (ROOT / "geo/maps/static/app").glob("*.js"):
        code = re.sub(r"//.*", "", path.read_text(encoding="utf-8"))
        for sink in SINKS:
            assert sink not in code, f"{path.name} uses {sink}"


def test_modules_import_what_they_use():
    """Every name imported is used, and every module is reached from the program."""
    program = assets.program()
    for path in (ROOT / "geo/maps/static/app").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for names, source in re.findall(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";$', text, re.MULTILINE):
            for name in (n.strip() for n in names.split(",")):
                assert len(re.findall(rf"\b{name}\b", text)) > 1, (
                    f"{path.name} imports {name} from {source} for nothing"
                )
        assert f"// {text.splitlines()[0].removeprefix('// ')}" in program, f"{path.name} is not part of the page"


OPENED = """
import { decoded, records, textPacket, unpacked } from "%s";
let input = "";
for await (const part of process.stdin) input += part;
const [texts, rows] = await Promise.all(JSON.parse(input).map(unpacked));
process.stdout.write(JSON.stringify(records(JSON.parse(decoded(rows)), textPacket(texts))));
"""
ODD_VALUES = [
    None,
    True,
    1,
    1.5,
    0,
    -7,
    "",
    "a",
    "\u00e9\U0001f600 \\ #",
    [],
    [None],
    ["a", "b"],
    [[1], []],
    {},
    [{}, {"quote": "q"}],
]
ODD_VALUES += [{"quote": "q\nr", "title": None}, [{"a": 1}, 2], {"__proto__": 1}, 10**12]


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not here")
def test_rows_come_back_as_they_went_in():
    """Whatever a property holds, row by row or all alike, the browser's reader gives it back, keys in order."""
    rows = [{"id": f"e{n}", "same": [1], "mixed": value, "quote": value} for n, value in enumerate(ODD_VALUES)]
    rows += [{"id": f"e{n}", "event_ids": [f"e{n}"], "only": n % 2, "title": f"T{n}"} for n in range(60)]
    rows += [{f"all {n}": value for n, value in enumerate(ODD_VALUES)} for _ in range(3)]
    features = [{"type": "Feature", "geometry": None, "properties": row} for row in rows] + made_up.incidents(50)
    packed = columns.pack(features)
    module = (ROOT / "geo/maps/static/app/columns.js").as_uri()
    done = subprocess.run(
        ["node", "--input-type=module", "-e", OPENED % module],
        input=json.dumps([packed.texts[0], packed.rows[0]]),
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    opened = sorted(map(json.dumps, json.loads(done.stdout)))
    assert opened == sorted(map(json.dumps, features))


def test_a_page_without_texts_holds_none():
    """`text="none"`: no sentence, no headline, all else in place."""
    features = made_up.incidents(30)
    note = "A note of others, under a name that nobody knows, as long as notes of those who code events by hand are."
    features[0]["properties"]["given"] = {"notes": note, "region": "Coast"}
    packed = columns.pack(features, text=False)
    assert packed.texts == ()
    rows = gzip.decompress(base64.b64decode(packed.rows[0])).decode()
    for feature in features:
        assert not any(quote[key] in rows for quote in feature["properties"]["quotes"] for key in ("quote", "title"))
    assert features[0]["properties"]["place_text"] in rows
    assert note not in rows
    assert '"Coast"' in rows
    with pytest.raises(UnknownName, match="full, none"):
        render(text="some")


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not here")
def test_the_program_parses(tmp_path):
    """All modules in one scope are still one valid script."""
    path = tmp_path / "program.cjs"
    path.write_text(assets.program(), encoding="utf-8")
    done = subprocess.run(["node", "--check", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not here")
def test_the_stub_on_the_page_is_the_one_geo_prints():
    """What a reader copies from a card is an entry the corrections file understands."""
    quote = 'He said: "no" # - {x}\n\tحلب'
    code = f"""import {{ correctionStub }} from "./geo/maps/static/app/marks.js";
    process.stdout.write(correctionStub({json.dumps({"id": "a1", "quote": quote})}));"""
    done = subprocess.run(["node", "--input-type=module", "-e", code], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.stdout == stub("a1", quote), done.stderr


def test_packets_are_columns_and_nothing_is_lost():
    """A packet opens to its header and arrays; days, sites and types stand where the features say."""
    features = made_up.incidents(30)
    packed = columns.pack(features)
    data = gzip.decompress(base64.b64decode(packed.columns))
    length = int.from_bytes(data[:4], "little")
    head = json.loads(data[4 : 4 + length])
    assert head["count"] == packed.count == 30
    assert {name for name, *_ in head["layout"]} >= {"start", "end", "type", "site", "siteLon", "order"}
    assert set(head["types"]) == {f["properties"]["type"] for f in features}
    assert len(packed.texts) == len(packed.rows) == 1


def test_size_per_event():
    """Sentences included, an event costs at most 250 bytes of page once there are many."""
    packed = columns.pack(made_up.incidents(3000, places=300))
    total = len(packed.columns) + sum(map(len, packed.texts)) + sum(map(len, packed.rows))
    assert total / 3000 < 250


def test_types_get_a_colour_and_a_sign_each():
    """Families give colours, given ones win; letters differ within a family; types only seen in data are added."""
    types, families = palette.resolved(
        [
            {"id": "a", "label": "Air strike", "family": "air"},
            {"id": "b", "label": "Artillery", "family": "air"},
            {"id": "c", "label": "Clash", "family": "ground", "colour": "#123456", "symbol": "star"},
            {"id": "d", "label": "Drone strike", "parent": "a"},
        ],
        ["a", "landslide"],
        {"landslide": "Land slide"},
    )
    by_id = {row["id"]: row for row in types}
    assert by_id["a"]["colour"] == by_id["b"]["colour"] == by_id["d"]["colour"] != by_id["c"]["colour"]
    assert by_id["c"]["colour"] == "#123456"
    assert len({by_id[name]["symbol"] for name in "abd"}) == 3
    assert by_id["landslide"]["label"] == "Land slide"
    assert [row["id"] for row in families][-1] == "other"


# How colours look to people who lack one kind of cone (Machado, Oliveira and Fernandes 2009, full strength).
VISION = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "no green": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "no blue": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}
APART = 20  # CIE76: plainly different at the size of a symbol


def lab(colour: str, vision: str) -> tuple[float, float, float]:
    """A colour in CIELAB as seen with that vision."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
    r, g, b = (min(1.0, max(0.0, sum(m * v for m, v in zip(row, linear)))) for row in VISION[vision])
    xyz = (
        0.4124 * r + 0.3576 * g + 0.1805 * b,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        0.0193 * r + 0.1192 * g + 0.9505 * b,
    )
    x, y, z = (
        v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (xyz[0] / 0.9505, xyz[1], xyz[2] / 1.089)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("vision", VISION)
def test_families_are_told_apart_by_everybody(vision):
    """Any two of the seven colours differ plainly, whichever cones one has."""
    for one, other in itertools.combinations(palette.FAMILY_COLOURS, 2):
        assert math.dist(lab(one, vision), lab(other, vision)) >= APART, (one, other)


def test_recorded_packages_are_those_of_package_json():
    """One version and one hash each: the build step, package.json and its lock agree."""
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    wanted = package["dependencies"] | package["devDependencies"]
    for recorded in (*vendor.PACKAGES, vendor.AXE):
        assert wanted[recorded.name] == recorded.version
        assert lock[f"node_modules/{recorded.name}"]["integrity"] == recorded.integrity
    assert len(wanted) == len(vendor.PACKAGES) + 1


def test_fetching_without_npm_says_what_to_do(tmp_path, monkeypatch):
    """No npm, a failing npm, another archive: each in one line."""
    monkeypatch.setattr(vendor.shutil, "which", lambda name: None)
    with pytest.raises(vendor.VendorError, match=r"install Node\.js"):
        vendor.fetch(tmp_path)
    assert vendor.main([str(tmp_path)]) == 2


def test_an_archive_that_is_not_the_recorded_one_is_refused(tmp_path, monkeypatch):
    """The hash is checked before anything is unpacked."""

    def npm_pack(command, cwd, **_):
        (Path(cwd) / "leaflet-1.9.4.tgz").write_bytes(b"something else")
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(vendor.shutil, "which", lambda name: "npm")
    monkeypatch.setattr(vendor.subprocess, "run", npm_pack)
    with pytest.raises(vendor.VendorError, match="is not the archive recorded"):
        vendor.fetch(tmp_path)
    assert not list(tmp_path.rglob("*.js"))


def test_vendor_runs_without_the_rest():
    """The build step runs the file on its own: standard library only."""
    for name in ("vendor.py", "outlines.py"):
        code = (ROOT / "geo/maps" / name).read_text(encoding="utf-8")
        imported = set(re.findall(r"^(?:from|import) (\w+)", code, re.MULTILINE)) - {"__future__"}
        assert imported <= set(sys.stdlib_module_names)
    code = "import runpy, sys; sys.path.insert(0, sys.argv[1]); runpy.run_path(sys.argv[1] + '/vendor.py')"
    subprocess.run([sys.executable, "-I", "-S", "-c", code, str(ROOT / "geo/maps")], check=True)


@pytest.mark.parametrize("stale", ["2.0.2", "2.0.1+form2", "2.0.2+form1"])
def test_a_folder_of_another_form_is_fetched_again(tmp_path, monkeypatch, stale):
    """Files prepared by an earlier version are replaced, and what it kept whole is removed."""
    square = {"type": "Polygon", "arcs": [[0]], "properties": {"name": "Square"}}
    arcs = [[[0, 0], [90, 0], [0, 90], [-90, -90]]]
    objects = {name: {"geometries": [square]} for name in ("countries", "land")}
    transform = {"scale": [0.1, 0.1], "translate": [0, 0]}
    data = json.dumps({"objects": objects, "arcs": arcs, "transform": transform}).encode()
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w:gz") as tar:
        for scale in ("10m", "50m"):
            member = tarfile.TarInfo(f"package/countries-{scale}.json")
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    integrity = "sha512-" + base64.b64encode(hashlib.sha512(archive.getvalue()).digest()).decode()
    atlas = next(p for p in vendor.PACKAGES if p.name == "world-atlas")._replace(integrity=integrity)
    asked = []

    def npm_pack(command, cwd, **_):
        asked.append(command[2])
        (Path(cwd) / "world-atlas.tgz").write_bytes(archive.getvalue())
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(vendor.shutil, "which", lambda name: "npm")
    monkeypatch.setattr(vendor.subprocess, "run", npm_pack)
    for name in ("countries.zip", "countries-10m.json"):
        (tmp_path / name).write_bytes(b"old")
    (tmp_path / "vendor.json").write_text(json.dumps({"world-atlas": stale}), encoding="utf-8")
    vendor.fetch(tmp_path, packages=(atlas,))
    first = (tmp_path / "countries.zip").read_bytes()
    assert not (tmp_path / "countries-10m.json").exists()
    assert page.basemap.outline((2, 2, 4, 4), folder=tmp_path)["names"][0]["name"] == "Square"
    vendor.fetch(tmp_path, packages=(atlas,))
    assert asked == ["world-atlas@2.0.2"], "what is there is not fetched again"
    (tmp_path / "countries.zip").unlink()
    vendor.fetch(tmp_path, packages=(atlas,))
    assert (tmp_path / "countries.zip").read_bytes() == first, "the same archive gives the same bytes"


@needs_files
def test_the_outline_is_cut_to_the_events():
    """Land, coast, borders and names around the box; a coarse world outside; small enough to mail."""
    outline = page.basemap.outline((35.7, 32.5, 42.3, 37.3))
    assert {"Syria", "Lebanon", "Iraq"} <= {row["name"] for row in outline["names"]}
    assert all(outline[name] for name in ("land", "coast", "border", "admin", "lakes", "rivers"))
    assert len(columns.packet(json.dumps(outline).encode())) < 250_000
    for flat in outline["border"]:
        lon = lat = 0
        for i in range(0, len(flat), 2):
            lon, lat = lon + flat[i], lat + flat[i + 1]
            assert -1_800_000 <= lon <= 1_800_000
            assert -900_000 <= lat <= 900_000


@needs_files
def test_no_line_runs_across_the_whole_world():
    """Coasts that cross 180 degrees are cut there: no line and no shape jumps from one edge of the map to the other."""
    world = page.basemap.outline(None)
    for flat in world["coast"] + world["border"]:
        assert all(abs(step) < 1_800_000 for step in flat[2::2])
    fiji = page.basemap.outline((177.0, -18.5, 178.5, -17.0))
    assert "Fiji" in {row["name"] for row in fiji["names"]}
    assert len(world["land"]) > 100
    for flat in fiji["coast"] + fiji["border"]:
        assert all(abs(step) < 1_800_000 for step in flat[2::2])


@needs_files
def test_only_countries_near_the_box_are_read(monkeypatch):
    """A page of one country does not open the outlines of the world."""
    opened = []
    read = zipfile.ZipFile.read
    monkeypatch.setattr(
        zipfile.ZipFile, "read", lambda self, name, *rest: opened.append(name) or read(self, name, *rest)
    )
    page.basemap.outline((35.7, 32.5, 42.3, 37.3))
    assert len([name for name in opened if name.startswith("10m/")]) < 30
    assert not [name for name in opened if name.startswith("50m/")]


def test_the_words_are_strict_yaml():
    """The files read the same with any YAML reader; the types have a name in every language."""
    slugs = set(yaml.safe_load((ROOT / "geo/data/conflict/types.yaml").read_text(encoding="utf-8"))["types"])
    assert slugs <= set(yaml.safe_load((page.STRINGS / "types/ar.yaml").read_text(encoding="utf-8"))["types"])
    for lang in maps.languages():
        plain = yaml.safe_load((page.STRINGS / f"{lang}.yaml").read_text(encoding="utf-8"))
        assert {str(k): str(v) for k, v in plain.items()} == page.words_of(lang)


@pytest.mark.parametrize(
    ("lang", "names", "shown"),
    [
        ("en", ["بلدة"], "Town"),
        ("ar", ["Tówn", "بلدة"], "بلدة"),
        ("ar", ["Tówn"], "Town"),
        ("ar", [], "Town"),
    ],
)
def test_labels_are_in_the_script_of_the_page(lang, names, shown):
    """An Arabic page names towns in Arabic where it can."""
    place = {"id": "x", "name": "Town", "names": names, "lon": 1, "lat": 2}
    built = maps.build([], lang=lang, places=[place])
    assert json.loads(built.figure.content["config"])["labels"][0]["name"] == shown
