// The page's pure functions as tables: what goes in, what comes out, one line above saying what it teaches.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { dayOf, isoOf, NO_DAY, spanText, whenText } from "../../geo/maps/static/app/dates.js";
import { bytesOf, decoded, records, table, textPacket, unpacked, wktLines, wktRings } from "../../geo/maps/static/app/columns.js";
import { BITS, Engine, offReasons, OFF_MAP } from "../../geo/maps/static/app/filter.js";
import { prompted } from "../../geo/maps/static/app/dom.js";
import { fold, terms } from "../../geo/maps/static/app/fold.js";
import { correctionStub, pieces, safeUrl } from "../../geo/maps/static/app/marks.js";
import { Search } from "../../geo/maps/static/app/search.js";
import { emptyState, fromHash, toHash } from "../../geo/maps/static/app/state.js";
import { inkOn, merged, radius, sectors, shortNumber } from "../../geo/maps/static/app/symbols.js";
import { csv, geojson } from "../../geo/maps/static/app/tables.js";
import { bins, Days, wholeRange } from "../../geo/maps/static/app/timeline.js";

const WORDS = { dateSpan: "{from} to {to}", before: "before {day}", undated: "undated" };
const day = dayOf;

test("a day is read from an ISO date, and nothing else", () => {
  for (const [text, number] of [["1970-01-01", 0], ["2014-04-11", 16171], ["2014-02-30", null], ["11 April", null], ["", null], [undefined, null], ["2014-4-1", null]]) {
    assert.equal(dayOf(text), number, text);
  }
  assert.equal(isoOf(16171), "2014-04-11");
});

test("what both ends of a span share is written once", () => {
  for (const [from, to, text] of [
    ["2014-04-11", "2014-04-14", "11 to 14 April 2014"],
    ["2014-03-30", "2014-04-02", "30 March to 2 April 2014"],
    ["2013-12-30", "2014-01-02", "30 December 2013 to 2 January 2014"],
    ["2014-04-11", "2014-04-11", "11 April 2014"],
  ]) assert.equal(spanText(day(from), day(to), "en", WORDS), text);
});

test("an unknown start is an upper bound, not a date", () => {
  assert.equal(whenText(NO_DAY, day("2014-04-14"), "en", WORDS), "before 14 Apr 2014");
  assert.equal(whenText(NO_DAY, NO_DAY, "en", WORDS), "undated");
  assert.equal(whenText(day("2014-04-14"), day("2014-04-14"), "en", WORDS), "14 Apr 2014");
});

test("the search folds case, accents, quotes and Arabic letters", () => {
  for (const [a, b] of [["Idlib", "idlib"], ["Şanlıurfa", "sanlıurfa"], ["Ma’aloula", "ma'aloula"], ["حلب", "حَلَب"], ["إدلب", "ادلب"], ["حماة", "حماه"], ["القصير", "القصــير"]]) {
    assert.equal(fold(a), fold(b), `${a} = ${b}`);
  }
});

test("words are terms, quoted words are one", () => {
  assert.deepEqual(terms('Air strike "eastern Ghouta"'), ["air", "strike", "eastern ghouta"]);
  assert.deepEqual(terms("   "), []);
});

test("the address keeps the whole state, with names", () => {
  const state = { ...emptyState(), from: day("2014-04-11"), to: day("2014-04-14"), type: new Set(["chemical_attack", "air_strike"]), map: { zoom: 8, lat: 36.2, lon: 37.1 } };
  assert.equal(toHash(state), "#from=2014-04-11&to=2014-04-14&type=air_strike,chemical_attack&map=8/36.2000/37.1000");
  const odd = {
    ...emptyState(), q: "a&b=c #% 中", undated: false, tab: "off", event: "x/1", type: new Set(),
    outlet: new Set(["Post, Daily", "50% News", "", "-", "%2C"]), status: new Set(["denied"]),
  };
  for (const one of [state, odd, emptyState()]) {
    const back = fromHash(toHash(one));
    assert.deepEqual(back, one);
  }
});

