import { exports } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";
import { type MadePreview, preview } from "./world.ts";

const clock = new TestClock();
const DOMAIN = "www.previewed.example";
let own: VisitedSite;
let other: VisitedSite;

const at = (host: string, path: string) =>
  exports.default.fetch(new Request(`https://${host}${path}`, { headers: { "CF-Connecting-IP": "192.0.2.77" } }));

beforeAll(async () => {
  own = await makeVisitedSite(clock, { domain: DOMAIN });
  other = await makeVisitedSite(clock);
  await own.page({ title: "Our preview", slug: "preview" });
  await own.page({ title: "Home", slug: "home" });
  await own.publish();
});

describe("a site's own domain", () => {
  it("shows the previews of its own site and of no other", async () => {
    const shown = async (made: MadePreview) => (await at(DOMAIN, `${made.base}/`)).status;
    await other.page({ title: "Home", slug: "home" });
    const [ofOwn, ofOther] = [await preview(own), await preview(other)];
    expect([await shown(ofOwn), await shown(ofOther)]).toEqual([200, 404]);
    expect((await ofOther.look("/")).status).toBe(200);
  });

  it("has a page that is called like what is ours elsewhere", async () => {
    const response = await at(DOMAIN, "/preview");
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining("<h1>Our preview</h1>")]);
  });
});
