// The symbol of an event type, as SVG for lists and legends and as canvas for the map.

import { svg } from "./dom.js";
import { SHAPES, inkOn } from "./symbols.js";

const path = (corners, r) => corners.map(([x, y], i) => `${i ? "L" : "M"}${(x * r).toFixed(2)} ${(y * r).toFixed(2)}`).join("") + "Z";

export function glyph(type, size = 18) {
  const half = size / 2;
  const root = svg("svg", { class: "glyph", viewBox: `${-half} ${-half} ${size} ${size}`, width: size, height: size, "aria-hidden": "true" });
  const r = half - 2;
  const corners = SHAPES[type.symbol];
  if (corners) root.append(svg("path", { d: path(corners, r * 0.85), fill: type.colour }));
  else root.append(svg("circle", { r, fill: type.colour }));
  if (!(type.symbol in SHAPES)) {
    const text = svg("text", { y: (size * 0.18).toFixed(1), "text-anchor": "middle", fill: inkOn(type.colour), "font-size": (type.symbol.length > 1 ? size * 0.44 : size * 0.56).toFixed(1) });
    text.textContent = type.symbol;
    root.append(text);
  }
  return root;
}

// The shape of a type inside a round symbol of radius r, in ink that reads on its colour.
export function drawGlyph(context, type, x, y, r, ink) {
  const corners = SHAPES[type.symbol];
  context.fillStyle = ink;
  if (corners) {
    context.beginPath();
    corners.forEach(([cx, cy], i) => context[i ? "lineTo" : "moveTo"](x + cx * r * 0.5, y + cy * r * 0.5));
    context.closePath();
    context.fill();
  } else if (!(type.symbol in SHAPES)) {
    context.font = `600 ${Math.round(r * (type.symbol.length > 1 ? 0.9 : 1.15))}px system-ui, sans-serif`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(type.symbol, x, y + 0.5);
  }
}
