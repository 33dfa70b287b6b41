// The map on paper and as a picture: refitted for the sheet, or drawn again with title, filter, legend and credits. A part of App: `this` is the app.

import { byId, saveFile } from "./dom.js";
import { drawGlyph } from "./glyphs.js";
import { inkOn } from "./symbols.js";

const EDGE_PX = 16; // white around the words of a picture
const SHARP = 2; // a picture has twice the pixels of the screen's map: it stays sharp when it is printed
const FONT = "system-ui, sans-serif";

export const paperPart = {
  bindPaper() {
    addEventListener("beforeprint", () => this.toPaper());
    addEventListener("afterprint", () => this.fromPaper());
    byId("save-picture").addEventListener("click", () => this.savePicture());
  },

  // A sheet has another shape than the screen. What the reader chose to see stays whole; who chose nothing gets all
  // events of the filter, since paper has no button for those outside.
  toPaper() {
    const { map, state } = this;
    const chosen = state.map && map.getBounds();
    this.beforePaper ??= { centre: map.getCenter(), zoom: map.getZoom() };
    document.documentElement.classList.add("on-paper");
    this.goingHome = true;
    map.invalidateSize({ animate: false, pan: false });
    const bounds = chosen || this.visibleBounds();
    if (bounds) map.fitBounds(bounds, { padding: chosen ? [0, 0] : [34, 34], maxZoom: 11, animate: false });
    this.goingHome = false;
    this.repaint();
  },

  fromPaper() {
    const { map, beforePaper } = this;
    if (!beforePaper) return;
    this.beforePaper = null;
    document.documentElement.classList.remove("on-paper");
    this.goingHome = true;
    map.invalidateSize({ animate: false, pan: false });
    map.setView(beforePaper.centre, beforePaper.zoom, { animate: false });
    this.goingHome = false;
    this.repaint();
  },

  visibleBounds() {
    const { count, lat, lon } = this.sites;
    const points = [...count.keys()].filter((site) => count[site]).map((site) => [lat[site], lon[site]]);
    return points.length ? globalThis.L.latLngBounds(points) : null;
  },

  async savePicture() {
    const blob = await new Promise((done) => this.picture().toBlob(done, "image/png"));
    if (blob) saveFile(`${this.config.file}.png`, "image/png", blob);
    else this.say(this.words.pictureFailed);
  },

  // What the reader sees, as one canvas. Map tiles are left out: pictures of another server may not be copied from a page.
  picture() {
    const { map } = this;
    const size = map.getSize();
    const style = getComputedStyle(document.documentElement);
    const ink = (name) => style.getPropertyValue(name).trim();
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    const blocks = this.pictureBlocks(context, size, ink);
    canvas.width = size.x * SHARP;
    canvas.height = Math.ceil(blocks.reduce((sum, block) => sum + block.high, 0)) * SHARP;
    context.scale(SHARP, SHARP);
    context.fillStyle = ink("--paper");
    context.fillRect(0, 0, size.x, canvas.height);
    let top = 0;
    for (const { high, draw } of blocks) {
      context.save();
      draw(top);
      context.restore();
      top += high;
    }
    return canvas;
  },

  // From top to bottom: each with its height, and how to draw it.
  pictureBlocks(context, size, ink) {
    const rtl = document.dir === "rtl";
    const start = rtl ? size.x - EDGE_PX : EDGE_PX;
    const room = size.x - 2 * EDGE_PX;
    const space = (high) => ({ high, draw() {} });
    const write = (text, font, colour, high) => {
      context.font = font;
      return wrapped(context, text, room).map((line) => ({
        high,
        draw: (top) => {
          Object.assign(context, { font, fillStyle: colour, textBaseline: "middle", textAlign: rtl ? "right" : "left", direction: document.dir });
          context.fillText(line, start, top + high / 2);
        },
      }));
    };
    return [
      space(EDGE_PX),
      ...write(document.querySelector("h1").textContent, `650 20px ${FONT}`, ink("--ink"), 26),
      ...write(this.pictureText(), `13px ${FONT}`, ink("--soft"), 18),
      space(10),
      { high: size.y, draw: (top) => this.drawMap(context, top, size, ink) },
      space(10),
      ...this.pictureLegend(context, room, start, rtl, ink),
      space(6),
      ...write(this.map.attributionControl.getContainer().textContent, `11px ${FONT}`, ink("--soft"), 15),
      space(EDGE_PX),
    ];
  },

  // The count and the filter, and how many of these events the picture does not show.
  pictureText() {
    const { words } = this;
    this.preparePrint();
    const { count, lat, lon } = this.sites;
    const bounds = this.map.getBounds();
    let outside = 0;
    for (let site = 0; site < count.length; site++) if (count[site] && !bounds.contains([lat[site], lon[site]])) outside += count[site];
    return [
      byId("print-filter").textContent,
      outside ? words.outsidePicture.replace("{n}", this.format(outside)) : "",
      byId("n-off").textContent === this.format(0) ? "" : `${words.tabOff}: ${byId("n-off").textContent}`,
    ].filter(Boolean).join(" · ");
  },

  drawMap(context, top, size, ink) {
    const { map } = this;
    context.beginPath();
    context.rect(0, top, size.x, size.y);
    context.clip();
    context.fillStyle = ink("--sea");
    context.fillRect(0, top, size.x, size.y);
    const corner = map.containerPointToLayerPoint([0, 0]);
    context.translate(-corner.x, top - corner.y);
    for (const layer of [this.outline, this.outline.admin, this.heat, this.layer, this.names]) {
      if (!layer || !map.hasLayer(layer)) continue;
      context.save();
      layer.paint(context, layer._bounds);
      context.restore();
    }
    context.translate(corner.x, corner.y - top);
    const scale = map.getContainer().querySelector(".leaflet-control-scale-line");
    if (!scale) return;
    const [wide, y] = [scale.offsetWidth, top + size.y - 12];
    Object.assign(context, { strokeStyle: ink("--ink"), fillStyle: ink("--ink"), lineWidth: 1.5, font: `11px ${FONT}`, textBaseline: "alphabetic", textAlign: "center", direction: "ltr" });
    context.beginPath();
    context.moveTo(EDGE_PX, y - 5);
    context.lineTo(EDGE_PX, y);
    context.lineTo(EDGE_PX + wide, y);
    context.lineTo(EDGE_PX + wide, y - 5);
    context.stroke();
    context.fillText(scale.textContent, EDGE_PX + wide / 2, y - 5);
  },

  // Types in the filter, most frequent first, as many to a row as fit.
  pictureLegend(context, room, start, rtl, ink) {
    const font = `13px ${FONT}`;
    context.font = font;
    const counts = new Map();
    for (const i of this.selected) counts.set(this.table.type[i], (counts.get(this.table.type[i]) || 0) + 1);
    const rows = [];
    let used = Infinity;
    for (const [type, n] of [...counts].sort((a, b) => b[1] - a[1])) {
      const text = `${this.rowTypes[type].label} ${this.format(n)}`;
      const wide = 24 + context.measureText(text).width + 18;
      if (used + wide > room) {
        rows.push([]);
        used = 0;
      }
      rows.at(-1).push({ type: this.rowTypes[type], text, at: used });
      used += wide;
    }
    return rows.map((row) => ({
      high: 22,
      draw: (top) => {
        for (const { type, text, at } of row) {
          const [x, y] = [rtl ? start - at : start + at, top + 11];
          const side = rtl ? -1 : 1;
          context.beginPath();
          context.arc(x + 9 * side, y, 8, 0, 2 * Math.PI);
          context.fillStyle = type.colour;
          context.fill();
          drawGlyph(context, type, x + 9 * side, y, 8, inkOn(type.colour));
          Object.assign(context, { font, fillStyle: ink("--ink"), textBaseline: "middle", textAlign: rtl ? "right" : "left", direction: document.dir });
          context.fillText(text, x + 24 * side, y);
        }
      },
    }));
  },
};

// Words in lines no wider than `room`; a word that is wider is cut.
function wrapped(context, text, room) {
  const lines = [];
  let line = "";
  for (let word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word;
    if (context.measureText(longer).width <= room) {
      line = longer;
      continue;
    }
    if (line) lines.push(line);
    while (context.measureText(word).width > room && word.length > 1) word = word.slice(0, Math.floor(word.length * 0.8));
    line = word;
  }
  return line ? [...lines, line] : lines;
}
