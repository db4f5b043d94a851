import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../../support/client.ts";
import { measured } from "../../support/counting.ts";
import { TestClock } from "../../support/fixtures.ts";

const MANY = 100_000;
const HOUR = 3_600_000;
/** Of two hundred services, four bookings of each an hour apart every day: for years from here. */
const FIRST = Date.UTC(2026, 10, 23, 8);

const clock = new TestClock();
let at: TestSite;
let serviceId: string;

/** Appointments of one service and of others, thousands of them on the days that are asked for. */
async function insertBookings(from: number, to: number): Promise<void> {
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT CAST(?3 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < ?4)
     INSERT INTO bookings (id, workspace_id, environment, site_id, version, created_at, updated_at, service_id, status, date,
       start_time, end_time, start_at, end_at, busy_from, busy_until, customer, people, reschedules, source)
     SELECT printf('bkg_%026d', i), ?1, 'live', ?2, 1, 1, 1, iif(i % 200, 'svc_' || (i % 200), ?5), 'confirmed', '2026-11-23',
       '', '', ?6 + (i / 200) * ${6 * HOUR}, ?6 + (i / 200) * ${6 * HOUR} + ${HOUR}, ?6 + (i / 200) * ${6 * HOUR},
       ?6 + (i / 200) * ${6 * HOUR} + ${HOUR}, '{}', 1, 0, 'api' FROM n`,
  )
    .bind(at.workspace.id, at.siteId, from, to, serviceId, FIRST)
    .run();
}

beforeAll(async () => {
  at = await makeSite(clock);
  const hours = [{ days: ["monday", "tuesday", "wednesday", "thursday", "friday"], opens: "08:00", closes: "18:00" }];
  await at.api.patch(`/sites/${at.siteId}`, { settings: { booking: { hours } } });
  serviceId = (await at.site.create("/booking/services", { name: "Repair", durationMinutes: 60 })).id;
  for (let from = 1; from <= MANY; from += 10_000) await insertBookings(from, from + 9_999);
});

const costOf = (path: string) => measured("GET", `/v1/sites/${at.siteId}/booking/${path}`, { headers: at.api.headers });

describe(`slots among ${MANY} bookings`, () => {
  it(`a day's slots among ${MANY} bookings read what is booked around that day, and no more`, async () => {
    clock.advance(60_000);
    const { body, cost } = await costOf(`slots?serviceId=${serviceId}&date=2026-11-25`);
    // Every six hours one is taken: at eight, and at two.
    expect(body.data.filter((it: { available: boolean }) => !it.available)).toHaveLength(2);
    expect(cost.queries).toBeLessThanOrEqual(4);
    // Bookings of the day, and of the three days around it that could reach into it: four each.
    expect(cost.rowsRead).toBeLessThanOrEqual(7 * 4 + 10);
  });

  it(`sixty days among ${MANY} bookings read what is booked of the service in these days, at once`, async () => {
    clock.advance(60_000);
    const { body, cost } = await costOf(`slots/days?serviceId=${serviceId}&from=2026-11-23&to=2027-01-21`);
    expect(body.data).toHaveLength(60);
    expect(cost.queries).toBeLessThanOrEqual(4);
    expect(cost.rowsRead).toBeLessThanOrEqual(66 * 4 + 10);
  });
});
