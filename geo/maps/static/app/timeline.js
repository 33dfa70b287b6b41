// How many incidents begin and end on each day: what the bars, their axis and the date fields are drawn from.

import { NO_DAY } from "./dates.js";

const EARLY = 0.12; // the share of early incidents that may share the first bar of a cut axis

// First and last day of all incidents; null where none has a date.
export function wholeRange({ start, end }) {
  let first = Infinity;
  let last = -Infinity;
  for (let i = 0; i < end.length; i++) {
    if (end[i] === NO_DAY) continue;
    const begin = start[i] === NO_DAY ? end[i] : start[i];
    if (begin < first) first = begin;
    if (end[i] > last) last = end[i];
  }
  return first <= last ? { first, last } : null;
}

export class Days {
  // `range` holds every day that may be counted.
  constructor({ first, last }) {
    this.first = first;
    this.starts = new Uint32Array(last - first + 1);
    this.ends = new Uint32Array(last - first + 1);
  }

  // Count the incidents that pass all questions but `bit`. An unknown start counts with the end.
  count({ start, end }, failed, bit) {
    const { first, starts, ends } = this;
    starts.fill(0);
    ends.fill(0);
    for (let i = 0; i < failed.length; i++) {
      const last = end[i];
      if ((failed[i] & ~bit) !== 0 || last === NO_DAY) continue;
      starts[(start[i] === NO_DAY ? last : start[i]) - first]++;
      ends[last - first]++;
    }
    return this;
  }

  // First and last day counted; null where there is none.
  range() {
    const { first, starts, ends } = this;
    const begin = starts.findIndex((n) => n > 0);
    return begin < 0 ? null : { first: first + begin, last: first + ends.findLastIndex((n) => n > 0) };
  }

  // The axis of a histogram. Few early incidents must not squeeze all others into the last bar: then the axis begins
  // where the bulk does, and its first bar holds what is earlier (`cut`).
  axis(range, most) {
    const days = range.last - range.first + 1;
    if (days < 40) return bins(range.first, range.last, most);
    const early = Math.floor(this.starts.reduce((sum, n) => sum + n, 0) * EARLY);
    let before = 0;
    const bulk = this.first + this.starts.findIndex((n) => (before += n) > early);
    if (bulk < this.first || range.last - bulk + 1 > days / 4) return bins(range.first, range.last, most);
    const { step } = bins(bulk, range.last, most);
    return { ...bins(bulk - step, range.last, most), cut: true };
  }

  // Each incident counts in every bar its interval touches; with an unknown start only in its last.
  bars({ first, step, count }) {
    const edges = new Int32Array(count + 1);
    const within = (at) => Math.min(count - 1, Math.max(0, Math.floor((this.first + at - first) / step)));
    for (let at = 0; at < this.starts.length; at++) {
      if (this.starts[at]) edges[within(at)] += this.starts[at];
      if (this.ends[at]) edges[within(at) + 1] -= this.ends[at];
    }
    const bars = new Uint32Array(count);
    for (let i = 0, sum = 0; i < count; i++) bars[i] = sum += edges[i];
    return bars;
  }

  // The window that dates show when nobody has chosen one: it holds every incident. Where the axis is cut it begins at
  // the bulk, or at the first incident that was over before; one long siege must not make four days look like a year.
  shown(range, { cut, first, step }) {
    if (!cut) return range;
    const over = this.ends.findIndex((n) => n > 0);
    const bulk = first + step;
    return { first: over < 0 ? bulk : Math.min(bulk, this.first + over), last: range.last };
  }
}

// Bars of a histogram: whole days, weeks or more, so that there are at most `most`.
export function bins(first, last, most) {
  const days = last - first + 1;
  const step = [1, 2, 7, 14, 30, 61, 91, 182, 365, 730, 1826, 3652].find((s) => days / s <= most) ?? Math.ceil(days / most);
  return { first, step, count: Math.max(1, Math.ceil(days / step)) };
}
