import { beforeEach, describe, expect, it } from "vitest";
import { requireSlot } from "../../../src/content/booking/slots/slots.ts";
import { makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";

const DAY = "2026-11-24";
const WORKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"];

const clock = new TestClock();
let at: TestSite;

const settle = (settings: object) => at.api.patch(`/sites/${at.siteId}`, { settings });
const service = (more: object = {}) =>
  at.site.create("/booking/services", { name: "Repair", durationMinutes: 60, ...more });

interface Shown {
  startTime: string;
  endTime: string;
  available: boolean;
  staffId: string | null;
}

async function slots(serviceId: string, query = `date=${DAY}`): Promise<Shown[]> {
  const { status, body, text } = await at.site.get(`/booking/slots?serviceId=${serviceId}&${query}`);
  expect(status, text).toBe(200);
  return body.data;
}
const freeTimes = async (serviceId: string, query?: string): Promise<string[]> =>
  (await slots(serviceId, query)).filter(({ available }) => available).map(({ startTime }) => startTime);

beforeEach(async () => {
  at = await makeSite(clock);
  await settle({
    timezone: "Europe/Berlin",
    booking: { hours: [{ days: WORKDAYS, opens: "09:00", closes: "12:00" }] },
  });
});

describe("the slots of a day", () => {
  it("slots have a start and an end, by the website's clock, and say with whom they are", async () => {
    const { id } = await service();
    expect(await slots(id)).toEqual(
      ["09", "10", "11"].map((hour) => ({
        startTime: `${DAY}T${hour}:00:00+01:00`,
        endTime: `${DAY}T${Number(hour) + 1}:00:00+01:00`,
        ...{ available: true, staffId: null, capacity: 1, left: 1 },
      })),
    );
  });

  it("another time zone of the website holds at once", async () => {
    const { id } = await service();
    await settle({
      timezone: "Asia/Kathmandu",
      booking: { hours: [{ days: WORKDAYS, opens: "09:00", closes: "11:00" }] },
    });
    expect(await freeTimes(id)).toEqual([`${DAY}T09:00:00+05:45`, `${DAY}T10:00:00+05:45`]);
  });

  it("without hours of its own a website takes appointments while its business is open; without any it takes none", async () => {
    const { id } = await service();
    const openingHours = [{ days: ["tuesday"], opens: "14:00", closes: "16:00" }];
    await settle({ business: { openingHours } });
    expect(await freeTimes(id)).toEqual([`${DAY}T14:00:00+00:00`, `${DAY}T15:00:00+00:00`]);
    await settle({});
    expect(await slots(id)).toEqual([]);
  });

  it("hours past midnight belong to the day they begin on", async () => {
    const { id } = await service();
    await settle({ booking: { hours: [{ days: ["tuesday"], opens: "23:00", closes: "01:00" }] } });
    expect(await freeTimes(id)).toEqual([`${DAY}T23:00:00+00:00`]);
    expect(await freeTimes(id, "date=2026-11-25")).toEqual(["2026-11-25T00:00:00+00:00"]);
  });

  it("exceptions close a day for all, or for one", async () => {
    const [grace, ada] = [
      await at.site.create("/booking/staff", { name: "Grace" }),
      await at.site.create("/booking/staff", { name: "Ada" }),
    ];
    const { id } = await service({ staffIds: [grace.id, ada.id] });
    await at.site.create("/booking/exceptions", { startDate: DAY, staffId: grace.id });
    expect((await slots(id)).map(({ staffId }) => staffId)).toEqual([ada.id, ada.id, ada.id]);
    expect(await slots(id, `date=${DAY}&staffId=${grace.id}`)).toEqual([]);
    await at.site.create("/booking/exceptions", { startDate: "2026-11-20", endDate: "2026-11-30" });
    expect(await slots(id)).toEqual([]);
  });

  it("who is inactive is not booked, and a service that is not, neither", async () => {
    const grace = await at.site.create("/booking/staff", { name: "Grace", active: false });
    const { id } = await service({ staffIds: [grace.id] });
    expect(await slots(id)).toEqual([]);
    const named = await at.site.get(`/booking/slots?serviceId=${id}&date=${DAY}&staffId=${grace.id}`);
    expect([named.status, named.body.error.details.fields]).toEqual([400, { staffId: "cannot be booked" }]);
    await at.site.patch(`/booking/services/${id}`, { active: false });
    const refused = await at.site.get(`/booking/slots?serviceId=${id}&date=${DAY}`);
    expect([refused.status, Object.keys(refused.body.error.details.fields)]).toEqual([400, ["serviceId"]]);
  });

  it("what nobody knows is refused by its name", async () => {
    const { id } = await service();
    const refusals: Record<string, string> = {
      serviceId: `serviceId=svc_none&date=${DAY}`,
      date: `serviceId=${id}&date=2026-02-30`,
      staffId: `serviceId=${id}&date=${DAY}&staffId=stf_none`,
      branchId: `serviceId=${id}&date=${DAY}&branchId=main`,
      people: `serviceId=${id}&date=${DAY}&people=0`,
      limit: `serviceId=${id}&date=${DAY}&limit=5`,
    };
    for (const [field, query] of Object.entries(refusals)) {
      const { status, body } = await at.site.get(`/booking/slots?${query}`);
      expect([status, Object.keys(body.error.details.fields)], field).toEqual([400, [field]]);
    }
  });

  it("the ends of the calendar are days without slots", async () => {
    const { id } = await service();
    for (const date of ["0001-01-01", "9999-12-31"]) expect(await slots(id, `date=${date}`), date).toEqual([]);
    const { body } = await at.site.get(`/booking/slots/days?serviceId=${id}&from=9999-12-30&to=9999-12-31`);
    expect(body.data.map(({ available }: { available: boolean }) => available)).toEqual([false, false]);
  });
});

describe("days with free slots", () => {
  it("days are told apart by whether one of their slots is free", async () => {
    const { id } = await service();
    const { status, body } = await at.site.get(`/booking/slots/days?serviceId=${id}&from=2026-11-27&to=2026-11-30`);
    expect([status, body.data]).toEqual([
      200,
      [
        { date: "2026-11-27", available: true },
        { date: "2026-11-28", available: false },
        { date: "2026-11-29", available: false },
        { date: "2026-11-30", available: true },
      ],
    ]);
  });

  it("more than 62 days at once, and none, are refused", async () => {
    const { id } = await service();
    for (const to of ["2026-11-26", "2027-01-28", "9999-12-31"]) {
      const { status, body } = await at.site.get(`/booking/slots/days?serviceId=${id}&from=2026-11-27&to=${to}`);
      expect([status, Object.keys(body.error.details.fields)], to).toEqual([400, ["to"]]);
    }
    const most = await at.site.get(`/booking/slots/days?serviceId=${id}&from=2026-11-27&to=2027-01-27`);
    expect(most.body.data).toHaveLength(62);
  });
});

describe("a slot that is to be booked", () => {
  const required = (startAt: number, more: object = {}) =>
    requireSlot(at.workspace.context("live"), { siteId: at.siteId, serviceId, startAt, ...more });
  let serviceId: string;

  it("every slot that is shown free can be booked, and no other time", async () => {
    serviceId = (await service({ bufferAfterMinutes: 15, capacity: 2 })).id;
    for (const { startTime, endTime } of await slots(serviceId)) {
      const startAt = Date.parse(startTime);
      const endAt = Date.parse(endTime);
      expect(await required(startAt)).toMatchObject({ startAt, endAt, busyFrom: startAt, busyUntil: endAt + 900_000 });
      await expect(required(startAt + 60_000)).rejects.toThrow("startTime: is not a time");
      await expect(required(startAt, { people: 3 })).rejects.toThrow("people: must be at most 2");
    }
  });
});
