import type { Painting } from "./paint.ts";

/** Whether a point lies in an ellipse. */
const isIn = (x: number, y: number, [cx, cy, rx, ry]: [number, number, number, number]): boolean =>
  ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;

/** A loaf on a table, with cuts across its crust. */
export const LOAF: Painting = {
  width: 1_600,
  height: 1_200,
  colors: ["#f3e4cf", "#d8b98f", "#a5642f", "#c98d4f", "#7c4520"],
  at(x, y) {
    const isLoaf = isIn(x, y, [0.5, 0.58, 0.36, 0.26]);
    if (!isLoaf) return y > 0.72 ? 1 : 0;
    const cut = (x - 0.5) * 1.2 + (y - 0.58) * 0.5;
    if (Math.abs(((cut + 10) % 0.16) - 0.08) < 0.012 && isIn(x, y, [0.5, 0.52, 0.27, 0.15])) return 0;
    if (!isIn(x, y, [0.5, 0.56, 0.34, 0.235])) return 4;
    return isIn(x, y, [0.45, 0.5, 0.24, 0.14]) ? 3 : 2;
  },
};

/** A brick oven with a fire in it. */
export const OVEN: Painting = {
  width: 1_600,
  height: 1_067,
  colors: ["#8d3f2b", "#6f2f20", "#23150f", "#f2a13a", "#fbd36b", "#d9c7b4"],
  at(x, y) {
    const isMouth = isIn(x, y, [0.5, 0.72, 0.26, 0.36]) && y < 0.8;
    if (isMouth) {
      const flame = 0.62 + 0.1 * Math.sin(x * 40) * Math.sin(x * 17);
      if (y > flame + 0.09) return 4;
      return y > flame ? 3 : 2;
    }
    if (y > 0.8) return 5;
    const row = Math.floor(y * 14);
    const isJoint = (y * 14) % 1 < 0.09 || (x * 10 + (row % 2) / 2) % 1 < 0.05;
    return isJoint ? 1 : 0;
  },
};

/** A blue door in a white wall. */
export const DOOR: Painting = {
  width: 1_200,
  height: 900,
  colors: ["#f6efe4", "#1d4e89", "#163c6a", "#e0a458", "#c9bda9"],
  at(x, y) {
    if (y > 0.9) return 4;
    const isDoor = Math.abs(x - 0.5) < 0.17 && (y > 0.34 || isIn(x, y, [0.5, 0.34, 0.17, 0.22]));
    if (!isDoor) return 0;
    if (isIn(x, y, [0.62, 0.62, 0.018, 0.024])) return 3;
    const isPanel = Math.abs(Math.abs(x - 0.5) - 0.08) < 0.055 && ((y > 0.36 && y < 0.56) || (y > 0.62 && y < 0.84));
    return isPanel ? 2 : 1;
  },
};

/** Round rolls on a tray, seen from above. */
export const ROLLS: Painting = {
  width: 1_200,
  height: 900,
  colors: ["#5a4a42", "#c58746", "#e2b273", "#f5e6cd"],
  at(x, y) {
    const [column, row] = [(x * 4) % 1, (y * 3) % 1];
    if (!isIn(column, row, [0.5, 0.5, 0.42, 0.42])) return 0;
    if (Math.abs(column - 0.5) < 0.03 || Math.abs(row - 0.5) < 0.03) return 3;
    return isIn(column, row, [0.42, 0.4, 0.24, 0.24]) ? 2 : 1;
  },
};
