import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { expireHolds } from "../../../src/content/booking/bookings/due.ts";
import { useClock } from "../../../src/core/clock.ts";
import { type Answer, TestClock } from "../../support/fixtures.ts";
import { DAY, type Diary, makeDiary } from "./world.ts";

const clock = new TestClock();
const MINUTE = 60_000;
let diary: Diary;
let serviceId: string;

beforeEach(async () => {
  clock.time = Date.UTC(2026, 10, 20, 12);
  clock.use();
  diary = await makeDiary(clock);
  serviceId = (await diary.service()).id;
  // A key has 200 calls a second: all of them are there again, here and where many were made.
  clock.advance(MINUTE);
});

const count = (answers: readonly Answer[], status: number): number =>
  answers.filter((it) => it.status === status).length;

/** How many bookings of the site keep others out at a time of the day. */
const blocking = async (startTime: string): Promise<number> => {
  clock.advance(1_000);
  const { body } = await diary.ask("GET", `/bookings?date=${DAY}&limit=100`);
  return body.data.filter(
    (it: { status: string; startTime: string }) =>
      it.startTime.slice(11, 16) === startTime && ["pending", "confirmed"].includes(it.status),
  ).length;
};

describe("many at once", () => {
  it("of 200 who want one slot of capacity 1 at once, one has it and 199 are told that it is taken", async () => {
    const answers = await Promise.all(Array.from({ length: 200 }, () => diary.book(serviceId, "09:00")));
    expect([count(answers, 201), count(answers, 409)]).toEqual([1, 199]);
    for (const { status, body } of answers) {
      if (status === 409) expect(body.error).toMatchObject({ code: "CONFLICT", details: { reason: "slot_taken" } });
    }
    expect(await blocking("09:00")).toBe(1);
  });

  it("of 60 groups of two who want a slot for seven at once, three have it", async () => {
    const group = await diary.service({ capacity: 7 });
    const answers = await Promise.all(Array.from({ length: 60 }, () => diary.book(group.id, "09:00", { people: 2 })));
    expect([count(answers, 201), count(answers, 409)]).toEqual([3, 57]);
    expect((await diary.book(group.id, "09:00")).status).toBe(201);
    expect((await diary.book(group.id, "09:00")).status).toBe(409);
  });

  it("of 40 who want a time with nobody in particular, each of three members of staff has one; nobody has two", async () => {
    const staffIds = [await diary.person("Mo"), await diary.person("Ed"), await diary.person("Al")];
    const cut = await diary.service({ staffIds });
    const answers = await Promise.all(Array.from({ length: 40 }, () => diary.book(cut.id, "09:00")));
    expect([count(answers, 201), count(answers, 409)]).toEqual([3, 37]);
    const whose = answers.filter((it) => it.status === 201).map((it) => it.body.data.staffId);
    expect(whose.sort()).toEqual(staffIds.toSorted());
  });

  it("across services that the same person does, one of 40 who want the same hour has it", async () => {
    const staffIds = [await diary.person("Mo")];
    const services = [await diary.service({ staffIds }), await diary.service({ staffIds, bufferBeforeMinutes: 15 })];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, nth) => diary.book(services[nth % 2].id, nth % 2 === 0 ? "09:00" : "09:15")),
    );
    const times = answers.filter((it) => it.status === 201);
    expect(times).toHaveLength(1);
  });

  it("a booking that is moved onto a slot and others that are made for it: one of them has it, and the old slot is free unless it stayed", async () => {
    const { id } = (await diary.book(serviceId, "09:00")).body.data;
    const [moved, ...made] = await Promise.all([
      diary.change(id, { startTime: "11:00" }),
      ...Array.from({ length: 20 }, () => diary.book(serviceId, "11:00")),
    ]);
    expect(count([moved, ...made], 409)).toBe(20);
    expect(await blocking("11:00")).toBe(1);
    expect((await diary.free(serviceId)).includes("09:00")).toBe(moved.status === 200);
  });

  it("two bookings that change places at once do not end up in one", async () => {
    const [one, two] = [await diary.book(serviceId, "09:00"), await diary.book(serviceId, "11:00")];
    await Promise.all([
      diary.change(one.body.data.id, { startTime: "11:00" }),
      diary.change(two.body.data.id, { startTime: "09:00" }),
      ...Array.from({ length: 5 }, () => diary.change(one.body.data.id, { startTime: "13:00" })),
      ...Array.from({ length: 5 }, () => diary.change(two.body.data.id, { startTime: "13:00" })),
    ]);
    for (const time of ["09:00", "11:00", "13:00"]) expect(await blocking(time)).toBeLessThanOrEqual(1);
  });

  it("a hold that is confirmed by a clock that is behind, and another booking by one that is not: one has the slot", async () => {
    for (let nth = 0; nth < 4; nth += 1) {
      clock.use();
      const time = `${9 + nth}:00`.padStart(5, "0");
      const holdUntil = new Date(clock.time + MINUTE).toISOString();
      const { id } = (await diary.book(serviceId, time, { holdUntil })).body.data;
      // Every second reading of the time is before the hold has run out, the others after it.
      let readings = 0;
      const start = clock.time;
      useClock(() => start + (readings++ % 2 === 0 ? 59_999 : 60_001));
      const [confirmed, ...made] = await Promise.all([
        diary.change(id, { status: "confirmed" }),
        ...Array.from({ length: 6 }, () => diary.book(serviceId, time)),
        expireHolds(env, start + 60_001).then(() => ({ status: 0 }) as Answer),
      ]);
      clock.use();
      clock.advance(2 * MINUTE);
      expect(count([confirmed as Answer], 200) + count(made, 201)).toBeLessThanOrEqual(1);
      expect(await blocking(time)).toBe(count([confirmed as Answer], 200) + count(made, 201));
    }
  });

  it("cancelling at once ends a booking once", async () => {
    const { id } = (await diary.book(serviceId, "09:00")).body.data;
    const answers = await Promise.all(Array.from({ length: 10 }, () => diary.change(id, { status: "cancelled" })));
    expect(count(answers, 200)).toBe(10);
    const told = await env.DB.prepare(
      "SELECT count(*) AS n FROM events WHERE site_id = ?1 AND type = 'booking.cancelled'",
    )
      .bind(diary.siteId)
      .first("n");
    expect(told).toBe(1);
  });

  it("a call that is repeated with its key books once", async () => {
    const key = { "Idempotency-Key": crypto.randomUUID() };
    const body = { serviceId, date: DAY, startTime: "09:00", customer: { name: "Bo", email: "bo@example.com" } };
    const [first, again] = [
      await diary.ask("POST", "/bookings", body, key),
      await diary.ask("POST", "/bookings", body, key),
    ];
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.data).toEqual(first.body.data);
    expect(await blocking("09:00")).toBe(1);
  });
});
