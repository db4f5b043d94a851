import { beforeAll, describe, expect, it } from "vitest";
import { fold } from "../../../src/core/fold.ts";
import { TestClock } from "../../support/fixtures.ts";
import { type Client, makeSite, type TestSite } from "../../support/client.ts";

const clock = new TestClock();
const ORDERS = ["updatedAt", "createdAt", "title"] as const;
const DIRECTIONS = ["asc", "desc"] as const;
const EVERY_ORDER = ORDERS.flatMap((orderBy) => DIRECTIONS.map((direction) => ({ orderBy, direction })));

interface Row {
  id: string;
  title: string;
  [field: string]: unknown;
}

/** Every page of the list by its cursors; `between` runs after each page. */
async function walk(site: Client, query: string, between: (page: number) => Promise<unknown> = async () => {}) {
  const seen: Row[] = [];
  const totals: number[] = [];
  let cursor: string | null = "";
  for (let page = 1; cursor !== null; page += 1) {
    const { status, body, text } = await site.get(`/pages?${query}${cursor && `&cursor=${cursor}`}`);
    expect(status, text).toBe(200);
    seen.push(...body.data);
    totals.push(body.pagination.total);
    cursor = body.pagination.nextCursor;
    if (cursor !== null) await between(page);
  }
  return { seen, totals };
}

/** Creates pages in one moment, so that their times are equal. */
async function createTogether(site: Client, titles: string[], more: object = {}): Promise<void> {
  const moment = clock.time + 1_000;
  for (const title of titles) {
    clock.time = moment;
    await site.create("/pages", { title, ...more });
  }
  clock.time = moment + 1_000;
}

