// Puts the page together: one state, one `update`, and the parts that show it.

import { copyText, debounced, escapeHtml, h, said, saveFile } from "./dom.js";
import { dayOf, isoOf, NO_DAY, shortDay, spanText, whenText } from "./dates.js";
import { incidentCard } from "./detail.js";
import { Facet, typeFacet } from "./facets.js";
import { axis, BITS, dayRange, Engine, FACETS, histogram, OFF_MAP, offReasons } from "./filter.js";
import { glyph } from "./glyphs.js";
import { Histogram, mostBars } from "./histogram.js";
import { List } from "./list.js";
import { decoded, wktRings } from "./columns.js";
import { offMapList } from "./offmap.js";
import { Search } from "./search.js";
import { emptyState, fromHash, toHash } from "./state.js";
import { Store } from "./store.js";
import { csv, geojson } from "./tables.js";

const DEFAULT_STATUSES = ["reported", "claimed"]; // current events; the rest can be switched on
const PLAY_MS = 900;
const CARDS = 40; // cards shown for one symbol before "more"

const $ = (id) => document.getElementById(id);
const idle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 30));

export async function start(parts) {
  const config = JSON.parse($("config").textContent);
  try {
    const app = new App(config, parts);
    await app.begin();
    globalThis.dateline = app; // for the console and the tests
  } catch (error) {
    $("count").textContent = typeof DecompressionStream === "undefined" ? config.words.oldBrowser : `${config.words.broken} (${error.message})`;
    throw error;
  }
}

class App {
  constructor(config, { map, outline, names, incidents, heat }) {
    Object.assign(this, { config, words: config.words, lang: config.lang, map, outline, names, layer: incidents, heat });
    this.number = new Intl.NumberFormat(config.lang === "en" ? "en-GB" : config.lang);
    this.forms = new Intl.PluralRules(config.lang);
    this.format = (n) => this.number.format(n);
    this.store = new Store(document);
    this.state = emptyState();
  }

  async begin() {
    const { config, words, map } = this;
    const table = (this.table = await this.store.open());
    this.types = config.types;
    this.typeById = new Map(this.types.map((type) => [type.id, type]));
    this.rowTypes = table.types.map((id) => this.typeById.get(id));
    this.engine = new Engine(table);
    this.range = dayRange(table);
    this.search = new Search(table, Object.fromEntries(this.types.map((type) => [type.id, type.label])));
    this.defaultStatuses = new Set(table.statuses.filter((s) => !OFF_MAP.includes(s)));
    this.offReason = offReasons(table);
    for (const line of config.credits) map.attributionControl.addAttribution(escapeHtml(line));
    this.siteArrays();
    this.buildPanel();
    this.bindMap();
    this.restore(location.hash, true);
    addEventListener("hashchange", () => this.restore(location.hash, false));
    document.documentElement.dataset.ready = "1";
    map.fire("dateline:ready");
    await this.drawOutline();
    this.readTexts();
  }

  async drawOutline() {
    if (!$("data-outline")) await this.store.parsed();
    const data = $("data-outline") ? JSON.parse(decoded(await this.store.packet("outline"))) : { names: [] };
    if (data.land) this.outline.setData(data);
    const { siteNames } = this.table;
    const { count } = this.sites;
    const own = this.config.labels.length ? [] : this.busiestSites().map((site) => ({ site, name: siteNames[site], lat: this.table.siteLat[site], lon: this.table.siteLon[site], shown: () => count[site] > 0 }));
    this.names.setData({
      countries: this.lang === "en" ? data.names : [],
      places: [...this.config.labels, ...own].filter((place) => place.name),
      blocked: () => this.layer.groups || [],
    });
  }

  busiestSites() {
    const total = new Uint32Array(this.sites.count.length);
    for (const site of this.table.site) if (site >= 0) total[site]++;
    return [...total.keys()].sort((a, b) => total[b] - total[a]).slice(0, 400);
  }

  // Texts are opened one packet at a time when nothing else is going on; a search in between waits for them all.
  readTexts() {
    this.textsRead = (async () => {
      for (let number = 0; number < this.store.chunks; number++) {
        await new Promise((done) => (this.hurry ? done() : idle(done)));
        this.search.add(number, await this.store.texts(number));
      }
    })();
    return this.textsRead;
  }

