/** Days as schema.org names them, the week's first one first. */
export const DAYS_OF_WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
export type DayOfWeek = (typeof DAYS_OF_WEEK)[number];

/** When a place is open on some days: `HH:MM`, in its own time. It closes on the next day where that is the earlier of both. */
export interface OpeningTime {
  days: DayOfWeek[];
  opens: string;
  closes: string;
}

/** Something that is sold: the price in units of its currency, as a decimal number. */
export interface Priced {
  name: string;
  description: string;
  price: string;
  currency: string;
}

/** What the blocks of a page say that is of use to programs. Blocks tell it as they are rendered, so that it is what readers see. */
export interface Facts {
  questions: { question: string; answer: string }[];
  hours: OpeningTime[];
  places: { address: string; latitude: number; longitude: number }[];
  prices: Priced[];
}

export const noFacts = (): Facts => ({ questions: [], hours: [], places: [], prices: [] });

/** Facts of one kind a page tells, and characters of a text among them: beyond, nobody reads on. */
const MAX_FACTS = 200;
const MAX_LENGTH = 5_000;

/** Adds a fact to those of its kind. */
export function tell<Fact extends object>(facts: Fact[], fact: Fact): void {
  if (facts.length >= MAX_FACTS) return;
  const cut = Object.entries(fact).map(([name, it]) => [name, typeof it === "string" ? it.slice(0, MAX_LENGTH) : it]);
  facts.push(Object.fromEntries(cut));
}