test("a broken address breaks nothing", () => {
  for (const hash of ["#", "#from=yesterday", "#map=a/b/c", "#map=8/999/0", "#%E0%A4%A=1", "#q=%E0%A4%A", "#type", "#tab=evil", "#__proto__=1"]) {
    assert.deepEqual(fromHash(hash).from, null, hash);
    assert.equal(fromHash(hash).map, null, hash);
  }
});

function tiny(rows) {
  const column = (name, numbers) => Uint8Array.from(rows, (row) => numbers.indexOf(row[name]));
  const outletSets = [[], [0], [0, 1]];
  return {
    count: rows.length, chunk: 1000,
    start: Int32Array.from(rows, (row) => row.start ?? NO_DAY), end: Int32Array.from(rows, (row) => row.end ?? NO_DAY),
    types: ["air", "clash"], statuses: ["reported", "claimed", "denied", "planned", "background"], outlets: ["A", "B"], actors: [],
    positions: ["exact"], precisions: ["day"], verifications: [""], outletSets, actorSets: [[]],
    type: column("type", ["air", "clash"]), status: column("status", ["reported", "claimed", "denied", "planned", "background"]),
    outlet: Uint8Array.from(rows, (row) => row.outlet ?? 0), actor: new Uint8Array(rows.length), position: new Uint8Array(rows.length),
    dated: new Uint8Array(rows.length), verification: new Uint8Array(rows.length), site: Int32Array.from(rows, (row) => row.site ?? -1),
    siteNames: ["Aleppo"], siteAliases: ["حلب"],
  };
}

const ROWS = [
  { type: "air", status: "reported", start: 1, end: 1, outlet: 1, site: 0 },
  { type: "air", status: "claimed", start: 2, end: 5, outlet: 2, site: 0 },
  { type: "clash", status: "reported", start: null, end: 4, outlet: 0, site: 0 },
  { type: "clash", status: "denied", start: 6, end: 6, outlet: 1, site: 0 },
  { type: "air", status: "reported", start: 6, end: 6, outlet: 1 },
];

const daysOf = (data, failed = Array(data.count).fill(0)) => new Days(wholeRange(data)).count(data, Uint16Array.from(failed), BITS.date);

test("intervals overlap the window, an unknown start is open", () => {
  for (const [from, to, found] of [[null, null, 5], [1, 1, [0, 2]], [3, 3, [1, 2]], [5, 9, [1, 3, 4]], [2, null, [1, 2, 3, 4]], [null, 0, [2]]]) {
    const engine = new Engine(tiny(ROWS));
    engine.dates(from, to);
    const passing = [...engine.count().selected()];
    assert.deepEqual(passing, Array.isArray(found) ? found : [0, 1, 2, 3, 4], `${from} to ${to}`);
  }
});

test("a box counts what passes all the other questions", () => {
  const engine = new Engine(tiny(ROWS));
  engine.facet("type", new Set(["clash"]));
  engine.facet("status", new Set(["reported", "claimed"]));
  engine.count();
  assert.equal(engine.passing, 1);
  assert.deepEqual([...engine.counts.type], [3, 1]); // by status alone
  assert.deepEqual([...engine.counts.status], [1, 0, 1, 0, 0]); // by type alone
  assert.deepEqual([...engine.counts.outlet], [0, 0, 1]); // the last: no outlet named
  assert.equal(engine.undatedCount, 1);
});

test("an incident told by several outlets passes for any of them", () => {
  for (const [chosen, found] of [[["B"], [1]], [["A"], [0, 1, 3, 4]], [[""], [2]], [[], []]]) {
    const engine = new Engine(tiny(ROWS));
    engine.facet("outlet", new Set(chosen));
    assert.deepEqual([...engine.count().selected()], found);
  }
});