  // ---- the panel ----

  buildPanel() {
    const { words, table, state } = this;
    const change = (name) => (value) => {
      this.state[name] = value;
      this.update([name]);
    };
    const present = new Set(table.types);
    const used = this.types.filter((type) => present.has(type.id));
    this.facets = { type: typeFacet({ types: used, words, families: this.config.families, change: change("type") }) };
    $("layers").append(this.facets.type.root);
    for (const id of ["layers", "facets", "key"]) $(id).hidden = !table.count;
    for (const name of FACETS.slice(1)) this.addFacet(name, change(name));
    this.wireDates();
    $("search").addEventListener("input", debounced((event) => {
      this.state.q = event.target.value;
      this.update(["q"]);
    }, 120));
    $("undated").addEventListener("change", (event) => {
      this.state.undated = event.target.checked;
      this.update(["undated"]);
    });
    this.list = new List($("events"), {
      label: words.tabList,
      row: (incident) => this.listRow(incident),
      open: (incident) => this.openIncident(incident),
      point: (incident) => this.focusSites([table.site[incident]]),
    });
    const tabs = [...document.querySelectorAll("[role=tab]")];
    tabs.forEach((tab, at) => {
      tab.addEventListener("click", () => {
        this.state.tab = tab.dataset.tab;
        this.update([]);
      });
      tab.addEventListener("keydown", (event) => {
        const forward = document.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
        const step = event.key === forward ? 1 : event.key === "ArrowLeft" || event.key === "ArrowRight" ? -1 : 0;
        if (!step) return;
        const next = tabs[(at + step + tabs.length) % tabs.length];
        next.focus();
        next.click();
      });
    });
    $("reset").addEventListener("click", () => {
      this.state = { ...emptyState(), tab: this.state.tab, map: this.state.map };
      this.applyAll();
    });
    this.wireActions();
    addEventListener("beforeprint", () => this.preparePrint());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
  }

  repaint() {
    for (const layer of [this.outline, this.names, this.layer, this.heat]) layer.repaint();
    this.histogram?.draw();
  }

  addFacet(name, change) {
    const { words, table } = this;
    const lists = { outlet: table.outlets, actor: table.actors };
    let values;
    if (lists[name]) {
      const count = new Uint32Array(lists[name].length);
      const column = table[name];
      const sets = table[`${name}Sets`];
      for (let i = 0; i < table.count; i++) for (const value of sets[column[i]]) count[value]++;
      values = [...lists[name].keys()].sort((a, b) => count[b] - count[a]).map((n) => ({ id: lists[name][n], label: lists[name][n] }));
      if (sets.some((set) => !set.length)) values.push({ id: "", label: words[`${name}.none`] });
      if (!lists[name].length) return;
    } else {
      const seen = new Set(table[name]);
      values = this.engine.lists[name].flatMap((id, n) => (seen.has(n) ? [{ id, label: words[`${name}.${id}`] ?? (id.replace(/_/g, " ") || words.unknown) }] : []));
      // nothing to choose, unless what there is would be hidden by default
      if (values.length < 2 && (name !== "status" || values.every(({ id }) => this.defaultStatuses.has(id)))) return;
    }
    const fallback = new Set(name === "status" ? values.map((v) => v.id).filter((id) => this.defaultStatuses.has(id)) : values.map((v) => v.id));
    const facet = (this.facets[name] = new Facet({ values, words, change, fallback }));
    const details = h("details", { class: "facet-group" }, h("summary", {}, words[`facet.${name}`], h("span", { class: "facet-note" })), facet.root);
    facet.note = details.querySelector(".facet-note");
    if (name === "status") details.open = true;
    $("facets").append(details);
  }

