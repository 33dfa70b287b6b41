// Files made from the current filter: GeoJSON with the rows unchanged, and CSV.

export function geojson(features, member) {
  const collection = { type: "FeatureCollection" };
  if (member) collection.dateline = member;
  collection.features = features;
  return JSON.stringify(collection);
}

// Columns in the order they first appear; lists and objects as JSON text; the position as lon and lat at the end.
export function csv(features) {
  const keys = new Set();
  for (const feature of features) for (const key of Object.keys(feature.properties)) keys.add(key);
  const lines = [[...keys, "lon", "lat"]];
  for (const { properties, geometry } of features) {
    const [lon, lat] = geometry && geometry.type === "Point" ? geometry.coordinates : ["", ""];
    lines.push([...[...keys].map((key) => flat(properties[key])), lon, lat]);
  }
  return lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

function flat(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : value;
}

// A leading =, +, - or @ would run as a formula in a spreadsheet: such text gets an apostrophe in front.
function cell(value) {
  let text = String(value);
  if (typeof value === "string" && /^[=+\-@\t\r]/.test(text)) text = "'" + text;
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
