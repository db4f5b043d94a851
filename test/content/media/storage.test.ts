import { env } from "cloudflare:workers";
import { beforeAll, expect, it } from "vitest";
import { collectMedia } from "../../../src/content/media/service/collect.ts";
import { planOf } from "../../../src/core/limits/plans.ts";
import { Client } from "../../support/client.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../../support/fixtures.ts";
import { DOT, formOf } from "../../support/pictures.ts";

const clock = new TestClock();
const LIMIT = planOf("pro").features.storage as number;
let workspace: Workspace;
let api: Client;
let siteId: string;

beforeAll(async () => {
  workspace = await makeWorkspace(clock, "pro");
  api = new Client(clock, (await workspace.key()).headers);
  siteId = (await api.create("/sites", { name: "Blue Door Bakery" })).id;
});

/** Fills the plan's storage but for so many bytes, as a row of a file that has no bytes. */
async function fillUpTo(left: number): Promise<void> {
  await env.DB.prepare("DELETE FROM media WHERE site_id = ?").bind(siteId).run();
  await env.DB.prepare("DELETE FROM media_uploads WHERE site_id = ?").bind(siteId).run();
  await env.DB.prepare(
    `INSERT INTO media (id, workspace_id, environment, site_id, version, created_at, updated_at, filename, url, type,
      content_type, size, alt) VALUES ('med_full', ?, 'live', ?, 1, 0, 0, 'full', '', 'video', 'video/mp4', ?, '')`,
  )
    .bind(workspace.id, siteId, LIMIT - left)
    .run();
}

async function storage(): Promise<{ used: number; limit: number; unit: string }> {
  const { body } = await call("GET", "/api/v1/entitlements/summary", { headers: api.headers });
  return body.data.entitlements.storage;
}

const statuses = async (calls: Promise<{ status: number }>[]): Promise<Record<string, number>> => {
  const answers = await Promise.all(calls);
  return Object.fromEntries([...Map.groupBy(answers, ({ status }) => status)].map(([it, list]) => [it, list.length]));
};

it("fifty uploads at once at the edge of the plan's storage: those that fit, and not one more", async () => {
  await fillUpTo(7 * DOT.size + 3);
  const upload = () => api.send("POST", `/sites/${siteId}/media`, { body: formOf(DOT) });
  expect(await statuses(Array.from({ length: 50 }, upload))).toEqual({ 201: 7, 403: 43 });
  expect(await storage()).toMatchObject({ used: LIMIT - 3, limit: LIMIT, unit: "bytes" });
});

it("fifty signed addresses at once at the edge keep room for those that fit, whether or not their files come", async () => {
  await fillUpTo(1_000);
  const ask = () =>
    api.post(`/sites/${siteId}/media/upload-url`, { filename: "a.png", contentType: "image/png", size: 300 });
  expect(await statuses(Array.from({ length: 50 }, ask))).toEqual({ 200: 3, 403: 47 });
  expect((await storage()).used).toBe(LIMIT - 100);
});

it("a full plan says so, and which feature it is", async () => {
  await fillUpTo(0);
  const answer = await api.send("POST", `/sites/${siteId}/media`, { body: formOf(DOT) });
  expect([answer.status, answer.body.error.details]).toEqual([
    403,
    expect.objectContaining({ feature: "storage", limitReached: LIMIT }),
  ]);
});

it("what is deleted counts no longer, is not served any more, and leaves the bucket", async () => {
  await fillUpTo(10_000);
  const made = (await api.send("POST", `/sites/${siteId}/media`, { body: formOf(DOT) })).body.data;
  const before = (await storage()).used;
  expect((await api.delete(`/sites/${siteId}/media/${made.id}`)).status).toBe(204);
  expect((await storage()).used).toBe(before - DOT.size);
  await collectMedia(env, clock.time);
  expect((await env.MEDIA.list({ prefix: `sites/${siteId}/${made.id}/` })).objects).toEqual([]);
});