  wireDates() {
    const { range } = this;
    if (!range) {
      $("time").hidden = true;
      return;
    }
    for (const name of ["from", "to"]) {
      const field = $(name);
      field.min = isoOf(range.first);
      field.max = isoOf(range.last);
      field.addEventListener("change", () => {
        this.state[name] = dayOf(field.value);
        this.stop();
        this.update(["date"]);
      });
    }
    this.histogram = new Histogram($("histogram"), {
      range, lang: this.lang, choose: (from, to) => {
        this.stop();
        Object.assign(this.state, { from, to });
        this.update(["date"]);
      },
    });
    $("play").addEventListener("click", () => (this.playing ? this.stop() : this.play()));
    $("whole").addEventListener("click", () => {
      this.stop();
      Object.assign(this.state, { from: null, to: null });
      this.update(["date"]);
    });
    if (range.first === range.last) $("play-row").hidden = true;
  }

  // Play moves a window through time, one bar at a step; cumulative keeps its start.
  play() {
    const { range, state, bins: { step } } = this;
    const whole = state.from === null && state.to === null;
    const wide = whole ? step : Math.min((state.to ?? range.last) - (state.from ?? range.first) + 1, range.last - range.first + 1);
    let at = whole || (state.to ?? range.last) >= range.last ? range.first : (state.from ?? range.first) + step;
    const started = range.first;
    $("play").textContent = this.words.pause;
    const tick = () => {
      const to = Math.min(range.last, at + wide - 1);
      Object.assign(this.state, { from: $("cumulative").checked ? started : at, to });
      this.update(["date"]);
      if (to >= range.last) return this.stop();
      at += step;
      this.playing = setTimeout(tick, PLAY_MS);
    };
    this.playing = setTimeout(tick, 0);
  }

  stop() {
    clearTimeout(this.playing);
    this.playing = null;
    $("play").textContent = this.words.play;
  }

  wireActions() {
    const { words } = this;
    const name = (suffix) => `${this.config.file}.${suffix}`;
    const features = () => this.store.features(this.store.asGiven(this.selected));
    $("save-geojson").addEventListener("click", async () => saveFile(name("geojson"), "application/geo+json", geojson(await features(), this.config.member)));
    $("save-csv").addEventListener("click", async () => saveFile(name("csv"), "text/csv;charset=utf-8", csv(await features())));
    $("copy-link").addEventListener("click", async () => this.say((await copyText(location.href)) ? words.copied : words.copyFailed));
    $("print").addEventListener("click", () => globalThis.print());
  }

  // "1 event", "2 events": each language has its own forms of number, `other` where there is no special one.
  plural(name, n) {
    const form = this.words[`${name}.${this.forms.select(n)}`] ?? this.words[`${name}.other`];
    return form.replace("{n}", this.format(n));
  }

  say(text) {
    const note = $("note");
    note.textContent = text;
    clearTimeout(this.noteTimer);
    this.noteTimer = setTimeout(() => (note.textContent = ""), 4000);
  }

  // ---- state ----

  restore(hash, first) {
    const next = fromHash(hash);
    const { map } = next;
    this.state = next;
    if (first) this.home(map);
    else if (map) this.map.setView([map.lat, map.lon], map.zoom, { animate: false });
    this.applyAll();
    if (next.event) this.openById(next.event);
    else if (!first) this.close(false);
  }

  home(map) {
    const { bounds } = this.config;
    this.goingHome = true;
    if (bounds) this.map.fitBounds([[bounds[1], bounds[0]], [bounds[3], bounds[2]]], { padding: [46, 46], maxZoom: 9, animate: false });
    else this.map.setView([20, 10], 2, { animate: false });
    this.homeZoom = this.map.getZoom();
    this.names.homeZoom = this.homeZoom;
    this.goingHome = false;
    if (map) this.map.setView([map.lat, map.lon], map.zoom, { animate: false });
  }

  applyAll() {
    $("search").value = this.state.q;
    $("undated").checked = this.state.undated;
    this.update(["date", "undated", "q", ...FACETS]);
  }

  update(changed) {
    const { engine, state } = this;
    for (const name of changed) {
      if (name === "date") engine.dates(state.from, state.to);
      else if (name === "undated") engine.undated(state.undated);
      else if (name === "q") this.runSearch();
      else engine.facet(name, name === "status" ? state.status ?? this.defaultStatuses : state[name]);
    }
    engine.count();
    this.selected = engine.selected();
    this.show();
    this.remember();
  }

