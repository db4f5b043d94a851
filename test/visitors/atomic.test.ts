import { describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { makeVisitedSite } from "./world.ts";

const PAGES = 2;
const ROUNDS = 200;

describe("while a website is published and rolled back 200 times", () => {
  it("readers see one deployment or another, never a mix of two, while a website is published and rolled back 200 times", async () => {
    const clock = new TestClock();
    const site = await makeVisitedSite(clock);
    const ids: string[] = [];
    for (let number = 0; number < PAGES; number += 1)
      ids.push(await site.page({ title: "v0", slug: `page-${number}` }));
    await site.publish();
    const complete = new Set(["v0"]);
    const seen = new Set<string>();
    let isOver = false;

    const readJson = async () => {
      const { status, body } = await call("GET", `/api/pages?site=${site.id}`, { headers: site.headers });
      if (status === 429) return;
      const titles = new Set<string>(body.items.map((it: { title: string }) => it.title));
      expect([status, body.total, titles.size]).toEqual([200, PAGES, 1]);
      for (const title of titles) seen.add(title);
    };
    const readHtml = async () => {
      const response = await site.visit("/page-0");
      if (response.status === 429) return;
      const text = await response.text();
      // The page's own heading and its entry in the navigation are of one deployment, and so are the others' entries.
      const titles = new Set([...text.matchAll(/>(v\d+)</g)].map((match) => match[1]));
      expect([response.status, titles.size]).toEqual([200, 1]);
    };
    const reader = async () => {
      while (!isOver) await Promise.all([readJson(), readHtml()]);
    };
    const readers = [reader(), reader()];
    for (let round = 1; round <= ROUNDS; round += 1) {
      if (round % 4 === 0) {
        await call("POST", `/v1/sites/${site.id}/rollback`, { headers: site.headers });
        continue;
      }
      await Promise.all(ids.map((id) => site.change(id, { title: `v${round}` })));
      await site.publish();
      complete.add(`v${round}`);
    }
    isOver = true;
    await Promise.all(readers);
    expect(seen.size).toBeGreaterThan(10);
    expect([...seen].filter((title) => !complete.has(title))).toEqual([]);
  });
});
