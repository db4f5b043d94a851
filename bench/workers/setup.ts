// What the product announces and withholds, as its own composition root registers it.
import "../../src/events.ts";
import "../../src/personal-attributes.ts";
import { publishSite } from "../../src/content/deployments/service/publish.ts";
import { createPage } from "../../src/content/pages/service/create.ts";
import { PRODUCTS } from "../../src/content/shop/products/resource.ts";
import { createSite } from "../../src/content/sites/service.ts";
import { generateKey, hashKey } from "../../src/core/keys/key-format.ts";
import type { Ctx } from "../../src/core/work/context.ts";
import { jobContext } from "../../src/core/work/job-context.ts";
import type { Env } from "../../src/env.ts";
import { createKey } from "../../src/platform/api-keys/service/create.ts";
import { foundWorkspace } from "../../src/platform/workspaces/service/found.ts";

/** What the bench calls the API with. */
export interface Seed {
  keys: string[];
  siteId: string;
  pageId: string;
}

/** A published website, and keys that may do everything with it. */
export interface PublishedSite {
  keys: string[];
  siteId: string;
  pageId: string;
  /** Where visitors find the page, and its slug. */
  path: string;
  slug: string;
}

/** A website that sells something. */
export interface ShopSite {
  slug: string;
  productId: string;
  /** Where visitors find the product. */
  path: string;
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

/** The table's columns and what a copy has in them: its own values in those of `own`, all others taken over. */
async function copied(env: Env, table: string, own: Record<string, string>): Promise<[string[], string[]]> {
  const { results } = await env.DB.prepare(`PRAGMA table_info(${table})`).all<{ name: string }>();
  const columns = results.map((it) => it.name).filter((name) => name !== "seq");
  return [columns, columns.map((name) => own[name] ?? name)];
}

/** Fills the page's site up to `total` pages. In SQL: ten thousand commits would be most of the bench. */
async function copyPages(env: Env, pageId: string, from: number, total: number): Promise<void> {
  const [columns, values] = await copied(env, "pages", {
    id: "'page_' || hex(randomblob(13))",
    slug: "'copy-' || i",
    title: "'Copy ' || i",
    created_at: "created_at + i",
    updated_at: "updated_at + i",
  });
  const sql = `WITH RECURSIVE numbers (i) AS (SELECT ?2 UNION ALL SELECT i + 1 FROM numbers WHERE i < ?3)
    INSERT INTO pages (${columns}) SELECT ${values} FROM numbers, pages WHERE id = ?1`;
  for (let start = from; start < total; start += 1_000) {
    await env.DB.prepare(sql)
      .bind(pageId, start, Math.min(start + 999, total - 1))
      .run();
  }
}

/** Keys that may do what this one may. */
async function copyKeys(env: Env, key: string, count: number): Promise<string[]> {
  const keys = Array.from({ length: count }, () => generateKey(env.KEY_BRAND, "live"));
  const hashes = await Promise.all(keys.map(hashKey));
  const [columns, values] = await copied(env, "api_keys", { id: "id + 1 + i", hash: "v" });
  const sql = `INSERT INTO api_keys (${columns}) SELECT ${values}
    FROM (SELECT key AS i, value AS v FROM json_each(?2)), api_keys WHERE hash = ?1`;
  await env.DB.prepare(sql)
    .bind(await hashKey(key), JSON.stringify(hashes))
    .run();
  return keys;
}

/** A workspace of its own with a key that may do everything. */
async function newWorkspace(env: Env): Promise<{ key: string; workspaceId: number }> {
  const now = Date.now();
  const slug = `bench-${crypto.randomUUID()}`;
  const workspace = { name: "Bench", slug, tier: "enterprise", contractTier: "enterprise" };
  const { workspaceId } = (await foundWorkspace(env, workspace, now)).caller;
  const ctx = jobContext(env, { workspaceId, environment: "live" }, "bench", now);
  const { key } = await createKey({ ctx, input: { name: "Key", environment: "live", scopes: ["*"] } });
  await ctx.unit.commit();
  return { key, workspaceId };
}

/** A workspace of its own with a published website of `pages` pages. */
async function publishedSite(env: Env, keyCount: number, pages: number): Promise<PublishedSite> {
  const { key, workspaceId } = await newWorkspace(env);
  const committed = async <Result>(run: (ctx: Ctx) => Promise<Result>): Promise<Result> => {
    const ctx = jobContext(env, { workspaceId, environment: "live" }, "bench", Date.now());
    const result = await run(ctx);
    await ctx.unit.commit();
    return result;
  };
  const site = await committed((ctx) => createSite({ ctx, input: { name: "Bakery" } }));
  const page = { title: "Bread", status: "published" as const, blocks: BLOCKS };
  const { id, slug } = await committed((ctx) => createPage({ ctx, input: { siteId: site.id, page } }));
  await copyPages(env, id, 1, pages);
  await committed((ctx) => publishSite({ ctx, input: { siteId: site.id, ifCooldown: "fail" } }));
  const keys = await copyKeys(env, key, keyCount);
  return { keys, siteId: site.id, pageId: id, path: `/s/${site.slug}/${slug}`, slug };
}

/** A workspace of its own with a published website that sells one thing, of which there is more than enough. */
async function shop(env: Env): Promise<ShopSite> {
  const { workspaceId } = await newWorkspace(env);
  const committed = async <Result>(run: (ctx: Ctx) => Promise<Result>): Promise<Result> => {
    const ctx = jobContext(env, { workspaceId, environment: "live" }, "bench", Date.now());
    const result = await run(ctx);
    await ctx.unit.commit();
    return result;
  };
  const site = await committed((ctx) => createSite({ ctx, input: { name: "Shop" } }));
  const page = { title: "Home", slug: "home", status: "published" as const, blocks: BLOCKS };
  await committed((ctx) => createPage({ ctx, input: { siteId: site.id, page } }));
  const body = {
    title: "Loaf",
    slug: "loaf",
    price: 650,
    stock: 1_000_000_000,
    description: "Fresh bread. ".repeat(20),
  };
  const product = await committed((ctx) => PRODUCTS.verbs.create({ ctx, input: { siteId: site.id, body } }));
  await committed((ctx) => publishSite({ ctx, input: { siteId: site.id, ifCooldown: "fail" } }));
  return { slug: site.slug, productId: product.id, path: `/s/${site.slug}/shop/products/${product.slug}` };
}

type Job =
  | { newWorkspace: true }
  | { shop: true }
  | { publishedSite: { keyCount: number; pages: number } }
  | { seed: { keyCount: number } }
  | { copyPages: { pageId: string; from: number; total: number } };

export default {
  async fetch(request, env) {
    const job = await request.json<Job>();
    if ("seed" in job) return Response.json(await seed(env, job.seed.keyCount));
    if ("shop" in job) return Response.json(await shop(env));
    if ("newWorkspace" in job) return Response.json(await newWorkspace(env));
    if ("publishedSite" in job) {
      const { keyCount, pages } = job.publishedSite;
      return Response.json(await publishedSite(env, keyCount, pages));
    }
    const { pageId, from, total } = job.copyPages;
    await copyPages(env, pageId, from, total);
    return Response.json({});
  },
} satisfies ExportedHandler<Env>;
