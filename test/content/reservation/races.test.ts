import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { endLapsed } from "../../../src/content/reservation/due.ts";
import { eventsOf } from "../../support/client.ts";
import { START, TestClock } from "../../support/fixtures.ts";
import { DAY, makeRestaurant, type Restaurant } from "./world.ts";

const clock = new TestClock();
let at: Restaurant;

beforeEach(async () => {
  clock.time = START;
  at = await makeRestaurant(clock);
});

/** How often each status came. */
function counted(answers: { status: number }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

const MINUTE_MS = 60_000;

describe("many at once", () => {
  it("of 200 parallel requests for the last table exactly one gets it, all others are told that none is free", async () => {
    await at.table(2);
    const answers = await Promise.all(Array.from({ length: 200 }, () => at.reserve()));
    expect(counted(answers)).toEqual({ 201: 1, 409: 199 });
    const rows = await env.DB.prepare("SELECT count(*) AS n FROM table_reservations WHERE site_id = ?")
      .bind(at.siteId)
      .first();
    expect(rows).toEqual({ n: 1 });
  });

  it("of 30 parallel requests for twelve tables twelve get one each, the smallest first", async () => {
    const tables: string[] = [];
    for (let nth = 0; nth < 12; nth += 1) tables.push(await at.table(2 + Math.floor(nth / 6) * 2, { place: nth }));
    const answers = await Promise.all(Array.from({ length: 30 }, () => at.reserve()));
    expect(counted(answers)).toEqual({ 201: 12, 409: 18 });
    const got = answers.flatMap(({ status, body }) => (status === 201 ? [body.data.tableId] : []));
    expect(new Set(got)).toEqual(new Set(tables));
  });

  it("of parallel moves onto one table one wins, and the others stay where they were", async () => {
    await at.table(2);
    const times = ["12:00", "14:00", "16:00", "18:00"];
    const ids: string[] = [];
    for (const time of times) ids.push((await at.reserved({ time })).id);
    const answers = await Promise.all(ids.map((id) => at.change(id, { time: "20:00" })));
    expect(counted(answers)).toEqual({ 200: 1, 409: 3 });
  });

  it("a table that is taken out of use at the same moment is not reserved after it", async () => {
    const table = await at.table(2);
    const [gone, asked] = await Promise.all([at.site.delete(`/reservation/tables/${table}`), at.reserve()]);
    const isGone = gone?.status === 204;
    expect([gone?.status, asked?.status]).toEqual(isGone ? [204, 400] : [409, 201]);
  });
});

describe("what is kept for walk-ins", () => {
  it.each([
    [{ unit: "tables", amount: 2 }, 3],
    [{ unit: "seats", amount: 4 }, 3],
    [{ unit: "percent", amount: 31 }, 3],
    [{ unit: "percent", amount: 100 }, 0],
  ])(
    "%j leaves %i of five tables for two to those who reserve, under 20 parallel requests",
    async (walkInBuffer, left) => {
      await at.settle({ walkInBuffer });
      for (let nth = 0; nth < 5; nth += 1) await at.table(2);
      const answers = await Promise.all(Array.from({ length: 20 }, () => at.reserve()));
      expect(counted(answers)).toEqual({ ...(left > 0 && { 201: left }), 409: 20 - left });
      expect(await at.free("19:00")).toEqual([]);
      expect(counted(await Promise.all(Array.from({ length: 10 }, () => at.reserve({ walkIn: true }))))).toEqual({
        201: 5 - left,
        409: 5 + left,
      });
    },
  );

  it("is kept at every moment of a reservation, also where others follow one another during it", async () => {
    await at.settle({ walkInBuffer: { unit: "tables", amount: 1 }, durations: [{ partySize: 3, minutes: 240 }] });
    const tables = [await at.table(4), await at.table(4), await at.table(4)];
    await at.reserved({ time: "12:00" });
    await at.reserved({ time: "14:00" });
    // Four hours beside two of two, one after the other: never more than two at once.
    expect(await at.free("12:00", 3)).toHaveLength(2);
    expect((await at.reserve({ time: "12:00", partySize: 3 })).status).toBe(201);
    expect(await at.free("13:00")).toEqual([]);
    expect((await at.reserve({ time: "13:00" })).status).toBe(409);
    expect((await at.reserved({ time: "13:00", walkIn: true })).walkIn).toBe(true);
    expect(tables).toHaveLength(3);
  });
});

describe("a party that does not come", () => {
  beforeEach(() => at.settle({ noShowMinutes: 20 }));

  it("is a no-show for whoever reads from that minute on, and its table is free", async () => {
    const table = await at.table(2);
    const { id, startAt, heldUntil } = await at.reserved();
    clock.time = Date.parse(startAt) + 20 * MINUTE_MS - 500;
    expect((await at.site.get(`/reservation/reservations/${id}`)).body.data.status).toBe("confirmed");
    expect((await at.reserve({ walkIn: true })).status).toBe(409);
    clock.time = Date.parse(heldUntil);
    const listed = (await at.site.get(`/reservation/reservations?date=${DAY}`)).body.data;
    expect(listed).toMatchObject([{ id, status: "no_show" }]);
    expect(await at.reserved({ walkIn: true })).toMatchObject({ tableId: table, status: "seated" });
  });

  it("is ended and announced once by the scheduler, however often that runs", async () => {
    await at.table(2);
    const { id, heldUntil } = await at.reserved();
    expect(await endLapsed(env, clock.time)).toBeLessThanOrEqual(Date.parse(heldUntil));
    clock.time = Date.parse(heldUntil);
    await Promise.all([endLapsed(env, clock.time), endLapsed(env, clock.time)]);
    await endLapsed(env, clock.time);
    const { status, version, heldUntil: left } = (await at.site.get(`/reservation/reservations/${id}`)).body.data;
    expect([status, version, left]).toEqual(["no_show", 2, null]);
    const types = (await eventsOf(env.DB, id)).map(({ type }) => type);
    expect(types).toEqual([
      "reservation.created",
      "reservation.confirmed",
      "reservation.updated",
      "reservation.no_show",
    ]);
  });

  it("is announced as such too where somebody changes it before the scheduler has seen it", async () => {
    await at.table(2);
    const { id, heldUntil } = await at.reserved();
    clock.time = Date.parse(heldUntil);
    expect((await at.change(id, { note: "Called at eight" })).body.data).toMatchObject({
      status: "no_show",
      heldUntil: null,
    });
    expect((await eventsOf(env.DB, id)).map(({ type }) => type)).toContain("reservation.no_show");
  });

  it("and comes late is seated if its table is still free, and not if it is gone", async () => {
    await at.table(2);
    const first = await at.reserved();
    clock.time = Date.parse(first.heldUntil);
    expect((await at.change(first.id, { status: "seated" })).body.data).toMatchObject({
      status: "seated",
      heldUntil: null,
    });
    expect((await eventsOf(env.DB, first.id)).map(({ type }) => type)).not.toContain("reservation.no_show");
    const late = await at.reserved({ time: "21:30" });
    clock.time = Date.parse(late.heldUntil);
    expect((await at.reserve({ walkIn: true, time: "21:50" })).status).toBe(201);
    expect((await at.change(late.id, { status: "seated" })).status).toBe(409);
  });

  it("is none once it is seated", async () => {
    await at.table(2);
    const { id, startAt, heldUntil } = await at.reserved();
    clock.time = Date.parse(startAt);
    await at.change(id, { status: "seated" });
    clock.time = Date.parse(heldUntil) + 1;
    await endLapsed(env, clock.time);
    expect((await at.site.get(`/reservation/reservations/${id}`)).body.data.status).toBe("seated");
  });
});
