import type { Picture } from "../pictures.ts";

/**
 * A place for a picture: how wide it is, as `sizes` tells a browser before it has the stylesheet, and the proportions it
 * is cropped to. What stands here follows from the stylesheet: a column of 66 rem at most, rem from 16 to 18 pixels.
 */
interface Slot {
  /** Conditions with widths, the last without a condition. */
  widths: readonly (readonly [condition: string, width: string])[];
  /** Width by height, where it is cropped. */
  ratio: number | null;
}

const COLUMN = "calc(100vw - 40px)";
const TEXT = "756px";

/** One, two or three beside each other. */
const GRID = [
  ["(min-width:1320px)", "378px"],
  ["(min-width:980px)", "calc(33.3vw - 32px)"],
  ["(min-width:640px)", "calc(50vw - 34px)"],
  ["", COLUMN],
] as const;

const SLOTS = {
  hero: {
    widths: [
      ["(min-width:1320px)", "406px"],
      ["(min-width:768px)", "calc(36.4vw - 40px)"],
      ["", COLUMN],
    ],
    ratio: 4 / 3,
  },
  wide: {
    widths: [
      ["(min-width:1320px)", "1188px"],
      ["", COLUMN],
    ],
    ratio: null,
  },
  card: { widths: GRID, ratio: 3 / 2 },
  tile: { widths: GRID, ratio: 4 / 3 },
  /** Of a grid, as it is. */
  entry: { widths: GRID, ratio: null },
  /** A product among others: two, three or four beside each other. */
  product: {
    widths: [
      ["(min-width:1320px)", "279px"],
      ["(min-width:980px)", "calc(25vw - 32px)"],
      ["(min-width:640px)", "calc(33.3vw - 34px)"],
      ["", "calc(50vw - 28px)"],
    ],
    ratio: 1,
  },
  /** Beside what there is to say of a product, and two of them below it. */
  exhibit: {
    widths: [
      ["(min-width:1320px)", "620px"],
      ["(min-width:768px)", "calc(55vw - 57px)"],
      ["", COLUMN],
    ],
    ratio: 1,
  },
  detail: {
    widths: [
      ["(min-width:1320px)", "304px"],
      ["(min-width:768px)", "calc(27.5vw - 36px)"],
      ["", "calc(50vw - 26px)"],
    ],
    ratio: 1,
  },
  portrait: { widths: [["", "81px"]], ratio: 1 },
  /** Beside or below other text, as in an article. */
  text: {
    widths: [
      ["(min-width:840px)", TEXT],
      ["", COLUMN],
    ],
    ratio: null,
  },
} satisfies Record<string, Slot>;

export type SlotName = keyof typeof SLOTS;

/** A width, made larger where more of the picture is cut off at its sides. */
const scaled = (width: string, factor: number): string =>
  factor <= 1 ? width : `calc(${width.replace(/^calc/, "")}*${Math.round(factor * 100) / 100})`;

/** `sizes` of a picture in a place; `width` is how wide it is at most, where somebody has said so. */
export function sizesOf({ width: own, height }: Picture, name: SlotName, width: number | null): string {
  const { widths, ratio }: Slot = SLOTS[name];
  const factor = own && height && ratio ? own / height / ratio : 1;
  return widths
    .map(([condition, length]) => {
      const shown = width === null ? scaled(length, factor) : `min(${width}px,${length})`;
      return `${condition} ${shown}`.trim();
    })
    .join(", ");
}
