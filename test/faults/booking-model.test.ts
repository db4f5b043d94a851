import { abortAllDurableObjects } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { expireHolds } from "../../src/content/booking/bookings/due.ts";
import { DAY, type Diary, makeDiary } from "../content/booking/world.ts";
import { type Answer, call, START, TestClock } from "../support/fixtures.ts";
import { callThrough, failing, type Moment } from "./world.ts";

const SEED = 20261129;
const RUNS = 12;
const HOLD_MS = 20 * 60_000;
const clock = new TestClock();
let diary: Diary;

beforeAll(async () => {
  diary = await makeDiary(clock);
});

const TIMES = ["09:00", "10:00", "11:00"] as const;
/** A service for groups of three, and two that the same two people do: one at a time, another with a buffer after it. */
const KINDS = ["group", "cut", "colour"] as const;
type Time = (typeof TIMES)[number];
type Kind = (typeof KINDS)[number];

/** Which call of a binding fails, and whether before it is carried out or after. */
interface Fault {
  target: number;
  moment: Moment;
}

const time = fc.constantFrom(...TIMES);
const nth = fc.nat(7);
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("book" as const),
      of: fc.constantFrom(...KINDS),
      time,
      people: fc.integer({ min: 1, max: 3 }),
      isHeld: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("move" as const), nth, time }) },
  fc.record({ kind: fc.constant("cancel" as const), nth }),
  fc.record({ kind: fc.constant("confirm" as const), nth }),
  fc.record({ kind: fc.constant("expire" as const) }),
);
const fault = fc.record({
  target: fc.integer({ min: 1, max: 16 }),
  moment: fc.constantFrom<Moment>("before", "after"),
});

interface Known {
  id: string;
  of: Kind;
  staffId: string | null;
  start: number;
  people: number;
  status: string;
  holdUntil: number | null;
}

/** The bookings as they have to be: what was acknowledged. */
class Model {
  bookings: Known[] = [];

  constructor(readonly staff: readonly string[]) {}

  static minutes = (at: Time) => Number(at.slice(0, 2)) * 60;
  static busy = ({ of, start }: Pick<Known, "of" | "start">) =>
    [start, start + 60 + (of === "colour" ? 60 : 0)] as const;

  blocking(except?: string): Known[] {
    return this.bookings.filter(
      (it) =>
        it.id !== except &&
        (it.status === "confirmed" ||
          (it.status === "pending" && (it.holdUntil === null || it.holdUntil > clock.time))),
    );
  }

  /** Who could do it; `[null]` and `[]` are yes and no of a service that nobody in particular does. */
  free(of: Kind, start: number, people: number, except?: string): (string | null)[] {
    const [from, until] = Model.busy({ of, start });
    const others = this.blocking(except).filter((it) => {
      const [its, end] = Model.busy(it);
      return its < until && end > from;
    });
    if (of !== "group") return this.staff.filter((id) => others.every((it) => it.staffId !== id));
    const there = others.filter((it) => it.of === "group").reduce((sum, it) => sum + it.people, 0);
    return there + people <= 3 ? [null] : [];
  }
}

/** Makes a call of which something fails on the way, and again whole if nobody was told what became of it. */
async function insist({ target, moment }: Fault, method: string, path: string, body: object): Promise<Answer> {
  // Each crash costs the key what was counted ahead, for ten seconds.
  clock.advance(15_000);
  const init = { headers: { ...diary.headers, "Idempotency-Key": crypto.randomUUID() }, body };
  const answer = await callThrough(failing(target, moment).bindings, method, diary.path + path, init);
  if (answer.status < 500) return answer;
  await abortAllDurableObjects();
  clock.advance(15_000);
  return call(method, diary.path + path, init);
}

describe("the diary", () => {
  it("no place is given twice and none is lost, whichever call of a binding fails in bookings, moves, confirmations, cancellations and the end of holds", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, fault), { minLength: 4, maxLength: 8 }), async (steps) => {
        clock.time = START;
        const staff = [await diary.person("Mo"), await diary.person("Ed")];
        const services: Record<Kind, string> = {
          group: (await diary.service({ capacity: 3 })).id,
          cut: (await diary.service({ staffIds: staff, slotIntervalMinutes: 60 })).id,
          colour: (await diary.service({ staffIds: staff, slotIntervalMinutes: 60, bufferAfterMinutes: 60 })).id,
        };
        const model = new Model(staff);
        const customer = { name: "Bo", email: "bo@example.com" };
        for (const [taken, at] of steps) {
          const nth = "nth" in taken ? model.bookings[taken.nth % Math.max(1, model.bookings.length)] : undefined;
          if (taken.kind === "book") {
            const { of, time } = taken;
            const people = of === "group" ? taken.people : 1;
            const holdUntil = taken.isHeld ? clock.time + HOLD_MS : null;
            const answer = await insist(at, "POST", "/bookings", {
              ...{ serviceId: services[of], date: DAY, startTime: time, customer, people },
              holdUntil: holdUntil === null ? null : new Date(holdUntil).toISOString(),
            });
            const free = model.free(of, Model.minutes(time), people);
            expect(answer.status, answer.text).toBe(free.length > 0 ? 201 : 409);
            if (answer.status !== 201) continue;
            const { id, staffId, status } = answer.body.data;
            expect(free).toContain(staffId);
            model.bookings.push({ id, of, staffId, start: Model.minutes(time), people, status, holdUntil });
          } else if (taken.kind === "expire") {
            clock.advance(HOLD_MS);
            await expireHolds(failing(at.target, at.moment).bindings, clock.time).catch(() => {});
          } else if (nth) {
            const isOpen = model.blocking().includes(nth);
            const isFinal = !isOpen;
            if (taken.kind === "move") {
              const answer = await insist(at, "PATCH", `/bookings/${nth.id}`, { startTime: taken.time });
              const isStill = model.blocking().includes(nth);
              const free = isStill ? model.free(nth.of, Model.minutes(taken.time), nth.people, nth.id) : [];
              expect(answer.status, answer.text).toBe(free.length > 0 ? 200 : 409);
              if (answer.status !== 200) continue;
              expect(free).toContain(answer.body.data.staffId);
              nth.start = Model.minutes(taken.time);
              nth.staffId = answer.body.data.staffId;
            } else {
              const status = taken.kind === "cancel" ? "cancelled" : "confirmed";
              const answer = await insist(at, "PATCH", `/bookings/${nth.id}`, { status });
              const isStill = model.blocking().includes(nth);
              const isSame = nth.status === status;
              expect(answer.status, answer.text).toBe(isSame || isStill ? 200 : 409);
              if (isFinal && !isSame) expect(answer.status).toBe(409);
              if (answer.status === 200) Object.assign(nth, { status, holdUntil: null });
            }
          }
        }
        for (const of of KINDS) {
          const shown = await diary.free(services[of]);
          const free = TIMES.filter((it) => model.free(of, Model.minutes(it), 1).length > 0);
          expect(
            shown.filter((it) => (TIMES as readonly string[]).includes(it)),
            of,
          ).toEqual(free);
        }
        const { results } = await env.DB.prepare(
          "SELECT id FROM bookings WHERE service_id IN (SELECT value FROM json_each(?1))",
        )
          .bind(JSON.stringify(Object.values(services)))
          .all<{ id: string }>();
        expect(results.map(({ id }) => id).sort()).toEqual(model.bookings.map(({ id }) => id).sort());
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