  runSearch() {
    const { q } = this.state;
    if (!q.trim()) {
      this.engine.text(null);
      return;
    }
    const ready = this.search.chunks.filter(Boolean).length === this.store.chunks;
    if (ready) {
      this.engine.text(this.search.run(q));
      return;
    }
    // places and names are searched at once, the sentences as soon as all are open
    this.engine.text(this.search.run(q));
    this.hurry = true;
    (this.textsRead ?? this.readTexts()).then(() => this.state.q === q && this.update(["q"]));
  }

  remember() {
    const hash = toHash(this.state);
    if (hash === location.hash || (!hash && !location.hash)) return;
    try {
      history.replaceState(null, "", hash || location.pathname + location.search);
    } catch {
      // a notebook's frame has no address to keep; some browsers allow a hundred changes in half a minute: try again
      clearTimeout(this.later);
      this.later = setTimeout(() => this.remember(), 5000);
    }
  }

  // ---- what the state looks like ----

  show() {
    const { engine, state, words, table } = this;
    this.showCount();
    for (const [name, facet] of Object.entries(this.facets)) {
      const list = engine.lists[name];
      const counts = new Map(list.map((id, n) => [id, engine.counts[name][n]]));
      if (name === "outlet" || name === "actor") counts.set("", engine.counts[name][list.length]);
      facet.show(state[name], counts, this.format);
      if (facet.note) facet.note.textContent = state[name] === null ? "" : words.filtered;
    }
    if (this.range) {
      const range = (this.range = dayRange(table, engine.failed, BITS.date) ?? this.range);
      $("from").value = state.from === null ? isoOf(range.first) : isoOf(state.from);
      $("to").value = state.to === null ? isoOf(range.last) : isoOf(state.to);
      $("whole").hidden = state.from === null && state.to === null;
      this.bins = axis(table, engine.failed, BITS.date, range, mostBars);
      this.histogram.show(range, this.bins, histogram(table, engine.failed, BITS.date, this.bins), state.from, state.to);
      $("histogram").setAttribute("aria-label", this.histogram.label(words));
      $("axis-first").textContent = this.bins.cut ? words.earlier : shortDay(range.first, this.lang);
      $("axis-middle").textContent = this.bins.cut ? shortDay(this.bins.first + this.bins.step, this.lang) : "";
      $("axis-last").textContent = range.first === range.last ? "" : shortDay(range.last, this.lang);
    }
    $("undated-box").hidden = !engine.undatedCount && state.undated;
    $("undated-label").textContent = words.undatedBox.replace("{n}", this.format(engine.undatedCount));
    $("reset").hidden = !this.filtered();
    this.showTabs();
    this.tallySites();
    this.layer.setData(this.sites);
    this.heat.setData(this.sites);
    this.showOutside();
    $("map-note").hidden = this.onMap > 0;
    $("map-note").textContent = !table.count ? words.noEvents : engine.passing ? words.nonePlaced : words.noneMatch;
  }

  filtered() {
    const { state } = this;
    return state.from !== null || state.to !== null || state.q || !state.undated || FACETS.some((name) => state[name] !== null);
  }

  showCount() {
    const { engine, table, words, selected } = this;
    let [first, last] = [Infinity, -Infinity];
    for (const i of selected) {
      if (table.end[i] === NO_DAY) continue;
      first = Math.min(first, table.start[i] === NO_DAY ? table.end[i] : table.start[i]);
      last = Math.max(last, table.end[i]);
    }
    const span = first <= last ? spanText(first, last, this.lang, words) : "";
    const sentence = !table.count ? words.noEvents
      : this.plural("count", table.count).replace("{passing}", this.format(engine.passing)) + (span ? words.comma + span : "");
    if ($("count").textContent !== sentence) $("count").textContent = sentence;
  }

