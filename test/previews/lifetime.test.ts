import { describe, expect, it } from "vitest";
import { call, TestClock } from "../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../visitors/world.ts";
import { lookAt, type MadePreview, preview } from "./world.ts";

const clock = new TestClock();

const UNKNOWN = "/preview/0000000000000000000000000000000000000000000";

/** All of an answer that could tell one link from another; ids and figures of limits are the request's own. */
async function whole(response: Response): Promise<unknown> {
  const headers = [...response.headers].filter(([name]) => !/^(?:x-request-id|x-?ratelimit.*)$/.test(name));
  return { status: response.status, headers, body: await response.text() };
}

const unknown = async () => whole(await lookAt(UNKNOWN));

/** A site with a draft, and a preview of it made with a key of its own. */
async function previewed(settings: object = {}) {
  const site = await makeVisitedSite(clock);
  const pageId = await site.page({ title: "Draft", slug: "draft", status: "draft" });
  const key = await site.workspace.key(settings);
  const made = await preview(site, pageId, undefined, key.headers);
  expect((await made.look()).status).toBe(200);
  return { site, pageId, key, made };
}

const expectDead = async (made: MadePreview, paths = ["", "/", "/draft", "/site.css"]) => {
  for (const path of paths) expect(await whole(await made.look(path)), path).toEqual(await unknown());
};

const changeKey = (site: VisitedSite, id: number, body: object) =>
  call("PATCH", `/api/v1/api-keys/${id}`, { headers: site.headers, body });

describe("a link that leads nowhere", () => {
  it("an unknown one is a plain 404 that nobody keeps", async () => {
    const response = await lookAt(UNKNOWN);
    expect(response.status).toBe(404);
    expect(response.headers.get("Cache-Control")).toBe("private, no-store");
    expect(response.headers.get("X-Robots-Tag")).toBe("noindex");
    expect(await response.text()).toBe("There is no preview at this address.");
  });

  it("a changed signature is answered as an unknown one, whichever character it is", async () => {
    const { made } = await previewed();
    const token = made.base.split("/").at(-1) as string;
    for (const index of [0, 21, 42]) {
      const other = token[index] === "A" ? "B" : "A";
      const changed = token.slice(0, index) + other + token.slice(index + 1);
      expect(await whole(await lookAt(`/preview/${changed}`))).toEqual(await unknown());
    }
    for (const path of [`${made.base}x`, `/preview/${token.slice(1)}`, `/preview/${token}%00`])
      expect(await whole(await lookAt(path)), path).toEqual(await unknown());
  });

  it("an expired one is answered as an unknown one, from its very millisecond on", async () => {
    const { made } = await previewed();
    clock.advance(3_600_000 - 2_000);
    expect((await made.look()).status).toBe(200);
    clock.time = Date.parse(made.data.expiresAt);
    await expectDead(made);
  });

  it("a revoked one is answered as an unknown one", async () => {
    const { site, made } = await previewed();
    expect((await site.ask("DELETE", `/previews/${made.id}`)).status).toBe(204);
    await expectDead(made);
    expect((await site.ask("DELETE", `/previews/${made.id}`)).status).toBe(404);
  });

  it("ends with its page, and lists as ended", async () => {
    const { site, pageId, made } = await previewed();
    await site.ask("DELETE", `/pages/${pageId}`);
    await expectDead(made);
    expect((await site.ask("GET", `/previews/${made.id}`)).body.data.status).toBe("ended");
  });

  it.each([
    ["is revoked", async (site, id) => call("DELETE", `/api/v1/api-keys/${id}`, { headers: site.headers })],
    ["is disabled", (site, id) => changeKey(site, id, { is_active: false })],
    [
      "may not use the site any more",
      async (site, id) => {
        const other = await call("POST", "/v1/sites", { headers: site.headers, body: { name: "Another" } });
        return changeKey(site, id, { site_ids: [other.body.data.id] });
      },
    ],
    [
      "may only list websites any more, by its rights",
      (site, id) => changeKey(site, id, { rights: [{ endpoint: "/v1/sites", methods: ["GET"] }] }),
    ],
    ["may only read any more", (site, id) => changeKey(site, id, { scopes: ["pages:read"] })],
  ] as [string, (site: VisitedSite, id: number) => Promise<{ status: number }>][])(
    "ends with its key: one that %s",
    async (_, end) => {
      const { site, key, made } = await previewed();
      expect((await end(site, key.id)).status).toBeLessThan(300);
      await expectDead(made);
      expect((await site.ask("GET", `/previews/${made.id}`)).body.data.status).toBe("ended");
    },
  );

  it("ends with its key: one that expires", async () => {
    const { made } = await previewed({ expiresAt: clock.time + 600_000 });
    clock.advance(600_001);
    await expectDead(made);
  });

  it("ends with its key: one that was replaced ends with its grace, and its successor does not keep it", async () => {
    const { site, key, made } = await previewed();
    const rotated = await call("POST", `/api/v1/api-keys/${key.id}/rotate`, {
      headers: site.headers,
      body: { grace_period_hours: 1 },
    });
    expect(rotated.status).toBeLessThan(300);
    clock.advance(30 * 60_000);
    const later = await preview(site, undefined, { expiresIn: 86_400 }, key.headers);
    expect((await made.look()).status).toBe(200);
    clock.advance(31 * 60_000);
    await expectDead(made);
    await expectDead(later, ["", "/"]);
  });

  it("lives again with its key: one that was only disabled", async () => {
    const { site, key, made } = await previewed();
    await changeKey(site, key.id, { is_active: false });
    await expectDead(made, [""]);
    await changeKey(site, key.id, { is_active: true });
    expect((await made.look()).status).toBe(200);
  });

  it("lives again with its page: one that is taken out of the trash", async () => {
    const { site, pageId, made } = await previewed();
    await site.ask("DELETE", `/pages/${pageId}`);
    await expectDead(made, [""]);
    const { data } = (await site.ask("GET", "/trash")).body;
    expect((await site.ask("POST", `/trash/${data[0].id}/restore`)).status).toBe(200);
    expect((await made.look()).status).toBe(200);
  });

  it("ends with its workspace", async () => {
    const { site, made } = await previewed();
    const path = `/api/v1/workspaces/${site.workspace.id}`;
    const { slug } = (await call("GET", path, { headers: site.headers })).body.data;
    expect((await call("DELETE", path, { headers: site.headers, body: { confirm: slug } })).status).toBeLessThan(300);
    await expectDead(made);
  });
});
