/** A thing in a picture: how bright it is at a point, from 0 to 1, or `null` where it is not. */
export type Shape = (x: number, y: number) => number | null;

/** An ellipse or a box in a picture, which is 4 wide and 3 high: its middle, half of its size, and its turn in radians. */
export interface Place {
  x: number;
  y: number;
  rx: number;
  ry: number;
  turn?: number;
}

export const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Where a point lies within a place: 0 is its middle, and 1 its edge, in both directions. */
export function within({ x: cx, y: cy, rx, ry, turn = 0 }: Place, x: number, y: number): [number, number] {
  const [dx, dy] = [x - cx, y - cy];
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return [(dx * cos + dy * sin) / rx, (dy * cos - dx * sin) / ry];
}

let grains: Float32Array | undefined;

/** Made for the first picture: most Workers paint none. */
const makeGrains = (): Float32Array =>
  Float32Array.from({ length: 4_096 }, (_, at) => {
    const wave = Math.sin(at * 127.1 + 1) * 43_758.5453;
    return wave - Math.floor(wave);
  });

function grainAt(column: number, row: number): number {
  grains ??= makeGrains();
  return grains[(column * 57 + row * 1_031) & 4_095] as number;
}

const eased = (part: number): number => part * part * (3 - 2 * part);

/** As good as random, and always the same: from 0 to 1, smooth between whole numbers (value noise). */
export function noise(x: number, y: number): number {
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [u, v] = [eased(x - column), eased(y - row)];
  const top = grainAt(column, row) * (1 - u) + grainAt(column + 1, row) * u;
  return top * (1 - v) + (grainAt(column, row + 1) * (1 - u) + grainAt(column + 1, row + 1) * u) * v;
}

/**
 * Something round, lit from the upper left. `grain` roughens it; a `power` above 2 makes it squarer, as a superellipse
 * is; `base` flattens its lower half.
 */
export function dome(place: Place, { grain = 0, power = 2, base = 1 } = {}): Shape {
  return (x, y) => {
    const [u, high] = within(place, x, y);
    const v = high > 0 ? high * base : high;
    const distance = Math.abs(u) ** power + Math.abs(v) ** power;
    if (distance > 1) return null;
    const rough = grain && grain * (noise(x * 24, y * 24) - 0.5) + (grain / 2) * (noise(x * 90, y * 90) - 0.5);
    return clamp(0.6 * Math.sqrt(1 - distance) - 0.18 * u - 0.3 * v + 0.26 + rough);
  };
}

/** A flat thing with round corners, darker towards its edge. */
export function board(place: Place, { corner = 0.15, grain = 0, edge = 0.07 } = {}): Shape {
  return (x, y) => {
    const [u, v] = within(place, x, y);
    const [px, py] = [Math.abs(u) * place.rx, Math.abs(v) * place.ry];
    const depth = corner - Math.hypot(Math.max(0, px - place.rx + corner), Math.max(0, py - place.ry + corner));
    const inside = Math.min(depth, place.rx - px, place.ry - py);
    if (inside < 0) return null;
    return clamp(0.74 - 0.12 * v - 0.06 * u - 0.4 * clamp(1 - inside / edge) + grain * (noise(x * 30, y * 30) - 0.5));
  };
}

/** Only where another shape is as well. */
export const on =
  (whole: Shape, part: Shape): Shape =>
  (x, y) =>
    whole(x, y) === null ? null : part(x, y);

/** The wall of a room, down to where its table begins. */
export const wall =
  (edge: number): Shape =>
  (x, y) =>
    y < edge ? 0.6 + 0.3 * noise(x * 0.8, y * 0.8) - 0.1 * y : null;

/** Wood, and on it the shadow of what stands at a place. */
export const table =
  (below: Place): Shape =>
  (x, y) => {
    const [u, v] = within(below, x, y);
    const light = 0.6 + 0.2 * noise(x * 1.2, y * 22) + 0.08 * noise(x * 5, y * 60) + (y - 2) * 0.1;
    return clamp(light * (1 - 0.75 * clamp(1.15 - Math.hypot(u, v))));
  };
