// Open the packets Python packed: columns at once, texts and rows chunk by chunk.

export const TYPES = {
  Uint8: Uint8Array, Uint16: Uint16Array, Uint32: Uint32Array, Int32: Int32Array, Float32: Float32Array,
};

export function bytesOf(base64) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export async function unpacked(base64) {
  const stream = new Blob([bytesOf(base64.trim())]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

export function decoded(bytes) {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

// The header's fields beside the typed arrays it lays out; absent rows ("no site") are -1 in `site`.
export function table(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const header = JSON.parse(decoded(bytes.subarray(4, 4 + length)));
  const base = bytes.byteOffset + 4 + length;
  const columns = {};
  for (const [name, kind, at, count] of header.layout) columns[name] = new TYPES[kind](bytes.buffer, base + at, count);
  const none = columns.site ? 2 ** (8 * columns.site.BYTES_PER_ELEMENT) - 1 : -1;
  const site = new Int32Array(header.count).fill(-1);
  if (columns.site) for (let i = 0; i < site.length; i++) if (columns.site[i] !== none) site[i] = columns.site[i];
  return { ...header, ...columns, site };
}

// A text packet: one line of lengths, then the texts joined by line ends. `counts` says how many each incident has.
export function textPacket(bytes) {
  const end = bytes.indexOf(10);
  const { lengths, counts } = JSON.parse(decoded(bytes.subarray(0, end)));
  const body = decoded(bytes.subarray(end + 1));
  const offsets = new Uint32Array(lengths.length + 1);
  for (let i = 0; i < lengths.length; i++) offsets[i + 1] = offsets[i] + lengths[i] + 1;
  const firsts = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i++) firsts[i + 1] = firsts[i] + counts[i];
  return { body, offsets, firsts };
}

export function textAt(packet, number) {
  return packet.body.slice(packet.offsets[number], packet.offsets[number + 1] - 1);
}

// Rows packed as columns become objects again, key order included.
export function records(packed, texts) {
  const { shapes, shape } = packed;
  const count = typeof shape === "number" ? shape : shape.length;
  const readers = {};
  for (const [key, column] of Object.entries(packed.columns)) readers[key] = reader(column, texts);
  const rows = new Array(count);
  for (let i = 0; i < count; i++) {
    const row = {};
    for (const key of shapes[typeof shape === "number" ? 0 : shape[i]]) put(row, key, readers[key]());
    rows[i] = row;
  }
  return rows;
}

// A key called __proto__ is a key like any other.
function put(row, key, value) {
  if (key === "__proto__") Object.defineProperty(row, key, { value, enumerable: true, writable: true, configurable: true });
  else row[key] = value;
}

function reader(column, texts) {
  let at = 0;
  if (column.text) {
    return () => {
      const value = column.text[at++];
      return value === null ? null : Array.isArray(value) ? value[0] : textAt(texts, value);
    };
  }
  if ("same" in column) return () => copy(column.same);
  if (column.values) return () => column.values[at++];
  const inner = records(column.records, texts);
  let next = 0;
  if (column.object) return () => (column.object[at++] ? inner[next++] : null);
  return () => {
    const length = column.list[at++];
    if (length < 0) return null;
    const items = inner.slice(next, next + length);
    next += length;
    return items;
  };
}

function copy(value) {
  return value !== null && typeof value === "object" ? structuredClone(value) : value;
}

// WKT polygons as rings of [lat, lon], for Leaflet; an empty list for anything else.
export function wktRings(wkt) {
  return pointLists(wkt, /^\s*(MULTI)?POLYGON/i);
}

// WKT lines the same way: a road, a river, a front.
export function wktLines(wkt) {
  return pointLists(wkt, /^\s*(MULTI)?LINESTRING/i);
}

function pointLists(wkt, kind) {
  if (typeof wkt !== "string" || !kind.test(wkt)) return [];
  const lists = [];
  for (const [, list] of wkt.matchAll(/\(([^()]+)\)/g)) {
    const points = list.split(",").map((pair) => pair.trim().split(/\s+/).map(Number));
    if (points.every(([lon, lat]) => Number.isFinite(lon) && Number.isFinite(lat))) lists.push(points.map(([lon, lat]) => [lat, lon]));
  }
  return lists;
}
