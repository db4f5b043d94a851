import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Grant, Ledger, type LeaseRow, type Reservation } from "../../../src/core/limits/ledger.ts";

const RUNS = 10_000;
const LIMIT = 60;
const PERIOD = "2026-11";
const METRIC = "api_calls" as const;
const HOLDERS = ["1", "2", "2#1", "3"];
/** The key with two objects. */
const CAPPED = "2";
const UNLIMITED = { metric: METRIC, period: PERIOD, limit: LIMIT, cap: null, isEmptyHanded: false };

type Step =
  | { kind: "draw"; holder: number; want: number; need: number; delayed: boolean }
  | { kind: "use"; holder: number; units: number }
  | { kind: "settle"; holder: number; delayed: boolean }
  | { kind: "recall"; holder: number }
  | { kind: "deliver"; index: number; again: boolean }
  | { kind: "reserve"; id: number; amount: number }
  | { kind: "settle_reservation"; id: number; actual: number }
  | { kind: "restart" }
  | { kind: "lose"; holder: number }
  | { kind: "plan"; limit: number }
  | { kind: "cap"; cap: number | null };

const holder = fc.nat(HOLDERS.length - 1);
const PLANS: { weight: number; arbitrary: fc.Arbitrary<Step> }[] = [
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("plan" as const), limit: fc.nat(90) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("cap" as const), cap: fc.option(fc.nat(50), { nil: null }) }) },
];

/** What happens to a ledger; `changes`: of its plan and of a key's cap as well. */
const script = (changes: typeof PLANS): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant("draw" as const),
          holder,
          want: fc.integer({ min: 0, max: 40 }),
          need: fc.integer({ min: 1, max: 6 }),
          delayed: fc.boolean(),
        }),
      },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant("use" as const), holder, units: fc.nat(9) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("settle" as const), holder, delayed: fc.boolean() }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("recall" as const), holder }) },
      {
        weight: 3,
        arbitrary: fc.record({ kind: fc.constant("deliver" as const), index: fc.nat(5), again: fc.boolean() }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant("reserve" as const), id: fc.nat(4), amount: fc.nat(20) }) },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant("settle_reservation" as const), id: fc.nat(5), actual: fc.nat(20) }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("restart" as const) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant("lose" as const), holder }) },
      ...changes,
    ),
    { maxLength: 60 },
  );

/** What a key object knows of its lease: it takes an answer only if it is newer than what it has seen. */
class Holder {
  used = 0;
  /** Whether it goes by a lease: by none that it has lost, or that was granted under another plan. */
  isEmptyHanded = false;
  private granted = 0;
  private rev = 0;

  constructor(readonly name: string) {}

  accept({ granted, rev }: Grant): void {
    if (rev > this.rev) Object.assign(this, { granted, rev });
    if (rev === this.rev) this.isEmptyHanded = false;
  }

  use(units: number): void {
    if (this.isEmptyHanded) return;
    this.used += Math.max(0, Math.min(units, this.granted - this.used));
  }

  /** Gives up what it has not used; `null` when it has seen something newer than the one who asks. */
  giveUp(rev = this.rev): { holder: string; metric: typeof METRIC; period: string; used: number; rev: number } | null {
    if (this.rev > rev) return null;
    Object.assign(this, { granted: this.used, rev });
    return { holder: this.name, metric: METRIC, period: PERIOD, used: this.used, rev };
  }
}

/** A ledger, its holders and the messages that are still under way between them. */
class World {
  ledger = new Ledger();
  readonly holders = HOLDERS.map((name) => new Holder(name));
  readonly rows = new Map<string, LeaseRow>();
  readonly reservations = new Map<string, Reservation>();
  private underWay: { to: Holder | null; deliver(): void }[] = [];
  private reservationNumber = 0;
  spent = 0;
  limit = LIMIT;
  /** Of the key that has two objects. */
  cap: number | null = null;
  /** What was used, or reserved by somebody who is using it, when the plan or the cap changed. */
  usedBefore = 0;
  keyUsedBefore = 0;

  private store(): void {
    for (const row of this.ledger.changed()) this.rows.set(row.holder, { ...row });
  }

