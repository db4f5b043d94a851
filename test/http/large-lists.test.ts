import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { type Answer, call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

/** The most that an answer may have. */
const MAX_BYTES = 5_000_000;
const COUNT = 14;
const clock = new TestClock();
let workspace: Workspace;
let headers: Record<string, string>;
let siteId: string;
const pages: string[] = [];
const posts: number[] = [];

/** Some 400 kB of it, half of which takes two bytes in JSON. */
const LONG = 'say "hi"\n'.repeat(3_000);
const BLOCKS = Array.from({ length: 13 }, () => ({ type: "paragraph", props: { text: LONG } }));

async function ask(path: string, sent?: unknown) {
  const answer = await call(sent === undefined ? "GET" : "POST", path, { headers, body: sent });
  expect(answer.status, answer.text.slice(0, 300)).toBeLessThan(300);
  expect(new TextEncoder().encode(answer.text).length).toBeLessThanOrEqual(MAX_BYTES);
  return answer.body;
}

beforeAll(async () => {
  workspace = await makeWorkspace(clock);
  headers = (await workspace.key()).headers;
  siteId = (await ask("/v1/sites", { name: "Long reads" })).data.id;
  for (let n = 0; n < COUNT; n += 1) {
    clock.advance(1_000);
    const page = { title: `Page ${n}`, slug: `page-${n}`, status: "published", blocks: BLOCKS };
    pages.push((await ask(`/v1/sites/${siteId}/pages`, page)).data.id);
    const post = { title: `Post ${n}`, slug: `post-${n}`, content: LONG.repeat(13), site_id: siteId };
    posts.push((await ask("/api/v1/posts", post)).data.id);
  }
});

/** The ids of all items of a list, by following what each answer says comes next; and how many answers it took. */
async function through(
  first: string,
  next: (body: Answer["body"]) => string | null,
  items: (body: Answer["body"]) => { id: unknown }[],
) {
  const found: unknown[] = [];
  let answers = 0;
  for (let at: string | null = first; at !== null; answers += 1) {
    const body: Answer["body"] = await ask(at);
    expect(items(body).length).toBeGreaterThan(0);
    found.push(...items(body).map(({ id }) => id));
    at = next(body);
  }
  return { found, answers };
}

const byLinks = ({ links }: Answer["body"]) => links.next?.replace("https://api.example.com", "") ?? null;
const flat =
  (path: string) =>
  ({ page, per_page, total }: Answer["body"]) =>
    page * per_page < total ? `${path}&page=${page + 1}&per_page=${per_page}` : null;
const dataOf = ({ data }: Answer["body"]) => data;
const itemsOf = ({ items }: Answer["body"]) => items;

describe("a list of large items", () => {
  it("a list of large items has fewer of them on /v1, and a cursor that leads through all", async () => {
    for (const order of ["createdAt", "title"]) {
      const path = `/v1/sites/${siteId}/pages?limit=100&orderBy=${order}&direction=asc`;
      const { found, answers } = await through(
        path,
        ({ pagination: { nextCursor } }) => nextCursor && `${path}&cursor=${nextCursor}`,
        dataOf,
      );
      expect(new Set(found)).toEqual(new Set(pages));
      expect([found.length, answers >= 2]).toEqual([COUNT, true]);
    }
  });

  it("a list of large items has fewer of them on /api/v1, as a page of fewer, and links that lead through all", async () => {
    for (const size of ["&per_page=100", "", "&per_page=13"]) {
      const { found, answers } = await through(`/api/v1/posts?sort=created_at${size}`, byLinks, dataOf);
      expect(found).toEqual(posts);
      expect(answers).toBeGreaterThanOrEqual(2);
    }
    const { meta } = await ask("/api/v1/posts?per_page=25&page=1");
    expect(meta.per_page).toBeLessThan(25);
    expect([meta.from, meta.to, meta.last_page]).toEqual([1, meta.per_page, Math.ceil(COUNT / meta.per_page)]);
  });

  it("a list of large items shows them as their own GET does", async () => {
    const [first] = (await ask("/api/v1/posts?per_page=25&sort=created_at")).data;
    expect(first).toEqual((await ask(`/api/v1/posts/${posts[0]}`)).data);
    const [page] = (await ask(`/v1/sites/${siteId}/pages?direction=asc`)).data;
    expect(page).toEqual((await ask(`/v1/sites/${siteId}/pages/${pages[0]}`)).data);
  });

  it("a list of large items that chooses small fields, or small pages, is as it was asked for", async () => {
    const { data, meta } = await ask("/api/v1/posts?per_page=5&page=2&sort=created_at");
    expect([data.length, meta.per_page, meta.current_page]).toEqual([5, 5, 2]);
  });

  it("a list of large items is bounded in the audit log", async () => {
    const { found } = await through("/api/v1/audit-log?per_page=100", byLinks, dataOf);
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBeGreaterThanOrEqual(2 * COUNT);
  });

  it("a list of large items is bounded in the event feed, which loses none", async () => {
    const { found, answers } = await through(
      "/api/v1/events?limit=100",
      ({ meta }) => (meta.has_more ? `/api/v1/events?limit=100&after=${meta.next_after}` : null),
      dataOf,
    );
    expect(new Set(found).size).toBe(found.length);
    expect(found.length).toBeGreaterThanOrEqual(2 * COUNT);
    expect(answers).toBeGreaterThanOrEqual(2);
  });

  it("a list of large items is bounded on /api, whose pages say how many they have", async () => {
    for (const [table, ids] of [
      ["pages", pages],
      ["blog_articles", posts],
    ] as const) {
      const path = `/api/backend/item?table=${table}&site=${siteId}&sort=created_at`;
      const { found, answers } = await through(`${path}&per_page=100`, flat(path), itemsOf);
      expect(new Set(found)).toEqual(new Set<unknown>(ids));
      expect([found.length, answers >= 2]).toEqual([COUNT, true]);
    }
  });

  it("a list of large items is bounded where it is published", async () => {
    await ask(`/v1/sites/${siteId}/publish`, {});
    const path = `/api/pages?site=${siteId}`;
    const { found } = await through(`${path}&per_page=100`, flat(path), itemsOf);
    expect(found).toEqual(pages);
  });

  it("a list of large items is bounded in what a tool answers", async () => {
    const list = { server: "optimocms", tool: "list_pages", arguments: { siteId, limit: 100 } };
    const { result } = await ask("/api/v1/mcp/tools/call", list);
    expect(JSON.stringify(result)).toContain("nextCursor");
  });
});

it("a usage report of many keys has as many whole days as fit, and says where the next one begins", async () => {
  const many = await makeWorkspace(clock);
  const key = await many.key({ name: '"'.repeat(100) });
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)
     INSERT INTO api_keys (id, family_id, workspace_id, environment, name, prefix, hash, scopes, access_type, is_active, version,
       created_at, updated_at)
     SELECT id - i * 4096, id - i * 4096, workspace_id, environment, name, prefix, hash || '-' || i, scopes, access_type, is_active, 1,
       created_at, updated_at FROM n, api_keys WHERE id = ?1`,
  )
    .bind(key.id)
    .run();
  await env.DB.prepare(
    `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 89)
     INSERT INTO key_usage (key_id, workspace_id, environment, day, shard, calls)
     SELECT id, workspace_id, environment, date('2026-08-01', '+' || i || ' days'), 0, 1 FROM n, api_keys
     WHERE workspace_id = ?1 AND id <> ?2`,
  )
    .bind(many.id, key.id)
    .run();
  const days = new Set<string>();
  let rows = 0;
  let calls = 0;
  let answers = 0;
  for (let from: string | null = "2026-08-01"; from !== null; answers += 1) {
    const answer = await call("GET", `/api/v1/usage?from=${from}&to=2026-10-30`, { headers: key.headers });
    expect(answer.status, answer.text.slice(0, 300)).toBe(200);
    expect(new TextEncoder().encode(answer.text).length).toBeLessThanOrEqual(MAX_BYTES);
    const { data, meta } = answer.body;
    for (const { day } of data) days.add(day);
    rows += data.length;
    calls += meta.total_calls;
    from = meta.next_from;
  }
  expect([rows, calls, days.size, answers]).toEqual([150 * 90, 150 * 90, 90, 2]);
});
