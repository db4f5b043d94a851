import { abortAllDurableObjects } from "cloudflare:test";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { ADA, DAY, makeRestaurant, type Restaurant } from "../content/reservation/world.ts";
import { type Answer, call, START, TestClock } from "../support/fixtures.ts";
import { callThrough, failing, type Moment } from "./world.ts";

const SEED = 20261129;
const RUNS = 12;
const clock = new TestClock();
let key: Record<string, string>;
let at: Restaurant;

beforeAll(async () => {
  at = await makeRestaurant(clock);
  key = at.api.headers;
});

const TIMES = ["18:00", "19:00", "20:00", "21:00"];
/** Two hours each: a reservation reaches into the time after its own. */
const LENGTH = 2;
const SIZES = [2, 2, 4];
const KEPT = 1;

/** Which call of a binding fails, and whether before it is carried out or after. */
interface Fault {
  target: number;
  moment: Moment;
}

const time = fc.nat(TIMES.length - 1);
const partySize = fc.integer({ min: 1, max: 4 });
const nth = fc.nat(5);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("reserve" as const), time, partySize, walkIn: fc.boolean() }) },
  fc.record({ kind: fc.constant("move" as const), nth, time, partySize }),
  fc.record({ kind: fc.constant("end" as const), nth, status: fc.constant("cancelled") }),
);
const fault = fc.record({
  target: fc.integer({ min: 1, max: 16 }),
  moment: fc.constantFrom<Moment>("before", "after"),
});

interface Kept {
  id: string;
  time: number;
  partySize: number;
  walkIn: boolean;
  /** Its table by its place among the sizes; `null` once it is over. */
  table: number | null;
}

/** The tables as they have to be, hour by hour. */
class Model {
  kept: Kept[] = [];

  private during(time: number, except: Kept | null): Kept[] {
    return this.kept.filter((it) => it !== except && it.table !== null && Math.abs(it.time - time) < LENGTH);
  }

  /** The table a party gets; `null` for none. */
  table({ time, partySize, walkIn }: Omit<Kept, "id" | "table">, except: Kept | null = null): number | null {
    const others = this.during(time, except);
    const online = (hour: number) =>
      others.filter((it) => !it.walkIn && it.time <= hour && hour < it.time + LENGTH).length;
    const peak = Math.max(...Array.from({ length: LENGTH }, (_, hour) => online(time + hour)));
    if (!walkIn && peak + 1 + KEPT > SIZES.length) return null;
    const found = SIZES.findIndex((size, nth) => size >= partySize && others.every(({ table }) => table !== nth));
    return found < 0 ? null : found;
  }
}

/** Makes a call of which something fails on the way, and again whole if nobody was told what became of it. */
async function insist({ target, moment }: Fault, method: string, path: string, body: object): Promise<Answer> {
  // Each crash costs the key what was counted ahead, for ten seconds.
  clock.advance(15_000);
  const init = { headers: { ...key, "Idempotency-Key": crypto.randomUUID() }, body };
  const answer = await callThrough(failing(target, moment).bindings, method, path, init);
  if (answer.status < 500) return answer;
  await abortAllDurableObjects();
  clock.advance(15_000);
  return call(method, path, init);
}

describe("the tables", () => {
  it("no table is had twice at once, each party fits into the smallest that is left, walk-ins keep theirs and what is shown free is free, whichever call of a binding fails", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, fault), { minLength: 4, maxLength: 9 }), async (steps) => {
        clock.time = START;
        at = await makeRestaurant(clock, { walkInBuffer: { unit: "tables", amount: KEPT } });
        key = at.api.headers;
        const tables: string[] = [];
        for (const [place, size] of SIZES.entries()) tables.push(await at.table(size, { place }));
        const path = `/v1/sites/${at.siteId}/reservation/reservations`;
        const model = new Model();
        for (const [taken, when] of steps) {
          if (taken.kind === "reserve") {
            const { partySize, walkIn } = taken;
            const body = { date: DAY, time: TIMES[taken.time], partySize, walkIn, customer: ADA };
            const answer = await insist(when, "POST", path, body);
            const table = model.table(taken);
            expect(answer.status, answer.text).toBe(table === null ? 409 : 201);
            if (table === null) continue;
            expect(answer.body.data.tableId).toBe(tables[table]);
            model.kept.push({ id: answer.body.data.id, time: taken.time, partySize, walkIn, table });
          } else {
            const row = model.kept[taken.nth % Math.max(1, model.kept.length)];
            if (!row || row.table === null) continue;
            const url = `${path}/${row.id}`;
            if (taken.kind === "end") {
              const answer = await insist(when, "PATCH", url, { status: taken.status });
              expect(answer.status, answer.text).toBe(200);
              row.table = null;
            } else {
              const { time, partySize } = taken;
              const isMove = time !== row.time || partySize !== row.partySize;
              const answer = await insist(when, "PATCH", url, { date: DAY, time: TIMES[time], partySize });
              const table = isMove ? model.table({ time, partySize, walkIn: row.walkIn }, row) : row.table;
              expect(answer.status, answer.text).toBe(table === null ? 409 : 200);
              if (table !== null) Object.assign(row, { time, partySize, table });
            }
          }
          const shown = (await at.site.get("/reservation/reservations?limit=100")).body.data;
          const held = shown.filter(({ status }: { status: string }) => status === "confirmed");
          const byId = new Map(held.map((it: { id: string; tableId: string; time: string }) => [it.id, it]));
          const expected = model.kept.filter(({ table }) => table !== null);
          expect(byId.size).toBe(expected.length);
          for (const { id, table, time } of expected) {
            expect(byId.get(id)).toMatchObject({ tableId: tables[table as number], time: TIMES[time] });
          }
          for (const [nth, clockTime] of TIMES.entries()) {
            const first = model.table({ time: nth, partySize: 2, walkIn: false });
            expect((await at.free(clockTime, 2))[0] ?? null).toBe(first === null ? null : tables[first]);
          }
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });
});
