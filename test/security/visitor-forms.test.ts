import { beforeAll, describe, expect, it } from "vitest";
import { MAX_FORM_BYTES } from "../../src/visitors/forms/form.ts";
import { SECTIONS } from "../../src/visitors/live/sections.ts";
import type { LivePage } from "../../src/visitors/live/page.ts";
import { TestClock } from "../support/fixtures.ts";
import { Browser, OWN } from "../visitors/shop/browser.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";

const clock = new TestClock();
let site: VisitedSite;
let draft: VisitedSite;

/** Every path below a site that takes a form, with an id of nothing where it names something. */
const pathsOf = (isMeant: (page: LivePage) => boolean): string[] =>
  Object.values(SECTIONS).flatMap(({ slug, pages }) =>
    Object.entries(pages)
      .filter(([, page]) => page.post && isMeant(page))
      .map(([path]) => `/${slug}/${path.replace("*", "ord_01KAGW6PSZ0000000000000000")}`),
  );
const FORMS = pathsOf(({ isOpen }) => !isOpen);

const takesFiles = (path: string): boolean => path.startsWith("/forms/");

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

  it(`${path} refuses what is no form, and more of one than it takes`, async () => {
    for (const type of ["application/json", "text/plain", "*/*"]) {
      expect(await statusOf(site, path, { ...OWN, "Content-Type": type }, "a=1")).toBe(415);
    }
    // Forms of pages take files: what says it has some, and has none, is not valid.
    const withFiles = { ...OWN, "Content-Type": "multipart/form-data; boundary=x" };
    expect(await statusOf(site, path, withFiles, "a=1")).toBe(takesFiles(path) ? 400 : 415);
    const most = takesFiles(path) ? MAX_FORM_BYTES : 64_000;
    expect(await statusOf(site, path, TYPED, `a=${"x".repeat(most)}`)).toBe(413);
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

describe("a form that is taken from anywhere", () => {
  it("is the one that ends a newsletter, and without its signed link does nothing, whatever stands in it", async () => {
    expect(pathsOf(({ isOpen }) => isOpen === true)).toEqual(["/newsletter/unsubscribe"]);
    for (const headers of [TYPED, { Origin: "https://evil.example" }, { "Content-Type": "application/json" }]) {
      const path = "/newsletter/unsubscribe?s=sub_01KAGW6PSZ0000000000000000&t=1.x";
      expect(await statusOf(site, path, headers as Record<string, string>, "a=1")).toBe(404);
      expect(await statusOf(draft, path, headers as Record<string, string>, "a=1")).toBe(404);
    }
  });
});
