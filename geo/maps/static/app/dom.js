// The one place where elements are made: text only ever becomes a text node, never markup.

const SVG = "http://www.w3.org/2000/svg";
const [QUICK_MS, PAUSE_MS] = [30, 120]; // a slow answer must not hold up the next letter

export const byId = (id) => document.getElementById(id);

export function h(name, attributes = {}, ...children) {
  return filled(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

// Report text carries its own direction, whatever the page's.
export function said(name, text, attributes = {}) {
  return h(name, { dir: "auto", ...attributes }, String(text ?? ""));
}

// For the one place where Leaflet takes markup: the line of credits.
export function escapeHtml(text) {
  return text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
}

export function button(text, onclick, attributes = {}) {
  return h("button", { type: "button", onclick, ...attributes }, text);
}

export function saveFile(name, type, text) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// Copying is refused in some frames and browsers: then the text is selected in a field for the reader to copy.
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = h("textarea", { class: "offscreen", readonly: true }, text);
    document.body.append(field);
    field.select();
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch {
      done = false;
    }
    field.remove();
    return done;
  }
}

// Runs at once. Where that was slow the last time, letters typed in quick succession are answered together.
export function prompted(run) {
  let [timer, took, last] = [0, 0, -Infinity];
  const timed = (...args) => {
    const start = performance.now();
    run(...args);
    took = performance.now() - start;
  };
  return (...args) => {
    clearTimeout(timer);
    const pause = performance.now() - last;
    if (took < QUICK_MS || pause > PAUSE_MS) timed(...args);
    else timer = setTimeout(timed, PAUSE_MS, ...args);
    last = performance.now();
  };
}