test("what is no pin has a reason, the status before the missing place", () => {
  const reasons = offReasons(tiny([...ROWS, { type: "air", status: "planned", start: 1, end: 1 }]));
  assert.deepEqual([...reasons].map((n) => OFF_MAP[n - 1] ?? null), [null, null, null, "denied", "none", "planned"]);
});

test("bars: at most so many, whole steps, every incident in each bar it touches", () => {
  assert.deepEqual(bins(0, 99, 120), { first: 0, step: 1, count: 100 });
  assert.deepEqual(bins(0, 699, 120), { first: 0, step: 7, count: 100 });
  const data = tiny(ROWS);
  assert.deepEqual([...daysOf(data).bars(bins(1, 6, 10))], [1, 1, 1, 2, 1, 2]);
  assert.deepEqual([...daysOf(data).bars(bins(1, 6, 3))], [2, 2, 3]);
  assert.deepEqual(wholeRange(data), { first: 1, last: 6 });
});

test("days are counted from the incidents that pass all the other questions", () => {
  const data = tiny(ROWS);
  const days = daysOf(data, [BITS.date, 0, BITS.date, BITS.date | BITS.type, BITS.type]);
  assert.deepEqual(days.range(), { first: 1, last: 5 });
  assert.deepEqual([...days.bars(bins(1, 6, 10))], [1, 1, 1, 2, 1, 0]);
  assert.equal(daysOf(data, Array(5).fill(BITS.text)).range(), null);
});

test("a few early incidents do not squeeze the rest into one bar", () => {
  const rows = [{ start: 0, end: 0 }, ...Array.from({ length: 30 }, (_, i) => ({ start: 1000 + (i % 4), end: 1000 + (i % 4) }))].map((row) => ({ type: "air", status: "reported", ...row }));
  rows.sort((a, b) => a.start - b.start);
  const data = tiny(rows);
  const cut = daysOf(data).axis(wholeRange(data), 120);
  assert.equal(cut.cut, true);
  assert.equal(daysOf(data).bars(cut)[0], 1);
  const even = tiny(Array.from({ length: 100 }, (_, i) => ({ type: "air", status: "reported", start: i * 10, end: i * 10 })));
  assert.equal(daysOf(even).axis(wholeRange(even), 120).cut, undefined);
});

test("the place and the trigger are marked where they stand, once, without overlap", () => {
  for (const [text, place, trigger, out] of [
    ["Jets hit Homs.", "Homs", "hit", [[null, "Jets "], ["t", "hit"], [null, " "], ["p", "Homs"], [null, "."]]],
    ["nothing here", "Homs", "", [[null, "nothing here"]]],
    ["HOMS burns", "Homs", "Homs burns", [["p", "HOMS"], [null, " burns"]]],
    ["<b>Homs</b>", "Homs", null, [[null, "<b>"], ["p", "Homs"], [null, "</b>"]]],
  ]) assert.deepEqual(pieces(text, [["p", place], ["t", trigger]]), out);
});

test("only web addresses become links", () => {
  for (const url of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "data:text/html,x", "vbscript:x", "//host/x", "/x", "file:///etc/passwd", "http://", null, 5, {}]) {
    assert.equal(safeUrl(url), null, String(url));
  }
  assert.equal(safeUrl("https://example.org/a?b=1"), "https://example.org/a?b=1");
  assert.equal(safeUrl('http://example.org/"onclick="x'), "http://example.org/%22onclick=%22x");
});

test("the stub to correct an event is YAML whatever the quote holds", () => {
  const stub = correctionStub({ id: "a1", quote: 'He said: "no" # - {x}\nnext' });
  assert.match(stub, /^- do: set/);
  assert.match(stub, /^ {2}event: "a1"$/m);
  assert.match(stub, /quote: "He said: \\"no\\" # - \{x\}\\nnext"$/m);
});

