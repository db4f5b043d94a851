import { createPage } from "../../src/content/pages/service/create.ts";
import { createSite } from "../../src/content/sites/service.ts";
import { jobContext } from "../../src/core/job-context.ts";
import type { Env } from "../../src/env.ts";
import { createKey } from "../../src/platform/api-keys/service/create.ts";
import { foundWorkspace } from "../../src/platform/workspaces/service/found.ts";

/** What the bench calls the API with. */
export interface Seed {
  keys: string[];
  siteId: string;
  pageId: string;
}

const BLOCKS = Array.from({ length: 4 }, (_, index) => ({
  type: index === 0 ? "HeroSection" : "TextSection",
  props: { title: `Section ${index}`, text: "Fresh bread, every morning from six. ".repeat(4) },
}));

/** A workspace of the largest tier with keys of the usual scopes, one site and one page, by the product's own services. */
async function seed(env: Env, keyCount: number): Promise<Seed> {
  const now = Date.now();
  const workspace = { name: "Bench", slug: "bench", tier: "enterprise", contractTier: "enterprise" };
  const { workspaceId } = (await foundWorkspace(env, workspace, now)).caller;
  const context = () => jobContext(env, { workspaceId, environment: "live" }, "bench", now);

  const keys: string[] = [];
  for (let number = 0; number < keyCount; number += 1) {
    const ctx = context();
    const { key } = await createKey({ ctx, input: { name: `Key ${number}`, environment: "live" } });
    await ctx.unit.commit();
    keys.push(key);
  }
  const ctx = context();
  const site = await createSite({ ctx, input: { name: "Bench" } });
  await ctx.unit.commit();
  const pageCtx = context();
  const page = await createPage({ ctx: pageCtx, input: { siteId: site.id, page: { title: "Bread", blocks: BLOCKS } } });
  await pageCtx.unit.commit();
  return { keys, siteId: site.id, pageId: page.id };
}

/** What differs between the copies of a page; all other columns are taken over. */
const OWN: Record<string, string> = {
  id: "'page_copy_' || i",
  slug: "'copy-' || i",
  title: "'Copy ' || i",
  created_at: "created_at + i",
  updated_at: "updated_at + i",
};

/** Fills the page's site up to `total` pages. In SQL: ten thousand commits would be most of the bench. */
async function copyPages(env: Env, pageId: string, from: number, total: number): Promise<void> {
  const { results } = await env.DB.prepare("PRAGMA table_info(pages)").all<{ name: string }>();
  const columns = results.map((it) => it.name).filter((name) => name !== "seq");
  const values = columns.map((name) => OWN[name] ?? name);
  const sql = `WITH RECURSIVE numbers (i) AS (SELECT ?2 UNION ALL SELECT i + 1 FROM numbers WHERE i < ?3)
    INSERT INTO pages (${columns}) SELECT ${values} FROM numbers, pages WHERE id = ?1`;
  for (let start = from; start < total; start += 1_000) {
    await env.DB.prepare(sql)
      .bind(pageId, start, Math.min(start + 999, total - 1))
      .run();
  }
}

/** A workspace of its own with a key that may do everything. */
async function newWorkspace(env: Env): Promise<{ key: string }> {
  const now = Date.now();
  const slug = `bench-${crypto.randomUUID()}`;
  const workspace = { name: "Bench", slug, tier: "enterprise", contractTier: "enterprise" };
  const { workspaceId } = (await foundWorkspace(env, workspace, now)).caller;
  const ctx = jobContext(env, { workspaceId, environment: "live" }, "bench", now);
  const { key } = await createKey({ ctx, input: { name: "Key", environment: "live", scopes: ["*"] } });
  await ctx.unit.commit();
  return { key };
}

type Job =
  | { newWorkspace: true }
  | { seed: { keyCount: number } }
  | { copyPages: { pageId: string; from: number; total: number } };

export default {
  async fetch(request, env) {
    const job = await request.json<Job>();
    if ("seed" in job) return Response.json(await seed(env, job.seed.keyCount));
    if ("newWorkspace" in job) return Response.json(await newWorkspace(env));
    const { pageId, from, total } = job.copyPages;
    await copyPages(env, pageId, from, total);
    return Response.json({});
  },
} satisfies ExportedHandler<Env>;
