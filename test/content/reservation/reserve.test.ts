import { beforeEach, describe, expect, it } from "vitest";
import { START, TestClock } from "../../support/fixtures.ts";
import { ADA, DAY, makeRestaurant, type Restaurant } from "./world.ts";

const clock = new TestClock();
let at: Restaurant;

beforeEach(async () => {
  clock.time = START;
  at = await makeRestaurant(clock);
});

describe("a reservation", () => {
  it("gets the smallest table that is large enough and free, the first of those that are equally small", async () => {
    const six = await at.table(6);
    const second = await at.table(2, { place: 2 });
    const first = await at.table(2, { place: 1 });
    const four = await at.table(4);
    const got = [];
    for (let nth = 0; nth < 4; nth += 1) got.push((await at.reserved()).tableId);
    expect(got).toEqual([first, second, four, six]);
    expect((await at.reserve()).status).toBe(409);
    expect((await at.reserved({ time: "21:00" })).tableId).toBe(first);
  });

  it("is of a time of the day by the website's clock, for as long as such a party has its table", async () => {
    await at.settle({ durationMinutes: 90, durations: [{ partySize: 5, minutes: 150 }] });
    await at.table(6);
    const two = await at.reserved({ time: "12:00" });
    expect(two).toMatchObject({
      date: DAY,
      time: "12:00",
      status: "confirmed",
      partySize: 2,
      customer: { ...ADA, phone: null },
    });
    expect([two.startAt, two.endAt]).toEqual(["2026-12-04T11:00:00.000Z", "2026-12-04T12:30:00.000Z"]);
    const five = await at.reserved({ time: "19:00", partySize: 5 });
    expect([five.startAt, five.endAt]).toEqual(["2026-12-04T18:00:00.000Z", "2026-12-04T20:30:00.000Z"]);
  });

  it("takes the start of a time slot as it was given", async () => {
    await at.table(2);
    const { body } = await at.site.get(`/reservation/tables?date=${DAY}`);
    const slot = body.data[0].timeSlots[3];
    expect(slot).toEqual({
      time: "13:30",
      startTime: "2026-12-04T13:30:00+01:00",
      endTime: "2026-12-04T15:30:00+01:00",
      available: true,
    });
    expect(await at.reserved({ time: slot.startTime })).toMatchObject({ date: DAY, time: "13:30" });
  });

  it.each([
    ["a time between two that can be reserved", { time: "19:10" }, "time"],
    ["a time after the last one", { time: "22:30" }, "time"],
    ["a moment of another day", { time: "2026-12-05T19:00:00+01:00" }, "time"],
    ["a day that is past", { date: "2026-11-19" }, "time"],
    ["a day beyond the horizon", { date: "2027-03-01" }, "date"],
    ["a party that no table holds", { partySize: 5 }, "partySize"],
    ["a table that there is not", { tableId: "tbl_none" }, "tableId"],
    ["nobody's address", { customer: { name: "Ada" } }, "customer.email"],
    ["a day that there is not", { date: "2026-02-30" }, "date"],
    ["a field that there is not", { seats: 2 }, "seats"],
  ])("is refused by name for %s", async (_, asked, field) => {
    await at.table(4);
    const { status, body } = await at.reserve(asked);
    expect({ status, fields: Object.keys(body.error.details.fields) }).toEqual({ status: 400, fields: [field] });
  });

  it("is not taken online for a party larger than the settings allow, nor sooner than they want to know of it", async () => {
    await at.settle({ maxPartySize: 3, noticeMinutes: 60 });
    await at.table(4);
    expect((await at.reserve({ partySize: 4 })).status).toBe(400);
    expect(await at.free("19:00", 4)).toEqual([]);
    clock.time = Date.UTC(2026, 11, 4, 17, 1);
    expect((await at.reserve({ time: "19:00" })).status).toBe(400);
    expect(await at.free("19:00")).toEqual([]);
    expect((await at.reserve({ time: "19:30" })).status).toBe(201);
  });

  it("is for the table that was asked for, or none", async () => {
    const [two, four] = [await at.table(2), await at.table(4)];
    expect((await at.reserved({ tableId: four })).tableId).toBe(four);
    expect((await at.reserve({ tableId: four })).status).toBe(409);
    expect((await at.reserve({ tableId: two, partySize: 3 })).status).toBe(400);
    await at.site.patch(`/reservation/tables/${two}`, { active: false });
    expect((await at.reserve({ tableId: two })).status).toBe(400);
  });

  it("waits for its owner where the settings say so, and is cancelled when nobody has confirmed it by its time", async () => {
    await at.settle({ autoConfirm: false });
    const table = await at.table(2);
    const { id, status, heldUntil, startAt } = await at.reserved();
    expect([status, heldUntil]).toEqual(["pending", startAt]);
    expect(await at.free("19:00")).toEqual([]);
    clock.time = Date.parse(startAt);
    expect((await at.site.get(`/reservation/reservations/${id}`)).body.data.status).toBe("cancelled");
    expect((await at.reserved({ walkIn: true, tableId: table, time: "19:00" })).status).toBe("seated");
  });
});

