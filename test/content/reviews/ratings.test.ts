import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { callThrough, failing, type Moment } from "../../faults/world.ts";
import { makeSite, type TestSite } from "../../support/client.ts";
import { measured } from "../../support/counting.ts";
import { TestClock } from "../../support/fixtures.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
});

const productOf = async ({ site }: TestSite): Promise<string> =>
  (await site.create("/shop/products", { title: "Loaf", price: 650 })).id;

const ratingOf = async ({ site }: TestSite, productId: string) =>
  (await site.get(`/shop/products/${productId}/rating`)).body.data;

/** The average as decimal digits, half up, by whole numbers alone. */
function exactly(ratings: readonly number[]): number | null {
  if (ratings.length === 0) return null;
  const sum = ratings.reduce((all, it) => all + BigInt(it), 0n);
  const count = BigInt(ratings.length);
  const tenths = (sum * 10n) / count;
  const isUp = (sum * 10n - tenths * count) * 2n >= count;
  const rounded = tenths + (isUp ? 1n : 0n);
  return Number(`${rounded / 10n}.${rounded % 10n}`);
}

describe("ratings", () => {
  it("a product that nobody has reviewed has no average, and one that is not there no rating", async () => {
    const rating = await ratingOf(at, await productOf(at));
    expect(rating).toEqual({ average: null, count: 0, stars: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 } });
    expect((await at.site.get("/shop/products/prod_01KAGW6PSZ0000000000000000/rating")).status).toBe(404);
  });

  it.each([
    [[5, 4], 4.5],
    [[4, 4, 5], 4.3],
    [[5, 5, 4], 4.7],
    [[5, 5, 5, 4], 4.8],
    [[1, 1, 1, 2], 1.3],
    [[4, ...Array(19).fill(5)], 5],
  ])("the average of %j is %d: one decimal, a half rounded up", async (ratings, average) => {
    const productId = await productOf(at);
    for (const rating of ratings)
      await at.site.create("/reviews", { productId, rating, author: "Ada", status: "approved" });
    expect(await ratingOf(at, productId)).toMatchObject({ average, count: ratings.length });
    expect(exactly(ratings)).toBe(average);
  });

  const STATUS = fc.constantFrom("pending", "approved", "rejected");
  /** Which call of a binding fails, and when; none where there are fewer. */
  const FAULT = fc.record({ target: fc.nat(12), moment: fc.constantFrom<Moment>("before", "after") });
  const STEP = fc.oneof(
    fc.record({ kind: fc.constant("create"), rating: fc.integer({ min: 1, max: 5 }), status: STATUS, nth: fc.nat(1) }),
    fc.record({ kind: fc.constant("change"), rating: fc.constant(0), status: STATUS, nth: fc.nat(9) }),
    fc.record({ kind: fc.constant("delete"), rating: fc.constant(0), status: STATUS, nth: fc.nat(9) }),
  );

  it("averages are exact after whatever is created, approved, rejected and deleted, with calls that fail anywhere", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(STEP, FAULT), { minLength: 5, maxLength: 15 }), async (steps) => {
        const world = await makeSite(clock);
        const products = [await productOf(world), await productOf(world)];
        const base = `/v1/sites/${world.siteId}/reviews`;
        const stored = async () => {
          const { results } = await env.DB.prepare(
            "SELECT id, product_id, rating, status FROM reviews WHERE site_id = ? ORDER BY id",
          )
            .bind(world.siteId)
            .all<{ id: string; product_id: string; rating: number; status: string }>();
          return results;
        };
        for (const [{ kind, rating, status, nth }, fault] of steps) {
          clock.advance(1_000);
          const rows = await stored();
          const id = rows[nth % Math.max(rows.length, 1)]?.id;
          const { bindings } = failing(fault.target + 1, fault.moment);
          const send = (method: string, path: string, body?: object) =>
            callThrough(bindings, method, path, { headers: world.api.headers, ...(body && { body }) });
          if (kind === "create") {
            const body = { productId: products[nth], rating, status, author: "Ada" };
            const answer = await send("POST", base, body);
            // What was acknowledged is there.
            const isThere = (await stored()).some((it) => it.id === answer.body?.data?.id);
            if (answer.status === 201) expect(isThere).toBe(true);
          } else if (id !== undefined && kind === "change") await send("PATCH", `${base}/${id}`, { status });
          else if (id !== undefined) await send("DELETE", `${base}/${id}`);
        }
        const approved = (await stored()).filter((it) => it.status === "approved");
        for (const productId of products) {
          const ratings = approved.filter((it) => it.product_id === productId).map((it) => it.rating);
          const rating = await ratingOf(world, productId);
          expect([rating.average, rating.count]).toEqual([exactly(ratings), ratings.length]);
        }
      }),
      { numRuns: 12 },
    );
  });

  it("the rating of a product with 100,000 reviews is read with its product and five rows", async () => {
    const productId = await productOf(at);
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
        INSERT INTO reviews (id, workspace_id, environment, site_id, version, created_at, updated_at, product_id, rating,
          text, author, status, approved)
        SELECT printf('rev_%026d', i), ?1, 'live', ?2, 1, i, i, ?3, 1 + i % 5, '', 'Ada', 'approved', 1 FROM n`,
    )
      .bind(at.workspace.id, at.siteId, productId)
      .run();
    clock.advance(1_000);
    const path = `/v1/sites/${at.siteId}/shop/products/${productId}/rating`;
    const { body, cost } = await measured("GET", path, { headers: at.api.headers });
    expect(body.data).toMatchObject({ average: 3, count: 100_000, stars: { 1: 20_000, 5: 20_000 } });
    expect(cost.rowsRead).toBeLessThanOrEqual(20);
  });
});
