import type { Painting } from "../paint.ts";
import { clamp, type Place, type Shape, table, wall } from "./shapes.ts";

/** A thing and its colours from dark to bright, as `#rrggbb`. */
export interface Layer {
  colors: readonly [dark: string, bright: string];
  shape: Shape;
}

const SHADES = 28;

function mixed([dark, bright]: Layer["colors"], share: number): string {
  const parts = [1, 3, 5].map((at) => {
    const [from, to] = [dark, bright].map((it) => Number.parseInt(it.slice(at, at + 2), 16)) as [number, number];
    return Math.round(from + (to - from) * share)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${parts.join("")}`;
}

/** How far away everything stands: shops show the square in the middle of a picture. */
const DISTANCE = 1.2;

/** A painting of layers, the last on top; the first covers everything. Together they have at most nine pairs of colours. */
export function painted(layers: readonly Layer[]): Painting {
  const pairs = [...new Set(layers.map(({ colors }) => colors.join()))];
  const shades = (pair: string) =>
    Array.from({ length: SHADES }, (_, at) => mixed(pair.split(",") as [string, string], at / (SHADES - 1)));
  const topDown = layers
    .map(({ colors, shape }) => ({ first: pairs.indexOf(colors.join()) * SHADES, shape }))
    .reverse();
  const at = (x: number, y: number): number => {
    const [u, v] = [2 + (x * 4 - 2) * DISTANCE, 1.5 + (y * 3 - 1.5) * DISTANCE];
    for (const { first, shape } of topDown) {
      const shade = shape(u, v);
      if (shade !== null) return first + Math.round(clamp(shade) * (SHADES - 1));
    }
    return 0;
  };
  return {
    width: 800,
    height: 600,
    get colors() {
      return pairs.flatMap(shades);
    },
    at,
  };
}

const WALL = ["#d3bf9f", "#fdf6ea"] as const;
const WOOD = ["#2f1b0d", "#e0b27a"] as const;

/** Things on a table before a wall, and their shadow. */
export const stillLife = (below: Place, ...things: Layer[]): Painting =>
  painted([{ colors: WOOD, shape: table(below) }, { colors: WALL, shape: wall(1.35) }, ...things]);

/** Things on a table that is seen from above. */
export const fromAbove = (below: Place, ...things: Layer[]): Painting =>
  painted([{ colors: WOOD, shape: table(below) }, ...things]);
