import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { fold } from "../../../src/core/fold.ts";
import { measured } from "../../support/counting.ts";
import { TestClock } from "../../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../world.ts";

const FEW = 100;
const MANY = 100_000;
/** Rows more than before that a page may read. */
const ROOM = 10;
const clock = new TestClock();
let site: VisitedSite;

/** Products number `from` to `to` straight into the table, half of them shown, all in a category. */
async function insert(from: number, to: number): Promise<void> {
  const CHUNK = 10_000;
  for (let start = from; start <= to; start += CHUNK) {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT CAST(?3 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < ?4)
      INSERT INTO products (id, workspace_id, environment, site_id, version, created_at, updated_at, title, slug, price,
        currency, images, type, active, variants, category, folded)
      SELECT printf('prod_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000, 'Product ' || i,
        'product-' || i, 100, 'EUR', '[]', 'physical', i % 2, '[]', 'Bread',
        json_object('category', ?5) FROM n`,
    )
      .bind(site.workspace.id, site.id, start, Math.min(to, start + CHUNK - 1), fold("Bread"))
      .run();
  }
}

const PATHS = [
  "/shop",
  `/shop?after=prod_${String(61).padStart(26, "0")}`,
  `/shop?before=prod_${String(3).padStart(26, "0")}`,
  "/shop/categories/bread",
  "/shop/products/product-51",
  "/today",
];

/** Rows that a visit reads. */
async function rowsOf(path: string): Promise<number> {
  clock.advance(60_000);
  const headers = { "CF-Connecting-IP": "198.18.250.1" };
  const { status, cost } = await measured("GET", `/s/${site.slug}${path}`, { headers });
  expect([path, status]).toEqual([path, 200]);
  return cost.rowsRead;
}

describe("the pages of a shop", () => {
  beforeAll(async () => {
    site = await makeVisitedSite(clock);
    await site.ask("POST", "/shop/categories", { name: "Bread" });
    const props = { category: "bread", limit: 8 };
    await site.page({ title: "Home", slug: "home" });
    await site.page({
      title: "Today",
      slug: "today",
      blocks: [
        { type: "ProductList", props },
        { type: "ProductList", props: {} },
      ],
    });
    await insert(1, FEW);
    await site.publish();
  });

  it("read no more rows of 100,000 products than of 100", { timeout: 240_000 }, async () => {
    for (const path of PATHS) await rowsOf(path);
    const few = new Map<string, number>();
    for (const path of PATHS) few.set(path, await rowsOf(path));
    await insert(FEW + 1, MANY);
    const many = new Map<string, number>();
    for (const path of PATHS) many.set(path, await rowsOf(path));
    expect(
      Object.fromEntries(PATHS.map((path) => [path, Math.max((many.get(path) ?? 0) - (few.get(path) ?? 0), ROOM)])),
    ).toEqual(Object.fromEntries(PATHS.map((path) => [path, ROOM])));
  });
});
