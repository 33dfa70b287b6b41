// Which incidents pass, and how many each box would show: one bit per question, one pass over the columns.

import { NO_DAY } from "./dates.js";

// Every question an incident must pass. Boxes count incidents that pass all the others.
export const BITS = {
  date: 1, undated: 2, type: 4, status: 8, outlet: 16, actor: 32, position: 64, dated: 128, verification: 256, text: 512, place: 1024,
};
const EARLY = 0.12; // the share of early incidents that may share the first bar of a cut axis
export const MULTIPLE = { outlet: "outletSets", actor: "actorSets" };
export const FACETS = ["type", "status", "outlet", "actor", "position", "dated", "verification"];

export class Engine {
  constructor(table) {
    this.table = table;
    this.failed = new Uint16Array(table.count); // bit set: that question is not passed
    this.lists = {
      type: table.types, status: table.statuses, outlet: table.outlets, actor: table.actors,
      position: table.positions, dated: table.precisions, verification: table.verifications,
    };
    this.counts = {};
    this.passing = 0;
  }

  // Mark the incidents for which `fails(i)` is true.
  mark(bit, fails) {
    const { failed } = this;
    for (let i = 0; i < failed.length; i++) failed[i] = fails(i) ? failed[i] | bit : failed[i] & ~bit;
  }

  // An interval passes if it overlaps the window; an unknown start counts as open.
  dates(from, to) {
    const { start, end } = this.table;
    if (from === null && to === null) return this.mark(BITS.date, () => false);
    const [low, high] = [from ?? -Infinity, to ?? Infinity];
    return this.mark(BITS.date, (i) => (end[i] !== NO_DAY && end[i] < low) || (start[i] !== NO_DAY && start[i] > high));
  }

  undated(shown) {
    const { start } = this.table;
    this.mark(BITS.undated, shown ? () => false : (i) => start[i] === NO_DAY);
  }

  // `chosen` is a set of values, or null for all; the value "" stands for incidents that name none.
  facet(name, chosen) {
    const bit = BITS[name];
    if (chosen === null) return this.mark(bit, () => false);
    const column = this.table[name];
    const on = this.lists[name].map((value) => chosen.has(value));
    if (MULTIPLE[name]) {
      const sets = this.table[MULTIPLE[name]].map((set) => (set.length ? set.some((n) => on[n]) : chosen.has("")));
      return this.mark(bit, (i) => !sets[column[i]]);
    }
    return this.mark(bit, (i) => !on[column[i]]);
  }

  // `hits` is a Uint8Array with 1 where the text matches, or null for no search.
  text(hits) {
    this.mark(BITS.text, hits === null ? () => false : (i) => !hits[i]);
  }

  place(sites) {
    const { site } = this.table;
    this.mark(BITS.place, sites === null ? () => false : (i) => !sites.has(site[i]));
  }

  // Fill `counts` (per facet and value), the number passing, and the number undated that would pass.
  count() {
    const { failed, table } = this;
    const tallies = {};
    for (const name of FACETS) {
      const sets = MULTIPLE[name] && table[MULTIPLE[name]];
      tallies[name] = new Uint32Array(sets ? sets.length : this.lists[name].length);
    }
    let passing = 0;
    let undated = 0;
    const columns = FACETS.map((name) => table[name]);
    const arrays = FACETS.map((name) => tallies[name]);
    const facetOf = new Uint8Array(2048).fill(255); // from a bit to its facet
    FACETS.forEach((name, f) => (facetOf[BITS[name]] = f));
    for (let i = 0; i < failed.length; i++) {
      const mask = failed[i];
      if (mask === 0) {
        passing++;
        for (let f = 0; f < columns.length; f++) arrays[f][columns[f][i]]++;
      } else if ((mask & (mask - 1)) === 0) {
        const f = facetOf[mask];
        if (f < 255) arrays[f][columns[f][i]]++;
      }
      if ((mask & ~BITS.undated) === 0 && table.start[i] === NO_DAY) undated++;
    }
    for (const [name, key] of Object.entries(MULTIPLE)) {
      const perValue = new Uint32Array(this.lists[name].length + 1); // the last: no value at all
      table[key].forEach((set, n) => {
        if (set.length) for (const value of set) perValue[value] += tallies[name][n];
        else perValue[perValue.length - 1] += tallies[name][n];
      });
      tallies[name] = perValue;
    }
    this.counts = tallies;
    this.passing = passing;
    this.undatedCount = undated;
    return this;
  }