describe("cursor pages", () => {
  let at: TestSite;
  const titles = ["Apple", "apple", "APPLE", "banana", "Cherry", "éclair", "Zebra", "10", "9", "_"];

  beforeAll(async () => {
    at = await makeSite(clock);
    for (let group = 0; group < 4; group += 1) await createTogether(at.site, titles);
  });

  it.each(EVERY_ORDER)(
    "cursor pages by $orderBy $direction visit everything exactly once, in order, ties included",
    async ({ orderBy, direction }) => {
      const { seen, totals } = await walk(at.site, `limit=7&orderBy=${orderBy}&direction=${direction}`);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(40);
      expect(seen.length).toBe(40);
      expect(totals.every((total) => total === 40)).toBe(true);
      const sign = direction === "asc" ? 1 : -1;
      const key = (row: Row) => {
        const value = String(row[orderBy]);
        return [orderBy === "title" ? fold(value) : value, row.id] as const;
      };
      const sorted = [...seen].sort((a, b) => {
        const [left, right] = [key(a), key(b)];
        const [x, y] = left[0] === right[0] ? [left[1], right[1]] : [left[0], right[0]];
        return x < y ? -sign : sign;
      });
      expect(seen.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
    },
  );

  it("cursor pages are newest first and 25 long unless asked otherwise", async () => {
    const plain = await at.site.get("/pages");
    const spelled = await at.site.get("/pages?orderBy=createdAt&direction=desc&limit=25");
    expect(plain.body.data).toEqual(spelled.body.data);
    expect(plain.body.pagination).toEqual({ total: 40, limit: 25, nextCursor: expect.any(String) });
  });

  it("cursor pages end without a cursor, also when the last page is full", async () => {
    const full = await at.site.get("/pages?limit=40");
    expect(full.body.data.length).toBe(40);
    expect(full.body.pagination.nextCursor).toBeNull();
  });

  it("cursor pages can be asked for by number, and show the same", async () => {
    const { seen } = await walk(at.site, "limit=7&orderBy=title");
    for (const page of [1, 2, 6, 7]) {
      const { body } = await at.site.get(`/pages?limit=7&orderBy=title&page=${page}`);
      expect(body.data.map(({ id }: Row) => id)).toEqual(seen.slice((page - 1) * 7, page * 7).map(({ id }) => id));
      expect(body.pagination.total).toBe(40);
    }
    const first = await at.site.get("/pages?limit=7&orderBy=title&page=1");
    const next = await at.site.get(`/pages?limit=7&orderBy=title&cursor=${first.body.pagination.nextCursor}`);
    expect(next.body.data.map(({ id }: Row) => id)).toEqual(seen.slice(7, 14).map(({ id }) => id));
  });
});

describe("cursor pages under change", () => {
  it.each(EVERY_ORDER)(
    "cursor pages under change by $orderBy $direction neither repeat nor hide a page while others are inserted",
    async ({ orderBy, direction }) => {
      const at = await makeSite(clock);
      await createTogether(at.site, ["b1", "b2", "b3", "b4", "b5"]);
      await createTogether(at.site, ["f1", "f2", "f3", "f4", "f5"]);
      const before = (await at.site.get("/pages?limit=100")).body.data.map(({ id }: Row) => id);
      const insert = async (page: number) => {
        for (const title of ["a", "d", "z"]) await at.site.create("/pages", { title: `${title}${page}` });
      };
      const { seen } = await walk(at.site, `limit=3&orderBy=${orderBy}&direction=${direction}`, (page) =>
        page <= 3 ? insert(page) : Promise.resolve(),
      );
      const ids = seen.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(before.every((id: string) => ids.includes(id))).toBe(true);
    },
  );

  it("cursor pages under change go on after the page they stopped at is deleted", async () => {
    const at = await makeSite(clock);
    await createTogether(at.site, ["1", "2", "3", "4"]);
    const first = await at.site.get("/pages?limit=2&orderBy=title&direction=asc");
    await at.site.delete(`/pages/${first.body.data[1].id}`);
    const rest = await at.site.get(
      `/pages?limit=2&orderBy=title&direction=asc&cursor=${first.body.pagination.nextCursor}`,
    );
    expect(rest.body.data.map(({ title }: Row) => title)).toEqual(["3", "4"]);
    expect(rest.body.pagination.total).toBe(3);
  });
});

describe("filters", () => {
  let at: TestSite;

  beforeAll(async () => {
    at = await makeSite(clock);
    await createTogether(at.site, ["Draft 1", "Draft 2", "Draft 3"]);
    await createTogether(at.site, ["Live 1", "Live 2"], { status: "published" });
    await createTogether(at.site, ["Alt 1"], { status: "archived", locale: "de" });
  });

  it.each([
    ["status=draft", 3],
    ["status=published", 2],
    ["status=archived", 1],
    ["locale=en", 5],
    ["locale=de", 1],
    ["locale=fr", 0],
    ["slug=live-1", 1],
    ["slug=nothing", 0],
    ["status=published&locale=en&slug=live-2", 1],
    ["status=published&locale=de", 0],
    ["search=draft&status=draft", 3],
    ["search=draft&status=published", 0],
  ])("the data and the total of pages filtered by %s agree, page by page", async (filter, count) => {
    const { seen, totals } = await walk(at.site, `${filter}&limit=1`);
    expect(seen.length).toBe(count);
    expect(totals.every((total) => total === count)).toBe(true);
  });

  it("the totals of filtered pages follow every change of status and every deletion", async () => {
    const total = async (filter = "") => (await at.site.get(`/pages?limit=1&${filter}`)).body.pagination.total;
    const page = await at.site.create("/pages", { title: "Moving" });
    expect([await total(), await total("status=draft")]).toEqual([7, 4]);
    await at.site.patch(`/pages/${page.id}`, { status: "published" });
    expect([await total(), await total("status=draft"), await total("status=published")]).toEqual([7, 3, 3]);
    await at.site.delete(`/pages/${page.id}`);
    expect([await total(), await total("status=published")]).toEqual([6, 2]);
  });
});
