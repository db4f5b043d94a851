import type { Path } from "./places.ts";
import type { Slot } from "./slots.ts";

/** Properties that hold the address of a picture, and those that describe it. */
const PICTURES = ["src", "image", "imageUrl", "backgroundImage"];
const DESCRIPTIONS = ["alt", "imageAlt"];

const isPicture = (value: unknown): value is string => typeof value === "string" && /^(?:https?:|\/)\S+$/.test(value);

const isSaid = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

/** What is known of a picture: the texts beside it, and the name of its file. */
function known(values: Record<string, unknown>, address: string): string {
  const texts = Object.entries(values).filter(([name, value]) => isSaid(value) && !isPicture(value) && name !== "id");
  const file = address.split(/[?#]/)[0]?.split("/").at(-1) ?? "";
  return [
    ...texts.map(([name, value]) => `${name}: ${String(value).slice(0, 300)}`),
    `file: ${file.slice(0, 100)}`,
  ].join("; ");
}

/** A slot for the description of each picture of a value that has none. */
export function pictureSlots(value: unknown, path: Path = []): Slot[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => pictureSlots(item, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  const values = value as Record<string, unknown>;
  const address = PICTURES.map((name) => values[name]).find(isPicture);
  const isMissing = address !== undefined && !DESCRIPTIONS.some((name) => isSaid(values[name]));
  const own: Slot[] = isMissing
    ? [
        {
          path: [...path, "alt"],
          text: known(values, address).replace(/\[\[/g, "[").replace(/\s+/g, " "),
          kept: [],
          isMarkup: false,
        },
      ]
    : [];
  return [...own, ...Object.entries(values).flatMap(([name, item]) => pictureSlots(item, [...path, name]))];
}
