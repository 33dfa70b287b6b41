// What is open: the cards of one symbol or one incident, and how far off a position may be. A part of App: `this` is the app.

import { byId, h } from "./dom.js";
import { incidentCard } from "./detail.js";
import { wktLines, wktRings } from "./columns.js";
import { colour } from "./theme.js";

const CARDS = 40; // cards shown for one symbol before "more"

export const openedPart = {
  openGroup(group) {
    const sites = new Set(group.members.map(({ site }) => site));
    const incidents = this.selected.filter((i) => sites.has(this.table.site[i]));
    const names = this.titlesOf([...sites]);
    this.openIncidents(incidents, names);
  },

  // What heads the cards: the places' names; where none has a name, where that is.
  titlesOf(sites) {
    const { siteNames, siteLat, siteLon } = this.table;
    const names = sites.map((site) => siteNames[site]).filter(Boolean);
    return names.length || !sites.length ? names : [`\u2066${siteLat[sites[0]].toFixed(3)}, ${siteLon[sites[0]].toFixed(3)}\u2069`];
  },

  openIncident(incident) {
    const site = this.table.site[incident];
    this.openIncidents([incident], site < 0 ? [] : this.titlesOf([site]));
    if (site >= 0) this.bringIntoView(site);
  },

  async openById(id) {
    const incident = await this.store.find(id);
    if (incident >= 0 && this.state.event === id) this.openIncident(incident);
  },

  async openIncidents(incidents, names) {
    const { words } = this;
    this.returnTo = document.activeElement;
    const title = names.slice(0, 3).join(words.comma) + (names.length > 3 ? " …" : "");
    byId("detail-title").textContent = title || words["reason.none"];
    byId("detail-sub").textContent = incidents.length > 1 ? this.plural("tip", incidents.length) : "";
    byId("detail").hidden = false;
    document.documentElement.classList.add("with-detail");
    const features = await this.store.features(incidents.slice(0, CARDS));
    const card = (feature) => incidentCard(feature, { words, lang: this.lang, open: incidents.length === 1, within: names.length === 1 ? names[0] : null, names: this.config.names, typeOf: (id) => this.typeById.get(id ?? "other") ?? this.rowTypes[0] });
    const body = byId("detail-body");
    body.replaceChildren(...features.map(card));
    let shown = features.length;
    if (incidents.length > shown) {
      const more = h("button", { type: "button", class: "quiet", onclick: async () => {
        const next = await this.store.features(incidents.slice(shown, shown + CARDS));
        more.before(...next.map(card));
        shown += next.length;
        more.hidden = shown >= incidents.length;
        more.textContent = words.more.replace("{n}", this.format(incidents.length - shown));
      } }, words.more.replace("{n}", this.format(incidents.length - shown)));
      body.append(more);
    }
    body.scrollTop = 0;
    byId("detail").focus({ preventScroll: matchMedia("(min-width: 760px)").matches });
    this.focusSites(incidents.map((i) => this.table.site[i]));
    this.drawExtent(features);
    this.state.event = incidents.length === 1 ? String(features[0].properties.id ?? features[0].id ?? "") || null : null;
    this.remember();
  },

  // How far off the position may be: a circle, or the shape itself.
  drawExtent(features) {
    this.extent?.remove();
    const L = globalThis.L;
    const style = { color: colour("--focus"), weight: 1.5, dashArray: "4 4", fillOpacity: 0.08, interactive: false };
    const shapes = features.slice(0, 12).flatMap(({ geometry, properties }) => {
      const rings = wktRings(properties.area_wkt);
      if (rings.length) return [L.polygon(rings, style)];
      const lines = wktLines(properties.area_wkt);
      if (lines.length) return [L.polyline(lines, { ...style, dashArray: null, weight: 3, fill: false })];
      if (geometry?.type !== "Point" || !(properties.radius_m > 0)) return [];
      const [lon, lat] = geometry.coordinates;
      return [L.circle([lat, lon], { ...style, radius: properties.radius_m })];
    });
    this.extent = L.layerGroup(shapes).addTo(this.map);
  },

  close(refocus) {
    if (byId("detail").hidden) return;
    byId("detail").hidden = true;
    document.documentElement.classList.remove("with-detail");
    this.extent?.remove();
    this.focusSites([]);
    this.state.event = null;
    this.remember();
    if (refocus && this.returnTo?.isConnected) this.returnTo.focus({ preventScroll: true });
  },
};
