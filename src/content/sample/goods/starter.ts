import { stillLife } from "./painted.ts";
import { board, clamp, noise, on, type Place, type Shape } from "./shapes.ts";

const GLASS: Place = { x: 2, y: 1.52, rx: 0.78, ry: 0.98 };
const glass = board(GLASS, { corner: 0.28, edge: 0.12 });
const starter: Shape = (x, y) => {
  const top = 1.28 + 0.05 * Math.sin(x * 4) + 0.05 * (noise(x * 6, 1) - 0.5);
  if (y < top) return null;
  const bubble = noise(x * 11, y * 11) > 0.7 ? -0.28 : 0;
  return clamp(0.82 - 0.35 * Math.abs(x - 1.9) - 0.1 * (y - 1.5) + bubble + 0.1 * (noise(x * 30, y * 30) - 0.5));
};
const lid = board({ x: 2, y: 0.62, rx: 0.72, ry: 0.13 }, { corner: 0.08, edge: 0.05 });
const cloth: Shape = on(board({ x: 2, y: 0.8, rx: 0.76, ry: 0.09 }, { corner: 0.05, edge: 0.04 }), (x) =>
  (x * 9) % 1 < 0.5 ? 0.8 : 0.35,
);
const shine = board({ x: 1.47, y: 1.6, rx: 0.06, ry: 0.62 }, { corner: 0.05, edge: 0.02 });
const inside = board({ ...GLASS, rx: 0.71, ry: 0.92 }, { corner: 0.24 });

/** A jar of sourdough starter, full of bubbles. */
export const STARTER = stillLife(
  { x: 2.15, y: 2.48, rx: 1.15, ry: 0.24 },
  { colors: ["#9db0b5", "#eef6f6"], shape: glass },
  { colors: ["#b59a6c", "#fdf1d7"], shape: on(inside, starter) },
  { colors: ["#9db0b5", "#ffffff"], shape: on(glass, shine) },
  { colors: ["#4b2c14", "#c98f55"], shape: lid },
  { colors: ["#1d4e89", "#f6efe4"], shape: cloth },
);
