// Days as whole numbers since 1970-01-01, and how they are written.

export const NO_DAY = -2147483648;
const DAY_MS = 86400000;

export function isoOf(day) {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

// Null where the text is no date: a hand-typed address must not break the page.
export function dayOf(iso) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso || "")) return null;
  const ms = Date.parse(iso + "T00:00:00Z");
  return Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== iso ? null : Math.round(ms / DAY_MS);
}

const SHORT = { day: "numeric", month: "short", year: "numeric" };
const formats = new Map();

// Making a format takes longer than a thousand uses of it.
function format(lang, options) {
  const key = `${lang} ${Object.values(options)}`;
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { timeZone: "UTC", ...options }));
  return formats.get(key);
}

// "11 to 14 April 2014": what both ends share is written once.
export function spanText(first, last, lang, words) {
  const written = (day, options) => format(lang, options).format(day * DAY_MS);
  const full = { day: "numeric", month: "long", year: "numeric" };
  if (first === last) return written(last, full);
  const [a, b] = [isoOf(first), isoOf(last)];
  let start = full;
  if (a.slice(0, 7) === b.slice(0, 7)) start = { day: "numeric" };
  else if (a.slice(0, 4) === b.slice(0, 4)) start = { day: "numeric", month: "long" };
  return words.dateSpan.replace("{from}", written(first, start)).replace("{to}", written(last, full));
}

export function shortDay(day, lang) {
  return format(lang, SHORT).format(day * DAY_MS);
}

// Start unknown, end known: the end is an upper bound ("before 14 Apr").
export function whenText(start, end, lang, words) {
  if (end === NO_DAY) return words.undated;
  if (start === NO_DAY) return words.before.replace("{day}", shortDay(end, lang));
  if (start === end) return shortDay(start, lang);
  return format(lang, SHORT).formatRange(start * DAY_MS, end * DAY_MS);
}