  // Numbers of the incidents that pass, in order; `count` comes before.
  selected() {
    const { failed } = this;
    const found = new Uint32Array(this.passing);
    for (let i = 0, at = 0; i < failed.length; i++) if (failed[i] === 0) found[at++] = i;
    return found;
  }
}

// Bars of a histogram: whole days, weeks or more, so that there are at most `most`.
export function bins(first, last, most) {
  const days = last - first + 1;
  const step = [1, 2, 7, 14, 30, 61, 91, 182, 365, 730, 1826, 3652].find((s) => days / s <= most) ?? Math.ceil(days / most);
  return { first, step, count: Math.max(1, Math.ceil(days / step)) };
}

// The axis of a histogram. Few early incidents must not squeeze all others into the last bar: then the axis begins
// where the bulk does, and its first bar holds what is earlier (`cut`).
export function axis(table, failed, bit, range, most) {
  const whole = range.last - range.first + 1;
  if (whole < 40) return bins(range.first, range.last, most);
  // in order already: incidents are sorted by their first known day
  const starts = new Int32Array(failed.length);
  let count = 0;
  for (let i = 0; i < failed.length; i++) {
    if ((failed[i] & ~bit) === 0 && table.end[i] !== NO_DAY) starts[count++] = table.start[i] === NO_DAY ? table.end[i] : table.start[i];
  }
  const bulk = count ? starts[Math.floor(count * EARLY)] : range.first;
  if (range.last - bulk + 1 > whole / 4) return bins(range.first, range.last, most);
  const { step } = bins(bulk, range.last, most);
  return { ...bins(bulk - step, range.last, most), cut: true };
}

// Each incident counts in every bar its interval touches; with an unknown start only in its last.
export function histogram(table, failed, bit, { first, step, count }) {
  const edges = new Int32Array(count + 1);
  const { start, end } = table;
  const within = (day) => Math.min(count - 1, Math.max(0, Math.floor((day - first) / step)));
  for (let i = 0; i < failed.length; i++) {
    if (failed[i] & ~bit || end[i] === NO_DAY) continue;
    const last = within(end[i]);
    edges[start[i] === NO_DAY ? last : within(start[i])]++;
    edges[last + 1]--;
  }
  const bars = new Uint32Array(count);
  for (let i = 0, sum = 0; i < count; i++) bars[i] = sum += edges[i];
  return bars;
}

// First and last day of the incidents that pass all questions but the given ones; null where none has a date.
export function dayRange(table, failed, except) {
  let first = Infinity;
  let last = -Infinity;
  for (let i = 0; i < table.count; i++) {
    if (table.end[i] === NO_DAY || (failed && failed[i] & ~except)) continue;
    first = Math.min(first, table.start[i] === NO_DAY ? table.end[i] : table.start[i]);
    last = Math.max(last, table.end[i]);
  }
  return first <= last ? { first, last } : null;
}

// The window that dates show when nobody has chosen one: it holds every incident. Where the axis is cut it begins at the
// bulk, or at the first incident that was over before; one long siege must not make four days look like a year.
export function shownRange(table, failed, bit, range, bins) {
  if (!bins.cut) return range;
  let first = bins.first + bins.step;
  for (let i = 0; i < table.count; i++) if (table.end[i] !== NO_DAY && !(failed[i] & ~bit)) first = Math.min(first, table.end[i]);
  return { first, last: range.last };
}

export const OFF_MAP = ["none", "denied", "planned", "background"];

// Per incident the number of the reason that keeps it off the map, counted from 1; 0 for those that are pins. The status
// comes first: what is denied and has no place is listed as denied.
export function offReasons(table) {
  const ofStatus = table.statuses.map((status) => OFF_MAP.indexOf(status) + 1);
  const reasons = new Uint8Array(table.count);
  for (let i = 0; i < table.count; i++) reasons[i] = ofStatus[table.status[i]] || (table.site[i] < 0 ? 1 : 0);
  return reasons;
}