  private restart(): void {
    this.ledger = new Ledger(
      [...this.rows.values()].map((row) => ({ ...row })),
      [...this.reservations.values()],
    );
  }

  private send(to: Holder | null, deliver: () => void, delayed: boolean): void {
    if (delayed) this.underWay.push({ to, deliver });
    else deliver();
  }

  /** A holder is started anew, or hears of another plan: it goes by no lease, and by no answer that is under way. */
  private lose(of: Holder): void {
    of.isEmptyHanded = true;
    this.underWay = this.underWay.filter(({ to }) => to !== of);
  }

  usedOf(key: string): number {
    return this.holders.reduce((sum, { name, used }) => (name.split("#")[0] === key ? sum + used : sum), 0);
  }

  private change(step: { limit?: number; cap?: number | null }): void {
    Object.assign(this, step);
    this.usedBefore = this.used + this.reserved;
    this.keyUsedBefore = this.usedOf(CAPPED);
    for (const of of this.holders) this.lose(of);
  }

  private recall(name: string): void {
    for (const row of this.ledger.holdersWithLease(PERIOD, METRIC, name)) {
      const answer = this.holders.find((it) => it.name === row.holder)?.giveUp(row.rev);
      if (answer) this.ledger.settle(answer);
    }
  }

  private draw(of: Holder, need: number, want: number, delayed: boolean): Grant {
    const { name, used, isEmptyHanded } = of;
    const { limit } = this;
    const cap = name.split("#")[0] === CAPPED ? this.cap : null;
    const request = { ...UNLIMITED, holder: name, used, need, want, limit, cap, isEmptyHanded };
    const grant = this.ledger.draw(request);
    this.send(of, () => of.accept(grant), delayed);
    return grant;
  }

  take(step: Step): void {
    const of = "holder" in step ? (this.holders[step.holder] as Holder) : (this.holders[0] as Holder);
    // Without a lease it waits for the answer before it asks again.
    const waits = of.isEmptyHanded && this.underWay.some(({ to }) => to === of);
    if (step.kind === "draw" && !waits) this.draw(of, step.need, step.want, step.delayed);
    if (step.kind === "use") of.use(step.units);
    if (step.kind === "recall") this.recall(of.name);
    if (step.kind === "settle") {
      const message = of.giveUp();
      if (message) this.send(null, () => this.ledger.settle(message), step.delayed);
    }
    if (step.kind === "deliver") {
      const message = this.underWay[step.index];
      message?.deliver();
      if (!step.again) this.underWay.splice(step.index, 1);
    }
    if (step.kind === "lose") this.lose(of);
    if (step.kind === "plan") this.change({ limit: step.limit });
    if (step.kind === "cap") this.change({ cap: step.cap });
    if (step.kind === "reserve") this.reserve(`${this.reservationNumber}-${step.id}`, step.amount);
    if (step.kind === "settle_reservation") this.settleReservation(step);
    this.store();
    if (step.kind === "restart") this.restart();
  }

  private reserve(id: string, amount: number): void {
    const made = this.ledger.reserve({ id, metric: METRIC, period: PERIOD, amount, limit: this.limit, now: 0 });
    if (made) this.reservations.set(id, made);
  }

  private settleReservation({ id, actual }: { id: number; actual: number }): void {
    const reservation = [...this.reservations.values()][id];
    const cost = Math.min(actual, reservation?.amount ?? actual);
    const settled = this.ledger.settleReservation(reservation?.id ?? "unknown", cost);
    expect(settled !== null).toBe(reservation !== undefined);
    expect(this.ledger.settleReservation(reservation?.id ?? "unknown", cost)).toBeNull();
    if (!reservation) return;
    this.reservations.delete(reservation.id);
    this.reservationNumber += 1;
    this.spent += cost;
  }

  private get reserved(): number {
    return [...this.reservations.values()].reduce((sum, { amount }) => sum + amount, 0);
  }

  get held(): number {
    return [...this.rows.values()].reduce((sum, row) => sum + row.granted, this.reserved);
  }

  get used(): number {
    return this.holders.reduce((sum, { used }) => sum + used, this.spent);
  }

