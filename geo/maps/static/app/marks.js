// A sentence cut into pieces, with the place name and the trigger marked; links that are safe to follow.

import { fold } from "./fold.js";

// Only folds that keep the length let us point into the original.
function find(text, part) {
  if (!part) return -1;
  const exact = text.indexOf(part);
  if (exact >= 0) return exact;
  const [a, b] = [fold(text), fold(part)];
  return a.length === text.length && b.length === part.length ? a.indexOf(b) : -1;
}

// `wanted` is [[class, words], ...]; earlier ones win where two overlap. Pieces are [class or null, text].
export function pieces(text, wanted) {
  const spans = [];
  for (const [name, phrase] of wanted) {
    const at = find(text, phrase);
    if (at < 0) continue;
    const end = at + phrase.length;
    if (spans.every((span) => end <= span.at || at >= span.end)) spans.push({ name, at, end });
  }
  spans.sort((a, b) => a.at - b.at);
  const out = [];
  let from = 0;
  for (const { name, at, end } of spans) {
    if (at > from) out.push([null, text.slice(from, at)]);
    out.push([name, text.slice(at, end)]);
    from = end;
  }
  if (from < text.length) out.push([null, text.slice(from)]);
  return out;
}

export function safeUrl(url) {
  if (typeof url !== "string" || !/^https?:\/\//i.test(url.trim())) return null;
  try {
    const { protocol, href } = new URL(url.trim());
    return protocol === "https:" || protocol === "http:" ? href : null;
  } catch {
    return null;
  }
}

// What to paste into corrections.yaml, as `geo` prints it too; the blanks are for the reader to fill in. JSON strings are
// YAML strings in double quotes.
export function correctionStub(row) {
  const first = row.quotes?.[0];
  const [id, quote] = [first?.event_id ?? row.id, first?.quote ?? row.quote ?? ""];
  return `- do: set  # or: reject, merge, part\n  event: ${JSON.stringify(id)}\n  quote: ${JSON.stringify(quote)}\n  by:\n  why:\n`;
}
