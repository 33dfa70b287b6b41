// Files made from the current filter: GeoJSON with the rows unchanged, and CSV.

export function geojson(features, member) {
  const collection = { type: "FeatureCollection" };
  if (member) collection.dateline = member;
  collection.features = features;
  return JSON.stringify(collection);
}

// The columns of `geo incidents -o x.csv`: as they first appear, lists and objects as JSON text, lat and lon at the end.
// Cells are written as they are, like there: a quote that is changed is no quote any more.
export function csv(features) {
  const keys = new Set();
  for (const feature of features) for (const key of Object.keys(feature.properties)) keys.add(key);
  const lines = [[...keys, "lat", "lon"]];
  for (const { properties, geometry } of features) {
    const [lon, lat] = geometry && geometry.type === "Point" ? geometry.coordinates : ["", ""];
    lines.push([...[...keys].map((key) => flat(properties[key])), lat, lon]);
  }
  return lines.map((line) => line.map(cell).join(",")).join("\r\n") + "\r\n";
}

function flat(value) {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : value;
}

function cell(value) {
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}
