// Puts the page together: one state, one `update`; the parts that show it are in rooms of their own.

import { byId, escapeHtml } from "./dom.js";
import { Engine, FACETS, OFF_MAP, offReasons, rowsWhere } from "./filter.js";
import { Search } from "./search.js";
import { emptyState, fromHash, toHash } from "./state.js";
import { Store } from "./store.js";
import { Days, wholeRange } from "./timeline.js";
import { panelPart } from "./panel.js";
import { shownPart } from "./shown.js";
import { mapPart } from "./mapside.js";
import { openedPart } from "./opened.js";

const ADDRESS_MS = 100;
const idle = globalThis.requestIdleCallback ?? ((run) => setTimeout(run, 30));

export async function start(parts) {
  const config = JSON.parse(byId("config").textContent);
  try {
    const app = new App(config, parts);
    await app.begin();
    globalThis.dateline = app; // for the console and the tests
  } catch (error) {
    byId("count").textContent = typeof DecompressionStream === "undefined" ? config.words.oldBrowser : `${config.words.broken} (${error.message})`;
    throw error;
  }
}

class App {
  constructor(config, { map, outline, names, incidents, heat }) {
    Object.assign(this, { config, words: config.words, lang: config.lang, map, outline, names, layer: incidents, heat });
    this.number = new Intl.NumberFormat(config.lang === "en" ? "en-GB" : config.lang);
    this.forms = new Intl.PluralRules(config.lang);
    this.format = (n) => this.number.format(n);
    this.store = new Store(document);
    this.state = emptyState();
  }

  async begin() {
    const { config, map } = this;
    const table = (this.table = await this.store.open());
    this.types = config.types;
    this.typeById = new Map(this.types.map((type) => [type.id, type]));
    this.rowTypes = table.types.map((id) => this.typeById.get(id));
    this.engine = new Engine(table);
    this.range = wholeRange(table);
    this.days = this.range && new Days(this.range);
    this.search = new Search(table, Object.fromEntries(this.types.map((type) => [type.id, type.label])));
    this.defaultStatuses = new Set(table.statuses.filter((s) => !OFF_MAP.includes(s)));
    this.offReason = offReasons(table);
    this.offRows = rowsWhere(table.count, (i) => this.offReason[i] > 0);
    for (const line of config.credits) map.attributionControl.addAttribution(escapeHtml(line));
    this.siteArrays();
    this.buildPanel();
    this.bindMap();
    this.restore(location.hash, true);
    addEventListener("hashchange", () => this.restore(location.hash, false));
    document.documentElement.dataset.ready = "1";
    map.fire("dateline:ready");
    await this.drawOutline();
    this.readTexts();
  }

  // Texts are opened one packet at a time when nothing else is going on; a search in between waits for them all.
  readTexts() {
    this.textsRead = (async () => {
      for (let number = 0; number < this.store.textChunks; number++) {
        await new Promise((done) => (this.hurry ? done() : idle(done)));
        this.search.add(number, await this.store.texts(number));
      }
    })();
    return this.textsRead;
  }

  // "1 event", "2 events": each language has its own forms of number, `other` where there is no special one.
  plural(name, n) {
    const form = this.words[`${name}.${this.forms.select(n)}`] ?? this.words[`${name}.other`];
    return form.replace("{n}", this.format(n));
  }

  say(text) {
    const note = byId("note");
    note.textContent = text;
    clearTimeout(this.noteTimer);
    this.noteTimer = setTimeout(() => (note.textContent = ""), 4000);
  }

  restore(hash, first) {
    const next = fromHash(hash);
    const { map } = next;
    this.state = next;
    if (first) this.home(map);
    else if (map) this.map.setView([map.lat, map.lon], map.zoom, { animate: false });
    this.applyAll();
    if (next.event) this.openById(next.event);
    else if (!first) this.close(false);
  }

  applyAll() {
    byId("search").value = this.state.q;
    byId("undated").checked = this.state.undated;
    this.update(["date", "undated", "q", ...FACETS]);
  }

  update(changed) {
    const { engine, state } = this;
    for (const name of changed) {
      if (name === "date") engine.dates(state.from, state.to);
      else if (name === "undated") engine.undated(state.undated);
      else if (name === "q") this.runSearch();
      else engine.facet(name, name === "status" ? state.status ?? this.defaultStatuses : state[name]);
    }
    engine.count();
    this.selected = engine.selected();
    this.show(changed);
    this.remember();
  }

  runSearch() {
    const { q } = this.state;
    if (!q.trim()) {
      this.engine.text(null);
      return;
    }
    const ready = this.search.chunks.filter(Boolean).length === this.store.textChunks;
    if (ready) {
      this.engine.text(this.search.run(q));
      return;
    }
    // places and names are searched at once, the sentences as soon as all are open
    this.engine.text(this.search.run(q));
    this.hurry = true;
    (this.textsRead ?? this.readTexts()).then(() => this.state.q === q && this.update(["q"]));
  }

  // The address follows the state, after the picture has: changing it takes longer than painting.
  remember() {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.writeAddress(), ADDRESS_MS);
  }

  writeAddress() {
    clearTimeout(this.later);
    this.later = null;
    const hash = toHash(this.state);
    if (hash === location.hash || (!hash && !location.hash)) return;
    try {
      history.replaceState(null, "", hash || location.pathname + location.search);
    } catch {
      // a notebook's frame has no address to keep; some browsers allow a hundred changes in half a minute: try again
      this.later = setTimeout(() => this.writeAddress(), 5000);
    }
  }
}

Object.assign(App.prototype, panelPart, shownPart, mapPart, openedPart);
