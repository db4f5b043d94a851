import { fromAbove } from "./painted.ts";
import { board, clamp, noise, on, type Place, type Shape } from "./shapes.ts";

const SHEET: Place = { x: 2, y: 1.5, rx: 1.6, ry: 1.05 };
const sheet = board(SHEET, { corner: 0.3, grain: 0.3, edge: 0.16 });
const top = board({ ...SHEET, rx: 1.46, ry: 0.9 });

/** Spots in rows, each moved a little from its place. */
const spots = (draw: (u: number, v: number, turn: number) => number | null): Shape => {
  return (x, y) => {
    const [column, row] = [Math.floor(x * 2.3), Math.floor(y * 2.6)];
    const [dx, dy] = [noise(column * 7 + 0.5, row * 3 + 0.5) - 0.5, noise(column * 3 + 0.5, row * 11 + 0.5) - 0.5];
    return draw(x * 2.3 - column - 0.5 - dx * 0.35, y * 2.6 - row - 0.5 - dy * 0.35, dx * 7);
  };
};
const dimple = spots((u, v) => {
  const distance = (u / 0.24) ** 2 + (v / 0.2) ** 2;
  return distance < 1 ? clamp(0.35 + 1.6 * v + 0.35 * distance) : null;
});
const rosemary = spots((u, v, turn) => {
  const [a, b] = [u * Math.cos(turn) + v * Math.sin(turn), v * Math.cos(turn) - u * Math.sin(turn)];
  const isNeedle = (a * 14 + Math.abs(b) * 9 + 20) % 1 < 0.5 && Math.abs(b) < 0.1 * clamp(1.1 - Math.abs(a) * 2.6);
  return Math.abs(a) < 0.36 && (Math.abs(b) < 0.012 || isNeedle) ? 0.45 + a : null;
});

/** A sheet of focaccia, with oil in its dimples. */
export const FOCACCIA = fromAbove(
  { x: 2.1, y: 1.62, rx: 1.95, ry: 1.4 },
  { colors: ["#8f5417", "#f8d68c"], shape: sheet },
  { colors: ["#a06a14", "#ffefb0"], shape: on(top, dimple) },
  { colors: ["#1f3a1c", "#7c9c58"], shape: on(top, rosemary) },
);
