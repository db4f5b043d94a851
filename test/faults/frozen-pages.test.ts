import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { call, START, TestClock } from "../support/fixtures.ts";
import { makeSite } from "./world.ts";

const clock = new TestClock();

const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }).filter((it) => it.trim() !== "");
const props = fc.dictionary(
  fc.constantFrom("title", "items", "größe", "a.b", 'quote"d', "$ref"),
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value))),
);
const pages = fc.record({
  title: text,
  blocks: fc.array(fc.record({ type: fc.constantFrom("Hero", "Text"), props }), { maxLength: 4 }),
  seo: fc.record({ title: fc.option(text), description: fc.option(text), noIndex: fc.boolean() }),
  navigation: fc.record({ label: fc.option(text), order: fc.nat(10_000), hidden: fc.boolean() }),
});

describe("a frozen page", () => {
  it("a frozen page equals what GET answers, whatever it holds and whenever it was written", async () => {
    const site = await makeSite(clock);
    const { headers } = site.key;
    const frozen = async (id: string): Promise<unknown> => {
      const sql = "SELECT page FROM frozen_pages WHERE page_id = ? AND end_number IS NULL";
      return JSON.parse((await env.DB.prepare(sql).bind(id).first<string>("page")) ?? "null");
    };
    clock.time = START;
    await fc.assert(
      fc.asyncProperty(fc.array(pages, { minLength: 1, maxLength: 4 }), fc.nat(999), async (list, ms) => {
        clock.advance(5 * 60_000 + ms);
        const ids: string[] = [];
        for (const page of list) {
          const body = { ...page, status: "published", slug: `page-${crypto.randomUUID().slice(0, 13)}` };
          const made = await call("POST", `${site.path}/pages`, { headers, body });
          fc.pre(made.status === 201);
          ids.push(made.body.data.id);
          clock.advance(17);
        }
        const published = await call("POST", `${site.path}/publish`, { headers });
        expect(published.status, published.text).toBe(200);
        for (const id of ids) {
          const { data } = (await call("GET", `${site.path}/pages/${id}`, { headers })).body;
          expect(await frozen(id)).toEqual(data);
          const sql = "SELECT data FROM events WHERE type = 'page.published' AND data ->> 'id' = ?";
          expect(JSON.parse((await env.DB.prepare(sql).bind(id).first<string>("data")) ?? "null")).toEqual(data);
        }
      }),
      { numRuns: 25 },
    );
  });
});
