// Leaflet layers that paint on canvas: the outline, place names, incidents, heat.

import { drawGlyph } from "./glyphs.js";
import { inkOn, merged, sectors, shortNumber } from "./symbols.js";
import { colour } from "./theme.js";

const L = globalThis.L;
const GAP_PX = 13; // symbols whose centres are nearer than this would hide each other
const CROWD = 2500; // with more symbols in view than this, a coarser grid keeps the picture readable
const CROWD_GAP_PX = 30;
const TAU = 2 * Math.PI;
const JOINED = /[\u0600-\u06ff]/; // letters of these scripts hold together: no space between them
const MOST_LAT = 85.0511287798; // where the square of web maps ends

// Mercator at zoom 0, in pixels of the 256-pixel world.
const worldX = (lon) => ((lon + 180) / 360) * 256;
const worldY = (lat) => {
  const sin = Math.sin((Math.max(-MOST_LAT, Math.min(MOST_LAT, lat)) * Math.PI) / 180);
  return 128 - (Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 256;
};

// From Mercator at zoom 0 to the layer pixels of the map as it stands, as `latLngToLayerPoint` would say.
function pixelsOf(map) {
  const scale = map.getZoomScale(map.getZoom(), 0);
  const origin = map.getPixelOrigin();
  return { x: (world) => Math.round(world * scale) - origin.x, y: (world) => Math.round(world * scale) - origin.y };
}

// A canvas that follows the map; subclasses paint in layer pixels.
const Painted = L && L.Renderer.extend({
  options: { padding: 0.25 },
  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this._context = this._container.getContext("2d");
  },
  _destroyContainer() {
    L.DomUtil.remove(this._container);
    delete this._container;
    delete this._context;
  },
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    L.Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    const canvas = this._container;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    canvas.width = Math.round(ratio * size.x);
    canvas.height = Math.round(ratio * size.y);
    canvas.style.width = size.x + "px";
    canvas.style.height = size.y + "px";
    this._ratio = ratio;
    this.repaint();
  },
  repaint() {
    if (!this._map || !this._context) return;
    const fresh = document.documentElement.classList.contains("on-paper");
    if (fresh) this.renewed();
    const { x, y } = this._bounds.min;
    const context = this._context;
    context.setTransform(1, 0, 0, 1, 0, 0);
    if (!fresh) context.clearRect(0, 0, this._container.width, this._container.height);
    context.setTransform(this._ratio, 0, 0, this._ratio, -x * this._ratio, -y * this._ratio);
    this.paint(context, this._bounds);
  },
  // In a printed file a cleared rectangle is white paper that hides the layers below: a new canvas needs no clearing.
  renewed() {
    const canvas = this._container.cloneNode();
    this._container.replaceWith(canvas);
    this._container = canvas;
    this._context = canvas.getContext("2d");
  },
  paint() {},
});

function paneFor(map, name, zIndex) {
  const pane = map.getPane(name) || map.createPane(name);
  pane.style.zIndex = String(zIndex);
  pane.style.pointerEvents = "none";
  return name;
}

