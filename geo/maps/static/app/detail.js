// The card of an incident: every source's sentence, who says so, what they disagree on, and why it stands where it does.

import { button, copyText, h, said } from "./dom.js";
import { dayOf, whenText, NO_DAY } from "./dates.js";
import { glyph } from "./glyphs.js";
import { correctionStub, pieces, safeUrl } from "./marks.js";

const FIRST_SOURCES = 12; // an incident with many sources opens with these; the rest is one click away

export function incidentCard(feature, { words, lang, typeOf, open, within, names = { places: {}, regions: {} } }) {
  const row = feature.properties;
  const type = typeOf(row.type);
  const day = (iso) => dayOf(String(iso ?? "").slice(0, 10)) ?? NO_DAY;
  const ends = (start, end) => whenText(day(start), end ? day(end) : day(start), lang, words);
  const place = names.places[row.place_id] || row.place || row.place_text;
  const body = h("div", { class: "card-body" });
  const fill = () => {
    if (body.childElementCount) return;
    body.append(...[
      facts(row, words),
      conflicts(row, words), // before the sentences: who did it is read there, not in the list of those accused
      ...sources(row, words, ends),
      claims(row, words),
      given(row, words),
      whereabouts(row, feature, words, names),
      confidence(row, words),
      corrections(row, words),
    ].filter(Boolean));
  };
  const summary = h("summary", {},
    glyph(type, 22),
    h("span", { class: "card-title" },
      said("span", row.type_label && lang === "en" ? row.type_label : type.label, { class: "card-type" }),
      h("span", { class: "card-sub" }, ends(row.date_start, row.date_end), ...(place && place !== within ? [" · ", said("bdi", place)] : [])),
      open ? null : said("span", row.quote ?? row.quotes?.[0]?.quote ?? "", { class: "card-line" })));
  const card = h("details", { class: "card", ontoggle: () => card.open && fill() }, summary, body);
  if (open) {
    fill();
    card.open = true;
  }
  return card;
}

function badge(text, kind) {
  return said("span", text, { class: `badge ${kind || ""}` });
}

const named = (words, group, value) => words[`${group}.${value}`] ?? String(value).replace(/_/g, " ");

function facts(row, words) {
  const toll = (name) => {
    const [low, high] = [row[`${name}_min`], row[`${name}_max`]];
    if (low == null && high == null) return null;
    const number = low != null && high != null && low !== high ? words.between.replace("{low}", low).replace("{high}", high)
      : high == null ? words.atLeast.replace("{n}", low) : low == null ? words.atMost.replace("{n}", high) : String(low);
    return badge(words.tollText.replace("{number}", number).replace("{what}", words[name]), "toll");
  };
  const role = (kind) => (Array.isArray(row.actors) ? row.actors : []).filter((actor) => (actor?.role || "other") === kind).map((actor) => actor.name);
  const people = ["initiator", "target", "other"].filter((kind) => role(kind).length)
    .map((kind) => h("div", { class: "fact" }, h("dt", {}, words[`role.${kind}`]), said("dd", role(kind).join(", "))));
  const things = ["weapon", "target"].filter((key) => row[key])
    .map((key) => h("div", { class: "fact" }, h("dt", {}, words[key === "target" ? "hit" : key]), said("dd", row[key])));
  const badges = [
    row.status && !row.given && badge(named(words, "status", row.status), `status-${/^[a-z]+$/.test(row.status) ? row.status : "other"}`),
    row.verification && badge(named(words, "verification", row.verification), row.verification === "contested" ? "warn" : ""),
    toll("killed"), toll("injured"),
  ].filter(Boolean);
  const list = [...people, ...things];
  return h("div", {}, badges.length ? h("p", { class: "badges" }, ...badges) : null, list.length ? h("dl", { class: "facts" }, ...list) : null);
}

function sentence(quote, words) {
  const marked = pieces(String(quote.quote ?? ""), [["mark-place", quote.place_text], ["mark-trigger", quote.trigger]]);
  const names = { "mark-place": words.markPlace, "mark-trigger": words.markTrigger };
  return h("blockquote", { dir: "auto" }, ...marked.map(([name, text]) => (name ? h("mark", { class: name, title: names[name] }, text) : text)));
}

function source(quote, words, ends) {
  const url = safeUrl(quote.url);
  const outlet = quote.outlet || (quote.given ? url && new URL(url).host : words.noOutlet);
  const meta = [
    url ? h("a", { href: url, rel: "noopener noreferrer", target: "_blank", dir: "auto" }, outlet) : outlet && said("span", outlet),
    quote.published ? ends(quote.published, quote.published) : null,
    quote.said_by ? h("span", {}, `${words.saysSo}: `, said("bdi", quote.said_by)) : null,
    quote.status && quote.status !== "reported" ? badge(named(words, "status", quote.status), `status-${/^[a-z]+$/.test(quote.status) ? quote.status : "other"}`) : null,
  ].filter(Boolean);
  return h("li", { class: "source" },
    sentence(quote, words),
    quote.title ? said("p", quote.title, { class: "headline" }) : null,
    meta.length ? h("p", { class: "meta" }, ...meta.flatMap((item, at) => (at ? [" · ", item] : [item]))) : null,
    quote.date_text ? h("p", { class: "meta" }, `${words.dateWords}: `, said("bdi", quote.date_text), document.dir === "rtl" ? " ← " : " → ", ends(quote.date_start, quote.date_end)) : null);
}

