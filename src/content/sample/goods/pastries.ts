import { CRUST } from "./loaves.ts";
import { fromAbove, stillLife } from "./painted.ts";
import { clamp, dome, noise, on, type Place, type Shape, within } from "./shapes.ts";

/** The parts of a croissant, from both ends to the middle, which lies on top. */
const parts = [-3, 3, -2, 2, -1, 1, 0].map((nth) => {
  const angle = nth * 0.4;
  const size = 1 - Math.abs(nth) * 0.17;
  const at = { x: 2 + Math.sin(angle) * 1.35, y: 2.72 - Math.cos(angle) * 1.12 };
  const turned = dome(
    { ...at, rx: 0.36 * size + 0.14, ry: 0.62 * size + 0.04, turn: angle },
    { grain: 0.12, power: 2.3 },
  );
  const baked: Shape = (x, y) => {
    const shade = turned(x, y);
    const [u] = within({ ...at, rx: 0.45, ry: 1, turn: angle }, x, y);
    return shade === null ? null : clamp(shade + 0.1 * Math.cos(u * 26 + noise(x * 5, y * 5) * 3) - 0.04);
  };
  return { colors: CRUST, shape: baked };
});

/** A croissant of seven turns. */
export const CROISSANT = fromAbove({ x: 2.12, y: 1.95, rx: 1.9, ry: 0.95 }, ...parts);

const LOG: Place = { x: 1.8, y: 1.6, rx: 1.4, ry: 0.72, turn: -0.03 };
const log = dome(LOG, { grain: 0.2, power: 2.4, base: 1.15 });
const SLICE: Place = { x: 3.05, y: 1.63, rx: 0.4, ry: 0.62, turn: 0.06 };
const slice = dome(SLICE, { grain: 0.15, power: 2.6 });
const fruit: Shape = (x, y) => (noise(x * 13, y * 13) > 0.72 ? 0.3 + 0.5 * noise(x * 30, y * 30) : null);
const sugar: Shape = (x, y) => {
  const [, v] = within(LOG, x, y);
  return v < 0.42 + 0.3 * (noise(x * 7, y * 7) - 0.5) ? 0.45 + 0.6 * (log(x, y) ?? 0) : null;
};

/** A stollen under sugar, cut open. */
export const STOLLEN = stillLife(
  { x: 2.15, y: 2.2, rx: 1.85, ry: 0.3 },
  { colors: CRUST, shape: log },
  { colors: ["#a8957f", "#ffffff"], shape: on(log, sugar) },
  { colors: ["#b47b38", "#ffe9b8"], shape: slice },
  { colors: ["#3d1420", "#9a3f48"], shape: on(dome({ ...SLICE, rx: 0.33, ry: 0.54 }), fruit) },
);
