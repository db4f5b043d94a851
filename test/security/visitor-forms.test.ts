import { beforeAll, describe, expect, it } from "vitest";
import { SHOP_PAGES } from "../../src/visitors/shop/pages.ts";
import { TestClock } from "../support/fixtures.ts";
import { Browser, OWN } from "../visitors/shop/browser.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";

const clock = new TestClock();
let site: VisitedSite;
let draft: VisitedSite;

/** Every path below a site that takes a form, with an id of nothing where it names something. */
const FORMS = Object.entries(SHOP_PAGES)
  .filter(([, { post }]) => post)
  .map(([path]) => `/shop/${path.replace("*", "ord_01KAGW6PSZ0000000000000000")}`);

const TYPED = { ...OWN, "Content-Type": "application/x-www-form-urlencoded" };

beforeAll(async () => {
  [site, draft] = [await makeVisitedSite(clock), await makeVisitedSite(clock)];
  await site.page({ title: "Home", slug: "home" });
  await site.publish();
});

const statusOf = async (
  at: VisitedSite,
  path: string,
  headers: Record<string, string>,
  body: string,
  method = "POST",
) => (await new Browser(at).send(method, `/s/${at.slug}${path}`, headers, body)).status;

describe.each(FORMS)("POST /s/{slug}%s", (path) => {
  it(`${path} refuses a form of another host's page`, async () => {
    for (const headers of [
      { Origin: "https://evil.example" },
      { Origin: "null" },
      { "Sec-Fetch-Site": "cross-site" },
      { Origin: OWN.Origin, "Sec-Fetch-Site": "same-site" },
      {},
    ]) {
      expect(
        await statusOf(
          site,
          path,
          { "Content-Type": TYPED["Content-Type"], ...headers } as Record<string, string>,
          "a=1",
        ),
      ).toBe(403);
    }
  });

  it(`${path} refuses what is no form, and more than 64 kB`, async () => {
    for (const type of ["application/json", "text/plain", "multipart/form-data; boundary=x", "*/*"]) {
      expect(await statusOf(site, path, { ...OWN, "Content-Type": type }, "a=1")).toBe(415);
    }
    expect(await statusOf(site, path, TYPED, `a=${"x".repeat(64_001)}`)).toBe(413);
  });

  it(`${path} answers whatever stands in a form without an error of ours`, async () => {
    for (const body of ["", "&&&", "=", "%", "%ff%fe", "__proto__=1&constructor=2", "a=%00", "a=1&a=2", "😀=😀"]) {
      expect(await statusOf(site, path, TYPED, body)).toBeLessThan(500);
    }
  });

  it(`${path} is not there without a published website, nor at other methods`, async () => {
    expect(await statusOf(draft, path, TYPED, "a=1")).toBe(404);
    for (const method of ["PUT", "PATCH", "DELETE"]) expect(await statusOf(site, path, TYPED, "a=1", method)).toBe(405);
  });
});