  showTabs() {
    const { state, words, table } = this;
    for (const tab of document.querySelectorAll("[role=tab]")) {
      const on = tab.dataset.tab === state.tab;
      tab.setAttribute("aria-selected", on);
      tab.tabIndex = on ? 0 : -1;
      $(tab.getAttribute("aria-controls")).hidden = !on;
    }
    $("n-list").textContent = this.format(this.selected.length);
    const off = new Map(OFF_MAP.map((reason) => [reason, []]));
    const { failed } = this.engine;
    const { offReason } = this;
    let total = 0;
    for (let i = 0; i < failed.length; i++) {
      // those whose status was switched on are pins now, if they have a place
      if (!offReason[i] || failed[i] & ~BITS.status || (failed[i] === 0 && table.site[i] >= 0)) continue;
      total++;
      if (state.tab === "off") off.get(OFF_MAP[offReason[i] - 1]).push(i);
    }
    $("n-off").textContent = this.format(total + this.config.skipped);
    if (state.tab === "list") this.list.show(this.selected, table.count ? words.noneMatch : words.noEvents);
    if (state.tab === "off") {
      this.readSkipped();
      offMapList($("off"), off, {
        words, format: this.format, skipped: this.skipped ?? [],
        open: (incident) => this.openIncident(incident),
        entry: (incident, element, reason) => this.offEntry(incident, element, reason),
      });
    }
  }

  // Sentences that became no event are many: they are opened with their tab.
  async readSkipped() {
    if (this.skipped || !this.config.skipped) return;
    this.skipped = [];
    this.skipped = JSON.parse(decoded(await this.store.packet("skipped")));
    if (this.state.tab === "off") this.showTabs();
  }

  siteArrays() {
    const { table } = this;
    const colours = [...new Set(this.rowTypes.map((type) => type.colour))];
    this.colourOf = Uint8Array.from(this.rowTypes, (type) => colours.indexOf(type.colour));
    const sites = table.siteLon.length;
    this.sites = {
      lat: table.siteLat, lon: table.siteLon, colours, types: this.rowTypes,
      count: new Uint32Array(sites), tally: new Uint32Array(sites * colours.length),
      vague: new Uint32Array(sites), hollow: new Uint32Array(sites), type: new Int16Array(sites),
    };
  }

  tallySites() {
    const { table, sites, colourOf } = this;
    const { count, tally, vague, hollow, type, colours } = sites;
    for (const array of [count, tally, vague, hollow]) array.fill(0);
    const wide = colours.length;
    let total = 0;
    for (const i of this.selected) {
      const site = table.site[i];
      if (site < 0) continue;
      total++;
      if (count[site]++ === 0) type[site] = table.type[i];
      else if (type[site] !== table.type[i]) type[site] = -1;
      tally[site * wide + colourOf[table.type[i]]]++;
      if (table.position[i] > 0) vague[site]++;
      if (table.start[i] === NO_DAY) hollow[site]++;
    }
    this.onMap = total;
  }

  lineOf(incident) {
    const { table, words } = this;
    const type = this.rowTypes[table.type[incident]];
    const site = table.site[incident];
    return { type, when: whenText(table.start[incident], table.end[incident], this.lang, words), place: site < 0 ? words["reason.none"] : table.siteNames[site] };
  }

  listRow(incident) {
    const { type, when, place } = this.lineOf(incident);
    const text = said("span", "", { class: "row-text" });
    this.store.feature(incident).then(({ properties }) => (text.textContent = properties.quote ?? properties.quotes?.[0]?.quote ?? ""));
    return [
      glyph(type, 20),
      h("span", { class: "row-main" },
        said("span", type.label, { class: "row-type" }),
        h("span", { class: "row-place" }, said("bdi", place), " · ", when), text),
    ];
  }

  offEntry(incident, element, reason) {
    const { type, when } = this.lineOf(incident);
    const text = said("span", "", { class: "off-text" });
    const why = said("span", "", { class: "off-why" });
    element.append(h("span", { class: "off-head" }, glyph(type, 16), said("span", type.label), h("span", { class: "row-when" }, when)), text, why);
    this.store.feature(incident).then(({ properties }) => {
      text.textContent = properties.quote ?? properties.quotes?.[0]?.quote ?? "";
      why.textContent = (reason === "none" ? properties.place_why : properties.why) || this.words[`reason.${reason}`];
    });
  }

