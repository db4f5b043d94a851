import fc from "fast-check";

export const DAY = 86_400_000;

/** What happens to a member; `nth` picks one of what there is. */
export type Deed =
  | { kind: "earn"; points: number; later: number; lasts: number | null }
  | { kind: "adjust"; points: number; lasts: number | null }
  | { kind: "redeem" }
  | { kind: "cancel" | "reverse"; nth: number }
  | { kind: "wait"; days: number }
  | { kind: "settle" };

/** A deed, and which call of a binding fails on the way; 0 is none. */
export interface Tried {
  deed: Deed;
  fails: number;
  moment: "before" | "after";
}

const lasts = fc.option(fc.integer({ min: 1, max: 8 }));
const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("earn" as const),
      points: fc.integer({ min: 1, max: 90 }),
      later: fc.integer({ min: 0, max: 3 }),
      lasts,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("adjust" as const),
      points: fc.integer({ min: -60, max: 30 }).filter((it) => it !== 0),
      lasts,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("redeem" as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom("cancel" as const, "reverse" as const), nth: fc.nat(20) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("wait" as const), days: fc.integer({ min: 1, max: 5 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("settle" as const) }) },
);

export const story = fc.array(
  fc.record({ deed, fails: fc.nat(12), moment: fc.constantFrom("before" as const, "after" as const) }),
  { minLength: 6, maxLength: 24 },
);

interface Lot {
  id: string;
  left: number;
  activeAt: number;
  expiresAt: number | null;
}

interface Entered {
  id: string;
  kind: string;
  points: number;
  /** How much of it was reversed, or has expired. */
  reversed: number;
  /** When the last of the points it took would have expired. */
  latest: number | null;
}

/** What a member is to have. */
export class Model {
  lots: Lot[] = [];
  entered: Entered[] = [];
  lifetime = 0;

  private isSpendable = (lot: Lot, now: number): boolean =>
    lot.activeAt <= now && (lot.expiresAt === null || lot.expiresAt > now);

  points = (now: number): number => this.sum((lot) => this.isSpendable(lot, now));
  pending = (now: number): number => this.sum((lot) => lot.activeAt > now);

  private sum(counts: (lot: Lot) => boolean): number {
    return this.lots.filter(counts).reduce((sum, { left }) => sum + left, 0);
  }

  /** What could be taken, a lot's own points included. */
  takable = (now: number, own: string | null): number =>
    this.sum((lot) => lot.id === own || this.isSpendable(lot, now));

  /** What has expired by now counts no more. */
  expire(now: number): void {
    for (const lot of this.lots.filter(({ expiresAt }) => expiresAt !== null && expiresAt <= now)) {
      const first = this.entered.find(({ id }) => id === lot.id) as Entered;
      first.reversed += lot.left;
      lot.left = 0;
    }
  }

  give(kind: string, id: string, points: number, { activeAt, expiresAt }: Pick<Lot, "activeAt" | "expiresAt">): void {
    this.lots.push({ id, left: points, activeAt, expiresAt });
    this.entered.push({ id, kind, points, reversed: 0, latest: null });
    if (kind === "earn") this.lifetime += points;
  }

  take(kind: string, id: string, points: number, now: number, own: string | null = null): void {
    const order = (lot: Lot) => [lot.id === own ? 0 : 1, lot.expiresAt ?? Number.POSITIVE_INFINITY, lot.activeAt];
    const there = this.lots
      .filter((lot) => lot.left > 0 && (lot.id === own || this.isSpendable(lot, now)))
      .sort((a, b) => {
        const [x, y] = [order(a), order(b)];
        const at = x.findIndex((it, index) => it !== y[index]);
        return at === -1 ? (a.id < b.id ? -1 : 1) : (x[at] as number) - (y[at] as number);
      });
    let missing = points;
    let latest: number | null = 0;
    for (const lot of there) {
      if (missing === 0) break;
      const taken = Math.min(lot.left, missing);
      lot.left -= taken;
      missing -= taken;
      latest = latest === null || lot.expiresAt === null ? null : Math.max(latest, lot.expiresAt);
    }
    if (missing > 0) throw new Error("The model took what is not there");
    this.entered.push({ id, kind, points: -points, reversed: 0, latest });
  }
}
