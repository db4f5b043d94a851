import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { Ctx } from "../../src/core/work/context.ts";
import { KeySchema } from "../../src/platform/api-keys/contract.ts";
import { createKey } from "../../src/platform/api-keys/service/create.ts";
import { createPost } from "../../src/platform/posts/service.ts";
import { DeliverySchema, WebhookSchema } from "../../src/platform/webhooks/contract.ts";
import { submitReport } from "../../src/platform/seo/service.ts";
import { addUser } from "../../src/platform/users/service.ts";
import { createEndpoint } from "../../src/webhooks/service/write.ts";
import { type Answer, call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";
import { type Item, type ListCall, type ListModel, queryOf, randomCall, selected } from "./support/list-model.ts";
import { Random } from "./support/random.ts";

const CALLS_PER_LIST = 1_000;
const SIDE_BY_SIDE = 20;
const HOUR = 3_600_000;

const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;
/** The endpoint whose deliveries are listed. */
let webhook: number;
const moments: string[] = [];

const stamp = ["created_at", "updated_at"];
const none = { includes: [], statuses: [], statusOf: (item: Item) => item.status, changedAt: "updated_at" };
const POSTS: ListModel = {
  ...none,
  path: "/posts",
  sorts: ["created_at", "title", "published_at", "updated_at"],
  fields: "id title slug excerpt content status tags site_id author_id locale version published_at"
    .split(" ")
    .concat(stamp),
  includes: ["author", "site"],
  statuses: ["draft", "published", "archived"],
  searched: ["title", "content"],
};
const KEYS: ListModel = {
  ...none,
  path: "/api-keys",
  sorts: ["created_at", "name", "expires_at", "last_used_at", "updated_at"],
  fields: Object.keys(KeySchema.shape),
  includes: ["sites"],
  statuses: ["active", "inactive", "expired", "rotated"],
  searched: ["name", "prefix"],
};
const LISTS: ListModel[] = [
  POSTS,
  KEYS,
  {
    ...none,
    path: "/workspaces",
    sorts: ["created_at", "name", "slug", "updated_at"],
    fields: ["id", "name", "slug", "tier", "settings", "version", ...stamp],
    includes: ["owner"],
    searched: ["name", "slug"],
  },
  {
    ...none,
    path: "/users",
    sorts: ["created_at", "name", "email", "role", "updated_at"],
    fields: ["id", "name", "email", "role", ...stamp],
    statuses: ["owner", "admin", "member"],
    statusOf: ({ role }) => role,
    searched: ["name", "email"],
  },
  {
    ...none,
    path: "/audit-log",
    sorts: ["created_at", "action", "actor"],
    fields: "id actor action target_type target_id before after ip request_id created_at".split(" "),
    searched: ["action", "target_id", "actor", "request_id"],
    changedAt: "created_at",
  },
  {
    ...none,
    path: "/seo/issues/{workspace}",
    sorts: ["created_at", "severity", "url", "issue_type"],
    fields: ["id", "url", "issue_type", "severity", "details", "created_at"],
    statuses: ["info", "warning", "error"],
    statusOf: ({ severity }) => severity,
    searched: ["url", "issue_type"],
    changedAt: "created_at",
  },
  {
    ...none,
    path: "/webhooks",
    sorts: ["created_at", "updated_at", "last_delivery_at"],
    fields: Object.keys(WebhookSchema.shape),
    includes: ["site"],
    statuses: ["active", "inactive"],
    statusOf: ({ is_active }) => (is_active ? "active" : "inactive"),
    searched: ["url", "description"],
  },
  {
    ...none,
    path: "/webhooks/{webhook}/deliveries",
    sorts: ["created_at"],
    fields: Object.keys(DeliverySchema.shape),
    statuses: ["pending", "success", "failed", "retrying"],
    searched: ["event_id", "event_type"],
    changedAt: "last_attempt_at",
  },
];

beforeAll(async () => {
  // The caller's key is another workspace's, so that no key of the list changes while it is read.
  const home = await makeWorkspace(clock);
  workspace = await makeWorkspace(clock);
  const move = "UPDATE workspaces SET account_id = (SELECT account_id FROM workspaces WHERE id = ?) WHERE id = ?";
  await env.DB.prepare(move).bind(home.id, workspace.id).run();
  headers = { ...(await home.key({ accountAccess: true })).headers, "X-Workspace-ID": String(workspace.id) };
  ({ id: webhook } = await ok("POST", "/webhooks", { url: "https://example.com/", events: ["post.created"] }));
  for (let round = 0; round < 6; round += 1) {
    moments.push(new Date(clock.time).toISOString(), new Date(clock.time + 1_000).toISOString());
    await fill(round);
    clock.advance(HOUR);
  }
  moments.push("2020-01-01", "2099-12-31T23:59:59+02:00", "2026-11-20");
});

const TITLES = ["Alpha", "beta", "100 % sure", "under_score", "back\\slash", "O'Hara", "Ünï"];

/** A few of everything, all at one moment, with values that tie and values that LIKE takes for patterns. */
async function fill(round: number): Promise<void> {
  const ctx = workspace.context();
  const authors = ["owner", "admin", "member"].map((role, n) =>
    addUser({
      ctx,
      input: { name: TITLES[(n + round) % 7] as string, email: `u${round}${n}@example.com`, role } as never,
    }),
  );
  await ctx.unit.commit();
  for (let n = 0; n < 9; n += 1) await fillOne(workspace.context(), round, n, authors[n % 4]?.id ?? null);
  const rotating = await workspace.key({ name: `rotated ${round}` });
  await ok("POST", `/api-keys/${rotating.id}/rotate`, { grace_period_hours: 1 });
  await ok("POST", "/workspaces", { name: `Space ${TITLES[round]}`, tier: "free" });
  await useWebhooks();
}

/** Gives this round's endpoints and deliveries pasts of every kind. */
async function useWebhooks(): Promise<void> {
  const run = (sql: string) => env.DB.prepare(sql).bind(clock.time, webhook).run();
  const ofEndpoint = "CAST(substr(url, -1) AS INTEGER)";
  await run(`UPDATE webhook_endpoints SET is_active = ${ofEndpoint} % 4 <> 1, updated_at = ?1 + ${ofEndpoint} % 3 * 1000,
    last_delivery_at = iif(${ofEndpoint} % 3 = 0, ?1, NULL) WHERE created_at = ?1 AND id <> ?2`);
  const ofDelivery = "(event_seq / 2) % 4";
  const attempt = `json_object('number', 1, 'at', ?1 + event_seq % 3 * 1000, 'status', 500, 'durationMs', 5,
    'response', NULL, 'error', 'Answered 500.')`;
  await run(`UPDATE webhook_deliveries SET attempt = ${ofDelivery},
    status = CASE ${ofDelivery} WHEN 0 THEN 'pending' WHEN 1 THEN 'retrying' WHEN 2 THEN 'success' ELSE 'failed' END,
    attempts = iif(${ofDelivery} = 0, '[]', json_array(${attempt})),
    delivered_at = iif(${ofDelivery} = 2, ?1, NULL), next_attempt_at = iif(${ofDelivery} < 2, ?1, NULL)
    WHERE created_at = ?1 AND endpoint_id = ?2`);
  await run(`UPDATE webhook_endpoints SET settled_count = (SELECT count(*) FROM webhook_deliveries
    WHERE endpoint_id = ?2 AND next_attempt_at IS NULL) WHERE id = ?2 AND ?1 > 0`);
}

/** What the list filters deliveries by without showing it. */
async function addLastAttempts(all: Item[]): Promise<void> {
  const { results } = await env.DB.prepare(
    `SELECT event_seq AS id, coalesce(json_extract(attempts, '$[0].at'), created_at) AS at FROM webhook_deliveries
      WHERE endpoint_id = ?`,
  )
    .bind(webhook)
    .all<{ id: number; at: number }>();
  const times = new Map(results.map(({ id, at }) => [id, new Date(at).toISOString()]));
  for (const item of all) item.last_attempt_at = times.get(item.id);
}

async function fillOne(ctx: Ctx, round: number, n: number, author_id: number | null): Promise<void> {
  const title = TITLES[n % 7] as string;
  const status = (["draft", "published", "archived"] as const)[n % 3] as "draft";
  await createPost({ ctx, input: { title, content: n % 2 ? "alpha text" : "", status, author_id } });
  const expiresAt = n % 3 === 0 ? ctx.now + (round + 1) * HOUR : null;
  await createKey({ ctx, input: { name: title, isActive: n % 4 !== 1, expiresAt } });
  const severity = (["info", "warning", "error"] as const)[n % 3] as "info";
  const url = `https://example.com/${round}/${n}`;
  await submitReport({ ctx, input: { url, scores: {}, issues: [{ type: title, severity, element: "img" }] } });
  const description = n % 2 ? title : null;
  await createEndpoint({ ctx, input: { url, events: ["webhook.disabled"], description, siteId: null } });
  await ctx.unit.commit();
}

async function ok(method: string, path: string, body: unknown) {
  const answer = await call(method, `/api/v1${path}`, { headers, body });
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body.data;
}

const pathOf = ({ path }: ListModel): string =>
  `/api/v1${path.replace("{workspace}", String(workspace.id)).replace("{webhook}", String(webhook))}`;
const get = (path: string): Promise<Answer> => call("GET", path, { headers });
const local = (link: string): string => link.replace("https://api.example.com", "");

/** Every item, found by following `next`. */
async function walk(path: string): Promise<Item[]> {
  const items: Item[] = [];
  for (let next: string | null = path; next !== null; ) {
    const answer: Answer = await get(next);
    items.push(...answer.body.data);
    next = answer.body.links.next && local(answer.body.links.next);
  }
  return items;
}

/** What is wrong with an answer, given all items there are; links to follow go into `links`. */
function problems(list: ListModel, all: Item[], wanted: ListCall, answer: Answer, links: [string, number][]): string[] {
  if (answer.status !== 200) return [`status ${answer.status}`];
  const found: string[] = [];
  const { page, perPage, fields, include } = wanted;
  const matching = selected(list, all, wanted);
  const expected = matching.slice((page - 1) * perPage, page * perPage);
  const names = [...(fields ?? list.fields), ...include];
  const shown = (item: Item) => JSON.stringify((fields ?? list.fields).map((name) => [name, item[name]]).sort());
  if (JSON.stringify(answer.body.data.map(shown)) !== JSON.stringify(expected.map(shown))) found.push("other items");
  for (const item of answer.body.data as Item[])
    if (Object.keys(item).sort().join() !== [...names].sort().join()) found.push(`fields ${Object.keys(item)}`);
  const last = Math.max(1, Math.ceil(matching.length / perPage));
  const from = expected.length > 0 ? (page - 1) * perPage + 1 : null;
  const meta = { current_page: page, from, last_page: last, per_page: perPage };
  const to = from === null ? null : from + expected.length - 1;
  if (JSON.stringify(answer.body.meta) !== JSON.stringify({ ...meta, to, total: matching.length })) found.push("meta");
  const { first, prev, next, last: lastLink } = answer.body.links;
  if ((next === null) !== page >= last || (prev === null) !== (page === 1)) found.push("links");
  links.push([first, 1], [lastLink, last]);
  if (next) links.push([next, page + 1]);
  if (prev) links.push([prev, Math.min(page - 1, last)]);
  return found;
}

describe.each(LISTS)("the list $path", (list) => {
  let all: Item[];
  beforeAll(async () => {
    all = await walk(`${pathOf(list)}?per_page=100`);
    if (list.changedAt === "last_attempt_at") await addLastAttempts(all);
  });

  it(`the list ${list.path} is visited once and whole by following next, whatever the page size`, async () => {
    expect(all.length).toBeGreaterThan(6);
    expect(new Set(all.map((item) => item.id)).size).toBe(all.length);
    for (const perPage of [1, 7]) {
      const path = `${pathOf(list)}?per_page=${perPage}&sort=${list.sorts.at(-1)}`;
      const ids = (await walk(path)).map((item) => item.id);
      expect([...ids].sort()).toEqual(all.map((item) => item.id).sort());
      if (all.length > 100) break;
    }
  });

  it(`the list ${list.path} answers ${CALLS_PER_LIST} random calls exactly as a model of the list does`, async () => {
    const random = new Random(list.path.length * 7_919);
    const wrong: string[] = [];
    for (let done = 0; done < CALLS_PER_LIST; done += SIDE_BY_SIDE) {
      const batch = Array.from({ length: SIDE_BY_SIDE }, async () => {
        const wanted = randomCall(random, list, moments);
        const path = `${pathOf(list)}?${queryOf(wanted)}`;
        const links: [string, number][] = [];
        wrong.push(...problems(list, all, wanted, await get(path), links).map((it) => `${path}: ${it}`));
        if (!random.chance(0.05)) return;
        for (const [link, page] of links) {
          const other: ListCall = { ...wanted, page };
          wrong.push(...problems(list, all, other, await get(local(link)), []).map((it) => `${link}: ${it}`));
        }
      });
      await Promise.all(batch);
    }
    expect(wrong.slice(0, 10)).toEqual([]);
  });

  it(`the list ${list.path} refuses what it does not know by naming what it does`, async () => {
    const allowed = (names: string[]) => (names.length > 0 ? `use ${names.join(", ")}` : "there are none");
    for (const [parameter, names] of [
      ["sort", list.sorts],
      ["fields", list.fields],
      ["include", list.includes],
    ] as const) {
      for (const junk of ["colour", "hash", "__proto__", "", "ID", "-"]) {
        const answer = await get(`${pathOf(list)}?${parameter}=${junk}`);
        expect(answer.status, `${parameter}=${junk}`).toBe(422);
        const [message] = answer.body.errors[parameter];
        for (const name of names) expect(message).toContain(name);
        expect(message).toContain(parameter === "sort" ? "use " : allowed(names));
      }
    }
    for (const junk of [
      "page=0",
      "page=-1",
      "page=x",
      "per_page=0",
      "per_page=101",
      "created_after=soon",
      "page=1&page=2",
    ]) {
      const answer = await get(`${pathOf(list)}?${junk}`);
      expect([answer.status, Object.keys(answer.body.errors)], junk).toEqual([422, [junk.split("=")[0]]]);
    }
    const unknown = await get(`${pathOf(list)}?colour=blue`);
    expect([unknown.status, Object.keys(unknown.body.errors)]).toEqual([422, ["colour"]]);
  });
});