export const Outline = Painted && Painted.extend({
  pane: ["outline", 150],
  onAdd(map) {
    this.options.pane = paneFor(map, ...this.pane);
    return L.Renderer.prototype.onAdd.call(this, map);
  },
  lines: { land: true, coast: false, border: false, lakes: true, rivers: false }, // which are closed
  setData(data) {
    const [cx, cy] = (this.centre = data.land.length ? [worldX(data.land[0][0] / 1e4), worldY(data.land[0][1] / 1e4)] : [128, 128]);
    const trace = (lines, closed) => {
      const path = new Path2D();
      for (const flat of lines) {
        let [lon, lat] = [0, 0];
        for (let i = 0; i < flat.length; i += 2) {
          lon += flat[i];
          lat += flat[i + 1];
          path[i ? "lineTo" : "moveTo"](worldX(lon / 1e4) - cx, worldY(lat / 1e4) - cy);
        }
        if (closed) path.closePath();
      }
      return path;
    };
    this.paths = {};
    for (const [name, closed] of Object.entries(this.lines)) this.paths[name] = trace(data[name], closed);
    this.repaint();
  },
  paint(context) {
    if (!this.paths) return;
    const map = this._map;
    const scale = map.getZoomScale(map.getZoom(), 0);
    const origin = map.getPixelOrigin();
    context.save();
    context.translate(this.centre[0] * scale - origin.x, this.centre[1] * scale - origin.y);
    context.scale(scale, scale);
    context.lineJoin = "round";
    const stroke = (path, name, width, dash = []) => {
      context.strokeStyle = colour(name);
      context.lineWidth = width / scale;
      context.setLineDash(dash.map((d) => d / scale));
      context.stroke(path);
    };
    this.draw(context, stroke, map.getZoom());
    context.restore();
  },
  draw(context, stroke) {
    const { land, coast, border, lakes, rivers } = this.paths;
    context.fillStyle = colour("--land");
    context.fill(land);
    // a hairline of the same colour closes the seams between neighbours
    stroke(land, "--land", 0.7);
    stroke(rivers, "--river", 1);
    context.fillStyle = colour("--water");
    context.fill(lakes);
    stroke(coast, "--coast", 0.8);
    stroke(border, "--border", 1.3);
  },
});

// The lines between a country's first-level divisions: a layer of its own, of the same data.
export const Admin = Outline && Outline.extend({
  lines: { admin: false },
  pane: ["admin", 151],
  draw(context, stroke, zoom) {
    if (zoom >= 5) stroke(this.paths.admin, "--admin", 0.8, [3, 3]);
  },
});

export const Names = Painted && Painted.extend({
  onAdd(map) {
    this.options.pane = paneFor(map, "names", 420);
    return L.Renderer.prototype.onAdd.call(this, map);
  },
  // `places` come with the most important first; `blocked` gives circles no label may cover.
  setData({ countries, places, blocked }) {
    Object.assign(this, { countries, places, blocked, wide: new Map() });
    for (const place of places) [place.x, place.y] = [worldX(place.lon), worldY(place.lat)];
    this.repaint();
  },
  paint(context, { min, max }) {
    if (!this.places) return;
    const map = this._map;
    const pixels = pixelsOf(map);
    const zoom = map.getZoom();
    const taken = (this.blocked?.() || []).map(({ x, y, r }) => [x - r, y - r, x + r, y + r]);
    const corner = map.containerPointToLayerPoint([0, 0]);
    const size = map.getSize();
    const seen = (x, y) => x >= corner.x && y >= corner.y && x <= corner.x + size.x && y <= corner.y + size.y;
    const free = (box) => taken.every((t) => box[2] < t[0] || box[0] > t[2] || box[3] < t[1] || box[1] > t[3]);
    const write = (text, x, y, height, ink, away) => {
      const key = context.letterSpacing + text;
      if (!this.wide.has(key)) this.wide.set(key, context.measureText(text).width);
      const wide = this.wide.get(key);
      const up = away + height / 2 - 1;
      const spots = away ? [[x + away, y], [x - away - wide, y], [x - wide / 2, y - up], [x - wide / 2, y + up]] : [[x - wide / 2, y]];
      for (const [left, middle] of spots) {
        const box = [left - 2, middle - height / 2, left + wide + 2, middle + height / 2];
        if (!free(box) || (seen(x, y) && !(seen(box[0], box[1]) && seen(box[2], box[3])))) continue;
        taken.push(box);
        context.lineWidth = 3;
        context.strokeStyle = colour("--halo");
        context.strokeText(text, left, middle);
        context.fillStyle = ink;
        context.fillText(text, left, middle);
        return true;
      }
      return false;
    };
    context.lineJoin = "round";
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.direction = "ltr";
    for (const country of this.countries) {
      if (country.share * 4 ** (zoom - this.homeZoom) < 0.006) continue;
      const { x, y } = map.latLngToLayerPoint([country.lat, country.lon]);
      context.font = "600 12px system-ui, sans-serif";
      context.letterSpacing = JOINED.test(country.name) ? "0px" : "1.5px";
      write(country.name.toLocaleUpperCase(), x, y, 16, colour("--country"), 0);
    }
    context.letterSpacing = "0px";
    context.font = "12px system-ui, sans-serif";
    let written = 0;
    const groups = this.blocked?.() || [];
    const named = new Set();
    const names = new Set();
    const most = 22 + 10 * Math.max(0, zoom - this.homeZoom);
    for (const place of this.places) {
      if (written >= most) break;
      if (names.has(place.name) || (place.shown && !place.shown())) continue;
      const point = { x: pixels.x(place.x), y: pixels.y(place.y) };
      if (point.x < min.x || point.x > max.x || point.y < min.y || point.y > max.y) continue;
      // beside the symbol that stands here, if one does; a symbol of many places is named after its biggest
      const symbol = groups.find(({ x, y, r }) => (x - point.x) ** 2 + (y - point.y) ** 2 < r * r);
      if (symbol && named.has(symbol)) continue;
      if (place.site !== undefined && symbol?.members[0].site !== place.site) continue;
      const [x, y] = symbol ? [symbol.x, symbol.y] : [point.x, point.y];
      if (!symbol && !place.wide && !free([x - 3, y - 3, x + 3, y + 3])) continue;
      if (!write(place.name, x, y, 15, colour("--name"), symbol ? symbol.r + 5 : 6)) continue;
      written++;
      names.add(place.name);
      if (symbol) named.add(symbol);
      if (symbol || place.wide) continue;
      context.beginPath();
      context.arc(point.x, point.y, 1.8, 0, TAU);
      context.fillStyle = colour("--name");
      context.fill();
    }
  },
});