  /** All messages arrive, everything is settled, then single units are used until there are none. */
  useUp(holders = this.holders): void {
    for (const message of this.underWay.splice(0)) message.deliver();
    while (this.reservations.size > 0) this.settleReservation({ id: 0, actual: 0 });
    for (const of of holders) {
      for (;;) {
        this.recall(of.name);
        const { granted, used } = this.draw(of, 1, 1, false);
        const before = of.used;
        of.use(1);
        if (granted <= used || of.used === before) break;
      }
      this.store();
    }
  }
}

describe("a workspace's ledger", () => {
  it("a workspace's ledger never grants and reserves more than the plan, whatever its holders do and however late messages are", () => {
    fc.assert(
      fc.property(script([]), (happening) => {
        const world = new World();
        for (const step of happening) {
          world.take(step);
          expect(world.held).toBeLessThanOrEqual(LIMIT);
          expect(world.used).toBeLessThanOrEqual(world.held);
          for (const row of world.rows.values()) expect(row.used).toBeLessThanOrEqual(row.granted);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("a workspace's ledger lets nobody use more than the newest plan, or a key more than its newest cap, of leases granted before it changed", () => {
    fc.assert(
      fc.property(script(PLANS), (happening) => {
        const world = new World();
        for (const step of happening) {
          world.take(step);
          expect(world.used).toBeLessThanOrEqual(Math.max(world.usedBefore, world.limit));
          const cap = world.cap ?? Number.POSITIVE_INFINITY;
          expect(world.usedOf(CAPPED)).toBeLessThanOrEqual(Math.max(world.keyUsedBefore, cap));
        }
      }),
      { numRuns: RUNS },
    );
  });

  it("a workspace's ledger gives a capped key exactly its cap, over all its objects and whatever it used before", () => {
    fc.assert(
      fc.property(script(PLANS), (happening) => {
        const world = new World();
        for (const step of happening) world.take(step);
        if (world.cap === null) return;
        world.take({ kind: "plan", limit: 1_000 });
        const before = world.usedOf(CAPPED);
        world.useUp(world.holders.filter(({ name }) => name.split("#")[0] === CAPPED));
        expect(world.usedOf(CAPPED)).toBe(Math.max(before, world.cap));
      }),
      { numRuns: RUNS },
    );
  });

  it("a workspace's ledger loses nothing: a plan can always be used up to its last unit", () => {
    fc.assert(
      fc.property(script(PLANS), (happening) => {
        const world = new World();
        for (const step of happening) world.take(step);
        const { used } = world;
        world.useUp();
        expect(world.used).toBe(Math.max(used, world.limit));
        expect(world.ledger.used(PERIOD, METRIC)).toBe(world.used);
      }),
      { numRuns: RUNS },
    );
  });

  it("a workspace's ledger ignores a settlement older than a newer grant, and one it has seen", () => {
    const ledger = new Ledger();
    const request = { ...UNLIMITED, holder: "1", used: 0, need: 1, want: 10 };
    const { rev } = ledger.draw(request);
    const { granted } = ledger.draw({ ...request, used: 4 });
    ledger.settle({ holder: "1", metric: METRIC, period: PERIOD, used: 4, rev });
    expect(ledger.draw({ ...request, used: 4, need: 0, want: 0 }).granted).toBe(granted);
  });

  it("a workspace's ledger counts what a provider used beyond its reservation, and reserves nothing more then", () => {
    const ledger = new Ledger();
    const at = { metric: "ai_tokens" as const, period: PERIOD, limit: 100, now: 0 };
    expect(ledger.reserve({ ...at, id: "a", amount: 100 })).not.toBeNull();
    ledger.settleReservation("a", 120);
    expect(ledger.used(PERIOD, "ai_tokens")).toBe(120);
    expect(ledger.reserve({ ...at, id: "b", amount: 1 })).toBeNull();
  });

  it("a workspace's ledger counts months apart, and metrics apart", () => {
    const ledger = new Ledger();
    const draw = (period: string, metric: "api_calls" | "mcp_calls") =>
      ledger.draw({ ...UNLIMITED, holder: "1", metric, period, used: 0, need: LIMIT, want: 0 }).granted;
    expect([draw(PERIOD, "api_calls"), draw("2026-12", "api_calls"), draw(PERIOD, "mcp_calls")]).toEqual([60, 60, 60]);
  });
});