function sources(row, words, ends) {
  const quotes = Array.isArray(row.quotes) && row.quotes.length ? row.quotes : row.quote ? [{ ...row, title: row.report_title }] : [];
  if (!quotes.length) return [];
  const list = h("ol", { class: "sources" }, ...quotes.slice(0, FIRST_SOURCES).map((quote) => source(quote, words, ends)));
  const rest = quotes.slice(FIRST_SOURCES);
  const more = rest.length ? button(words.moreSources.replace("{n}", rest.length), () => {
    list.append(...rest.map((quote) => source(quote, words, ends)));
    more.remove();
  }, { class: "quiet" }) : null;
  const heading = row.given ? null : h("h3", {}, words.sources.replace("{n}", quotes.length)); // data of others are no reports
  return [heading, list, more].filter(Boolean);
}

const shown = (value) => (value === null || value === undefined || value === "" ? "–" : typeof value === "object" ? JSON.stringify(value) : String(value));

function conflicts(row, words) {
  if (!Array.isArray(row.conflicts) || !row.conflicts.length) return null;
  return h("div", { class: "conflicts" }, h("h3", {}, words.conflicts),
    ...row.conflicts.map((conflict) => h("div", { class: "conflict" },
      h("strong", {}, named(words, "field", conflict.field)),
      h("ul", {}, ...byValue(conflict.values || [], words).map(([value, voices]) => h("li", {},
        said("bdi", value), " – ", ...voices.flatMap((voice, at) => [at ? words.comma : "", said("bdi", voice)])))))));
}

// Each value once, with all who say it, so that the sides stand against each other.
function byValue(values, words) {
  const sides = new Map();
  for (const { value, said_by: voice } of values) {
    const voices = sides.get(shown(value)) ?? new Set();
    sides.set(shown(value), voices.add(voice || words.unnamed));
  }
  return [...sides].map(([value, voices]) => [value, [...voices]]);
}

function claims(row, words) {
  if (!Array.isArray(row.claims) || !row.claims.length) return null;
  const head = h("tr", {}, ...[words.claimWho, words.claimWhat, words.claimValue].map((text) => h("th", { scope: "col" }, text)));
  const lines = row.claims.map((claim) => h("tr", {}, said("td", claim.said_by || words.unnamed), said("td", named(words, "field", claim.field)), said("td", shown(claim.value))));
  return h("details", { class: "sub" }, h("summary", {}, words.claims.replace("{n}", row.claims.length)),
    h("div", { class: "scroll-x" }, h("table", {}, h("thead", {}, head), h("tbody", {}, ...lines))));
}

// The properties of a row that others made, as they stand in their file. Open where there is no sentence to read instead.
function given(row, words) {
  if (!row.given || typeof row.given !== "object") return null;
  const filled = Object.entries(row.given).filter(([, value]) => value !== null && value !== "");
  if (!filled.length) return null;
  const lines = filled.map(([name, value]) => {
    const url = safeUrl(value);
    return h("div", { class: "fact" }, said("dt", name), h("dd", {}, url ? h("a", { href: url, rel: "noopener noreferrer", target: "_blank", dir: "auto" }, value) : said("span", shown(value))));
  });
  return h("details", { class: "sub given", open: !row.quote }, h("summary", {}, words.given.replace("{n}", filled.length)), h("dl", { class: "facts" }, ...lines));
}

function whereabouts(row, feature, words, names) {
  const lines = [];
  const [lon, lat] = feature.geometry?.type === "Point" ? feature.geometry.coordinates : [];
  const add = (label, ...value) => lines.push(h("div", { class: "fact" }, h("dt", {}, label), h("dd", {}, ...value)));
  const place = names.places[row.place_id] || row.place;
  const around = [row.admin2, row.admin1, row.country].map((name) => names.regions[name] || name);
  if (place) add(words.matched, said("bdi", [place, ...around].filter((n, at, all) => n && all.indexOf(n) === at).join(words.comma)));
  if (row.place_text && row.place_text !== place) add(words.asPrinted, said("bdi", row.place_text));
  if (row.place_why) add(words.reason, said("span", row.place_why));
  if (lon !== undefined) add(words.position, h("span", { dir: "ltr" }, `${lat}, ${lon}`), row.radius_m ? ` ± ${distance(row.radius_m)}` : "", row.place_relation && row.place_relation !== "at" ? ` (${named(words, "relation", row.place_relation)})` : "");
  else add(words.position, words["reason.none"]);
  if (typeof row.place_score === "number") add(words.placeScore, percent(row.place_score));
  return h("details", { class: "sub", open: true }, h("summary", {}, words.whyHere), h("dl", { class: "facts" }, ...lines));
}

const distance = (metres) => (metres >= 1000 ? `${Math.round(metres / 100) / 10} km` : `${Math.round(metres)} m`);
const percent = (share) => `${Math.round(share * 100)} %`;

function confidence(row, words) {
  if (typeof row.confidence !== "number" && !row.why) return null;
  return h("p", { class: "confidence" },
    typeof row.confidence === "number" ? h("strong", {}, `${words.confidence} ${percent(row.confidence)}`) : null,
    row.why ? h("span", {}, " ", said("bdi", row.why)) : null);
}

function corrections(row, words) {
  if (!row.id || row.given) return null; // data of others are not read again: there is nothing to correct here
  const stub = correctionStub(row);
  const copy = button(words.copyStub, async () => {
    copy.textContent = (await copyText(stub)) ? words.copied : words.copyFailed;
  }, { class: "quiet" });
  return h("details", { class: "sub" }, h("summary", {}, words.correct), h("p", { class: "meta" }, words.correctHow), h("pre", { dir: "ltr", tabindex: "0" }, stub), copy);
}
