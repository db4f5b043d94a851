import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { keyObjectName } from "../../src/core/access/key-authority.ts";
import { MAX_SHARDS } from "../../src/core/limits/shards.ts";
import { schedulerOf } from "../../src/core/work/scheduler.ts";
import { runScheduled } from "../../src/scheduled.ts";
import { addUser } from "../../src/platform/users/service.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { DOT, formOf } from "../support/pictures.ts";
import { failingDatabase } from "./support/databases.ts";
import { dump, tablesOf } from "./support/tables.ts";

const clock = new TestClock();
const MARK = "marker-of-the-doomed";
let survivor: Workspace;
let headers: Record<string, string>;

beforeAll(async () => {
  survivor = await makeWorkspace(clock, "enterprise");
  headers = (await survivor.key({ accountAccess: true })).headers;
  await fill(headers, "survivor");
});

const send = async (as: Record<string, string>, method: string, path: string, body?: unknown) => {
  const answer = await call(method, path, { headers: as, ...(body !== undefined && { body }) });
  expect(answer.status, `${method} ${path} ${answer.text}`).toBeLessThan(300);
  return answer.body?.data;
};

/** Puts something of every kind into a workspace. */
async function fill(as: Record<string, string>, mark: string): Promise<void> {
  const url = `https://example.com/${mark}`;
  const webhook = await send(as, "POST", "/api/v1/webhooks", { url, events: ["*"], description: mark });
  const site = await send(as, "POST", "/v1/sites", { name: mark });
  for (const title of ["One", "Two"])
    await send(as, "POST", `/v1/sites/${site.id}/pages`, { title: `${mark} ${title}` });
  await send(as, "POST", `/v1/sites/${site.id}/publish`);
  await send(as, "POST", `/v1/sites/${site.id}/preview`, { label: mark });
  const { url: picture } = await send(as, "POST", `/v1/sites/${site.id}/media`, formOf(DOT));
  await send(as, "POST", `/v1/sites/${site.id}/pages`, { title: `${mark} Three`, seo: { ogImage: picture } });
  const announced = { filename: "later.png", contentType: "image/png", size: 1_000 };
  await send(as, "POST", `/v1/sites/${site.id}/media/upload-url`, announced);
  const idempotent = { ...as, "Idempotency-Key": mark };
  for (const title of ["A", "B", "C"]) await send(as, "POST", "/api/v1/posts", { title: `${mark} ${title}` });
  await send(idempotent, "POST", "/api/v1/posts", { title: `${mark} D` });
  await send(as, "POST", "/api/v1/entitlements/usage", { feature: "exports", quantity: 3 });
  const issues = [{ type: mark, severity: "warning" }];
  await send(as, "POST", "/api/v1/seo/report", { url, issues });
  const rotating = await send(as, "POST", "/api/v1/api-keys", { name: mark });
  const fresh = await send(as, "POST", `/api/v1/api-keys/${rotating.id}/rotate`, {});
  await send(as, "DELETE", `/api/v1/api-keys/${fresh.id}`);
  await send(as, "POST", `/v1/sites/${site.id}/webhooks`, { url, events: ["page.*"] });
  await send(as, "POST", `/api/v1/webhooks/${webhook.id}/replay`, { from: "2026-01-15T00:00:00Z" });
}

interface Doomed {
  id: number;
  /** Its live and its sandbox key. */
  keys: Record<string, string>[];
  /** Whatever names it or something of its. */
  traces: string[];
}

