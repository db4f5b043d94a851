import { beforeAll, describe, expect, it } from "vitest";
import { measured } from "../support/counting.ts";
import { TestClock } from "../support/fixtures.ts";
import { insertPages } from "../support/publishing.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";
import { type MadePreview, preview } from "./world.ts";

const clock = new TestClock();
const MANY = 5_000;
const PATHS = ["", "/", "/page-50", "/nowhere", "/sitemap.xml", "/site.css"];
let site: VisitedSite;
let made: MadePreview;

const costsOf = async () => {
  const costs = [];
  for (const path of PATHS) {
    const from = { headers: { "CF-Connecting-IP": "192.0.2.1" } };
    costs.push((await measured("GET", made.base + path, from)).cost);
  }
  return costs;
};

beforeAll(async () => {
  site = await makeVisitedSite(clock);
  await site.page({ title: "Home", slug: "home" });
  await insertPages(site, 1, 100);
  made = await preview(site);
});

describe(`a preview of a site with ${MANY} pages that were never published`, () => {
  it(`asks no more often than one of a hundred, and reads each page a dozen times at most`, async () => {
    const few = await costsOf();
    await insertPages(site, 101, MANY);
    const many = await costsOf();
    for (const [index, path] of PATHS.entries()) {
      expect(many[index]?.queries, path).toBeLessThanOrEqual(few[index]?.queries ?? 0);
      expect(many[index]?.rowsRead, path).toBeLessThanOrEqual(12 * (MANY + 100));
    }
  });

  it("is made in as many bytes of an answer as a publish tells of: 500 changes of each kind, and how many there are", async () => {
    const { changes } = (await preview(site)).data;
    expect([changes.added.length, changes.counts.added]).toEqual([500, MANY + 1]);
    const overview = await (await made.look()).text();
    expect(overview.match(/<li><a href="[^"]*\/page-\d+"/g)?.length).toBe(499);
    expect(overview).toContain(`and ${MANY - 499} more`);
  });
});
