// How an incident, or many at one place, is drawn: size, sectors, letters, and which symbols share a spot.

export const SMALLEST_PX = 9;
export const LARGEST_PX = 26;
const ROUNDS = 4;
const APART = 0.9; // of the sum of two radii: nearer than this, one symbol hides the number of the other

// The area grows with the count; beyond about 40 the symbols stop growing, the number in the middle still does.
export function radius(count) {
  return Math.min(LARGEST_PX, SMALLEST_PX * Math.sqrt(1 + (count - 1) * 0.25));
}

export function shortNumber(count) {
  if (count < 1000) return String(count);
  if (count < 1e6) return `${count < 10000 ? Math.floor(count / 100) / 10 : Math.floor(count / 1000)}k`;
  return `${Math.floor(count / 1e5) / 10}M`;
}

// Black or white, whichever reads better on the colour (WCAG contrast).
export function inkOn(colour) {
  const luminance = luminanceOf(colour);
  return (luminance + 0.05) / 0.05 > 1.05 / (luminance + 0.05) ? "#111111" : "#ffffff";
}

export function luminanceOf(colour) {
  const hex = /^#([0-9a-f]{6})$/i.exec(colour);
  if (!hex) return 0.2;
  const [r, g, b] = [0, 2, 4].map((at) => {
    const part = parseInt(hex[1].slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// Symbols that would cover each other's number become one, at the place of the biggest; a grid keeps this linear. The
// points, { x, y, count, site }, lie on a screen or not far from it.
export function merged(points, gap) {
  let groups = points.map((point) => ({ x: point.x, y: point.y, count: point.count, site: point.site, r: radius(point.count), members: [point] }));
  // a symbol that has grown may cover the next: a few rounds settle that
  for (let round = 0; round < ROUNDS; round++) {
    const fewer = mergedOnce(groups, gap);
    const settled = fewer.length === groups.length;
    groups = fewer;
    if (settled) break;
  }
  return groups;
}

function mergedOnce(points, gap) {
  points.sort((a, b) => b.count - a.count || a.site - b.site);
  const grid = gridOver(points, Math.max(gap, 2 * LARGEST_PX * APART));
  const groups = [];
  for (const point of points) {
    const cell = grid.cellOf(point);
    let home = null;
    let nearest = Infinity;
    for (const step of grid.around) {
      for (const group of grid.cells[cell + step] ?? []) {
        const [x, y] = [group.x - point.x, group.y - point.y];
        const away = x * x + y * y;
        const least = Math.max(gap, APART * (group.r + point.r));
        if (away < nearest && away < least * least) {
          home = group;
          nearest = away;
        }
      }
    }
    if (home) {
      for (const member of point.members) home.members.push(member);
      home.count += point.count;
      home.r = radius(home.count);
    } else {
      groups.push(point);
      (grid.cells[cell] ??= []).push(point);
    }
  }
  return groups;
}

// Square cells over all points with a rim of one: a cell's neighbours always exist.
function gridOver(points, size) {
  let [left, top, right, bottom] = [0, 0, 0, 0];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  const wide = Math.floor((right - left) / size) + 3;
  const high = Math.floor((bottom - top) / size) + 3;
  return {
    cells: new Array(wide * high),
    cellOf: ({ x, y }) => (Math.floor((y - top) / size) + 1) * wide + Math.floor((x - left) / size) + 1,
    around: [-wide - 1, -wide, -wide + 1, -1, 0, 1, wide - 1, wide, wide + 1],
  };
}

// [[colour, share], ...] of a circle, biggest first.
export function sectors(tally) {
  const total = [...tally.values()].reduce((sum, n) => sum + n, 0);
  return [...tally].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([colour, n]) => [colour, n / total]);
}

// A path around (0, 0) for the shapes an event type may name; anything else is written as letters in a circle.
export const SHAPES = {
  circle: null,
  square: [[-0.82, -0.82], [0.82, -0.82], [0.82, 0.82], [-0.82, 0.82]],
  diamond: [[0, -1.1], [1.1, 0], [0, 1.1], [-1.1, 0]],
  triangle: [[0, -1.1], [1.05, 0.8], [-1.05, 0.8]],
  triangle_down: [[0, 1.1], [1.05, -0.8], [-1.05, -0.8]],
  pentagon: regular(5), hexagon: regular(6), octagon: regular(8),
  star: starred(5), cross: [[-0.35, -1], [0.35, -1], [0.35, -0.35], [1, -0.35], [1, 0.35], [0.35, 0.35], [0.35, 1], [-0.35, 1], [-0.35, 0.35], [-1, 0.35], [-1, -0.35], [-0.35, -0.35]],
};

function regular(corners) {
  return Array.from({ length: corners }, (_, i) => {
    const angle = (i / corners) * 2 * Math.PI - Math.PI / 2;
    return [Math.cos(angle) * 1.05, Math.sin(angle) * 1.05];
  });
}

function starred(points) {
  return Array.from({ length: points * 2 }, (_, i) => {
    const angle = (i / points) * Math.PI - Math.PI / 2;
    const r = i % 2 ? 0.5 : 1.15;
    return [Math.cos(angle) * r, Math.sin(angle) * r];
  });
}
