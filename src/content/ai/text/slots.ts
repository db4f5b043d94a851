import { type Guarded, guard, unguard } from "./guarded.ts";
import { isMarkup, type Path, placeOf, textsIn, withTexts } from "./places.ts";

/** A text of a value that a model may fill anew. */
export interface Slot extends Guarded {
  path: Path;
  isMarkup: boolean;
}

/** The texts of a value that people read, as a model is shown them. */
export function slotsOf(value: unknown): Slot[] {
  return [...textsIn(value)].flatMap(({ path, name, text }) => {
    const markup = isMarkup(name, text);
    const guarded = guard(text, markup);
    // Nothing but tags, addresses and code.
    return /\p{L}/u.test(guarded.text) ? [{ ...guarded, path, isMarkup: markup }] : [];
  });
}

/** Slots with the names a model knows them by: their numbers. */
export const shownSlots = (slots: readonly Slot[]): Record<string, string> =>
  Object.fromEntries(slots.map(({ text }, index) => [String(index + 1), text]));

/** What a model has made of slots, or what is wrong with it, in words for the model. */
export type Filled = { texts: Map<string, string> } | { problems: string[] };

/** Reads `{ "texts": { "1": "…" } }`: every slot is filled, and nothing else. */
export function filledSlots(slots: readonly Slot[], answer: unknown): Filled {
  const given = (answer as { texts?: unknown } | null)?.texts;
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return {
      problems: ['the answer must be an object with "texts", an object with the same names as the texts given'],
    };
  const problems: string[] = [];
  const names = new Set(slots.map((_, index) => String(index + 1)));
  for (const name of Object.keys(given)) if (!names.has(name)) problems.push(`"${name.slice(0, 40)}" was not given`);
  const texts = new Map<string, string>();
  for (const [index, slot] of slots.entries()) {
    const name = String(index + 1);
    if (!Object.hasOwn(given, name)) {
      problems.push(`"${name}" is missing`);
      continue;
    }
    const filled = unguard(slot, (given as Record<string, unknown>)[name], slot);
    if ("problem" in filled) problems.push(`"${name}" ${filled.problem}`);
    else texts.set(placeOf(slot.path), filled.text);
  }
  return problems.length > 0 ? { problems: problems.slice(0, 20) } : { texts };
}

export { withTexts };
