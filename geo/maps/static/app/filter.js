// Which incidents pass, and how many each box would show: one bit per question, tight loops over the columns.

import { NO_DAY } from "./dates.js";

// Every question an incident must pass. Boxes count incidents that pass all the others.
export const BITS = {
  date: 1, undated: 2, type: 4, status: 8, outlet: 16, actor: 32, position: 64, dated: 128, verification: 256, text: 512,
};
const LAST_DAY = 2147483647;
export const MULTIPLE = { outlet: "outletSets", actor: "actorSets" };
export const FACETS = ["type", "status", "outlet", "actor", "position", "dated", "verification"];

// For every mask of failed questions whether it is a single facet: those count in that facet's boxes.
const ONE_FACET = new Uint8Array(1024);
for (const name of FACETS) ONE_FACET[BITS[name]] = 1;

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
    this.found = new Uint32Array(table.count); // those that pass, in order, as far as `passing`
    this.nearly = new Uint32Array(table.count); // those that fail one facet and nothing else
    this.startless = rowsWhere(table.count, (i) => table.start[i] === NO_DAY);
  }

  // Everybody passes this question.
  clear(bit) {
    const { failed } = this;
    for (let i = 0; i < failed.length; i++) failed[i] &= ~bit;
  }

  // `fails` says for each value of the column whether it fails.
  mark(bit, column, fails) {
    const { failed } = this;
    const bits = Uint16Array.from(fails, (fail) => (fail ? bit : 0));
    for (let i = 0; i < failed.length; i++) failed[i] = (failed[i] & ~bit) | bits[column[i]];
  }

  // An interval passes if it overlaps the window; an unknown start counts as open.
  dates(from, to) {
    const bit = BITS.date;
    if (from === null && to === null) return this.clear(bit);
    const { failed, table: { start, end } } = this;
    const [low, high] = [from ?? NO_DAY, to ?? LAST_DAY];
    for (let i = 0; i < failed.length; i++) {
      const outside = (end[i] < low && end[i] !== NO_DAY) || start[i] > high;
      failed[i] = outside ? failed[i] | bit : failed[i] & ~bit;
    }
  }

  undated(shown) {
    const bit = BITS.undated;
    if (shown) return this.clear(bit);
    const { failed, table: { start } } = this;
    for (let i = 0; i < failed.length; i++) failed[i] = start[i] === NO_DAY ? failed[i] | bit : failed[i] & ~bit;
  }

  // `chosen` is a set of values, or null for all; the value "" stands for incidents that name none.
  facet(name, chosen) {
    if (chosen === null) return this.clear(BITS[name]);
    const off = this.lists[name].map((value) => !chosen.has(value));
    const sets = MULTIPLE[name] && this.table[MULTIPLE[name]];
    const fails = sets ? sets.map((set) => (set.length ? set.every((n) => off[n]) : !chosen.has(""))) : off;
    this.mark(BITS[name], this.table[name], fails);
  }

  // `hits` is a Uint8Array with 1 where the text matches, or null for no search.
  text(hits) {
    if (hits === null) this.clear(BITS.text);
    else this.mark(BITS.text, hits, [true, false]);
  }

  // Fill `counts` (per facet and value), the number passing, and the number undated that would pass.
  count() {
    const { failed, found, nearly, table, lists } = this;
    let [passing, near] = [0, 0];
    for (let i = 0; i < failed.length; i++) {
      if (failed[i] === 0) found[passing++] = i;
      else if (ONE_FACET[failed[i]]) nearly[near++] = i;
    }
    this.passing = passing;
    for (const name of FACETS) {
      const sets = MULTIPLE[name] && table[MULTIPLE[name]];
      const tally = new Uint32Array(sets ? sets.length : lists[name].length);
      const [column, bit] = [table[name], BITS[name]];
      for (let at = 0; at < passing; at++) tally[column[found[at]]]++;
      for (let at = 0; at < near; at++) if (failed[nearly[at]] === bit) tally[column[nearly[at]]]++;
      this.counts[name] = sets ? perMember(sets, tally, lists[name].length) : tally;
    }
    this.undatedCount = 0;
    for (const i of this.startless) if ((failed[i] & ~BITS.undated) === 0) this.undatedCount++;
    return this;
  }

  // Numbers of the incidents that pass, in order; `count` comes before.
  selected() {
    return this.found.slice(0, this.passing);
  }
}

export function rowsWhere(count, holds) {
  const rows = new Uint32Array(count);
  let found = 0;
  for (let i = 0; i < count; i++) if (holds(i)) rows[found++] = i;
  return rows.slice(0, found);
}

// From counts of sets to counts of their members; the last is for the empty set.
function perMember(sets, tally, members) {
  const counts = new Uint32Array(members + 1);
  sets.forEach((set, n) => {
    for (const member of set.length ? set : [members]) counts[member] += tally[n];
  });
  return counts;
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
