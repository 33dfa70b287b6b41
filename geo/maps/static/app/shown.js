// What the state looks like: the count, the boxes' numbers, the bars, the lists, the sums behind the symbols. A part of App: `this` is the app.

import { byId, h, said } from "./dom.js";
import { isoOf, NO_DAY, shortDay, spanText, whenText } from "./dates.js";
import { BITS, FACETS, OFF_MAP } from "./filter.js";
import { glyph } from "./glyphs.js";
import { mostBars } from "./histogram.js";
import { decoded } from "./columns.js";
import { offMapList } from "./offmap.js";

export const shownPart = {
  // `changed` names the questions that changed: what a new window of dates leaves as it was is not counted again.
  show(changed) {
    const { engine, table, words } = this;
    this.showFacets();
    this.showDates(changed.some((name) => name !== "date"));
    byId("undated-box").hidden = !engine.undatedCount && this.state.undated;
    byId("undated-label").textContent = words.undatedBox.replace("{n}", this.format(engine.undatedCount));
    byId("reset").hidden = !this.filtered();
    this.showCount();
    this.showTabs();
    this.tallySites();
    this.layer.setData(this.sites);
    this.heat.setData(this.sites);
    this.showOutside();
    byId("map-note").hidden = this.onMap > 0;
    byId("map-note").textContent = !table.count ? words.noEvents : engine.passing ? words.nonePlaced : words.noneMatch;
  },

  // Boxes nobody sees wait until they are opened.
  showFacets() {
    const { engine, state, words } = this;
    for (const [name, facet] of Object.entries(this.facets)) {
      if (facet.note) facet.note.textContent = state[name] === null ? "" : words.filtered;
      if (state.tab !== "layers" || facet.details?.open === false) continue;
      const list = engine.lists[name];
      const counts = new Map(list.map((id, n) => [id, engine.counts[name][n]]));
      if (name === "outlet" || name === "actor") counts.set("", engine.counts[name][list.length]);
      facet.show(state[name], counts, this.format);
    }
  },

  showDates(recount) {
    const { state, words, days } = this;
    if (!this.range) return;
    if (recount || !this.bins) {
      days.count(this.table, this.engine.failed, BITS.date);
      this.range = days.range() ?? this.range;
      this.bins = days.axis(this.range, mostBars);
      this.bars = days.bars(this.bins);
    }
    const { range, bins } = this;
    const whole = days.shown(range, bins);
    byId("from").value = isoOf(state.from ?? whole.first);
    byId("to").value = isoOf(state.to ?? whole.last);
    byId("whole").hidden = state.from === null && state.to === null;
    byId("axis-first").textContent = bins.cut ? words.earlier : shortDay(range.first, this.lang);
    byId("axis-middle").textContent = bins.cut ? shortDay(bins.first + bins.step, this.lang) : "";
    byId("axis-last").textContent = range.first === range.last ? "" : shortDay(range.last, this.lang);
    this.histogram.show(range, bins, this.bars, state.from, state.to);
    byId("histogram").setAttribute("aria-label", this.histogram.label(words));
  },

  filtered() {
    const { state } = this;
    return state.from !== null || state.to !== null || state.q || !state.undated || FACETS.some((name) => state[name] !== null);
  },

  showCount() {
    const { engine, table: { count, start, end }, words, selected, bins } = this;
    let [began, over, last] = [Infinity, Infinity, -Infinity];
    for (let at = 0; at < selected.length; at++) {
      const i = selected[at];
      if (end[i] === NO_DAY) continue;
      const begin = start[i] === NO_DAY ? end[i] : start[i];
      if (begin < began) began = begin;
      if (end[i] < over) over = end[i];
      if (end[i] > last) last = end[i];
    }
    // what began long before and still went on counts with the days that most are about
    const bulk = bins?.cut ? bins.first + bins.step : -Infinity;
    const first = Math.max(began, Math.min(bulk, over));
    const before = began < first ? words.comma + words.someSince.replace("{day}", shortDay(began, this.lang)) : "";
    const span = first <= last ? spanText(first, last, this.lang, words) + before : "";
    const sentence = !count ? words.noEvents
      : this.plural("count", count).replace("{passing}", this.format(engine.passing)) + (span ? words.comma + span : "");
    if (byId("count").textContent !== sentence) byId("count").textContent = sentence;
  },

  showTabs() {
    const { state, words, table } = this;
    for (const tab of document.querySelectorAll("[role=tab]")) {
      const on = tab.dataset.tab === state.tab;
      tab.setAttribute("aria-selected", on);
      tab.tabIndex = on ? 0 : -1;
      byId(tab.getAttribute("aria-controls")).hidden = !on;
    }
    byId("n-list").textContent = this.format(this.selected.length);
    const off = new Map(OFF_MAP.map((reason) => [reason, []]));
    const { failed } = this.engine;
    const { offReason } = this;
    let total = 0;
    for (const i of this.offRows) {
      if ((failed[i] & ~BITS.status) !== 0) continue;
      // those whose status was switched on are pins now, if they have a place
      if (failed[i] === 0 && table.site[i] >= 0) continue;
      total++;
      if (state.tab === "off") off.get(OFF_MAP[offReason[i] - 1]).push(i);
    }
    byId("n-off").textContent = this.format(total + this.config.skipped);
    if (state.tab === "list") this.list.show(this.selected, table.count ? words.noneMatch : words.noEvents);
    if (state.tab === "off") {
      this.readSkipped();
      offMapList(byId("off"), off, {
        words, format: this.format, skipped: this.skipped ?? [],
        open: (incident) => this.openIncident(incident),
        entry: (incident, element, reason) => this.offEntry(incident, element, reason),
      });
    }
  },

  // Sentences that became no event are many: they are opened with their tab.
  async readSkipped() {
    if (this.skipped || !this.config.skipped) return;
    this.skipped = [];
    this.skipped = JSON.parse(decoded(await this.store.packet("skipped")));
    if (this.state.tab === "off") this.showTabs();
  },

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
  },

  tallySites() {
    const { table, sites, colourOf, selected } = this;
    const { count, tally, vague, hollow, type, colours } = sites;
    for (const array of [count, tally, vague, hollow]) array.fill(0);
    const wide = colours.length;
    let total = 0;
    for (let at = 0; at < selected.length; at++) {
      const i = selected[at];
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
  },

  lineOf(incident) {
    const { table, words } = this;
    const type = this.rowTypes[table.type[incident]];
    const site = table.site[incident];
    return { type, when: whenText(table.start[incident], table.end[incident], this.lang, words), place: site < 0 ? words["reason.none"] : table.siteNames[site] };
  },

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
  },

  offEntry(incident, element, reason) {
    const { type, when } = this.lineOf(incident);
    const text = said("span", "", { class: "off-text" });
    const why = said("span", "", { class: "off-why" });
    element.append(h("span", { class: "off-head" }, glyph(type, 16), said("span", type.label), h("span", { class: "row-when" }, when)), text, why);
    this.store.feature(incident).then(({ properties }) => {
      text.textContent = properties.quote ?? properties.quotes?.[0]?.quote ?? "";
      why.textContent = (reason === "none" ? properties.place_why : properties.why) || this.words[`reason.${reason}`];
    });
  },
};
