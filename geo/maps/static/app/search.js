// Search over all sentences, headlines, places and names without parsing a single row.

import { fold, terms } from "./fold.js";

export class Search {
  constructor(table, typeLabels) {
    this.table = table;
    const folded = (names) => names.map(fold);
    this.places = table.siteNames.map((name, i) => fold(`${name}\n${table.siteAliases[i]}`));
    this.types = table.types.map((type) => fold(`${typeLabels[type] ?? ""}\n${type.replace(/_/g, " ")}`));
    this.outlets = folded(table.outlets);
    this.actors = folded(table.actors);
    this.chunks = []; // per packet: folded text and where each incident's begins
  }

  // Texts are folded when their packet is opened; a fold that changes the length is done text by text.
  add(number, packet) {
    const { body, offsets, firsts } = packet;
    const count = firsts.length - 1;
    let text = fold(body);
    const begins = new Uint32Array(count + 1);
    if (text.length === body.length) {
      for (let i = 0; i <= count; i++) begins[i] = Math.min(offsets[firsts[i]], body.length + 1);
    } else {
      const parts = [];
      let at = 0;
      for (let i = 0; i < count; i++) {
        begins[i] = at;
        const part = fold(body.slice(offsets[firsts[i]], offsets[firsts[i + 1]]));
        parts.push(part);
        at += part.length;
      }
      begins[count] = at;
      text = parts.join("");
    }
    this.chunks[number] = { text, begins };
  }

  // 1 where every term is found somewhere in the incident; null for an empty query.
  run(query) {
    const wanted = terms(query);
    if (!wanted.length) return null;
    const { table } = this;
    let hits = null;
    for (const term of wanted) {
      const found = this.textHits(term);
      const has = (names) => names.map((name) => name.includes(term));
      const [places, types] = [has(this.places), has(this.types)];
      const sets = (names, groups) => {
        const on = has(names);
        return on.includes(true) ? groups.map((group) => group.some((n) => on[n])) : null;
      };
      const outlets = sets(this.outlets, table.outletSets);
      const actors = sets(this.actors, table.actorSets);
      for (let i = 0; i < found.length; i++) {
        if (!found[i] && ((table.site[i] >= 0 && places[table.site[i]]) || types[table.type[i]] || outlets?.[table.outlet[i]] || actors?.[table.actor[i]])) found[i] = 1;
        if (hits && !hits[i]) found[i] = 0;
      }
      hits = found;
    }
    return hits;
  }

  textHits(term) {
    const found = new Uint8Array(this.table.count);
    this.chunks.forEach(({ text, begins }, number) => {
      const first = number * this.table.chunk;
      let incident = 0;
      let at = text.indexOf(term);
      while (at >= 0) {
        while (begins[incident + 1] <= at) incident++;
        found[first + incident] = 1;
        // nothing more to learn about this incident: go on with the next
        at = incident + 1 < begins.length - 1 ? text.indexOf(term, begins[incident + 1]) : -1;
      }
    });
    return found;
  }
}