test("CSV: lists as JSON text, quotes doubled, cells as they are", () => {
  const features = [{ properties: { id: "a", quote: 'say "x",\ny', actors: [{ name: "n" }], killed: 0, none: null, formula: "=1+1" }, geometry: { type: "Point", coordinates: [1.5, 2] } }, { properties: { id: "b" }, geometry: null }];
  assert.equal(csv(features), 'id,quote,actors,killed,none,formula,lat,lon\r\na,"say ""x"",\ny","[{""name"":""n""}]",0,,=1+1,2,1.5\r\nb,,,,,,,\r\n');
  assert.equal(geojson([], { version: "1" }), '{"type":"FeatureCollection","dateline":{"version":"1"},"features":[]}');
});

test("symbols grow by area, stop growing, and merge when one would hide the other", () => {
  assert.ok(radius(1) < radius(4) && radius(4) < radius(40));
  assert.equal(radius(1e6), radius(1e5));
  const points = [{ x: 0, y: 0, count: 5, site: 0 }, { x: 6, y: 0, count: 1, site: 1 }, { x: 300, y: 0, count: 1, site: 2 }];
  const groups = merged(points, 13);
  assert.deepEqual(groups.map((group) => group.count).sort(), [1, 6]);
  const crowd = merged(Array.from({ length: 400 }, (_, i) => ({ x: (i % 20) * 12, y: Math.floor(i / 20) * 12, count: 1 + (i % 7), site: i })), 13);
  for (const a of crowd) for (const b of crowd) if (a !== b) assert.ok(Math.hypot(a.x - b.x, a.y - b.y) > Math.min(a.r, b.r), "no number is covered");
  assert.equal(crowd.reduce((sum, group) => sum + group.count, 0), 1597);
  assert.deepEqual(sectors(new Map([["red", 1], ["blue", 3]])), [["blue", 0.75], ["red", 0.25]]);
});

test("numbers fit into a symbol, ink reads on its colour", () => {
  for (const [n, text] of [[7, "7"], [999, "999"], [1500, "1.5k"], [12345, "12k"], [2500000, "2.5M"]]) assert.equal(shortNumber(n), text);
  assert.deepEqual(["#000000", "#ffffff", "#d98200", "#2b5fb3"].map(inkOn), ["#ffffff", "#111111", "#111111", "#ffffff"]);
});

test("WKT polygons become rings, anything else nothing", () => {
  assert.deepEqual(wktRings("POLYGON ((1 2, 3 4, 1 2))"), [[[2, 1], [4, 3], [2, 1]]]);
  assert.equal(wktRings("MULTIPOLYGON (((0 0, 1 0, 0 0)), ((5 5, 6 5, 5 5)))").length, 2);
  for (const odd of [null, "POINT (1 2)", "POLYGON ((a b))", 7]) assert.deepEqual(wktRings(odd), []);
  assert.deepEqual(wktLines("LINESTRING (1 2, 3 4)"), [[[2, 1], [4, 3]]]);
  assert.equal(wktLines("MULTILINESTRING ((0 0, 1 0), (5 5, 6 5))").length, 2);
  assert.deepEqual(wktLines("POLYGON ((1 2, 3 4, 1 2))"), []);
});

test("packets open: columns at their offsets, texts by number, records with their keys in order", async () => {
  const head = Buffer.from(JSON.stringify({ count: 2, layout: [["site", "Uint8", 0, 2], ["start", "Int32", 8, 2]] }).padEnd(84));
  const body = Buffer.alloc(16);
  body.set([0, 255]);
  body.writeInt32LE(16171, 8);
  body.writeInt32LE(-2147483648, 12);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  const bytes = await unpacked(gzipSync(Buffer.concat([length, head, body])).toString("base64"));
  const opened = table(bytes);
  assert.deepEqual([...opened.site], [0, -1]);
  assert.deepEqual([...opened.start], [16171, NO_DAY]);
  assert.equal(decoded(bytesOf(Buffer.from("\ufeffx").toString("base64"))), "\ufeffx");
});

