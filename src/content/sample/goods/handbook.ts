import { fromAbove } from "./painted.ts";
import { board, dome, on, type Place, type Shape } from "./shapes.ts";

const COVER: Place = { x: 2, y: 1.5, rx: 0.98, ry: 1.28 };
const cover = board(COVER, { corner: 0.06, edge: 0.04, grain: 0.05 });
const spine: Shape = on(cover, (x) => (x < 1.14 ? 0.35 : null));
const emblem = dome({ x: 2.06, y: 1.42, rx: 0.46, ry: 0.34 }, { grain: 0.2, base: 1.2 });
const scores: Shape = (x, y) => (Math.abs(((x - y * 0.35) * 5.2 + 20.4) % 1) < 0.2 && y > 1.2 && y < 1.52 ? 0.9 : null);
const line = (y: number, half: number): Shape =>
  board({ x: 2.06, y, rx: half, ry: 0.04 }, { corner: 0.02, edge: 0.01 });
const pages = board({ x: 2.06, y: 1.55, rx: 0.98, ry: 1.26 }, { corner: 0.04, edge: 0.03 });
const GILT = ["#b07a2e", "#f6d9a0"] as const;

/** A book with a loaf on its cover. */
export const HANDBOOK = fromAbove(
  { x: 2.15, y: 1.68, rx: 1.4, ry: 1.62 },
  { colors: ["#b9a584", "#fffaf0"], shape: pages },
  { colors: ["#0d2746", "#2f6aa8"], shape: cover },
  { colors: ["#0d2746", "#2f6aa8"], shape: spine },
  { colors: ["#8a4a1c", "#f3bd74"], shape: emblem },
  { colors: GILT, shape: on(emblem, scores) },
  { colors: GILT, shape: line(0.62, 0.55) },
  { colors: GILT, shape: line(0.8, 0.36) },
  { colors: GILT, shape: line(2.3, 0.3) },
);
