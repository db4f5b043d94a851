import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { app } from "../../src/app.ts";
import { makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { countingDatabase, type Rows } from "./support/databases.ts";

const clock = new TestClock();
const KEYS = 10_200;
const SLACK = 10;

/**
 * Like the key with this id, which nobody knows the value of; in both environments, with values that sort apart. They are
 * switched off: no tier has room for so many that are not.
 */
const COPY = `
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
INSERT INTO api_keys (id, workspace_id, environment, name, prefix, hash, scopes, access_type, is_active, version,
  created_at, updated_at)
SELECT id - i * 4096, workspace_id, iif(i % 5 = 0, 'sandbox', 'live'), 'Key ' || i, prefix, hash || '-' || i, scopes,
  access_type, 0, 1, created_at - i, updated_at - i
FROM n, api_keys WHERE id = ?1`;

interface Tenant {
  workspace: Workspace;
  live: Record<string, string>;
  sandbox: Record<string, string>;
}

async function tenantWith(keys: number): Promise<Tenant> {
  const workspace = await makeWorkspace(clock);
  const live = await workspace.key();
  const sandbox = await workspace.key({ environment: "sandbox" });
  await env.DB.prepare(COPY).bind(live.id, keys).run();
  return { workspace, live: live.headers, sandbox: sandbox.headers };
}

/** The answer's body and the rows D1 read and wrote for it, what came after the answer included. */
async function measure(method: string, path: string, as: Record<string, string>, body?: unknown) {
  const headers = { ...as, "Content-Type": "application/json" };
  const rows: Rows = { read: 0, written: 0 };
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const request = new Request(`https://api.example.com/api/v1/api-keys${path}`, init);
  const ctx = createExecutionContext();
  const response = await app.fetch(request, { ...env, DB: countingDatabase(env.DB, rows) }, ctx);
  await waitOnExecutionContext(ctx);
  const text = await response.text();
  expect(response.status, text).toBeLessThan(300);
  return { rows, body: text ? JSON.parse(text) : null };
}

/** One after the other the things a workspace does with its keys; their costs by name. */
async function costsOf({ live, sandbox }: Tenant): Promise<Record<string, Rows>> {
  const costs: Record<string, Rows> = {};
  const take = async (name: string, ...call: Parameters<typeof measure>) => {
    const { rows, body } = await measure(...call);
    costs[name] = rows;
    return body?.data;
  };
  await take("list", "GET", "?per_page=10", live);
  await take("list, second page", "GET", "?per_page=5&page=2", live);
  await take("list as a sandbox key", "GET", "?per_page=2", sandbox);
  const made = await take("create", "POST", "", live, { name: "New" });
  await take("get", "GET", `/${made.id}`, live);
  await take("update", "PATCH", `/${made.id}`, live, { name: "Renamed" });
  const rotated = await take("rotate", "POST", `/${made.id}/rotate`, live, { grace_period_hours: 1 });
  await take("revoke", "DELETE", `/${rotated.id}`, live);
  return costs;
}

describe("a workspace with more than 10,000 keys", () => {
  let few: Record<string, Rows>;
  let many: Record<string, Rows>;
  let large: Tenant;

  beforeAll(async () => {
    const small = await tenantWith(10);
    large = await tenantWith(KEYS);
    // The first call of a key looks it up; that is not what is measured.
    for (const { live, sandbox } of [small, large]) for (const as of [live, sandbox]) await measure("GET", "", as);
    few = await costsOf(small);
    many = await costsOf(large);
  });

  it("a workspace with more than 10,000 keys pays for list, get, create, change, rotate and revoke what one with 10 pays, in rows read and written", () => {
    for (const [name, { read, written }] of Object.entries(many)) {
      expect(read, `${name} reads`).toBeLessThanOrEqual((few[name]?.read ?? 0) + SLACK);
      expect(written, `${name} writes`).toBeLessThanOrEqual((few[name]?.written ?? 0) + SLACK);
    }
    expect(Object.keys(many)).toHaveLength(8);
  });

  it("a workspace with more than 10,000 keys shows its exact total, and its last page is as reachable as the first", async () => {
    const first = (await measure("GET", "?per_page=100", large.live)).body;
    // The copies, the two keys made beforehand, and one that was made and has been rotated; its heir is revoked.
    const total = KEYS + 3;
    expect(first.meta).toMatchObject({ total, last_page: 103 });
    const last = first.links.last.replace("https://api.example.com/api/v1/api-keys", "");
    expect((await measure("GET", last, large.live)).body.meta).toMatchObject({ current_page: 103, to: total });
  });
});