test("rows come back from every form a column may have, keys in order", () => {
  const packet = textPacket(Buffer.from('{"lengths":[2,3],"counts":"%"}\n\u00e9a\nxyz'));
  const of = { of: ["x", null, "y"], at: "$#%" };
  for (const [column, values] of [
    [{ values: [1, "a", { b: [2] }] }, [1, "a", { b: [2] }]],
    [{ same: 5, count: 3 }, [5, 5, 5]],
    [of, [null, "x", "y"]],
    [{ text: "#%$" }, [null, "\u00e9a", null]],
    [{ text: [1, null, [7]] }, ["xyz", null, 7]],
    [{ list: "#$&", items: { values: [1, 2] } }, [null, [], [1, 2]]],
    [{ list: [2, 1, 2], records: { shapes: [["k"]], shape: 2, columns: { k: { same: 5, count: 2 } } } }, [[{ k: 5 }], [], [{ k: 5 }]]],
    [{ object: "$#$", records: { shapes: [["k"], []], shape: "#$", columns: { k: { values: [1] } } } }, [{ k: 1 }, null, {}]],
  ]) {
    const rows = records({ shapes: [["z", "a"]], shape: 3, columns: { a: column, z: { same: 0, count: 3 } } }, packet);
    assert.deepEqual(rows, values.map((a) => ({ z: 0, a })), JSON.stringify(column));
    assert.deepEqual(Object.keys(rows[0]), ["z", "a"]);
  }
  const ids = { values: ["p", "q", "r"] };
  const rows = records({ shapes: [["id", "again", "back"]], shape: 3, columns: { id: ids, again: { again: 0 }, back: { of: 0, at: "'$#" } } }, packet);
  assert.deepEqual(rows.map(({ id, again, back }) => [id, again, back]), [["p", "p", "r"], ["q", "q", "q"], ["r", "r", "q"]]);
});

test("the search finds words in sentences and places, in every script, and all terms must hit", () => {
  const search = new Search(tiny(ROWS), { air: "Air strike", clash: "Armed clash" });
  const lines = ["Jets over the mill", "A second raid", "Fighting in İzmir street", "They deny it", "Bread"];
  const lengths = lines.map((line) => line.length);
  search.add(0, textPacket(Buffer.from(JSON.stringify({ lengths, counts: lengths.map(() => 1) }) + "\n" + lines.join("\n"))));
  for (const [query, found] of [["mill", [0]], ["RAID", [1]], ["حلب jets", [0]], ["aleppo", [0, 1, 2, 3]], ["armed bread", []], ["armed", [2, 3]], ["bread", [4]], ["izmir", [2]], ['"deny it"', [3]], ["mill A", [0]]]) {
    const hits = search.run(query);
    assert.deepEqual([...hits.keys()].filter((i) => hits[i]), found, query);
  }
  assert.equal(search.run("  "), null);
});

test("the dates shown hold every incident, and one long siege does not make four days a year", () => {
  const siege = { start: [0, ...Array(20).fill(364)], end: [364, ...Array(20).fill(365)] };
  const over = { start: [0, ...siege.start], end: [50, ...siege.end] };
  for (const [{ start, end }, first] of [[siege, 364], [over, 50]]) {
    const data = { start: Int32Array.from(start), end: Int32Array.from(end), count: start.length };
    const days = daysOf(data);
    const range = days.range();
    const bars = days.axis(range, 30);
    assert.ok(bars.cut);
    assert.deepEqual(days.shown(range, bars), { first, last: 365 });
    assert.deepEqual(days.shown(range, { ...bars, cut: false }), range);
  }
});

test("letters typed quickly are answered one by one while that is quick, together where it is slow", async () => {
  for (const [ms, answered] of [[0, ["b", "br", "bre"]], [40, ["b", "bre"]]]) {
    const seen = [];
    const type = prompted((text) => {
      seen.push(text);
      for (const start = performance.now(); performance.now() - start < ms;);
    });
    for (const text of ["b", "br", "bre"]) type(text);
    await new Promise((done) => setTimeout(done, 200));
    assert.deepEqual(seen, answered);
  }
});
