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

// Symbols that would cover each other's number become one, at the place of the biggest; a grid keeps this linear.
export function merged(points, gap) {
  let groups = points.map((point) => ({ ...point, r: radius(point.count), members: [point] }));
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
  const order = points.map((_, i) => i).sort((a, b) => points[b].count - points[a].count || points[a].members[0].site - points[b].members[0].site);
  const cell = Math.max(gap, 2 * LARGEST_PX * APART);
  const cells = new Map();
  const groups = [];
  for (const index of order) {
    const point = points[index];
    const [cx, cy] = [Math.floor(point.x / cell), Math.floor(point.y / cell)];
    let home = null;
    let nearest = Infinity;
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        for (const group of cells.get((cx + dx) * 65536 + cy + dy) || []) {
          const [x, y] = [group.x - point.x, group.y - point.y];
          const away = x * x + y * y;
          const least = Math.max(gap, APART * (group.r + point.r));
          if (away < nearest && away < least * least) {
            home = group;
            nearest = away;
          }
        }
      }
    }
    if (home) {
      home.members.push(...point.members);
      home.count += point.count;
      home.r = radius(home.count);
    } else {
      const group = { ...point, members: [...point.members] };
      groups.push(group);
      const key = cx * 65536 + cy;
      const others = cells.get(key);
      if (others) others.push(group);
      else cells.set(key, [group]);
    }
  }
  return groups;
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
