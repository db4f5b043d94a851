import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { measured } from "../../support/counting.ts";
import { TestClock } from "../../support/fixtures.ts";
import { ADA, DAY, makeRestaurant, type Restaurant } from "./world.ts";

const MANY = 100_000;
const TABLES = 10;
const clock = new TestClock();
let at: Restaurant;

/** Reservations one after the other at ten tables, from a month before the tests' clock on, for two years. */
beforeAll(async () => {
  at = await makeRestaurant(clock, { walkInBuffer: { unit: "tables", amount: 1 } });
  const tables: string[] = [];
  for (let nth = 0; nth < TABLES; nth += 1) tables.push(await at.table(2, { place: nth }));
  const CHUNK = 20_000;
  for (let from = 0; from < MANY; from += CHUNK) {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT CAST(?4 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < ?5)
        INSERT INTO table_reservations (id, workspace_id, environment, site_id, version, created_at, updated_at, table_id, status,
          date, time, start_at, end_at, busy_until, party_size, customer, walk_in, source)
        SELECT printf('resv_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i, 1760000000000 + i,
          json_extract(?3, '$[' || (i % 10) || ']'), 'confirmed', '2026-01-01', '12:00',
          1761000000000 + (i / 10) * 7200000, 1761000000000 + (i / 10) * 7200000 + 3600000,
          1761000000000 + (i / 10) * 7200000 + 3600000, 2, '{"name":"Ada","email":null,"phone":null}', 0, 'api' FROM n`,
    )
      .bind(at.workspace.id, at.siteId, JSON.stringify(tables), from, from + CHUNK - 1)
      .run();
  }
});

describe(`beside ${MANY} reservations`, () => {
  it("a day's tables are shown, and a table is reserved or refused, by reading little more than that day", async () => {
    const headers = at.api.headers;
    const site = `/v1/sites/${at.siteId}/reservation`;
    const shown = await measured("GET", `${site}/tables?date=${DAY}`, { headers });
    expect(shown.status).toBe(200);
    // Ten tables, twelve reservations a day at each: those of that day and of the one before it.
    expect(shown.cost.rowsRead).toBeLessThan(600);
    const body = { date: DAY, time: "19:00", partySize: 2, customer: ADA };
    const refused = await measured("POST", `${site}/reservations`, { headers, body });
    expect(refused.status).toBe(409);
    expect(refused.cost.rowsRead).toBeLessThan(1_000);
    const taken = await measured("POST", `${site}/reservations`, { headers, body: { ...body, date: "2027-01-15" } });
    expect([taken.status, taken.cost.rowsRead < 1_000]).toEqual([409, true]);
  });
});
