// The incidents in the filter as a list: only the rows in view exist, every one can be reached by keyboard.

import { h, said } from "./dom.js";

const ROW_PX = 62;
const SPARE = 6; // rows kept above and below the view, so that a quick scroll shows no holes

export class List {
  // `row(i)` gives the elements of a row; `open(i)` is called for a click or Enter; `point(i)` when a row becomes active.
  constructor(box, { row, open, point, label }) {
    Object.assign(this, { box, row, open, point, items: [], active: -1, drawn: new Map() });
    this.inner = h("div", { class: "list-inner", role: "presentation" });
    box.append(this.inner);
    for (const [name, value] of Object.entries({ role: "listbox", tabindex: "0", "aria-label": label })) box.setAttribute(name, value);
    box.addEventListener("scroll", () => this.draw(), { passive: true });
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("focus", () => this.active < 0 && this.items.length && this.move(0));
    new ResizeObserver(() => this.draw()).observe(box);
  }

  show(items, hint) {
    this.items = items;
    this.active = Math.min(this.active, items.length - 1);
    this.drawn.forEach((element) => element.remove());
    this.drawn.clear();
    this.hint?.remove();
    this.hint = items.length ? null : said("p", hint, { class: "empty" });
    if (this.hint) this.box.before(this.hint);
    this.box.hidden = !items.length;
    this.inner.style.height = `${items.length * ROW_PX}px`;
    this.draw();
  }

  draw() {
    if (!this.box.clientHeight) return;
    const first = Math.max(0, Math.floor(this.box.scrollTop / ROW_PX) - SPARE);
    const last = Math.min(this.items.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / ROW_PX) + SPARE);
    for (const [at, element] of this.drawn) {
      if (at < first || at >= last) {
        element.remove();
        this.drawn.delete(at);
      }
    }
    for (let at = first; at < last; at++) if (!this.drawn.has(at)) this.add(at);
    const active = this.drawn.get(this.active);
    if (active) this.box.setAttribute("aria-activedescendant", active.id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  add(at) {
    const element = h("div", {
      class: "row", role: "option", id: `row-${at}`, "aria-setsize": this.items.length, "aria-posinset": at + 1,
      "aria-selected": at === this.active ? "true" : "false",
      onclick: () => {
        this.move(at, false);
        this.open(this.items[at]);
      },
    }, ...this.row(this.items[at]));
    element.style.top = `${at * ROW_PX}px`;
    this.inner.append(element);
    this.drawn.set(at, element);
  }

  move(at, scroll = true) {
    this.drawn.get(this.active)?.setAttribute("aria-selected", "false");
    this.active = Math.max(0, Math.min(this.items.length - 1, at));
    const top = this.active * ROW_PX;
    if (scroll && top < this.box.scrollTop) this.box.scrollTop = top;
    if (scroll && top + ROW_PX > this.box.scrollTop + this.box.clientHeight) this.box.scrollTop = top + ROW_PX - this.box.clientHeight;
    this.draw();
    this.drawn.get(this.active)?.setAttribute("aria-selected", "true");
    this.point(this.items[this.active]);
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / ROW_PX) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (event.key in steps && this.items.length) this.move(this.active + steps[event.key]);
    else if ((event.key === "Enter" || event.key === " ") && this.active >= 0) this.open(this.items[this.active]);
    else return;
    event.preventDefault();
  }
}
