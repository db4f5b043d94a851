import { describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { preview } from "../previews/world.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";
import { callThrough, failing, held } from "./world.ts";

const clock = new TestClock();

type End = (site: VisitedSite, at: { pageId: string; previewId: string; keyId: number }) => Promise<{ status: number }>;

const ENDS: [string, End][] = [
  ["its page is deleted", (site, { pageId }) => site.ask("DELETE", `/pages/${pageId}`)],
  ["it is revoked", (site, { previewId }) => site.ask("DELETE", `/previews/${previewId}`)],
  ["its key is revoked", (site, { keyId }) => call("DELETE", `/api/v1/api-keys/${keyId}`, { headers: site.headers })],
];

describe("a preview that ends while it is looked at", () => {
  it.each(ENDS)(
    "a preview that ends while it is looked at, for %s before the n-th call of a binding, for every n, shows the page or nothing at all",
    async (_, end) => {
      const site = await makeVisitedSite(clock);
      let isReached = true;
      for (let target = 1; isReached; target += 1) {
        const pageId = await site.page({ title: "To be seen", slug: `seen-${target}`, status: "draft" });
        const key = await site.workspace.key();
        const made = await preview(site, pageId, undefined, key.headers);
        const { bindings, reached, release, calls } = held(target);
        const headers = { "CF-Connecting-IP": `192.0.2.${target}` };
        const looked = callThrough(bindings, "GET", made.base, { headers });
        await Promise.race([reached, looked]);
        isReached = calls() >= target;
        if (isReached)
          expect((await end(site, { pageId, previewId: made.id, keyId: key.id })).status).toBeLessThan(300);
        release();
        const { status, text } = await looked;
        if (status === 200) expect(text).toContain("<h1>To be seen</h1>");
        else expect([status, text]).toEqual([404, "There is no preview at this address."]);
        expect((await made.look()).status).toBe(isReached ? 404 : 200);
      }
    },
  );

  it("a page that is deleted while a preview of it is made has none", async () => {
    const site = await makeVisitedSite(clock);
    let isReached = true;
    for (let target = 1; isReached; target += 1) {
      const pageId = await site.page({ title: "Draft", slug: `draft-${target}`, status: "draft" });
      const { bindings, reached, release, calls } = held(target);
      const made = callThrough(bindings, "POST", `/v1/sites/${site.id}/pages/${pageId}/preview`, site);
      await Promise.race([reached, made]);
      isReached = calls() >= target;
      if (isReached) await site.ask("DELETE", `/pages/${pageId}`);
      release();
      const { status } = await made;
      const listed = (await site.ask("GET", `/previews?pageId=${pageId}`)).body.data.length;
      expect([status, listed]).toEqual(isReached && status !== 201 ? [404, 0] : [201, 1]);
    }
  });
});

describe("a dependency that fails a preview", () => {
  it.each(["before", "after"] as const)(
    "a dependency that fails %s the n-th call, for every n, is 503 with Retry-After or not noticed, and says nothing of itself",
    async (moment) => {
      const site = await makeVisitedSite(clock);
      const made = await preview(site, await site.page({ title: "To be seen", slug: "seen" }));
      for (let target = 1; ; target += 1) {
        const { bindings, calls } = failing(target, moment);
        const headers = { "CF-Connecting-IP": `192.0.3.${target}` };
        const { status, text, headers: answered } = await callThrough(bindings, "GET", made.base, { headers });
        if (calls() < target) {
          expect(status).toBe(200);
          break;
        }
        expect([200, 503]).toContain(status);
        if (status === 503) expect(answered.get("Retry-After")).toBe("2");
        if (status === 503) expect(text).toMatch(/^The website cannot be shown right now\. \(req_\w+\)$/);
      }
    },
  );
});
