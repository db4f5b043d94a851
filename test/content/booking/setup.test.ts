import { beforeEach, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../../support/client.ts";
import { type Answer, TestClock } from "../../support/fixtures.ts";

const clock = new TestClock();
let at: TestSite;

const fieldsOf = ({ status, body }: Answer) => [status, body.error?.details.fields];

beforeEach(async () => {
  at = await makeSite(clock);
});

const service = (more: object = {}) =>
  at.site.create("/booking/services", { name: "Repair", durationMinutes: 60, ...more });
const somebody = (more: object = {}) => at.site.create("/booking/staff", { name: "Grace", ...more });

describe("services", () => {
  it("a service that says no more than its name and how long it takes can be booked", async () => {
    expect(await service()).toMatchObject({
      ...{ name: "Repair", durationMinutes: 60, bufferBeforeMinutes: 0, bufferAfterMinutes: 0, capacity: 1 },
      ...{ slotIntervalMinutes: null, noticeMinutes: 0, horizonDays: 90, staffIds: null, active: true, price: null },
    });
  });

  it("a service is done by who is of the site's staff", async () => {
    const elsewhere = await makeSite(clock);
    const stranger = await elsewhere.site.create("/booking/staff", { name: "Eve" });
    const grace = await somebody();
    for (const staffIds of [[stranger.id], [grace.id, stranger.id], ["stf_01KAGW6PSZ0000000000000000"]]) {
      const refused = await at.site.post("/booking/services", { name: "Repair", durationMinutes: 60, staffIds });
      expect(fieldsOf(refused)).toEqual([400, { staffIds: "names somebody who is not of this site's staff" }]);
    }
    expect((await service({ staffIds: [grace.id] })).staffIds).toEqual([grace.id]);
    const twice = { name: "Repair", durationMinutes: 60, staffIds: [grace.id, grace.id] };
    expect(fieldsOf(await at.site.post("/booking/services", twice))).toEqual([
      400,
      { staffIds: "names somebody twice" },
    ]);
  });

  it("who is named by a service is not deleted, until it names somebody else", async () => {
    const grace = await somebody();
    const { id } = await service({ staffIds: [grace.id] });
    const refused = await at.site.delete(`/booking/staff/${grace.id}`);
    expect([refused.status, Object.keys(refused.body.error.details.fields)]).toEqual([409, ["staffId"]]);
    expect((await at.site.patch(`/booking/services/${id}`, { staffIds: null })).status).toBe(200);
    expect((await at.site.delete(`/booking/staff/${grace.id}`)).status).toBe(204);
    // A version of the service in which they did it is not brought back.
    const restored = await at.site.post(`/booking/services/${id}/versions/1/restore`, {});
    expect(restored.status).toBe(400);
  });

  it("what is out of bounds is refused by its name", async () => {
    const body = {
      ...{ name: " ", durationMinutes: 1_441, bufferBeforeMinutes: -1, slotIntervalMinutes: 4, capacity: 0 },
      ...{ price: 1.5, horizonDays: 731, noticeMinutes: "1", staffIds: [], colour: "red" },
    };
    const refused = await at.site.post("/booking/services", body);
    expect(refused.status).toBe(400);
    expect(Object.keys(refused.body.error.details.fields).sort()).toEqual(Object.keys(body).sort());
  });

  it("services are listed in their order, those that can be booked by themselves", async () => {
    const [last, first] = [await service({ order: 2 }), await service({ order: 1 })];
    await service({ active: false });
    const { body } = await at.site.get("/booking/services?orderBy=order&direction=asc&active=true");
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual([first.id, last.id]);
  });
});

describe("exceptions", () => {
  it("an exception of one day needs no end, and closes it when it says nothing of hours", async () => {
    const made = await at.site.create("/booking/exceptions", { startDate: "2026-12-24" });
    expect(made).toMatchObject({ startDate: "2026-12-24", endDate: "2026-12-24", hours: [], staffId: null });
  });

  it("days that are none, end before they begin or last for years are refused", async () => {
    const refusals = {
      "2026-02-30": { startDate: "2026-02-30" },
      backwards: { startDate: "2026-12-24", endDate: "2026-12-23" },
      years: { startDate: "2026-12-24", endDate: "2027-12-25" },
      hours: { startDate: "2026-12-24", hours: [{ opens: "25:00", closes: "10:00" }] },
      days: { startDate: "2026-12-24", hours: [{ days: ["monday"], opens: "09:00", closes: "10:00" }] },
      staff: { startDate: "2026-12-24", staffId: "stf_01KAGW6PSZ0000000000000000" },
    };
    for (const [name, body] of Object.entries(refusals))
      expect((await at.site.post("/booking/exceptions", body)).status, name).toBe(400);
    expect((await at.site.get("/booking/exceptions")).body.data).toEqual([]);
    expect((await at.site.post("/booking/exceptions", { startDate: "2026-12-24", endDate: "2027-12-24" })).status).toBe(
      201,
    );
  });

  it("somebody's exceptions go with them", async () => {
    const grace = await somebody();
    await at.site.create("/booking/exceptions", { startDate: "2026-12-24" });
    await at.site.create("/booking/exceptions", { startDate: "2026-12-27", staffId: grace.id });
    expect((await at.site.get(`/booking/exceptions?staffId=${grace.id}`)).body.pagination.total).toBe(1);
    await at.site.delete(`/booking/staff/${grace.id}`);
    const { body } = await at.site.get("/booking/exceptions");
    expect([body.data.length, body.pagination.total]).toEqual([1, 1]);
  });
});

describe("opening hours", () => {
  it("hours of settings and staff are named by what is wrong with them", async () => {
    const hours = [{ days: ["monday", "monday"], opens: "9:00", closes: "24:00", note: "x" }];
    const settings = await at.api.patch(`/sites/${at.siteId}`, { settings: { booking: { hours } } });
    const names = ["closes", "days", "note", "opens"];
    expect(Object.keys(settings.body.error.details.fields).sort()).toEqual(
      names.map((name) => `settings.booking.hours.0.${name}`),
    );
    const staff = await at.site.post("/booking/staff", { name: "Grace", hours });
    expect(Object.keys(staff.body.error.details.fields).sort()).toEqual(names.map((name) => `hours.0.${name}`));
  });
});
