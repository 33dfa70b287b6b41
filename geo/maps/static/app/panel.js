// The left panel: search, boxes to tick, dates, play, saving; what each of them changes. A part of App: `this` is the app.

import { byId, copyText, prompted, h, said, saveFile } from "./dom.js";
import { dayOf, isoOf } from "./dates.js";
import { Facet, typeFacet } from "./facets.js";
import { FACETS } from "./filter.js";
import { glyph } from "./glyphs.js";
import { Histogram } from "./histogram.js";
import { List } from "./list.js";
import { emptyState } from "./state.js";
import { csv, geojson } from "./tables.js";

const PLAY_MS = 900;

export const panelPart = {
  buildPanel() {
    const { words, table } = this;
    const change = (name) => (value) => {
      this.state[name] = value;
      this.update([name]);
    };
    const present = new Set(table.types);
    const used = this.types.filter((type) => present.has(type.id));
    this.facets = { type: typeFacet({ types: used, words, families: this.config.families, change: change("type") }) };
    byId("layers").append(this.facets.type.root);
    for (const id of ["layers", "facets", "key"]) byId(id).hidden = !table.count;
    for (const name of FACETS.slice(1)) this.addFacet(name, change(name));
    this.wireDates();
    byId("search").addEventListener("input", prompted((event) => {
      this.state.q = event.target.value;
      this.update(["q"]);
    }));
    byId("undated").addEventListener("change", (event) => {
      this.state.undated = event.target.checked;
      this.update(["undated"]);
    });
    this.list = new List(byId("events"), {
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
    byId("reset").addEventListener("click", () => {
      this.state = { ...emptyState(), tab: this.state.tab, map: this.state.map };
      this.applyAll();
    });
    this.wireActions();
    addEventListener("beforeprint", () => this.preparePrint());
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.repaint());
  },

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
    facet.details = details;
    facet.note = details.querySelector(".facet-note");
    if (name === "status") details.open = true;
    details.addEventListener("toggle", () => this.showFacets());
    byId("facets").append(details);
  },

  wireDates() {
    const { range } = this;
    if (!range) {
      byId("time").hidden = true;
      return;
    }
    for (const name of ["from", "to"]) {
      const field = byId(name);
      field.min = isoOf(range.first);
      field.max = isoOf(range.last);
      field.addEventListener("change", () => {
        this.state[name] = dayOf(field.value);
        this.stop();
        this.update(["date"]);
      });
    }
    this.histogram = new Histogram(byId("histogram"), {
      range, lang: this.lang, choose: (from, to) => {
        this.stop();
        Object.assign(this.state, { from, to });
        this.update(["date"]);
      },
    });
    byId("play").addEventListener("click", () => (this.playing ? this.stop() : this.play()));
    byId("whole").addEventListener("click", () => {
      this.stop();
      Object.assign(this.state, { from: null, to: null });
      this.update(["date"]);
    });
    if (range.first === range.last) byId("play-row").hidden = true;
  },

  // Play moves a window through time, one bar at a step; cumulative keeps its start.
  play() {
    const { range, state, bins: { step } } = this;
    const whole = state.from === null && state.to === null;
    const wide = whole ? step : Math.min((state.to ?? range.last) - (state.from ?? range.first) + 1, range.last - range.first + 1);
    let at = whole || (state.to ?? range.last) >= range.last ? range.first : (state.from ?? range.first) + step;
    const started = range.first;
    byId("play").textContent = this.words.pause;
    const tick = () => {
      const to = Math.min(range.last, at + wide - 1);
      Object.assign(this.state, { from: byId("cumulative").checked ? started : at, to });
      this.update(["date"]);
      if (to >= range.last) return this.stop();
      at += step;
      this.playing = setTimeout(tick, PLAY_MS);
    };
    this.playing = setTimeout(tick, 0);
  },

  stop() {
    clearTimeout(this.playing);
    this.playing = null;
    byId("play").textContent = this.words.play;
  },

  wireActions() {
    const { words } = this;
    const name = (suffix) => `${this.config.file}.${suffix}`;
    const features = () => this.store.features(this.store.asGiven(this.selected));
    byId("save-geojson").addEventListener("click", async () => saveFile(name("geojson"), "application/geo+json", geojson(await features(), this.config.member)));
    byId("save-csv").addEventListener("click", async () => saveFile(name("csv"), "text/csv;charset=utf-8", csv(await features())));
    byId("copy-link").addEventListener("click", async () => {
      this.writeAddress();
      this.say((await copyText(location.href)) ? words.copied : words.copyFailed);
    });
    byId("print").addEventListener("click", () => globalThis.print());
  },

  preparePrint() {
    const { words } = this;
    const parts = [byId("count").textContent];
    if (this.state.q) parts.push(`${words.search}: ${this.state.q}`);
    for (const name of FACETS) if (this.state[name] !== null) parts.push(`${words[`facet.${name}`]}: ${[...this.state[name]].map((id) => (name === "type" ? this.typeById.get(id)?.label ?? id : words[`${name}.${id}`] ?? id)).join(words.comma)}`);
    byId("print-filter").textContent = parts.join(" · ");
    const counts = new Map();
    for (const i of this.selected) counts.set(this.table.type[i], (counts.get(this.table.type[i]) || 0) + 1);
    byId("print-legend").replaceChildren(...[...counts].sort((a, b) => b[1] - a[1]).map(([type, n]) => h("li", {}, glyph(this.rowTypes[type], 16), said("span", ` ${this.rowTypes[type].label} ${this.format(n)}`))));
  },
};
