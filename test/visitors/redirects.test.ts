import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { measured } from "../support/counting.ts";
import { TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "./world.ts";

let clock: TestClock;
let site: VisitedSite;
let about: string;

const lead = async (from: string, to: string, status = 301) => {
  const answer = await site.ask("POST", "/redirects", { from, to, status });
  if (answer.status !== 201) throw new Error(answer.text);
  return answer.body.data.id as string;
};
const visited = async (path: string) => {
  const { status, headers } = await site.visit(path);
  return [status, headers.get("Location")];
};

beforeAll(async () => {
  clock = new TestClock();
  site = await makeVisitedSite(clock);
  await site.page({ title: "Home", slug: "home" });
  about = await site.page({ title: "About", slug: "about" });
  await site.page({ title: "Contact", slug: "contact" });
  await site.publish();
});

describe("the redirects of a site", () => {
  it.each(["/caf%C3%A9%5Cold", "/tab%09old"])(
    "the redirects of a site are found at the very address they were given: %s",
    async (from) => {
      const id = await lead(from, "/about");
      expect(await visited(from)).toEqual([301, `/s/${site.slug}/about`]);
      await site.ask("DELETE", `/redirects/${id}`);
    },
  );

  it("the redirects of a site hold at once, and end at once", async () => {
    expect(await visited("/old")).toEqual([404, null]);
    const id = await lead("/old", "/about");
    expect(await visited("/old")).toEqual([301, `/s/${site.slug}/about`]);
    expect((await site.visit("/old")).headers.get("Cache-Control")).toBe("no-store");
    await site.ask("DELETE", `/redirects/${id}`);
    expect(await visited("/old")).toEqual([404, null]);
  });

  it("the redirects of a site lead wherever they say, with the visitor's query unless they have one", async () => {
    await lead("/index.php", "/contact", 302);
    await lead("/shop", "https://shop.example/all?x=1", 308);
    await lead("/prices", "/contact#prices");
    await lead("/menu.pdf", "/media/med_1/menu.pdf");
    await lead("/ü b", "/ä?ö");
    await lead("/de/alt", "/de/neu");
    const base = `/s/${site.slug}`;
    expect(await visited("/index.php/?p=1&q=2")).toEqual([302, `${base}/contact?p=1&q=2`]);
    expect(await visited("/shop?y=2")).toEqual([308, "https://shop.example/all?x=1"]);
    expect(await visited("/prices?y=2")).toEqual([301, `${base}/contact?y=2#prices`]);
    expect(await visited("/menu.pdf")).toEqual([301, "/media/med_1/menu.pdf"]);
    expect(await visited("/%C3%BC%20b")).toEqual([301, `${base}/%C3%A4?%C3%B6`]);
    expect(await visited("/u%CC%88%20b")).toEqual([301, `${base}/%C3%A4?%C3%B6`]);
    expect(await visited("/de/alt")).toEqual([301, `${base}/de/neu`]);
  });

  it("a published page comes before a redirect, and a redirect before what was there once", async () => {
    await lead("/about", "/contact");
    await lead("/feed.xml", "/contact");
    expect(await visited("/about")).toEqual([200, null]);
    expect(await visited("/feed.xml")).toEqual([200, null]);
    await site.change(about, { slug: "who-we-are" });
    await site.publish();
    clock.advance(2_000);
    expect(await visited("/about")).toEqual([301, `/s/${site.slug}/contact`]);
  });

  it("the redirects of a site lead nobody round in circles, whatever domain it has come to have", async () => {
    const domain = `${site.slug}.example`;
    await lead("/one", `https://${domain}/two`);
    await lead("/two", `https://${domain}/one`);
    await lead("/three", `https://${domain}/contact`);
    await lead("/four", `https://api.example.com/s/${site.slug}/four`);
    const { status } = await site.ask("PATCH", "", { domain });
    expect(status).toBe(200);
    clock.advance(2_000);
    for (const path of ["/one", "/two", "/four"]) expect([path, await visited(path)]).toEqual([path, [404, null]]);
    expect(await visited("/three")).toEqual([301, `https://${domain}/contact`]);
  });

  it("a redirect to a path stays on the site, and leads to no other, however the path is written", async () => {
    const steps = await site.ask("POST", "/redirects", { from: "/round", to: "/x/%2e%2e/./round" });
    expect([steps.status, steps.body.error.details.fields]).toEqual([400, { to: expect.anything() }]);
    await lead("/away", "/.//evil.example/x");
    await lead("/up", "/../../v1/me");
    await lead("/itself", `/s/${site.slug}/itself`);
    const base = `/s/${site.slug}`;
    expect(await visited("/away")).toEqual([301, `${base}/evil.example/x`]);
    expect(await visited("/up")).toEqual([301, `${base}/v1/me`]);
    expect(await visited("/itself")).toEqual([404, null]);
  });

  it("the redirects of one site are not another's, nor the sandbox's", async () => {
    await lead("/mine", "/contact");
    const other = await makeVisitedSite(clock);
    await other.page({ title: "Home", slug: "home" });
    await other.publish();
    expect((await other.visit("/mine")).status).toBe(404);
  });

  it("a page that is there asks no redirect, and a path where none is reads one row for it", async () => {
    const { results } = await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000) INSERT INTO redirects (id,
        workspace_id, environment, site_id, version, created_at, updated_at, from_path, to_address, target_path, status)
        SELECT ?2 || i, ?1, 'live', ?2, 1, 1, 1, '/many-' || i, '/contact', '/contact', 301 FROM n RETURNING id`,
    )
      .bind(site.workspace.id, site.id)
      .all();
    expect(results.length).toBe(9_000);
    const costOf = async (path: string) => {
      const headers = { "CF-Connecting-IP": "198.18.77.7" };
      const { status, cost } = await measured("GET", `/s/${site.slug}${path}`, { headers });
      return { status, ...cost };
    };
    await costOf("/contact");
    expect(await costOf("/contact")).toMatchObject({ status: 200, queries: 0 });
    const [led, none] = [await costOf("/many-77"), await costOf("/nothing-there")];
    expect([led.status, none.status]).toEqual([301, 404]);
    for (const cost of [led, none]) expect(cost.rowsRead).toBeLessThan(12);
  });
});