  // ---- the map ----

  bindMap() {
    const { map, layer } = this;
    const tip = $("tip");
    map.on("click", (event) => {
      const group = layer.at(event.layerPoint);
      tip.hidden = true;
      if (group) this.openGroup(group);
    });
    map.on("mousemove", (event) => {
      const group = layer.at(event.layerPoint);
      map.getContainer().classList.toggle("over-symbol", Boolean(group));
      if (!group) {
        tip.hidden = true;
        return;
      }
      const names = group.members.map(({ site }) => this.table.siteNames[site]).filter(Boolean);
      const kinds = group.members.map(({ site }) => this.sites.type[site]);
      const what = kinds.every((k) => k === kinds[0] && k >= 0) ? this.rowTypes[kinds[0]].label : "";
      tip.replaceChildren(said("strong", names.slice(0, 3).join(this.words.comma) + (names.length > 3 ? " …" : "")),
        said("span", [this.plural("tip", group.count), what].filter(Boolean).join(" · ")));
      tip.hidden = false;
      const { x, y } = event.containerPoint;
      const box = map.getContainer().getBoundingClientRect();
      tip.style.left = `${Math.max(4, Math.min(box.width - tip.offsetWidth - 8, x + 14))}px`;
      tip.style.top = `${Math.max(4, y - tip.offsetHeight - 10)}px`;
    });
    map.on("mouseout movestart zoomstart", () => (tip.hidden = true));
    map.on("moveend", () => {
      this.showOutside();
      if (this.goingHome) return;
      const { lat, lng } = map.getCenter();
      this.state.map = { zoom: map.getZoom(), lat, lon: lng };
      this.remember();
    });
    layer.on("painted", () => this.names.repaint());
    // as long as the reader has not moved the map, it frames the data whatever its size
    new ResizeObserver(() => {
      const { map: view } = this.state;
      this.goingHome = true;
      map.invalidateSize({ animate: false, pan: false });
      this.goingHome = false;
      if (!view) this.home(null);
    }).observe(map.getContainer());
    $("outside").addEventListener("click", () => this.fitVisible());
    $("detail-close").addEventListener("click", () => this.close(true));
    addEventListener("keydown", (event) => event.key === "Escape" && !$("detail").hidden && this.close(true));
  }

  // Symbols outside the view are counted, so that a reader knows there are more.
  showOutside() {
    const { count, lat, lon } = this.sites;
    const bounds = this.map.getBounds();
    let outside = 0;
    for (let site = 0; site < count.length; site++) if (count[site] && !bounds.contains([lat[site], lon[site]])) outside += count[site];
    $("outside").hidden = !outside;
    $("outside").textContent = this.words.outside.replace("{n}", this.format(outside));
  }

  fitVisible() {
    const { count, lat, lon } = this.sites;
    const points = [...count.keys()].filter((site) => count[site]).map((site) => [lat[site], lon[site]]);
    if (points.length) this.map.fitBounds(points, { padding: [46, 46], maxZoom: 11 });
  }

  focusSites(numbers) {
    this.layer.setFocus(numbers.filter((n) => n >= 0));
  }

  openGroup(group) {
    const sites = new Set(group.members.map(({ site }) => site));
    const incidents = this.selected.filter((i) => sites.has(this.table.site[i]));
    const names = [...sites].map((site) => this.table.siteNames[site]).filter(Boolean);
    this.openIncidents(incidents, names);
  }

  openIncident(incident) {
    const site = this.table.site[incident];
    this.openIncidents([incident], site < 0 ? [] : [this.table.siteNames[site]]);
    if (site >= 0) this.bringIntoView(site);
  }

  bringIntoView(site) {
    const { map, table } = this;
    const point = map.latLngToContainerPoint([table.siteLat[site], table.siteLon[site]]);
    const size = map.getSize();
    const covered = $("detail").offsetWidth < size.x * 0.7 ? $("detail").offsetWidth : 0;
    const rtl = document.dir === "rtl";
    const [low, high] = rtl ? [covered + 30, size.x - 30] : [30, size.x - covered - 30];
    if (point.x < low || point.x > high || point.y < 30 || point.y > size.y - 30) {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const middle = (low + high) / 2;
      map.panBy([point.x - middle, point.y - size.y / 2], { animate: !still });
    }
  }

