import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { slicesOf } from "../../../src/core/events/slices.ts";
import { emitted } from "../../../src/core/events/audience.ts";
import { databaseOf } from "../../../src/core/storage/database.ts";
import { events } from "../../../src/core/storage/tables.ts";
import { callWith } from "../../support/counting.ts";
import { clock } from "../support/clock.ts";
import { copies, countOf, makeWorld, rowsOf } from "../support/world.ts";

/** The most rows that one statement of ours may write or answer, whatever is published to however many. */
const ROWS_OF_A_STATEMENT = 25;

/** Bindings whose database tells of each statement that makes deliveries how many rows it wrote and answered. */
function measured() {
  const made: { written: number; answered: number }[] = [];
  const fanOuts = new WeakSet<D1PreparedStatement>();
  const prepare = (sql: string) => {
    const mark = (statement: D1PreparedStatement): D1PreparedStatement => {
      if (/^insert into "?webhook_deliveries/i.test(sql)) fanOuts.add(statement);
      const bind = statement.bind.bind(statement);
      return Object.assign(statement, { bind: (...values: unknown[]) => mark(bind(...values)) });
    };
    return mark(env.DB.prepare(sql));
  };
  const batch = async (statements: D1PreparedStatement[]) => {
    const results = await env.DB.batch(statements);
    for (const [at, { meta, results: answered }] of results.entries()) {
      if (!fanOuts.has(statements[at] as D1PreparedStatement)) continue;
      made.push({ written: meta.changes, answered: answered.length });
    }
    return results;
  };
  const DB = new Proxy(env.DB, {
    get(target, name) {
      if (name === "prepare") return prepare;
      if (name === "batch") return batch;
      const member = Reflect.get(target, name);
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
  return { made, DB };
}

describe("a publish of many pages", () => {
  it("a publish of many pages hands each page to each endpoint once, by statements that are bounded", async () => {
    const [PAGES, ENDPOINTS] = [45, 40];
    const world = await makeWorld(clock);
    const siteId = await world.site();
    for (let n = 0; n < PAGES; n += 1) {
      await world.content.create(`/sites/${siteId}/pages`, { title: `Page ${n}`, status: "published" });
    }
    const hook = await world.hook({ events: ["page.published"] });
    await copies(hook, Array(ENDPOINTS - 1).fill(hook.url));
    const { made, DB } = measured();
    const init = { headers: world.headers, body: {} };
    const published = await callWith({ DB }, "POST", `/v1/sites/${siteId}/publish`, init);
    expect(published.status, published.text).toBeLessThan(300);

    const perPage = await rowsOf<{ n: number; endpoints: number }>(
      `SELECT count(*) AS n, count(DISTINCT d.endpoint_id) AS endpoints FROM webhook_deliveries d
       JOIN events e ON e.id = d.event_id WHERE e.workspace_id = ? AND e.type = 'page.published' GROUP BY e.seq`,
      world.workspace.id,
    );
    expect(perPage).toEqual(Array.from({ length: PAGES }, () => ({ n: ENDPOINTS, endpoints: ENDPOINTS })));
    expect(made.length).toBeGreaterThan(2);
    for (const { written, answered } of made) {
      expect(written).toBeLessThanOrEqual(ROWS_OF_A_STATEMENT * ENDPOINTS);
      expect(answered).toBeLessThanOrEqual(ENDPOINTS);
    }
  });
});

describe("slices of what a statement inserted", () => {
  it("slices of what a statement inserted cover each event once, the last one alone first, whatever number was expected", async () => {
    const db = databaseOf(env, 0);
    const { workspace } = await makeWorld(clock);
    await rowsOf(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)
       INSERT INTO events (id, workspace_id, environment, type, data, created_at)
       SELECT 'evt_slices_' || i, ?, 'live', 'post.created', '{}', 0 FROM n`,
      workspace.id,
    );
    const total = await countOf("events");
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 2 * total }), async (atMost) => {
        const slices = slicesOf(atMost);
        expect(slices.length).toBeLessThanOrEqual(402);
        const found = [];
        for (const slice of slices) found.push(await db.select({ seq: emitted.seq }).from(emitted).where(slice));
        expect(found[0]).toHaveLength(1);
        const all = found.flat().map(({ seq }) => seq);
        expect(all).toHaveLength(new Set(all).size);
        expect(all).toHaveLength(await db.$count(events));
      }),
      { numRuns: 60 },
    );
  });
});
