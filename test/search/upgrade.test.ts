import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { foldRows } from "../../src/core/storage/fold-rows.ts";
import { Client, makeSite, type TestSite } from "../support/client.ts";
import { TestClock } from "../support/fixtures.ts";

/** More than are folded in one run. */
const MANY = 450;
const TABLES = [
  "pages",
  "posts",
  "products",
  "sites",
  "users",
  "webhook_endpoints",
  "workspaces",
  "api_keys",
  "seo_issues",
];

const clock = new TestClock();
let at: TestSite;
let platform: Client;

/** As a migration does. */
async function begin(): Promise<void> {
  const add = env.DB.prepare("INSERT OR REPLACE INTO foldings (table_name, after_row) VALUES (?, 0)");
  await env.DB.batch(TABLES.map((table) => add.bind(table)));
}

async function foldAll(): Promise<number> {
  for (let runs = 0; ; runs += 1) {
    const left = await env.DB.prepare("SELECT count(*) AS n FROM foldings").first<{ n: number }>();
    if (left?.n === 0) return runs;
    await foldRows(env);
  }
}

/** A row as the product before left it: nothing folded, the words of a page as they were written. */
const forget = (table: string, id: string | number) =>
  env.DB.prepare(`UPDATE ${table} SET folded = NULL WHERE id = ?`).bind(id).run();

const found = async (client: Client, path: string, search: string): Promise<unknown[]> =>
  (await client.get(`${path}search=${encodeURIComponent(search)}`)).body.data.map((it: { id: unknown }) => it.id);

beforeAll(async () => {
  at = await makeSite(clock);
  platform = new Client(clock, at.api.headers, "/api/v1");
});
beforeEach(begin);

describe("rows from before texts were folded", () => {
  it("rows from before texts were folded are found as they were until they are folded, and then in every script", async () => {
    const page = await at.site.create("/pages", {
      title: "Ärztehaus",
      blocks: [{ type: "T", props: { t: "在上海东边" } }],
    });
    await env.DB.prepare("UPDATE pages SET search_text = 'Ärztehaus 在上海东边 open' WHERE id = ?").bind(page.id).run();
    const post = await platform.create("/posts", { title: "Žižkov PLAIN", content: "<p>Crème</p>" });
    await forget("pages", page.id);
    await forget("posts", post.id);
    expect(await found(at.site, "/pages?", "open")).toEqual([page.id]);
    expect(await found(platform, "/posts?", "plain")).toEqual([post.id]);
    await foldAll();
    for (const search of ["ARZTEHAUS", "上海"]) expect(await found(at.site, "/pages?", search)).toEqual([page.id]);
    for (const search of ["žižkov", "ZIZKOV plain", "creme"])
      expect(await found(platform, "/posts?", search)).toEqual([post.id]);
    expect(await found(at.site, "/pages?", "open")).toEqual([]);
    expect((await at.site.get(`/pages/${page.id}`)).body.data.version).toBe(1);
  });

  it("rows from before texts were folded are sorted among the others before and after", async () => {
    const own = await makeSite(clock);
    const ids = [];
    for (const title of ["b", "A", "c"]) ids.push((await own.site.create("/pages", { title })).id);
    await forget("pages", ids[1]);
    const titles = async () =>
      (await own.site.get("/pages?orderBy=title&direction=asc")).body.data.map((it: { title: string }) => it.title);
    expect(await titles()).toEqual(["A", "b", "c"]);
    await foldAll();
    expect(await titles()).toEqual(["A", "b", "c"]);
  });

  it("rows from before texts were folded are folded whatever their number, a few hundred a run, and then no more", async () => {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2) INSERT INTO seo_issues
        (id, workspace_id, environment, report_id, url, issue_type, severity, details, created_at)
        SELECT i, ?1, 'live', 1, 'https://example.com/', 'Überschrift', 'info', '{}', i FROM n`,
    )
      .bind(at.workspace.id, MANY)
      .run();
    expect(await foldAll()).toBeGreaterThan(1);
    const { body } = await platform.get(`/seo/issues/${at.workspace.id}?search=uberschrift`);
    expect(body.meta.total).toBe(MANY);
    await env.DB.prepare("UPDATE seo_issues SET folded = NULL").run();
    await foldRows(env);
    const left = await env.DB.prepare("SELECT count(*) AS n FROM seo_issues WHERE folded IS NULL").first<{
      n: number;
    }>();
    expect(left?.n).toBe(MANY);
  });
});
