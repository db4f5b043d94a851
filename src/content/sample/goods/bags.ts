import { stillLife } from "./painted.ts";
import { board, clamp, dome, noise, on, type Shape } from "./shapes.ts";

/** A sack of cloth, gathered below its mouth. */
const sack: Shape = (x, y) => {
  const neck = 0.36 * Math.exp(-(((y - 0.98) / 0.2) ** 2));
  const half = 0.94 - neck - 0.1 * clamp((y - 2.2) * 4) + 0.03 * Math.sin(y * 7);
  const u = (x - 2) / half;
  if (Math.abs(u) > 1 || y < 0.6 + 0.05 * Math.sin(x * 9) || y > 2.56) return null;
  const fold = 0.16 * Math.sin(u * 9 + 2 * noise(x * 2, y * 1.4)) * clamp(1.5 - Math.abs(y - 1) * 1.3);
  const weave = 0.06 * (Math.sin(x * 150) + Math.sin(y * 150));
  return clamp(0.74 - 0.42 * u * u - 0.1 * u - 0.12 * (y - 1.5) + fold + weave);
};
const string = board({ x: 2, y: 1, rx: 0.62, ry: 0.045 }, { corner: 0.03, edge: 0.03 });
const sign = dome({ x: 2, y: 1.8, rx: 0.34, ry: 0.26 }, { base: 1.2 });

/** The cuts of the loaf that is printed on it. */
const scores: Shape = (x, y) => (((x - y * 0.35) * 6 + 20) % 1 < 0.22 && Math.abs(y - 1.74) < 0.12 ? 0.8 : null);

const bag = (colors: readonly [string, string], print: readonly [string, string]) =>
  stillLife(
    { x: 2.15, y: 2.52, rx: 1.3, ry: 0.22 },
    { colors, shape: sack },
    { colors: ["#4b2c14", "#c98f55"], shape: on(sack, string) },
    { colors: print, shape: sign },
    { colors, shape: on(sign, scores) },
  );

/** A bag of linen as it grows. */
export const LINEN_BAG = bag(["#8d7a5c", "#f4e8d0"], ["#163c6a", "#2a67ad"]);

/** A bag of linen that is dyed blue. */
export const BLUE_BAG = bag(["#14304f", "#5b8fc7"], ["#c9b48c", "#fff3d8"]);
