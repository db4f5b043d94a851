import { runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { schedulerOf } from "../../src/core/work/scheduler.ts";
import { runScheduled } from "../../src/scheduled.ts";
import { purgeWebhooks } from "../../src/webhooks/service/purge.ts";
import { countingDatabase, type Rows } from "../platform/support/databases.ts";
import { TestClock } from "../support/fixtures.ts";
import { emptyStorage } from "../support/storage.ts";
import { countOf } from "./support/world.ts";

const clock = new TestClock();
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Endpoints, and deliveries of each: more than twice what one run drops. */
const [ENDPOINTS, EACH] = [150, 300];
const MANY = ENDPOINTS * EACH;

const numbers = (name: string, count: number) =>
  `${name}(${name}) AS (SELECT 1 UNION ALL SELECT ${name} + 1 FROM ${name} WHERE ${name} < ${count})`;
const run = (sql: string) => env.DB.prepare(sql).bind(clock.time).run();

/** Endpoints, each with as many deliveries that are done with. */
async function fillDeliveries(deletedAt: string): Promise<void> {
  await run(`WITH RECURSIVE ${numbers("n", ENDPOINTS)} INSERT INTO webhook_endpoints (id, workspace_id, environment, url,
      events, is_active, secret, actor, access_type, settled_count, version, created_at, updated_at, deleted_at)
    SELECT n, 1, 'live', 'https://example.com/', '["page.*"]', 1, '', 'key:1', 'admin', ${EACH}, 1, ?1, ?1, ${deletedAt} FROM n`);
  await run(`WITH RECURSIVE ${numbers("n", EACH)} INSERT INTO webhook_deliveries
    SELECT id, n, 'evt_' || n, 'page.published', 'success', 1, 1, '[]', NULL, 200, ?1, NULL, ?1 FROM webhook_endpoints, n`);
}

/** An event that is still kept: all before it are gone. */
const keepOne = () =>
  run(`INSERT INTO events (seq, id, workspace_id, environment, type, data, created_at)
    VALUES (900000, 'evt_kept', 1, 'live', 'post.created', '{}', ?1)`);

/** Much of everything that is not kept for ever, and the table it is in. */
const KINDS: Record<string, { table: string; fill(): Promise<unknown> }> = {
  "deliveries of events that are no longer kept": {
    table: "webhook_deliveries",
    fill: async () => {
      await fillDeliveries("NULL");
      await keepOne();
    },
  },
  "deliveries when no event is kept any more": { table: "webhook_deliveries", fill: () => fillDeliveries("NULL") },
  "deliveries of endpoints that were deleted": { table: "webhook_deliveries", fill: () => fillDeliveries("?1") },
  "events older than 30 days": {
    table: "events WHERE id <> 'evt_kept'",
    fill: async () => {
      await run(`WITH RECURSIVE ${numbers("n", MANY)} INSERT INTO events (id, workspace_id, environment, type, data, created_at)
        SELECT 'evt_' || n, 1, 'live', 'post.created', '{}', ?1 - ${30 * DAY} FROM n`);
      await keepOne();
    },
  },
  "answers kept for repeated calls": {
    table: "idempotency_records",
    fill: () =>
      run(`WITH RECURSIVE ${numbers("n", MANY)} INSERT INTO idempotency_records
        SELECT 1, 'key-' || n, '', 200, '{}', '', ?1 FROM n`),
  },
};

const scheduler = () => schedulerOf(env, 0, "live");

beforeEach(async () => {
  await emptyStorage();
  clock.time = Math.ceil(clock.time / HOUR) * HOUR;
});

describe.each(Object.entries(KINDS))("retention of %s", (what, { table, fill }) => {
  it(`retention of ${what} goes on by itself until all ${MANY} rows are gone, a bounded number at a time`, async () => {
    await fill();
    expect(await countOf(table)).toBe(MANY);
    await runScheduled(env, clock.time);
    const left = await countOf(table);
    expect(left).toBeLessThan(MANY);
    expect(left).toBeGreaterThan(0);
    while (await runDurableObjectAlarm(scheduler())) expect(await countOf(table)).toBeLessThan(left);
    expect(await countOf(table)).toBe(0);
    expect(await countOf("webhook_endpoints WHERE settled_count > 0 AND deleted_at IS NULL")).toBe(0);
    expect(await countOf("webhook_endpoints WHERE deleted_at IS NOT NULL")).toBe(0);
  });
});

describe("the cost of retention", () => {
  it("the cost of retention is one written row for each delivery and a few for each endpoint, whatever there is besides", async () => {
    await fillDeliveries("NULL");
    await keepOne();
    const rows: Rows = { read: 0, written: 0 };
    for (let isMore = true; isMore; ) isMore = await purgeWebhooks(counted(rows), clock.time);
    expect(await countOf("webhook_deliveries")).toBe(0);
    expect(rows.written).toBeLessThanOrEqual(MANY + 2 * ENDPOINTS);
    expect(rows.read).toBeLessThanOrEqual(9 * MANY);
    const idle: Rows = { read: 0, written: 0 };
    expect(await purgeWebhooks(counted(idle), clock.time)).toBe(false);
    expect(idle.written).toBe(0);
    expect(idle.read).toBeLessThanOrEqual(4 * ENDPOINTS);
  });
});

const counted = (rows: Rows) => ({ ...env, DB: countingDatabase(env.DB, rows) });
