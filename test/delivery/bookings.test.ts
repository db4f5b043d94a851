import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { mailedProof } from "../../src/content/live/mailed.ts";
import { freshAddress } from "../security/world.ts";
import { call, START, TestClock } from "../support/fixtures.ts";
import { DAY, makeVisitedHouse, type VisitedHouse } from "../visitors/booking/world.ts";

const clock = new TestClock();
let house: VisitedHouse;
let haircut: string;

const ADA = { name: "Ada Baker", email: "ada@example.com" };

/** A visitor's call, from an address of its own unless told otherwise. */
const visitor = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  call(method, path, {
    headers: { "CF-Connecting-IP": freshAddress(), ...headers },
    ...(body !== undefined && { body }),
  });

const keyed = (key: string = crypto.randomUUID()) => ({ "Idempotency-Key": key });

const book = (body: object = {}, headers: Record<string, string> = keyed()) =>
  visitor(
    "POST",
    `/api/booking/bookings?site=${house.slug}`,
    { serviceId: haircut, startTime: `${DAY}T09:00:00+01:00`, customer: ADA, ...body },
    headers,
  );

const reserve = (body: object = {}, headers: Record<string, string> = keyed()) =>
  visitor(
    "POST",
    `/api/reservation/reservations?site=${house.slug}`,
    { date: DAY, time: "19:00", partySize: 2, customer: ADA, ...body },
    headers,
  );

const slots = async () => {
  const { body } = await visitor("GET", `/api/booking/slots?site=${house.slug}&serviceId=${haircut}&date=${DAY}`);
  return body.items
    .filter((it: { available: boolean }) => it.available)
    .map((it: { startTime: string }) => it.startTime);
};

beforeEach(async () => {
  clock.time = START;
  house = await makeVisitedHouse(clock);
  haircut = await house.service();
});

