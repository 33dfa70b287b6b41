// Events over time as bars, which are also the brush: drag to choose days.

import { shortDay } from "./dates.js";
import { colour } from "./theme.js";

const MOST_BARS = 120;
export const mostBars = MOST_BARS;

export class Histogram {
  // `choose(from, to)` is called with whole days while the reader drags, null and null when the choice is cleared.
  constructor(canvas, { range, lang, choose }) {
    Object.assign(this, { canvas, range, lang, choose, bars: null, from: null, to: null });
    let anchor = null;
    canvas.addEventListener("pointerdown", (event) => {
      anchor = this.barAt(event);
      this.picked = null;
      canvas.setPointerCapture(event.pointerId);
      this.pick(anchor, anchor);
    });
    canvas.addEventListener("pointermove", (event) => {
      if (anchor !== null) this.pick(anchor, this.barAt(event));
    });
    for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => (anchor = null));
    canvas.addEventListener("dblclick", () => choose(null, null));
    // asking for the size while much else has changed would make the browser lay out the page twice
    new ResizeObserver(([{ contentRect }]) => {
      [this.wide, this.high] = [contentRect.width, contentRect.height];
      this.draw();
    }).observe(canvas);
  }

  barAt(event) {
    const box = this.canvas.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    return Math.min(this.bins.count - 1, Math.max(0, Math.floor(share * this.bins.count)));
  }

  pick(a, b) {
    const { first, step } = this.bins;
    if (this.picked === `${a} ${b}`) return; // the pointer moved within a bar
    this.picked = `${a} ${b}`;
    // the first bar of a cut axis stands for everything before it
    const from = this.bins.cut && Math.min(a, b) === 0 ? this.range.first : first + Math.min(a, b) * step;
    const to = Math.min(this.range.last, first + (Math.max(a, b) + 1) * step - 1);
    this.choose(from, to);
  }

  show(range, bins, bars, from, to) {
    Object.assign(this, { range, bins, bars, from, to });
    this.draw();
  }

  draw() {
    const { canvas, bars, bins, wide, high } = this;
    if (!bars || !wide) return;
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    canvas.width = Math.max(1, wide * ratio);
    canvas.height = Math.max(1, high * ratio);
    const context = canvas.getContext("2d");
    context.scale(ratio, ratio);
    const [on, off] = [colour("--bar"), colour("--bar-off")];
    const most = bars.reduce((a, b) => Math.max(a, b), 1);
    const each = wide / bins.count;
    const gap = each > 4 ? Math.min(3, each * 0.15) : 0;
    for (let i = 0; i < bins.count; i++) {
      const day = bins.first + i * bins.step;
      const start = bins.cut && i === 0 ? this.range.first : day;
      const inside = (this.from === null || day + bins.step - 1 >= this.from) && (this.to === null || start <= this.to);
      context.fillStyle = inside ? on : off;
      const height = bars[i] ? Math.max(2, (bars[i] / most) * (high - 4)) : 0;
      context.fillRect(i * each + gap / 2, high - 1 - height, Math.max(1, each - gap), height);
    }
    context.fillStyle = colour("--line");
    context.fillRect(0, high - 1, wide, 1);
  }

  label(words) {
    return words.histogramLabel.replace("{from}", shortDay(this.range.first, this.lang)).replace("{to}", shortDay(this.range.last, this.lang));
  }
}
