// The page's whole state as the part of the address after "#", with names a reader understands.

import { dayOf, isoOf } from "./dates.js";

const SETS = ["type", "status", "outlet", "actor", "position", "dated", "verification"];
export const TABS = ["layers", "list", "off"];

export function emptyState() {
  return {
    from: null, to: null, q: "", undated: true, map: null, event: null, tab: "layers",
    type: null, status: null, outlet: null, actor: null, position: null, dated: null, verification: null,
  };
}

// A list of names: commas inside a name are escaped once more; "-" stands for "none named".
function escaped(name) {
  if (name === "") return "-";
  const inner = name === "-" ? "%2D" : name.replace(/%/g, "%25").replace(/,/g, "%2C");
  return encodeURIComponent(inner);
}

function plain(part) {
  return part === "-" ? "" : part.replace(/%2C/g, ",").replace(/%2D/g, "-").replace(/%25/g, "%");
}

export function toHash(state) {
  const parts = [];
  if (state.from !== null) parts.push(`from=${isoOf(state.from)}`);
  if (state.to !== null) parts.push(`to=${isoOf(state.to)}`);
  for (const name of SETS) {
    if (state[name] !== null) parts.push(`${name}=${[...state[name]].sort().map(escaped).join(",")}`);
  }
  if (!state.undated) parts.push("undated=0");
  if (state.q) parts.push(`q=${encodeURIComponent(state.q)}`);
  if (state.tab !== "layers") parts.push(`tab=${state.tab}`);
  if (state.event) parts.push(`event=${encodeURIComponent(state.event)}`);
  if (state.map) parts.push(`map=${state.map.zoom}/${state.map.lat.toFixed(4)}/${state.map.lon.toFixed(4)}`);
  return parts.length ? "#" + parts.join("&") : "";
}

export function fromHash(hash) {
  const state = emptyState();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const at = part.indexOf("=");
    if (at < 1) continue;
    const name = part.slice(0, at);
    let value;
    try {
      value = decodeURIComponent(part.slice(at + 1));
    } catch {
      continue; // a broken escape in a pasted link: the rest still counts
    }
    if (name === "from" || name === "to") state[name] = dayOf(value);
    else if (SETS.includes(name)) state[name] = new Set(value === "" ? [] : value.split(",").map(plain));
    else if (name === "undated") state.undated = value !== "0";
    else if (name === "q") state.q = value;
    else if (name === "event") state.event = value;
    else if (name === "tab" && TABS.includes(value)) state.tab = value;
    else if (name === "map") state.map = viewOf(value);
  }
  return state;
}

function viewOf(value) {
  const [zoom, lat, lon] = value.split("/").map(Number);
  const sane = Number.isFinite(zoom) && Math.abs(lat) <= 90 && Math.abs(lon) <= 360;
  return sane ? { zoom: Math.min(19, Math.max(1, zoom)), lat, lon } : null;
}