describe("bookings without a key", () => {
  it("what can be booked is told with who does it, and what is inactive is not", async () => {
    const { id } = (await house.ask("POST", "/booking/staff", { name: "Grace", email: "grace@example.com" })).body.data;
    await house.service({ name: "Colour", staffIds: [id], order: 1 });
    await house.service({ name: "Hidden", active: false });
    const { status, body } = await visitor("GET", `/api/booking/services?site=${house.slug}`);
    expect(status).toBe(200);
    expect(body.items.map(({ name, staff }: { name: string; staff: unknown }) => ({ name, staff }))).toEqual([
      { name: "Haircut", staff: [] },
      { name: "Colour", staff: [{ id, name: "Grace" }] },
    ]);
  });

  it("a time that is shown free is booked, and opened, moved and cancelled by its link", async () => {
    const made = await book();
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...{ status: "confirmed", service: "Haircut", timeZone: "Europe/Amsterdam", date: DAY, customer: ADA },
      ...{ startTime: `${DAY}T09:00:00+01:00`, endTime: `${DAY}T10:00:00+01:00`, price: 4_500, currency: "EUR" },
      ...{ canCancel: true, canReschedule: true, awaitsConfirmation: false },
    });
    expect(new URL(made.body.url).pathname).toBe(`/s/${house.slug}/book/bookings/${made.body.id}`);
    expect(await slots()).toEqual([`${DAY}T10:00:00+01:00`, `${DAY}T11:00:00+01:00`]);
    const at = made.headers.get("Location") as string;
    expect((await visitor("GET", at)).body).toEqual(made.body);
    const below = (verb: string) => at.replace("?", `/${verb}?`);
    const moved = await visitor("POST", below("reschedule"), { startTime: `${DAY}T11:00:00+01:00` });
    expect([moved.status, moved.body.startTime]).toEqual([200, `${DAY}T11:00:00+01:00`]);
    expect(await slots()).toEqual([`${DAY}T09:00:00+01:00`, `${DAY}T10:00:00+01:00`]);
    const cancelled = await visitor("POST", below("cancel"));
    expect([cancelled.status, cancelled.body.status]).toEqual([200, "cancelled"]);
    expect(await slots()).toHaveLength(3);
    expect((await visitor("POST", below("cancel"))).body.status).toBe("cancelled");
    expect((await visitor("POST", below("reschedule"), { startTime: `${DAY}T09:00:00+01:00` })).status).toBe(409);
  });

  it("one Idempotency-Key used twenty times at once is one booking, and all callers are given it", async () => {
    const key = crypto.randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => book({}, keyed(key))));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await house.bookings()).toHaveLength(1);
    const other = await book({ customer: { name: "Milo", email: "milo@example.com" } }, keyed(key));
    expect([other.status, other.body.error]).toEqual([422, "idempotency_key_reused"]);
    expect((await book({}, {})).status).toBe(422);
  });

  it("an Idempotency-Key is of one request as a whole, also once its booking was moved: nobody else is given that", async () => {
    const key = crypto.randomUUID();
    const { body } = await book({ note: "By the window" }, keyed(key));
    for (const other of [
      { startTime: `${DAY}T10:00:00+01:00` },
      { note: "Elsewhere" },
      { customer: { ...ADA, name: "B" } },
    ]) {
      expect([other, (await book(other, keyed(key))).status]).toEqual([other, 422]);
    }
    const moved = `/api/booking/bookings/${body.id}/reschedule?token=${body.token}`;
    expect((await visitor("POST", moved, { startTime: `${DAY}T11:00:00+01:00` })).status).toBe(200);
    const again = await book({ note: "By the window" }, keyed(key));
    expect([again.status, again.body.startTime]).toEqual([201, `${DAY}T11:00:00+01:00`]);
  });

  it("what is cancelled is neither moved nor said to be late", async () => {
    const { body } = await book();
    const at = (what: string) => `/api/booking/bookings/${body.id}/${what}?token=${body.token}`;
    await visitor("POST", at("cancel"));
    const moved = await visitor("POST", at("reschedule"), { startTime: `${DAY}T11:00:00+01:00` });
    expect([moved.status, moved.body.message]).toEqual([409, expect.stringContaining("is cancelled")]);
  });

  it("of twenty visitors who want one time, one has it", async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => book()));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
    expect(await house.bookings()).toHaveLength(1);
  });

  it("what is no booking is refused by its field", async () => {
    const wrong: [object, string][] = [
      [{ serviceId: "svc_nothing" }, "serviceId"],
      [{ startTime: `${DAY}T09:30:00+01:00` }, "startTime"],
      [{ startTime: "soon" }, "startTime"],
      [{ customer: { name: "Ada" } }, "customer.email"],
      [{ people: 2 }, "people"],
      [{ status: "confirmed" }, "status"],
      [{ price: 0 }, "price"],
    ];
    for (const [body, field] of wrong) {
      const answer = await book(body);
      expect([field, answer.status, Object.keys(answer.body.errors)]).toEqual([field, 422, [field]]);
    }
    expect(await house.bookings()).toEqual([]);
  });

  it("a booking is confirmed by what the mail says, and by nothing that an answer has said", async () => {
    await house.settle({ booking: { confirmByEmail: true } });
    const made = await book();
    expect(made.body).toMatchObject({ status: "pending", awaitsConfirmation: true });
    const confirm = (proof: string) =>
      visitor("POST", `/api/booking/bookings/${made.body.id}/confirm?token=${made.body.token}&confirm=${proof}`);
    expect((await confirm(made.body.token)).status).toBe(404);
    const proof = await mailedProof(env, "booking", { siteId: house.id, id: made.body.id });
    expect(JSON.stringify(made.body)).not.toContain(proof);
    expect((await confirm(proof)).body.status).toBe("confirmed");
    expect((await confirm(proof)).status).toBe(200);
  });

  it("a link opens one booking of one site", async () => {
    const made = await book();
    for (const token of ["x", `${made.body.token}x`]) {
      expect((await visitor("GET", `/api/booking/bookings/${made.body.id}?token=${token}`)).status).toBe(404);
    }
    expect((await visitor("GET", `/api/booking/bookings/bkg_x?token=${made.body.token}`)).status).toBe(404);
    expect((await visitor("GET", `/api/booking/bookings/${made.body.id}`)).status).toBe(422);
  });
});

