// The map side: what a click, a pointer and a new size do, the outline and names, what lies outside the view. A part of App: `this` is the app.

import { byId, said } from "./dom.js";
import { decoded } from "./columns.js";
import { paperPart } from "./paper.js";
import { forgetColours } from "./theme.js";

export const mapPart = {
  ...paperPart,

  async drawOutline() {
    if (!byId("data-outline")) await this.store.parsed();
    const data = byId("data-outline") ? JSON.parse(decoded(await this.store.packet("outline"))) : { names: [] };
    if (data.land) {
      this.outline.setData(data);
      this.outline.admin?.setData(data);
    }
    const { siteNames } = this.table;
    const { count } = this.sites;
    const own = this.config.labels.length ? [] : this.busiestSites().map((site) => ({ site, name: siteNames[site], lat: this.table.siteLat[site], lon: this.table.siteLon[site], shown: () => count[site] > 0 }));
    this.names.setData({
      countries: data.names,
      places: [...this.config.labels, ...own].filter((place) => place.name),
      blocked: () => this.layer.groups || [],
    });
  },

  busiestSites() {
    const total = new Uint32Array(this.sites.count.length);
    for (const site of this.table.site) if (site >= 0) total[site]++;
    return [...total.keys()].sort((a, b) => total[b] - total[a]).slice(0, 400);
  },

  repaint() {
    forgetColours();
    for (const layer of [this.outline, this.outline.admin, this.names, this.layer, this.heat]) layer?.repaint();
    this.histogram?.draw();
  },

  bindMap() {
    this.bindPaper();
    const { map, layer } = this;
    const tip = byId("tip");
    map.on("click", (event) => {
      const group = layer.at(event.layerPoint);
      tip.hidden = true;
      if (group) this.openGroup(group);
    });
    map.on("mousemove", (event) => {
      const group = layer.at(event.layerPoint);
      map.getContainer().classList.toggle("over-symbol", Boolean(group));
      if (!group) {
        tip.hidden = true;
        return;
      }
      const names = this.titlesOf(group.members.map(({ site }) => site));
      const kinds = group.members.map(({ site }) => this.sites.type[site]);
      const what = kinds.every((k) => k === kinds[0] && k >= 0) ? this.rowTypes[kinds[0]].label : "";
      tip.replaceChildren(said("strong", names.slice(0, 3).join(this.words.comma) + (names.length > 3 ? " …" : "")),
        said("span", [this.plural("tip", group.count), what].filter(Boolean).join(" · ")));
      tip.hidden = false;
      const { x, y } = event.containerPoint;
      const box = map.getContainer().getBoundingClientRect();
      tip.style.left = `${Math.max(4, Math.min(box.width - tip.offsetWidth - 8, x + 14))}px`;
      tip.style.top = `${Math.max(4, y - tip.offsetHeight - 10)}px`;
    });
    map.on("mouseout movestart zoomstart", () => (tip.hidden = true));
    map.on("moveend", () => {
      this.showOutside();
      if (this.goingHome) return;
      const { lat, lng } = map.getCenter();
      this.state.map = { zoom: map.getZoom(), lat, lon: lng };
      this.remember();
    });
    layer.on("painted", () => this.names.repaint());
    // as long as the reader has not moved the map, it frames the data whatever its size
    new ResizeObserver(() => {
      const { map: view } = this.state;
      this.goingHome = true;
      map.invalidateSize({ animate: false, pan: false });
      this.goingHome = false;
      if (!view && !this.beforePaper) this.home(null); // a sheet has its own frame
    }).observe(map.getContainer());
    byId("outside").addEventListener("click", () => this.fitVisible());
    byId("detail-close").addEventListener("click", () => this.close(true));
    addEventListener("keydown", (event) => event.key === "Escape" && !byId("detail").hidden && this.close(true));
  },

  // Symbols outside the view are counted, so that a reader knows there are more.
  showOutside() {
    const { count, lat, lon } = this.sites;
    const bounds = this.map.getBounds();
    const [west, south, east, north] = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    let outside = 0;
    for (let site = 0; site < count.length; site++) {
      if (lon[site] < west || lon[site] > east || lat[site] < south || lat[site] > north) outside += count[site];
    }
    byId("outside").hidden = !outside;
    byId("outside").textContent = this.words.outside.replace("{n}", this.format(outside));
  },

  fitVisible() {
    const bounds = this.visibleBounds();
    if (bounds) this.map.fitBounds(bounds, { padding: [46, 46], maxZoom: 11 });
  },

  home(map) {
    const { bounds } = this.config;
    this.goingHome = true;
    if (bounds) this.map.fitBounds([[bounds[1], bounds[0]], [bounds[3], bounds[2]]], { padding: [46, 46], maxZoom: 9, animate: false });
    else this.map.setView([20, 10], 2, { animate: false });
    this.homeZoom = this.map.getZoom();
    this.names.homeZoom = this.homeZoom;
    this.goingHome = false;
    if (map) this.map.setView([map.lat, map.lon], map.zoom, { animate: false });
  },

  focusSites(numbers) {
    this.layer.setFocus(numbers.filter((n) => n >= 0));
  },

  bringIntoView(site) {
    const { map, table } = this;
    const point = map.latLngToContainerPoint([table.siteLat[site], table.siteLon[site]]);
    const size = map.getSize();
    const covered = byId("detail").offsetWidth < size.x * 0.7 ? byId("detail").offsetWidth : 0;
    const rtl = document.dir === "rtl";
    const [low, high] = rtl ? [covered + 30, size.x - 30] : [30, size.x - covered - 30];
    if (point.x < low || point.x > high || point.y < 30 || point.y > size.y - 30) {
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const middle = (low + high) / 2;
      map.panBy([point.x - middle, point.y - size.y / 2], { animate: !still });
    }
  },
};