/** A workspace of the survivor's account, full of things in both environments, whose keys are in use. */
async function makeDoomed(): Promise<Doomed> {
  const { id, slug } = await send(headers, "POST", "/api/v1/workspaces", { name: MARK, tier: "enterprise" });
  const inside = { ...headers, "X-Workspace-ID": String(id) };
  const keys: Record<string, string>[] = [];
  for (const environment of ["live", "sandbox"]) {
    const body = { name: MARK, scopes: ["*"], environment };
    const { key } = await send(inside, "POST", "/api/v1/api-keys", body);
    keys.push({ "X-Api-Key": key });
    await fill({ "X-Api-Key": key }, `${MARK}-${environment}`);
  }
  const ctx = survivor.context();
  ctx.caller.workspaceId = id;
  addUser({ ctx, input: { name: MARK, email: `${MARK}@example.com`, role: "owner" } });
  await ctx.unit.commit();
  const ids = async (table: string) =>
    (await env.DB.prepare(`SELECT id FROM ${table} WHERE workspace_id = ?`).bind(id).all<{ id: unknown }>()).results;
  const tables = ["api_keys", "sites", "pages", "webhook_endpoints", "webhook_replays"];
  const owned = (await Promise.all(tables.map(ids))).flat();
  return { id, keys, traces: [MARK, slug, ...owned.map((row) => String(row.id))] };
}

const remove = (id: number) => call("DELETE", `/api/v1/workspaces/${id}`, { headers });
const progress = async (id: number) => (await call("GET", `/api/v1/workspaces/${id}/deletion`, { headers })).body.data;

/** The cron's minutes, each with only so many deletions before the database fails it; `null` never fails. */
async function runCron(minutes: number, deletions: number | null): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    let left = deletions ?? Number.POSITIVE_INFINITY;
    const isOver = (sql: string) => /^delete from/i.test(sql) && --left < 0;
    const DB = failingDatabase(env.DB, isOver, "Network connection lost.");
    clock.advance(60_000);
    await runScheduled({ ...env, DB, LOG_LEVEL: "silent" }, clock.time);
  }
}

/** What is not the deleted workspace's, table by table; when keys were last used, and leases taken, is written at times of its own. */
async function othersRows(id: number): Promise<string> {
  const all = JSON.parse(await dump(env.DB)) as [string, Record<string, unknown>[]][];
  const endpoints = all.find(([table]) => table === "webhook_endpoints")?.[1] ?? [];
  const theirs = new Set(endpoints.flatMap((row) => (row.workspace_id === id ? [row.id] : [])));
  const owned = all.filter(([table, [row]]) => table !== "key_usage" && (row?.workspace_id ?? row?.endpoint_id));
  const passing = ["last_used_at", "last_used_ip", "lease_until"];
  const lasting = (row: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !passing.includes(name)));
  const isOthers = (row: Record<string, unknown>) => row.workspace_id !== id && !theirs.has(row.endpoint_id);
  const others = owned.map(([table, rows]) => [table, rows.filter(isOthers).map(lasting)]);
  return JSON.stringify(others.filter(([, rows]) => rows?.length !== 0));
}

/** The objects of a workspace, by what they are. */
function objectsOf(id: number, keyIds: number[]): Record<string, DurableObjectStub> {
  const environments = ["live", "sandbox"].map((environment) => `${id}:${environment}`);
  const shards = Array.from({ length: MAX_SHARDS }, (_, shard) => shard);
  return Object.fromEntries([
    ...keyIds.flatMap((keyId) =>
      shards.map((shard) => [`key ${keyId} ${shard}`, env.KEY_OBJECT.getByName(keyObjectName(keyId, shard))]),
    ),
    ...environments.map((name) => [`ledger ${name}`, env.LEDGER_OBJECT.getByName(name)]),
    ...environments.map((name) => [`scheduler ${name}`, env.SCHEDULER_OBJECT.getByName(name)]),
  ]);
}

/** What an object has in storage: values, tables and its alarm. */
const contentsOf = ([name, stub]: [string, DurableObjectStub]): Promise<[string, string][]> =>
  runInDurableObject(stub, async (_, { storage }) => {
    const tables = storage.sql
      .exec("SELECT name FROM sqlite_master WHERE name NOT LIKE '\\_cf\\_%' ESCAPE '\\'")
      .toArray();
    const alarm = await storage.getAlarm();
    const values = [...storage.kv.list()].map(([key]) => key);
    const all = [...values, ...tables.map((table) => String(table.name)), ...(alarm === null ? [] : ["alarm"])];
    return all.map((what): [string, string] => [name, what]);
  });