describe("reservations without a key", () => {
  it("a table is reserved at a time that is shown free, and cancelled by its link", async () => {
    await house.table(2);
    const free = async () => {
      const { body } = await visitor("GET", `/api/reservation/tables?site=${house.slug}&date=${DAY}&partySize=2`);
      return body.items[0].timeSlots.find((it: { time: string }) => it.time === "19:00").available;
    };
    expect(await free()).toBe(true);
    const made = await reserve();
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      ...{ status: "confirmed", date: DAY, time: "19:00", partySize: 2, startTime: `${DAY}T19:00:00+01:00` },
      ...{ timeZone: "Europe/Amsterdam", canCancel: true, awaitsConfirmation: false },
    });
    expect(await free()).toBe(false);
    expect((await reserve()).status).toBe(409);
    const at = made.headers.get("Location") as string;
    expect((await visitor("GET", at)).body).toEqual(made.body);
    const moved = await visitor("POST", at.replace("?", "/reschedule?"), { time: "20:00" });
    expect([moved.status, moved.body.date, moved.body.time]).toEqual([200, DAY, "20:00"]);
    expect((await visitor("POST", at.replace("?", "/cancel?"))).body.status).toBe("cancelled");
    expect(await free()).toBe(true);
  });

  it("one Idempotency-Key used twenty times at once is one reservation", async () => {
    await house.table(2);
    await house.table(2);
    const key = crypto.randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => reserve({}, keyed(key))));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await house.reservations()).toHaveLength(1);
    for (const other of [{ time: "20:00" }, { customer: { ...ADA, name: "B" } }]) {
      expect([other, (await reserve(other, keyed(key))).status]).toEqual([other, 422]);
    }
  });

  it("is confirmed by what the mail says", async () => {
    await house.table(2);
    await house.settle({ reservation: { confirmByEmail: true } });
    const made = await reserve();
    expect(made.body).toMatchObject({ status: "pending", awaitsConfirmation: true });
    const proof = await mailedProof(env, "reservation", { siteId: house.id, id: made.body.id });
    const path = `/api/reservation/reservations/${made.body.id}/confirm?token=${made.body.token}&confirm=`;
    expect((await visitor("POST", path + made.body.token)).status).toBe(404);
    expect((await visitor("POST", path + proof)).body.status).toBe("confirmed");
  });

  it("is confirmed by its mail also when the owner asks for no more mails meanwhile", async () => {
    await house.table(2);
    await house.settle({ reservation: { confirmByEmail: true } });
    const { id, token } = (await reserve()).body;
    await house.settle({ reservation: { confirmByEmail: false } });
    const proof = await mailedProof(env, "reservation", { siteId: house.id, id });
    const confirmed = await visitor(
      "POST",
      `/api/reservation/reservations/${id}/confirm?token=${token}&confirm=${proof}`,
    );
    expect(confirmed.body.status).toBe("confirmed");
  });
});

describe("the bucket of bookings", () => {
  it("lets ten of 500 calls at once from one address through, and serves another address meanwhile", async () => {
    await house.table(2);
    const address = { "CF-Connecting-IP": freshAddress() };
    const flood = Array.from({ length: 500 }, (_, nth) =>
      nth % 2 === 0 ? book({}, { ...keyed(), ...address }) : reserve({}, { ...keyed(), ...address }),
    );
    const other = book({ startTime: `${DAY}T11:00:00+01:00` });
    const answers = await Promise.all(flood);
    const limited = answers.filter(({ status }) => status === 429);
    expect(limited).toHaveLength(490);
    expect(limited.every(({ headers }) => Number(headers.get("Retry-After")) >= 1)).toBe(true);
    expect((await other).status).toBe(201);
    expect((await house.bookings()).length).toBe(2);
  });
});
