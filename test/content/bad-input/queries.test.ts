import { beforeAll, describe, expect, it } from "vitest";
import { encodeCursor } from "../../../src/core/storage/cursor.ts";
import { makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";
import { expectRefused, rowCounts } from "./refusals.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
  for (const title of ["First", "Second"]) await at.site.create("/pages", { title });
});

describe("query strings", () => {
  const list = (query: string) => () => at.site.get(`/pages?${query}`);

  it.each(["0", "-1", "101", "1e9", "NaN", "", "1.5", "0x10", " 5", "٥", "9".repeat(400), "null", "25;"])(
    "a list's query string: limit=%s is refused by name",
    (limit) => expectRefused("limit", list(`limit=${encodeURIComponent(limit)}`)),
  );

  it.each(["0", "-1", "NaN", "", "1e3", "99999999"])("a list's query string: page=%s is refused by name", (page) =>
    expectRefused("page", list(`page=${page}`)),
  );

  it("a list's query string: a page beyond what may be skipped, or with a cursor, is refused by name", async () => {
    const { nextCursor } = (await at.site.get("/pages?limit=1")).body.pagination;
    await expectRefused("page", list("page=10000&limit=100"), list(`page=2&cursor=${nextCursor}&limit=1`));
  });

  it("a list's query string: a cursor that is garbage, cut off, made up, or of another list, site or order is refused by name", async () => {
    const { nextCursor } = (await at.site.get("/pages?limit=1")).body.pagination as { nextCursor: string };
    const sister = await at.api.create("/sites", { name: "Sister" });
    const ofSites = (await at.api.get("/sites?limit=1")).body.pagination.nextCursor;
    const name = `pages:${at.siteId} createdAt desc`;
    const encoded = (text: string) => btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
    const cursors = [
      "",
      "garbage",
      "!!!",
      "%00",
      "=",
      nextCursor.slice(0, -3),
      nextCursor.slice(3),
      `${nextCursor}AAAA`,
      ofSites,
      "x".repeat(3_000),
      encoded("null"),
      encoded("[]"),
      encoded("{}"),
      encoded(`["${name}",null,"page_x"]`),
      encoded(`["${name}",1e999,"page_x"]`),
      encoded(`["${name}",{},"page_x"]`),
      encoded(`["${name}",1,7]`),
    ];
    await expectRefused("cursor", ...cursors.map((cursor) => list(`limit=1&cursor=${cursor}`)));
    await expectRefused(
      "cursor",
      list(`limit=1&cursor=${nextCursor}&direction=asc`),
      list(`limit=1&cursor=${nextCursor}&orderBy=updatedAt`),
      () => at.api.get(`/sites/${sister.id}/pages?cursor=${nextCursor}`),
      () => at.api.get(`/sites?cursor=${nextCursor}`),
    );
    const foreign = encodeCursor(name, { value: 1, id: "page_ZZZ" });
    expect((await at.site.get(`/pages?cursor=${foreign}`)).body.data).toEqual([]);
  });

  it.each([
    ["orderBy=version", "orderBy"],
    ["orderBy=", "orderBy"],
    ["orderBy=title;drop", "orderBy"],
    ["direction=up", "direction"],
    ["status=all", "status"],
    ["status=", "status"],
    ["locale=english", "locale"],
    ["slug=A%20B", "slug"],
    ["search=", "search"],
    ["search=%00", "search"],
    ["limit=5&limit=5", "limit"],
    ["status=draft&status=published", "status"],
    ["colour=blue", "colour"],
    ["Limit=5", "Limit"],
    ["__proto__=1", "__proto__"],
    ["constructor=1", "constructor"],
    ["limit[]=5", "limit[]"],
    ["=5", ""],
  ])("a list's query string: %s is refused by name", (query, field) => expectRefused(field, list(query)));

  it("a list's query string takes every character a search may hold without a fault", async () => {
    const before = await rowCounts();
    for (const search of [
      "\u202e",
      "\u200b",
      "\ud83c",
      "%ED%A0%80",
      "%ff",
      "'\"`",
      "🎉".repeat(90),
      "\u0301",
      "\\",
      "{}[]()",
    ]) {
      const raw = search.startsWith("%") ? search : encodeURIComponent(search.toWellFormed());
      expect([200, 400]).toContain((await at.site.get(`/pages?search=${raw}`)).status);
      expect([200, 400]).toContain((await at.api.get(`/sites?search=${raw}`)).status);
    }
    expect(await rowCounts()).toEqual(before);
  });
});

describe("path parameters", () => {
  it.each(["%00", "%ff", "..%2f..", "' OR 1=1 --", "x".repeat(5_000), "🎉", "page_", "null", "%25"])(
    "an id that is none is not found: %s",
    async (id) => {
      for (const path of [`/pages/${id}`, `/deployments/${id}`]) expect((await at.site.get(path)).status).toBe(404);
      expect((await at.api.get(`/sites/${id}`)).status).toBe(404);
      expect((await at.api.get(`/sites/${id}/pages`)).status).toBe(404);
    },
  );
});
