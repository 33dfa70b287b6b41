// For layers of others on our map. folium's popups make their element with jQuery, and wait for the document with it:
// these two uses are served here, so that such a layer needs no 90 kB from a CDN. A real jQuery takes precedence.
globalThis.$ ??= (what) => {
  if (typeof what === "function") return void what();
  if (typeof what !== "string") return { ready: (run) => run() };
  const template = document.createElement("template");
  template.innerHTML = what.trim();
  return [...template.content.children];
};
