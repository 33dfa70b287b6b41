// The page's colours for what is painted: asking the style sheet for every symbol would be slow, so they are kept.

let known = {};

export const colour = (name) => (known[name] ??= getComputedStyle(document.documentElement).getPropertyValue(name).trim());

// After a change of light and dark.
export function forgetColours() {
  known = {};
}