describe("deleting a workspace", () => {
  it("deleting a workspace stops its keys with the same call, live and sandbox, and no others", async () => {
    const { id, keys } = await makeDoomed();
    for (const key of keys) expect((await call("GET", "/v1/me", { headers: key })).status).toBe(200);
    expect((await remove(id)).status).toBe(204);
    for (const key of keys) expect((await call("GET", "/v1/me", { headers: key })).status).toBe(401);
    expect((await call("GET", "/v1/me", { headers })).status).toBe(200);
    expect((await call("GET", `/api/v1/workspaces/${id}`, { headers })).status).toBe(404);
    expect((await remove(id)).status).toBe(404);
  });

  it("deleting a workspace leaves nothing of it anywhere but its tombstone and the audit entries of others, and touches nobody else", async () => {
    await runCron(3, null);
    const { id, traces } = await makeDoomed();
    await remove(id);
    const before = await othersRows(id);
    const waiting = await progress(id);
    expect(waiting).toMatchObject({ workspace_id: id, status: "running", deleted_rows: 0, completed_at: null });
    await runCron(2, null);
    expect(await progress(id)).toMatchObject({
      status: "completed",
      deleted_rows: waiting.remaining_rows,
      remaining_rows: 0,
      completed_at: new Date(clock.time).toISOString().replace(".000Z", "Z"),
    });
    expect(await othersRows(id)).toBe(before);
    const left = JSON.parse(await dump(env.DB)) as [string, Record<string, unknown>[]][];
    for (const [table, rows] of left) {
      // Other workspaces' own entries tell who made and deleted it.
      if (table === "audit_log" || table === "events") expect(rows.some((row) => row.workspace_id === id)).toBe(false);
      else if (table === "workspaces") {
        const tombstone = rows.find((row) => row.id === id);
        expect(tombstone).toMatchObject({ name: "(deleted)", slug: `deleted:${id}`, settings: "{}" });
      } else for (const trace of [String(id), ...traces]) expect(JSON.stringify(rows), table).not.toContain(trace);
    }
    const { keys } = await env.KEY_INDEX.list();
    const hashes = await env.DB.prepare("SELECT hash FROM api_keys").all<{ hash: string }>();
    const living = new Set(hashes.results.map(({ hash }) => hash));
    expect(keys.filter(({ name }) => !living.has(name))).toEqual([]);
  });

  it("deleting a workspace leaves nothing of it in any object, in the buckets or in the key index", async () => {
    const { id, keys } = await makeDoomed();
    const rows = async (query: string) =>
      (await env.DB.prepare(query).bind(id).all<{ id: number | string; hash: string }>()).results;
    const known = await rows("SELECT id, hash FROM api_keys WHERE workspace_id = ?");
    const objects = objectsOf(
      id,
      known.map((row) => Number(row.id)),
    );
    const shown = (await send(keys[0] ?? {}, "POST", "/v1/sites", { name: MARK })).id;
    await send(keys[0] ?? {}, "POST", `/v1/sites/${shown}/pages`, { title: MARK, status: "published" });
    await send(keys[0] ?? {}, "POST", `/v1/sites/${shown}/publish`);
    const sites = await rows("SELECT id, '' AS hash FROM sites WHERE workspace_id = ?");
    await schedulerOf(env, id, "live").wakeAt(clock.time + 3_600_000);
    for (const key of keys) await call("GET", "/v1/usage", { headers: key });
    const held = async () => (await Promise.all(Object.entries(objects).map(contentsOf))).flat();
    const before = (await held()).map(([name]) => name);
    expect(new Set(before.map((name) => name.split(" ")[0]))).toEqual(new Set(["key", "ledger", "scheduler"]));
    const published = async () => {
      const buckets = [env.PUBLISHED, env.MEDIA];
      const found = await Promise.all(
        sites.flatMap((site) => buckets.map((bucket) => bucket.list({ prefix: `sites/${site.id}/` }))),
      );
      return found.flatMap(({ objects: files }) => files.map(({ key }) => key));
    };
    expect(await published()).not.toEqual([]);
    await remove(id);
    await runCron(3, null);
    expect((await progress(id)).status).toBe("completed");
    expect(await held()).toEqual([]);
    expect(await published()).toEqual([]);
    for (const { hash } of known) expect(await env.KEY_INDEX.get(hash)).toBeNull();
    // Looked at again by whoever has kept a key, it stays as empty.
    for (const key of keys) expect((await call("GET", "/v1/me", { headers: key })).status).toBe(401);
    expect(await held()).toEqual([]);
  });

  it("deleting a workspace goes on where it stopped when the database fails in between, and its progress only grows", async () => {
    const { id } = await makeDoomed();
    await remove(id);
    const total = (await progress(id)).remaining_rows;
    const seen: { deleted_rows: number; remaining_rows: number; status: string }[] = [];
    for (let minute = 0; minute < 60; minute += 1) {
      await runCron(1, 3 + (minute % 9) * 4);
      seen.push(await progress(id));
      if (seen.at(-1)?.status === "completed") break;
    }
    for (const { deleted_rows, remaining_rows } of seen) expect(deleted_rows + remaining_rows).toBe(total);
    const deleted = seen.map((it) => it.deleted_rows);
    expect(deleted).toEqual([...deleted].sort((a, b) => a - b));
    expect(seen.at(-1)).toMatchObject({ status: "completed", deleted_rows: total, remaining_rows: 0 });
    expect(seen.length).toBeGreaterThan(2);
  });

  it("deleting a workspace sweeps up what calls under way wrote after the first run", async () => {
    const { id } = await makeDoomed();
    await remove(id);
    await runCron(1, null);
    expect((await progress(id)).status).toBe("running");
    const late = "INSERT INTO custom_usage VALUES (?, 'live', 'late', '2026-11', 1)";
    await env.DB.prepare(late).bind(id).run();
    await runCron(2, null);
    expect((await progress(id)).status).toBe("completed");
    const rows = await env.DB.prepare("SELECT * FROM custom_usage WHERE workspace_id = ?").bind(id).all();
    expect(rows.results).toEqual([]);
  });

  it("deleting a workspace knows every table that belongs to a workspace, a site, a key or a webhook endpoint", async () => {
    const { id } = await makeDoomed();
    await remove(id);
    const known = new Set<string>();
    const watch = (sql: string) => {
      // What each table still has is asked first; nothing is deleted where there is nothing.
      for (const [, table] of sql.matchAll(/EXISTS \(SELECT 1 FROM "?(\w+)/g)) known.add(table as string);
      return false;
    };
    clock.advance(180_000);
    await runScheduled({ ...env, DB: failingDatabase(env.DB, watch, "") }, clock.time);
    for (const table of await tablesOf(env.DB)) {
      const { results } = await env.DB.prepare(`SELECT name FROM pragma_table_info('${table}')`).all<{
        name: string;
      }>();
      const belongs = results.some(({ name }) => ["workspace_id", "site_id", "key_id", "endpoint_id"].includes(name));
      if (belongs) expect([...known], table).toContain(table);
    }
  });

  it("deleting a workspace shows its progress to the account only", async () => {
    const { id } = await makeDoomed();
    await remove(id);
    const stranger = await (await makeWorkspace(clock)).key();
    const path = `/api/v1/workspaces/${id}/deletion`;
    expect((await call("GET", path, { headers: stranger.headers })).status).toBe(404);
    expect((await call("GET", `/api/v1/workspaces/${survivor.id}/deletion`, { headers })).status).toBe(404);
  });
});
