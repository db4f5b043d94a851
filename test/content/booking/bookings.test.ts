import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { expireHolds } from "../../../src/content/booking/bookings/due.ts";
import { TestClock } from "../../support/fixtures.ts";
import { DAY, type Diary, makeDiary } from "./world.ts";

const clock = new TestClock();
const MINUTE = 60_000;
const DAYS = 24 * 60 * MINUTE;
let diary: Diary;
let serviceId: string;

beforeEach(async () => {
  clock.time = Date.UTC(2026, 10, 20, 12);
  diary = await makeDiary(clock);
  serviceId = (await diary.service()).id;
});

/** Events of the site by type, in order. */
const told = async (): Promise<string[]> => {
  const { results } = await env.DB.prepare(
    "SELECT type FROM events WHERE site_id = ?1 AND type LIKE 'booking.%' ORDER BY seq",
  )
    .bind(diary.siteId)
    .all<{ type: string }>();
  return results.map(({ type }) => type);
};

describe("a booking", () => {
  it("a booking has its day, its start and its end by the website's clock, and what it costs", async () => {
    const { status, body } = await diary.book(serviceId, "09:00");
    expect(status).toBe(201);
    expect(body.data).toMatchObject({
      status: "confirmed",
      date: DAY,
      startTime: "2026-11-25T09:00:00+01:00",
      endTime: "2026-11-25T10:00:00+01:00",
      customer: { name: "Bo", email: "bo@example.com", phone: null },
      ...{ people: 1, price: 5_000, currency: "EUR", staffId: null, source: "api", reschedules: 0 },
    });
    const got = await diary.ask("GET", `/bookings/${body.data.id}`);
    expect(got.body.data).toEqual(body.data);
  });

  it("a time that the clock leaves out on that day is none", async () => {
    const night = await makeDiary(clock, {
      hours: [{ days: ["sunday"], opens: "00:00", closes: "06:00" }],
    });
    const { id } = await night.service({ horizonDays: 365 });
    const at = (startTime: string) => night.book(id, startTime, { date: "2027-03-28" });
    expect((await at("02:30")).body.error.details.fields).toEqual({
      startTime: "is left out by the clock on that day",
    });
    expect((await at("03:00")).body.data.startTime).toBe("2027-03-28T03:00:00+02:00");
  });

  it("a key that may not see customers is not shown what they have written", async () => {
    const { id } = (await diary.book(serviceId, "09:00", { note: "I am ill" })).body.data;
    const { headers } = await diary.workspace.key({ accessType: "integrations", attributes: ["name"] });
    const { data } = (await diary.ask("GET", `/bookings/${id}`, undefined, headers)).body;
    expect(["customer" in data, "note" in data]).toEqual([false, false]);
  });

  it("what a slot gives as its startTime books it", async () => {
    const { body } = await diary.ask("GET", `/slots?serviceId=${serviceId}&date=${DAY}`);
    const { startTime } = body.data[2];
    const made = await diary.ask("POST", "/bookings", {
      ...{ serviceId, startTime },
      customer: { name: "Bo", email: "bo@example.com" },
    });
    expect(made.status).toBe(201);
    expect(made.body.data.startTime).toBe(startTime);
  });

  it("a slot is not offered twice, and has an end: what is booked is no longer shown free, and each slot is listed once", async () => {
    const before = await diary.free(serviceId);
    expect((await diary.book(serviceId, "10:00")).status).toBe(201);
    const { body } = await diary.ask("GET", `/slots?serviceId=${serviceId}&date=${DAY}`);
    const starts = body.data.map(({ startTime }: { startTime: string }) => startTime);
    expect(new Set(starts).size).toBe(starts.length);
    for (const slot of body.data) expect(Date.parse(slot.endTime)).toBe(Date.parse(slot.startTime) + 60 * MINUTE);
    expect(await diary.free(serviceId)).toEqual(before.filter((it) => it !== "10:00"));
    const again = await diary.book(serviceId, "10:00");
    expect(again.status).toBe(409);
    expect(again.body.error).toMatchObject({ code: "CONFLICT", details: { reason: "slot_taken" } });
  });

  it("a slot that another service's buffer blocks is neither shown free nor booked", async () => {
    const staffIds = [await diary.person("Mo")];
    const long = await diary.service({ staffIds, bufferAfterMinutes: 30 });
    const short = await diary.service({ staffIds, durationMinutes: 30 });
    expect((await diary.book(long.id, "09:00")).status).toBe(201);
    expect(await diary.free(short.id)).not.toContain("10:00");
    expect((await diary.book(short.id, "10:00")).status).toBe(409);
    expect(await diary.free(short.id)).toContain("10:30");
    expect((await diary.book(short.id, "10:30")).status).toBe(201);
  });

  it("a reschedule frees the old slot in the same moment and takes the new one", async () => {
    const { id } = (await diary.book(serviceId, "09:00")).body.data;
    const moved = await diary.change(id, { startTime: "11:00" });
    expect(moved.status).toBe(200);
    expect(moved.body.data).toMatchObject({ startTime: "2026-11-25T11:00:00+01:00", reschedules: 1 });
    const free = await diary.free(serviceId);
    expect(free).toContain("09:00");
    expect(free).not.toContain("11:00");
    expect((await diary.book(serviceId, "09:00")).status).toBe(201);
    expect((await diary.change(id, { startTime: "09:00" })).status).toBe(409);
    expect(await told()).toContain("booking.rescheduled");
  });

  it("a booking can be moved to a time that overlaps its own old one, and onto itself", async () => {
    const half = await diary.service({ slotIntervalMinutes: 30 });
    const { id } = (await diary.book(half.id, "09:00")).body.data;
    expect((await diary.change(id, { startTime: "09:30" })).body.data.reschedules).toBe(1);
    expect((await diary.change(id, { startTime: "09:30" })).body.data.reschedules).toBe(1);
    expect(await diary.free(half.id)).not.toContain("10:00");
    expect(await diary.free(half.id)).toContain("10:30");
  });

  it("a cancelled booking frees its slot once, and cancelling it again changes nothing", async () => {
    const group = await diary.service({ capacity: 2 });
    const { id } = (await diary.book(group.id, "09:00")).body.data;
    expect((await diary.book(group.id, "09:00")).status).toBe(201);
    const first = await diary.change(id, { status: "cancelled", reason: "Ill" });
    expect(first.body.data).toMatchObject({ status: "cancelled", reason: "Ill", holdUntil: null });
    expect((await diary.change(id, { status: "cancelled" })).status).toBe(200);
    expect((await told()).filter((it) => it === "booking.cancelled")).toHaveLength(1);
    expect((await diary.book(group.id, "09:00")).status).toBe(201);
    expect((await diary.book(group.id, "09:00")).status).toBe(409);
  });

  it("people are counted: a group fills up by who comes, not by bookings", async () => {
    const group = await diary.service({ capacity: 5 });
    expect((await diary.book(group.id, "09:00", { people: 3 })).body.data.price).toBe(15_000);
    expect((await diary.book(group.id, "09:00", { people: 3 })).status).toBe(409);
    const { id } = (await diary.book(group.id, "09:00", { people: 1 })).body.data;
    expect((await diary.change(id, { people: 3 })).status).toBe(409);
    expect((await diary.change(id, { people: 2 })).body.data).toMatchObject({ people: 2, price: 10_000 });
    expect((await diary.book(group.id, "09:00", { people: 6 })).status).toBe(400);
  });

  it("nobody is in two places: who is named has one appointment at a time, across services", async () => {
    const staffId = await diary.person("Mo");
    const cut = await diary.service({ staffIds: [staffId], capacity: 3 });
    const colour = await diary.service({ staffIds: [staffId], durationMinutes: 120 });
    expect((await diary.book(cut.id, "11:00", { staffId })).status).toBe(201);
    expect((await diary.book(cut.id, "11:00", { staffId })).status).toBe(201);
    expect((await diary.book(colour.id, "11:00", { staffId })).status).toBe(409);
    expect((await diary.book(colour.id, "13:00", { staffId })).status).toBe(201);
    expect((await diary.book(cut.id, "14:00", { staffId })).status).toBe(409);
  });

  it("who is not named is whoever is free, of those the one with the least to do that day", async () => {
    const [mo, ed] = [await diary.person("Mo"), await diary.person("Ed")];
    const cut = await diary.service({ staffIds: [mo, ed] });
    const done = [];
    for (const time of ["09:00", "10:00", "10:00", "11:00"])
      done.push((await diary.book(cut.id, time)).body.data.staffId);
    expect(done).toEqual([mo, ed, mo, ed]);
    expect((await diary.book(cut.id, "11:00", { staffId: ed })).status).toBe(409);
    expect((await diary.book(cut.id, "11:00", { staffId: mo })).status).toBe(201);
    expect((await diary.book(cut.id, "11:00")).status).toBe(409);
  });

  it("a step that cannot be is refused with where it stands and where it was to go", async () => {
    const { id } = (await diary.book(serviceId, "09:00", { status: "pending" })).body.data;
    const refused = await diary.change(id, { status: "completed" });
    expect(refused.status).toBe(409);
    expect(refused.body.error.message).toBe(
      "A booking that is pending can become confirmed or cancelled, not completed.",
    );
    expect((await diary.change(id, { status: "confirmed" })).status).toBe(200);
    expect((await diary.change(id, { status: "no_show" })).status).toBe(409);
    clock.advance(6 * DAYS);
    const done = await diary.change(id, { status: "completed" });
    expect(done.body.data).toMatchObject({ status: "completed", completedAt: new Date(clock.time).toISOString() });
    expect((await diary.change(id, { status: "cancelled" })).status).toBe(409);
    expect((await diary.change(id, { startTime: "11:00" })).status).toBe(409);
    expect(await told()).toEqual([
      "booking.created",
      ...["booking.updated", "booking.confirmed"],
      ...["booking.updated", "booking.completed"],
    ]);
  });

  it("a hold that runs out frees its slot in that moment, before anybody has noticed, and cannot be confirmed", async () => {
    const holdUntil = new Date(clock.time + 10 * MINUTE).toISOString();
    const { id, status } = (await diary.book(serviceId, "09:00", { holdUntil })).body.data;
    expect(status).toBe("pending");
    expect(await diary.free(serviceId)).not.toContain("09:00");
    clock.advance(10 * MINUTE);
    expect(await diary.free(serviceId)).toContain("09:00");
    expect((await diary.ask("GET", `/bookings/${id}`)).body.data).toMatchObject({ status: "expired", holdUntil: null });
    expect((await diary.change(id, { status: "confirmed" })).status).toBe(409);
    expect((await diary.book(serviceId, "09:00")).status).toBe(201);
    await expireHolds(env, clock.time);
    expect((await diary.ask("GET", "/bookings?status=expired")).body.data.map((it: { id: string }) => it.id)).toEqual([
      id,
    ]);
  });

  it("holds that cannot be written down keep none of the others waiting, however many they are", async () => {
    const group = await diary.service({ capacity: 100 });
    const holdUntil = new Date(clock.time + MINUTE).toISOString();
    const made = [];
    for (let nth = 0; nth < 27; nth += 1) {
      made.push((await diary.book(group.id, "09:00", { holdUntil })).body.data.id);
    }
    const last = made.at(-1);
    await env.DB.exec(
      `CREATE TRIGGER kept BEFORE UPDATE OF status ON bookings WHEN OLD.id <> '${last}' AND OLD.site_id = '${diary.siteId}' BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
    );
    clock.advance(2 * MINUTE);
    const tenant = { workspaceId: diary.workspace.id, environment: "live" as const };
    await expect(expireHolds(env, clock.time, tenant)).rejects.toThrow();
    await expireHolds(env, clock.time, tenant).catch(() => {});
    await env.DB.exec("DROP TRIGGER kept");
    const { results } = await env.DB.prepare("SELECT id FROM bookings WHERE site_id = ?1 AND status = 'expired'")
      .bind(diary.siteId)
      .all<{ id: string }>();
    expect(results.map(({ id }) => id)).toEqual([last]);
    clock.advance(6 * MINUTE);
    await expireHolds(env, clock.time, tenant);
    await expireHolds(env, clock.time, tenant);
    expect((await diary.ask("GET", "/bookings?status=pending")).body.data).toEqual([]);
  });

  it("bookings are listed by a day of the website's, a span, a service, somebody, and by their customers", async () => {
    const staffId = await diary.person("Mo");
    const own = await diary.service({ staffIds: [staffId] });
    await diary.book(serviceId, "09:00", { customer: { name: "Zoë", email: "zoe@example.com" } });
    await diary.book(own.id, "10:00");
    await diary.book(own.id, "10:00", { date: "2026-11-26" });
    const listed = async (query: string) =>
      (await diary.ask("GET", `/bookings?${query}&direction=asc`)).body.data.map((it: { startTime: string }) =>
        it.startTime.slice(8, 16),
      );
    expect(await listed(`date=${DAY}`)).toEqual(["25T09:00", "25T10:00"]);
    expect(await listed(`staffId=${staffId}`)).toEqual(["25T10:00", "26T10:00"]);
    expect(await listed(`serviceId=${serviceId}`)).toEqual(["25T09:00"]);
    expect(await listed("from=2026-11-25T09:00:00Z")).toEqual(["25T10:00", "26T10:00"]);
    expect(await listed("to=2026-11-25T09:00:00Z&status=confirmed")).toEqual(["25T09:00"]);
    expect(await listed("search=zoe")).toEqual(["25T09:00"]);
    const refused = await diary.ask("GET", `/bookings?date=${DAY}&orderBy=createdAt`);
    expect(refused.body.error.details.fields).toHaveProperty("orderBy");
  });

  it("what is wrong with a booking is told by its field, and nothing is booked", async () => {
    const wrong: [object, string][] = [
      [{ startTime: "09:10" }, "startTime"],
      [{ startTime: "9 o'clock" }, "startTime"],
      [{ date: "2026-02-30" }, "date"],
      [{ date: "2026-11-26", startTime: "2026-11-25T09:00:00+01:00" }, "date"],
      [{ serviceId: "svc_none" }, "serviceId"],
      [{ staffId: "nobody" }, "staffId"],
      [{ people: 0 }, "people"],
      [{ people: 2 }, "people"],
      [{ status: "completed" }, "status"],
      [{ customer: { name: "Bo", email: "bo" } }, "customer.email"],
      [{ holdUntil: "2020-01-01T00:00:00Z" }, "holdUntil"],
    ];
    for (const [fields, name] of wrong) {
      const answer = await diary.book(serviceId, "09:00", fields);
      expect([answer.status, Object.keys(answer.body.error.details.fields)], JSON.stringify(fields)).toEqual([
        400,
        [name],
      ]);
    }
    expect((await diary.ask("GET", "/bookings")).body.data).toEqual([]);
  });
});
