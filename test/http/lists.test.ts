import { beforeAll, describe, expect, it } from "vitest";
import { SITE_RESOURCES } from "../../src/content/resources.ts";
import { makeSite, type TestSite } from "../support/client.ts";
import { call, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
});

const WINDOWS = ["created", "updated"] as const;

describe("windows of time", () => {
  it.each(WINDOWS)(
    "windows by %s_after and before begin after their first moment and end with their last",
    async (by) => {
      // In the middle of a second, and three within one.
      clock.advance(123);
      const made: { created_at: string }[] = [];
      for (const title of ["a", "b", "c"]) {
        const body = { title: `${by} ${title}` };
        made.push((await call("POST", "/api/v1/posts", { headers: at.api.headers, body })).body.data);
        clock.advance(1);
      }
      const [a, b, c] = made as [(typeof made)[0], (typeof made)[0], (typeof made)[0]];
      const titles = async (after: string, before: string) => {
        const search = new URLSearchParams({ [`${by}_after`]: after, [`${by}_before`]: before, sort: "created_at" });
        const { body } = await call("GET", `/api/v1/posts?${search}`, { headers: at.api.headers });
        return body.data.map((it: { title: string }) => it.title.slice(-1)).join("");
      };
      expect(await titles(a.created_at, c.created_at)).toBe("bc");
      expect((await titles(a.created_at, b.created_at)) + (await titles(b.created_at, c.created_at))).toBe("bc");
      expect(await titles("2026-01-01", a.created_at)).toMatch(/a$/);
    },
  );

  it("windows of items are those of the Platform API", async () => {
    const made = await at.site.create("/shop/products", { title: "Between", price: 1 });
    const found = async (name: string) => {
      const search = new URLSearchParams({ table: "s_products", site: at.siteId, [name]: made.createdAt });
      const { body } = await call("GET", `/api/backend/item?${search}`, { headers: at.api.headers });
      return body.items.some((it: { id: string }) => it.id === made.id);
    };
    expect([await found("created_before"), await found("created_after")]).toEqual([true, false]);
  });
});

describe("a list in its own order", () => {
  const changes: Record<string, object> = { "/pages": { title: "Edited" }, "/shop/products": { title: "Edited" } };

  const required: Record<string, object> = { "/shop/products": { price: 100 } };

  it.each(Object.keys(changes))("the list of %s shows an item that is edited while it is paged", async (path) => {
    const made: string[] = [];
    for (let i = 0; i < 5; i += 1)
      made.push((await at.site.create(path, { title: `Paged ${i}`, ...required[path] })).id);
    expect(made.length).toBe(5);
    const seen: string[] = [];
    for (let cursor = ""; ; ) {
      const { body } = await at.site.get(`${path}?limit=2${cursor && `&cursor=${cursor}`}`);
      seen.push(...body.data.map((it: { id: string }) => it.id));
      cursor = body.pagination.nextCursor;
      if (!cursor) break;
      // The oldest, which nobody has seen yet.
      expect((await at.site.patch(`${path}/${made[0]}`, changes[path])).status).toBe(200);
    }
    expect(seen.filter((id) => made.includes(id))).toEqual(made.toReversed());
  });

  it("the order of a resource's list unasked is of what never changes", () => {
    const first = SITE_RESOURCES.map(({ name, list }) => [name, Object.keys(list.orders)[0]]);
    expect(first).toEqual(SITE_RESOURCES.map(({ name }) => [name, "createdAt"]));
  });
});