describe("a move", () => {
  it("frees the old time and takes the new one, at the smallest table again", async () => {
    const [two, four] = [await at.table(2), await at.table(4)];
    const { id } = await at.reserved();
    const moved = (await at.change(id, { partySize: 3 })).body.data;
    expect([moved.tableId, moved.partySize]).toEqual([four, 3]);
    expect(await at.free("19:00")).toEqual([two]);
    expect((await at.change(id, { time: "12:00", partySize: 2 })).body.data).toMatchObject({
      tableId: two,
      time: "12:00",
    });
    expect(await at.free("19:00")).toEqual([two, four]);
    expect(await at.free("12:00")).toEqual([four]);
    expect(await at.free("13:30")).toEqual([four]);
    expect(await at.free("14:00")).toEqual([two, four]);
  });

  it("by less than its length is not in its own way", async () => {
    await at.table(2);
    const { id } = await at.reserved();
    expect((await at.change(id, { time: "19:30" })).body.data).toMatchObject({ time: "19:30" });
  });

  it("to a time when no table is free is refused and changes nothing", async () => {
    await at.table(2);
    await at.reserved({ time: "12:00" });
    const { id } = await at.reserved();
    expect((await at.change(id, { time: "13:00" })).status).toBe(409);
    expect((await at.site.get(`/reservation/reservations/${id}`)).body.data).toMatchObject({
      time: "19:00",
      version: 1,
    });
    expect(await at.free("19:00")).toEqual([]);
  });
});

describe("where a reservation stands", () => {
  it("goes from confirmed to seated and completed; its table is free then", async () => {
    const table = await at.table(2);
    const { id, startAt } = await at.reserved();
    clock.time = Date.parse(startAt) - 60_000;
    expect((await at.change(id, { status: "seated" })).body.data.status).toBe("seated");
    expect(await at.free("19:00")).toEqual([]);
    clock.time += 60_000;
    expect((await at.change(id, { status: "completed" })).body.data.status).toBe("completed");
    expect((await at.reserve({ walkIn: true, time: "19:00" })).body.data.tableId).toBe(table);
    for (const status of ["pending", "confirmed", "seated", "cancelled", "no_show"]) {
      expect((await at.change(id, { status })).status).toBe(409);
    }
    expect((await at.change(id, { time: "12:00" })).status).toBe(409);
    expect((await at.change(id, { note: "Left an umbrella" })).status).toBe(200);
  });

  it("a cancelled one frees its table at once and does not come back", async () => {
    const table = await at.table(2);
    const { id } = await at.reserved();
    expect((await at.change(id, { status: "cancelled" })).status).toBe(200);
    expect(await at.free("19:00")).toEqual([table]);
    expect((await at.change(id, { status: "confirmed" })).status).toBe(409);
  });
});

describe("a table", () => {
  it("stays while somebody has reserved it, and as large as the party is", async () => {
    const table = await at.table(4);
    const { id } = await at.reserved({ partySize: 3 });
    const path = `/reservation/tables/${table}`;
    expect((await at.site.delete(path)).status).toBe(409);
    expect((await at.site.patch(path, { capacity: 2 })).status).toBe(409);
    expect((await at.site.patch(path, { capacity: 3 })).status).toBe(200);
    await at.change(id, { status: "cancelled" });
    expect((await at.site.delete(path)).status).toBe(204);
  });

  it("is given only to parties it is meant for, and shown free to those", async () => {
    const table = await at.table(8, { minParty: 5 });
    expect(await at.free("19:00", 4)).toEqual([]);
    expect((await at.reserve({ partySize: 4 })).status).toBe(409);
    expect(await at.free("19:00", 5)).toEqual([table]);
    expect((await at.reserve({ partySize: 5 })).status).toBe(201);
  });

  it("is shown with its location, branch and area, and by them alone", async () => {
    const terrace = await at.table(2, { area: "Terrace", locationId: "canal", branchId: "west" });
    await at.table(4);
    const { body } = await at.site.get(`/reservation/tables?date=${DAY}&locationId=canal&branchId=west`);
    expect(body.data).toMatchObject([{ id: terrace, capacity: 2, area: "Terrace", available: true }]);
    expect((await at.site.get(`/reservation/tables?date=${DAY}&locationId=canal&branchId=east`)).body.data).toEqual([]);
    expect((await at.site.get("/reservation/tables")).status).toBe(400);
    expect((await at.site.get("/reservation/tables/all")).body.pagination.total).toBe(2);
  });
});