export const Incidents = Painted && Painted.extend({
  onAdd(map) {
    this.options.pane = paneFor(map, "incidents", 450);
    return L.Renderer.prototype.onAdd.call(this, map);
  },
  // `sites`: parallel arrays over the sites of the table; `types`: what a single type at a place looks like.
  setData(sites) {
    this.sites = sites;
    sites.x ??= Float64Array.from(sites.lon, worldX);
    sites.y ??= Float64Array.from(sites.lat, worldY);
    this.repaint();
  },
  setFocus(siteNumbers) {
    this.focus = new Set(siteNumbers);
    this.repaint();
  },
  paint(context, { min, max }) {
    this.groups = [];
    const { sites } = this;
    if (!sites) return;
    const pixels = pixelsOf(this._map);
    const points = [];
    for (let site = 0; site < sites.count.length; site++) {
      if (sites.count[site] === 0) continue;
      const [x, y] = [pixels.x(sites.x[site]), pixels.y(sites.y[site])];
      if (x >= min.x && x <= max.x && y >= min.y && y <= max.y) points.push({ x, y, count: sites.count[site], site });
    }
    const groups = merged(points, points.length > CROWD ? CROWD_GAP_PX : GAP_PX);
    groups.sort((a, b) => b.count - a.count || a.y - b.y);
    for (const group of groups) this.drawGroup(context, group);
    this.groups = groups;
    this.fire("painted");
  },
  // What stands at the places of a group: how many of each colour, how many vague or hollow, and their type if it is one.
  sumOf(group) {
    const { colours, tally, vague, hollow, type } = this.sites;
    const sum = { counts: new Uint32Array(colours.length), vague: 0, hollow: 0, type: type[group.members[0].site] };
    for (const { site } of group.members) {
      for (let f = 0; f < colours.length; f++) sum.counts[f] += tally[site * colours.length + f];
      sum.vague += vague[site];
      sum.hollow += hollow[site];
      if (type[site] !== sum.type) sum.type = -1;
    }
    return sum;
  },
  drawGroup(context, group) {
    const { sites } = this;
    const { x, y, r } = group;
    const { counts, vague, hollow, type } = this.sumOf(group);
    const tally = new Map();
    counts.forEach((n, f) => n && tally.set(sites.colours[f], n));
    const allVague = vague === group.count;
    const allHollow = hollow === group.count;
    const parts = sectors(tally);
    context.globalAlpha = allVague ? 0.72 : 1;
    context.beginPath();
    context.arc(x, y, r + 1.5, 0, TAU);
    context.fillStyle = colour("--ring");
    context.fill();
    let angle = -Math.PI / 2;
    for (const [fill, share] of parts) {
      context.beginPath();
      context.moveTo(x, y);
      context.arc(x, y, r, angle, angle + share * TAU);
      context.closePath();
      context.fillStyle = fill;
      context.fill();
      angle += share * TAU;
    }
    // hollow: nothing but a coloured edge, for what is known to have happened but not since when
    const core = group.count > 1 || parts.length > 1;
    if (allHollow || core) {
      context.beginPath();
      context.arc(x, y, allHollow ? r - 3 : r * 0.6, 0, TAU);
      context.fillStyle = colour("--core");
      context.fill();
    }
    if (allVague) {
      context.beginPath();
      context.arc(x, y, r + 1.5, 0, TAU);
      context.setLineDash([3, 3]);
      context.lineWidth = 1.5;
      context.strokeStyle = colour("--ink");
      context.stroke();
      context.setLineDash([]);
    }
    context.globalAlpha = 1;
    if (core) {
      context.fillStyle = colour("--ink");
      context.font = `600 ${Math.max(10, Math.round(r * 0.62))}px system-ui, sans-serif`;
      context.textAlign = "center";
      context.textBaseline = "middle";
      context.fillText(shortNumber(group.count), x, y + 0.5);
    } else if (type >= 0) {
      drawGlyph(context, sites.types[type], x, y, r, allHollow ? colour("--ink") : inkOn(parts[0][0]));
    }
    if (this.focus?.size && group.members.some(({ site }) => this.focus.has(site))) {
      context.beginPath();
      context.arc(x, y, r + 4.5, 0, TAU);
      context.lineWidth = 2.5;
      context.strokeStyle = colour("--focus");
      context.stroke();
    }
  },
  // The symbol under a point of the map, the nearest where several are.
  at(layerPoint) {
    let [best, nearest] = [null, Infinity];
    for (const group of this.groups || []) {
      const away = Math.hypot(group.x - layerPoint.x, group.y - layerPoint.y) - group.r;
      if (away < 6 && away < nearest) [best, nearest] = [group, away];
    }
    return best;
  },
});

