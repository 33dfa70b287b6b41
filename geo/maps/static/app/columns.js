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

// Small numbers come as letters, one each (see records.py), large ones as a list.
function numbers(written) {
  if (typeof written !== "string") return written;
  const found = new Uint32Array(written.length);
  for (let i = 0; i < found.length; i++) {
    const code = written.charCodeAt(i);
    found[i] = code - (code > 92 ? 36 : 35);
  }
  return found;
}

// Numbers written as the distance from the one before: even forwards, odd backwards.
function walked(written) {
  const found = numbers(written);
  for (let i = 0, at = 0; i < found.length; i++) found[i] = at += found[i] % 2 ? -(found[i] + 1) / 2 : found[i] / 2;
  return found;
}

// A text packet: one line of lengths, then the texts joined by line ends. `counts` says how many each incident has.
export function textPacket(bytes) {
  const end = bytes.indexOf(10);
  const head = JSON.parse(decoded(bytes.subarray(0, end)));
  const [lengths, counts] = [numbers(head.lengths), numbers(head.counts)];
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

// Rows packed as columns become objects again, key order included. `written`: the columns of this packet so far.
export function records(packed, texts, written = []) {
  const { shapes } = packed;
  const single = typeof packed.shape === "number";
  const shape = single ? null : numbers(packed.shape);
  const columns = {};
  for (const [key, column] of Object.entries(packed.columns)) put(columns, key, { at: 0, values: valuesOf(column, texts, written) });
  const rows = new Array(single ? packed.shape : shape.length);
  for (let i = 0; i < rows.length; i++) {
    const row = (rows[i] = {});
    for (const key of shapes[single ? 0 : shape[i]]) {
      const column = columns[key];
      put(row, key, column.values[column.at++]);
    }
  }
  return rows;
}

// A key called __proto__ is a key like any other.
function put(row, key, value) {
  if (key === "__proto__") Object.defineProperty(row, key, { value, enumerable: true, writable: true, configurable: true });
  else row[key] = value;
}

function valuesOf(column, texts, written) {
  if (column.text) return textValues(column.text, texts);
  if (column.object) {
    const inner = records(column.records, texts, written);
    let next = 0;
    return Array.from(numbers(column.object), (here) => (here ? inner[next++] : null));
  }
  if (column.list) {
    const inner = column.records ? records(column.records, texts, written) : valuesOf(column.items, texts, written);
    let next = 0;
    return Array.from(numbers(column.list), (length) => (length ? inner.slice(next, (next += length - 1)) : null));
  }
  if ("again" in column) return written[column.again];
  const values = plainValues(column, written);
  if (!values.some((value) => value !== null && typeof value === "object")) written.push(values);
  return values;
}

function plainValues(column, written) {
  if ("same" in column) return new Array(column.count).fill(column.same);
  if (typeof column.of === "number") return Array.from(walked(column.at), (place) => written[column.of][place]);
  if (column.of) return Array.from(numbers(column.at), (place) => column.of[place]);
  return column.values;
}

function textValues(written, texts) {
  if (typeof written === "string") return Array.from(walked(written), (number) => (number ? textAt(texts, number - 1) : null));
  return written.map((value) => (value === null ? null : Array.isArray(value) ? value[0] : textAt(texts, value)));
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
