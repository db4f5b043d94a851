import { fromAbove } from "./painted.ts";
import { board, clamp, dome, noise, on, type Place, type Shape, within } from "./shapes.ts";

const PIN: Place = { x: 2.1, y: 1.05, rx: 1.15, ry: 0.24, turn: -0.35 };

/** A round bar: bright along its upper side. */
const bar = (place: Place, grain: number): Shape => {
  const outline = board(place, { corner: place.ry * 0.6 });
  return on(outline, (x, y) => {
    const [, v] = within(place, x, y);
    return clamp(0.72 - 0.6 * (v + 0.25) ** 2 + grain * (noise(x * 4, v * 7) - 0.5));
  });
};
const along = (distance: number): Pick<Place, "x" | "y"> => ({
  x: PIN.x + Math.cos(PIN.turn as number) * distance,
  y: PIN.y + Math.sin(PIN.turn as number) * distance,
});
const handles = [-1.42, 1.42].map((at) => bar({ ...PIN, ...along(at), rx: 0.3, ry: 0.1 }, 0.1));
const dough = dome({ x: 1.95, y: 1.75, rx: 1.15, ry: 0.86 }, { grain: 0.06, power: 2.1 });
const flour: Shape = (x, y) => {
  const [u, v] = within({ x: 2, y: 1.7, rx: 1.8, ry: 1.25 }, x, y);
  return noise(x * 6, y * 6) * 0.6 + noise(x * 70, y * 70) * 0.7 > 0.45 + Math.hypot(u, v) * 0.55 ? 0.8 : null;
};

/** A rolling pin over a piece of dough, on a floured table. */
export const COURSE = fromAbove(
  { x: 2.05, y: 1.85, rx: 1.45, ry: 1.1 },
  { colors: ["#cbb08c", "#f4e7d2"], shape: flour },
  { colors: ["#b99a6b", "#fff4dc"], shape: dough },
  ...handles.map((shape) => ({ colors: ["#10294a", "#4d86c4"] as const, shape })),
  { colors: ["#6e3f1c", "#eab878"], shape: bar(PIN, 0.2) },
);
