import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { eventsOf } from "../../support/client.ts";
import { START, TestClock } from "../../support/fixtures.ts";
import { DAY, makeRestaurant, type Restaurant } from "./world.ts";

const clock = new TestClock();
let at: Restaurant;

beforeEach(async () => {
  clock.time = START;
  at = await makeRestaurant(clock);
});

const MINUTE_MS = 60_000;

describe("a reservation before its time", () => {
  it("is seated on its day at the earliest, and completed or a no-show once its time has come", async () => {
    await at.table(2);
    const { id, startAt } = await at.reserved();
    const to = async (status: string) => (await at.change(id, { status })).status;
    for (const status of ["seated", "completed", "no_show"]) expect(await to(status)).toBe(409);
    // Midnight in Amsterdam.
    clock.time = Date.UTC(2026, 11, 3, 23) - MINUTE_MS;
    expect(await to("seated")).toBe(409);
    clock.time += MINUTE_MS;
    expect([await to("no_show"), await to("seated"), await to("completed")]).toEqual([409, 200, 409]);
    clock.time = Date.parse(startAt);
    expect(await to("completed")).toBe(200);
  });
});

describe("a walk-in", () => {
  it("of whom only the number is said sits down now, by the website's clock, at the smallest table that is free", async () => {
    const table = await at.table(2);
    clock.time = Date.UTC(2026, 11, 4, 17, 40, 30);
    const { status, body } = await at.site.post("/reservation/reservations", { walkIn: true, partySize: 2 });
    expect([status, body.data]).toEqual([
      201,
      expect.objectContaining({
        ...{ tableId: table, status: "seated", date: DAY, time: "18:40", startAt: "2026-12-04T17:40:00.000Z" },
        customer: { name: null, email: null, phone: null },
      }),
    ]);
    const listed = (await at.site.get("/reservation/reservations?search=null")).body.data;
    expect(listed).toEqual([]);
  });

  it.each([
    ["date", { time: "19:00" }],
    ["time", { date: DAY }],
    ["customer", { date: DAY, time: "19:00", customer: undefined }],
  ])("alone does without a %s: others are refused by its name", async (field, asked) => {
    await at.table(2);
    const customer = { name: "Ada", email: "ada@example.com" };
    const { status, body } = await at.site.post("/reservation/reservations", { partySize: 2, customer, ...asked });
    expect([status, Object.keys(body.error.details.fields)]).toEqual([400, [field]]);
  });
});

describe("a reservation", () => {
  it("that is cancelled keeps the reason, which events and its customer's mail tell; no other has one", async () => {
    await at.table(2);
    const { id } = await at.reserved();
    expect((await at.change(id, { reason: "Ill" })).status).toBe(400);
    const { body } = await at.change(id, { status: "cancelled", reason: "Closed that day" });
    expect(body.data).toMatchObject({ status: "cancelled", reason: "Closed that day" });
    expect((await eventsOf(env.DB, id)).at(-1)?.data).toMatchObject({ reason: "Closed that day" });
    const mail = await env.DB.prepare("SELECT content FROM mails WHERE kind = 'reservation.cancelled' AND site_id = ?1")
      .bind(at.siteId)
      .first<{ content: string }>();
    const { text } = JSON.parse(mail?.content as string);
    expect(text).toContain("Reason: Closed that day");
    // Of a website that is not published there is no page to see it on.
    expect(text).not.toContain("http");
  });

  it("is listed by its table, and refused with a reason where none is free", async () => {
    const [first, second] = [await at.table(2, { place: 1 }), await at.table(2, { place: 2 })];
    const made = [await at.reserved(), await at.reserved()];
    for (const [nth, table] of [first, second].entries()) {
      const { body } = await at.site.get(`/reservation/reservations?tableId=${table}`);
      expect(body.data).toMatchObject([{ id: made[nth].id }]);
    }
    for (const asked of [{}, { tableId: first }]) {
      const { status, body } = await at.reserve(asked);
      expect([status, body.error.details.reason]).toEqual([409, "no_table"]);
    }
  });

  it("is refused by a website without hours, which says what names them", async () => {
    await at.settle({ services: [] });
    await at.table(2);
    expect((await at.reserve()).body.error.message).toContain("settings.reservation.services");
  });
});

describe("tables of a day", () => {
  it("are shown free for the smallest party that each takes, where nobody says how many come", async () => {
    const [small, large] = [await at.table(2), await at.table(8, { minParty: 5 })];
    const { body } = await at.site.get(`/reservation/tables?date=${DAY}`);
    expect(body.data).toMatchObject([
      { id: small, available: true },
      { id: large, available: true },
    ]);
    expect(await at.free("19:00", 2)).toEqual([small]);
  });
});
