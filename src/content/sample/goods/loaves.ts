import { stillLife } from "./painted.ts";
import { clamp, dome, noise, on, type Place, type Shape, within } from "./shapes.ts";

/** A crust from its darkest to its brightest. */
export const CRUST = ["#54260d", "#efb368"] as const;

/** A cut in a crust: thickest in its middle, bent like a bow. */
const cut =
  (place: Place, bend: number): Shape =>
  (x, y) => {
    const [u, v] = within(place, x, y);
    const isIn = Math.abs(u) < 1 && Math.abs(v - bend * (u * u - 0.5)) < 1 - u * u;
    return isIn ? 0.6 - 0.3 * v + 0.3 * noise(x * 40, y * 40) : null;
  };

const boule = dome({ x: 2, y: 1.55, rx: 1.25, ry: 0.95 }, { grain: 0.25, base: 1.25 });
const cuts = [-0.48, -0.16, 0.16, 0.48].map((at) => ({
  colors: ["#c9a878", "#fff8ea"] as const,
  shape: on(
    boule,
    cut({ x: 1.97 + at * 1.45, y: 1.4 + 0.25 * at * at, rx: 0.6, ry: 0.09, turn: -1.2 + at * 0.2 }, 1.2),
  ),
}));

/** A round loaf with four cuts in its crust. */
export const SOURDOUGH = stillLife({ x: 2.1, y: 2.27, rx: 1.6, ry: 0.34 }, { colors: CRUST, shape: boule }, ...cuts);

const tin = dome({ x: 2, y: 1.62, rx: 1.5, ry: 0.76 }, { grain: 0.3, power: 3.2, base: 1.1 });
const seeds: Shape = (x, y) => (noise(x * 30 + 7, y * 40) > 0.8 && noise(x * 9, y * 9) > 0.3 ? 0.75 : null);
const crack = (y0: number, wave: number): Shape => {
  return (x, y) => {
    const line = y0 + 0.12 * (noise(x * 2.2 + wave, 3) - 0.5) + 0.05 * (noise(x * 11 + wave, 5) - 0.5);
    const width = 0.024 * clamp(1 - Math.abs(x - 2) / 1.25) * (0.4 + noise(x * 6, wave));
    return Math.abs(y - line) < width ? 0.4 : null;
  };
};

/** A long dark loaf with seeds on it. */
export const RYE = stillLife(
  { x: 2.1, y: 2.25, rx: 1.9, ry: 0.3 },
  { colors: ["#241006", "#9a5f33"], shape: tin },
  { colors: ["#9b6b40", "#eed2a8"], shape: on(tin, crack(1.25, 2)) },
  { colors: ["#9b6b40", "#eed2a8"], shape: on(tin, crack(1.62, 9)) },
  { colors: ["#7a4a22", "#e2b878"], shape: on(tin, seeds) },
);