export const Heat = Painted && Painted.extend({
  onAdd(map) {
    this.options.pane = paneFor(map, "heat", 410);
    return L.Renderer.prototype.onAdd.call(this, map);
  },
  setData(sites) {
    this.sites = sites;
    this.repaint();
  },
  paint(context, bounds) {
    const { sites } = this;
    if (!sites) return;
    const r = 36;
    const most = sites.count.reduce((a, b) => Math.max(a, b), 1);
    const ink = colour("--heat");
    const pixels = pixelsOf(this._map);
    for (let site = 0; site < sites.count.length; site++) {
      if (!sites.count[site]) continue;
      const [x, y] = [pixels.x(sites.x[site]), pixels.y(sites.y[site])];
      if (x < bounds.min.x - r || x > bounds.max.x + r || y < bounds.min.y - r || y > bounds.max.y + r) continue;
      const strength = 0.15 + 0.5 * Math.sqrt(sites.count[site] / most);
      const shade = context.createRadialGradient(x, y, 0, x, y, r);
      shade.addColorStop(0, `rgb(${ink} / ${strength})`);
      shade.addColorStop(1, `rgb(${ink} / 0)`);
      context.fillStyle = shade;
      context.fillRect(x - r, y - r, 2 * r, 2 * r);
    }
  },
});