  async openById(id) {
    const incident = await this.store.find(id);
    if (incident >= 0 && this.state.event === id) this.openIncident(incident);
  }

  async openIncidents(incidents, names) {
    const { words } = this;
    this.returnTo = document.activeElement;
    const title = names.slice(0, 3).join(words.comma) + (names.length > 3 ? " …" : "");
    $("detail-title").textContent = title || words["reason.none"];
    $("detail-sub").textContent = incidents.length > 1 ? this.plural("tip", incidents.length) : "";
    $("detail").hidden = false;
    document.documentElement.classList.add("with-detail");
    const features = await this.store.features(incidents.slice(0, CARDS));
    const card = (feature) => incidentCard(feature, { words, lang: this.lang, open: incidents.length === 1, within: names.length === 1 ? names[0] : null, typeOf: (id) => this.typeById.get(id ?? "other") ?? this.rowTypes[0] });
    const body = $("detail-body");
    body.replaceChildren(...features.map(card));
    let shown = features.length;
    if (incidents.length > shown) {
      const more = h("button", { type: "button", class: "quiet", onclick: async () => {
        const next = await this.store.features(incidents.slice(shown, shown + CARDS));
        more.before(...next.map(card));
        shown += next.length;
        more.hidden = shown >= incidents.length;
        more.textContent = words.more.replace("{n}", this.format(incidents.length - shown));
      } }, words.more.replace("{n}", this.format(incidents.length - shown)));
      body.append(more);
    }
    body.scrollTop = 0;
    $("detail").focus({ preventScroll: matchMedia("(min-width: 760px)").matches });
    this.focusSites(incidents.map((i) => this.table.site[i]));
    this.drawExtent(features);
    this.state.event = incidents.length === 1 ? String(features[0].properties.id ?? features[0].id ?? "") || null : null;
    this.remember();
  }

  // How far off the position may be: a circle, or the shape itself.
  drawExtent(features) {
    this.extent?.remove();
    const L = globalThis.L;
    const style = { color: getComputedStyle(document.documentElement).getPropertyValue("--focus").trim(), weight: 1.5, dashArray: "4 4", fillOpacity: 0.08, interactive: false };
    const shapes = features.slice(0, 12).flatMap(({ geometry, properties }) => {
      const rings = wktRings(properties.area_wkt);
      if (rings.length) return [L.polygon(rings, style)];
      if (geometry?.type !== "Point" || !(properties.radius_m > 0)) return [];
      const [lon, lat] = geometry.coordinates;
      return [L.circle([lat, lon], { ...style, radius: properties.radius_m })];
    });
    this.extent = L.layerGroup(shapes).addTo(this.map);
  }

  close(refocus) {
    if ($("detail").hidden) return;
    $("detail").hidden = true;
    document.documentElement.classList.remove("with-detail");
    this.extent?.remove();
    this.focusSites([]);
    this.state.event = null;
    this.remember();
    if (refocus && this.returnTo?.isConnected) this.returnTo.focus({ preventScroll: true });
  }

  preparePrint() {
    const { words } = this;
    const parts = [$("count").textContent];
    if (this.state.q) parts.push(`${words.search}: ${this.state.q}`);
    for (const name of FACETS) if (this.state[name] !== null) parts.push(`${words[`facet.${name}`]}: ${[...this.state[name]].map((id) => (name === "type" ? this.typeById.get(id)?.label ?? id : words[`${name}.${id}`] ?? id)).join(words.comma)}`);
    $("print-filter").textContent = parts.join(" · ");
    const counts = new Map();
    for (const i of this.selected) counts.set(this.table.type[i], (counts.get(this.table.type[i]) || 0) + 1);
    $("print-legend").replaceChildren(...[...counts].sort((a, b) => b[1] - a[1]).map(([type, n]) => h("li", {}, glyph(this.rowTypes[type], 16), said("span", ` ${this.rowTypes[type].label} ${this.format(n)}`))));
  }
}
