// Boxes to tick: event types by family (which is also the legend), status, outlets, actors and the like.

import { button, h, said } from "./dom.js";
import { glyph } from "./glyphs.js";

const FIRST_VALUES = 8; // long lists show their biggest values; the rest opens on demand

// A group of boxes: All, None, and "only this" per value. `change(set or null)` gets null for the default.
export class Facet {
  constructor({ values, words, change, fallback, groups, icon }) {
    Object.assign(this, { values, words, change, fallback, icon, open: false });
    this.rows = new Map();
    this.body = h("div", { class: "boxes" });
    this.root = h("div", { class: "facet" },
      this.body,
      h("div", { class: "facet-all" },
        button(words.all, () => change(this.everything())),
        button(words.none, () => change(new Set()))));
    if (groups) for (const group of groups) this.addGroup(group);
    else for (const value of values) this.body.append(this.box(value));
    if (!groups && values.length > FIRST_VALUES) {
      this.more = button("", () => {
        this.open = !this.open;
        this.trim();
      }, { class: "quiet more" });
      this.body.after(this.more);
    }
  }

  everything() {
    const all = new Set(this.values.map((value) => value.id));
    return all.size === this.fallback.size && [...all].every((id) => this.fallback.has(id)) ? null : all;
  }

  box(value) {
    const input = h("input", { type: "checkbox", onchange: () => this.toggle([value.id], input.checked) });
    const count = h("span", { class: "n" });
    const label = h("label", {}, input, this.icon ? this.icon(value) : null, said("span", value.label, { class: "label" }), count);
    const only = button(this.words.only, () => this.change(new Set([value.id])), { class: "quiet only", "aria-label": `${this.words.only}: ${value.label}` });
    const row = h("div", { class: "box" }, label, only);
    this.rows.set(value.id, { row, input, count });
    return row;
  }

  addGroup({ label, members }) {
    const input = h("input", { type: "checkbox", onchange: () => this.toggle(members.map((m) => m.id), input.checked) });
    const only = button(this.words.only, () => this.change(new Set(members.map((m) => m.id))), { class: "quiet only", "aria-label": `${this.words.only}: ${label}` });
    const head = h("div", { class: "box family" }, h("label", {}, input, said("span", label, { class: "label" })), only);
    this.families = [...(this.families || []), { input, members }];
    this.body.append(h("div", { class: "family-group", role: "group", "aria-label": label }, head, ...members.map((m) => this.box(m))));
  }

  toggle(ids, on) {
    const chosen = new Set(this.chosen ?? this.fallback);
    for (const id of ids) on ? chosen.add(id) : chosen.delete(id);
    const same = chosen.size === this.fallback.size && [...chosen].every((id) => this.fallback.has(id));
    this.change(same ? null : chosen);
  }

  show(chosen, counts, format) {
    this.chosen = chosen;
    this.counts = counts;
    const on = chosen ?? this.fallback;
    for (const [id, { row, input, count }] of this.rows) {
      input.checked = on.has(id);
      count.textContent = format(counts.get(id) || 0);
      row.classList.toggle("zero", !counts.get(id));
    }
    for (const { input, members } of this.families || []) {
      const ticked = members.filter((m) => on.has(m.id)).length;
      input.checked = ticked === members.length;
      input.indeterminate = ticked > 0 && ticked < members.length;
    }
    if (this.more) this.trim();
  }

  trim() {
    this.values.forEach((value, at) => (this.rows.get(value.id).row.hidden = !this.open && at >= FIRST_VALUES));
    this.more.textContent = this.open ? this.words.fewer : this.words.more.replace("{n}", this.values.length - FIRST_VALUES);
    this.more.setAttribute("aria-expanded", this.open);
  }
}

export function typeFacet({ types, words, change, families }) {
  const groups = families.map((family) => ({ label: family.label, members: types.filter((type) => type.family === family.id) }));
  return new Facet({
    values: types, words, change, fallback: new Set(types.map((type) => type.id)),
    groups: groups.filter((group) => group.members.length), icon: (type) => glyph(type),
  });
}
