import { exports } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { call, type Answer, TestClock } from "../../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../../visitors/world.ts";

const clock = new TestClock();
let site: VisitedSite;

const fieldsOf = ({ status, body }: Answer) => [status, Object.keys(body.error?.details?.fields ?? {})];
const make = (body: Record<string, unknown>) =>
  site.ask("POST", "/pages", { title: "Page", status: "published", ...body });
const changeSite = (body: Record<string, unknown>) =>
  call("PATCH", `/v1/sites/${site.id}`, { headers: site.headers, body });

beforeEach(async () => {
  site = await makeVisitedSite(clock, { domain: `reserved-${crypto.randomUUID()}.example` });
});

describe("a page called like one of the site's languages", () => {
  it("a page called like one of the site's languages is refused where that language begins, however it comes there", async () => {
    expect(fieldsOf(await make({ slug: "de" }))).toEqual([400, ["slug"]]);
    const page = await site.page({ title: "Office" });
    expect(fieldsOf(await site.ask("PATCH", `/pages/${page}`, { slug: "de" }))).toEqual([400, ["slug"]]);
    expect((await make({ slug: "en" })).status).toBe(201);
    const german = (await make({ slug: "de", locale: "de" })).body.data;
    expect(fieldsOf(await site.ask("PATCH", `/pages/${german.id}`, { locale: "en" }))).toEqual([400, ["slug"]]);
  });

  it("a page called like a language keeps the site from taking up that language", async () => {
    expect((await make({ slug: "fr" })).status).toBe(201);
    expect(fieldsOf(await changeSite({ locales: ["en", "de", "fr"] }))).toEqual([409, ["locales"]]);
    expect((await make({ slug: "en", locale: "de" })).status).toBe(201);
    expect(fieldsOf(await changeSite({ locale: "de" }))).toEqual([409, ["locales"]]);
    expect((await changeSite({ name: "Renamed" })).status).toBe(200);
  });
});

describe("a page called like a path of the service", () => {
  it("a page called like a path of the service is shown below the site's slug and under its own domain", async () => {
    const slugs = ["api", "v1", "s", "blog", "openapi"];
    for (const slug of slugs) await site.page({ title: `Page ${slug}`, slug });
    await site.page({ title: "Home", slug: "home" });
    await site.publish();
    const { domain } = (await site.ask("GET", "")).body.data;
    for (const slug of slugs) {
      const own = await exports.default.fetch(new Request(`https://${domain}/${slug}`));
      for (const response of [own, await site.visit(`/${slug}`)]) {
        expect([response.status, await response.text()]).toEqual([
          200,
          expect.stringContaining(`<h1>Page ${slug}</h1>`),
        ]);
      }
    }
    expect((await call("GET", "/v1")).status).toBe(404);
    expect((await make({ slug: "cdn-cgi" })).status).toBe(400);
  });
});
