// Folding for the search: case, accents, quotes and the variants of Arabic letters do not matter.

const ARABIC = { "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ک": "ك", "ی": "ي" };
const QUOTES = { "’": "'", "‘": "'", "`": "'", "ʿ": "'", "ʾ": "'", "ʼ": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " " };
const HARD = /[أإآٱىئؤةکی’‘`ʿʾʼ“”–—\u00a0]/g;

export function fold(text) {
  let low = text.toLowerCase();
  if (/^[\x00-\x7f]*$/.test(low)) return low;
  low = low.normalize("NFD").replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640]/g, "").normalize("NFC");
  return low.replace(HARD, (c) => ARABIC[c] ?? QUOTES[c]);
}

// "air strike" in quotes is one term, other words are each their own.
export function terms(query) {
  const found = fold(query).match(/"[^"]+"|[^\s"]+/g) || [];
  return found.map((term) => term.replace(/"/g, "").trim()).filter(Boolean);
}
