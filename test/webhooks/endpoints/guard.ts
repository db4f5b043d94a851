import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, inject, it } from "vitest";
import configuration from "../../../wrangler.toml?raw";
import type { Env } from "../../../src/env.ts";
import { callWith } from "../../support/counting.ts";
import { clock } from "../support/clock.ts";
import { target } from "../support/receiver.ts";
import { arrivedAt, consume, countOf, makeWorld, type World } from "../support/world.ts";

/** The bindings of production: nothing allows loopback. */
const PRODUCTION: Partial<Env> = { WEBHOOK_LOOPBACK: undefined };
let world: World;

beforeAll(async () => {
  world = await makeWorld(clock);
});

/** The receiver under other names: a request to any of these would arrive. */
const DISGUISES: [name: string, of: (url: URL) => string][] = [
  ["a user name", (url) => url.href.replace("//", "//user:secret@")],
  ["0.0.0.0", (url) => url.href.replace("127.0.0.1", "0.0.0.0")],
  ["IPv4 in IPv6", (url) => url.href.replace("127.0.0.1", "[::ffff:127.0.0.1]")],
  ["localhost.", (url) => url.href.replace("127.0.0.1", "localhost.")],
];

describe("an address nothing may be sent to", () => {
  it.each([
    ...DISGUISES.map(([, of]) => of(new URL(inject("receiverUrl")))),
    "https://10.0.0.1/",
    "http://example.com/",
    "x",
  ])("an address nothing may be sent to is refused at creation and change, naming the field: %s", async (url) => {
    const siteId = await world.site();
    const hook = await world.hook({ site_id: siteId });
    const before = await countOf("webhook_endpoints");
    for (const name of ["url", "target_url", "targetUrl"]) {
      const made = await world.platform.post("/webhooks", { [name]: url, events: ["*"] });
      expect([made.status, Object.keys(made.body.errors)]).toEqual([422, [name]]);
    }
    const changed = await world.platform.patch(`/webhooks/${hook.id}`, { url });
    expect([changed.status, Object.keys(changed.body.errors)]).toEqual([422, ["url"]]);
    const ofSite = await world.content.patch(`/sites/${siteId}/webhooks/wh_${hook.id}`, { url });
    expect([ofSite.status, Object.keys(ofSite.body.error.details.fields)]).toEqual([400, ["url"]]);
    expect(await countOf("webhook_endpoints")).toBe(before);
    expect((await world.at(hook.id)).url).toBe(hook.url);
  });

  it.each(DISGUISES)(
    "an address nothing may be sent to is not sent to, should it be in the database: %s",
    async (_, of) => {
      const own = await makeWorld(clock);
      const hook = await own.hook({ events: ["post.created"] });
      const url = of(new URL(hook.url));
      await env.DB.prepare("UPDATE webhook_endpoints SET url = ? WHERE id = ?").bind(url, hook.id).run();
      await own.post();
      await own.deliverDue();
      const [row] = await own.deliveries(hook.id);
      expect(row).toMatchObject({ status: "retrying", attempt: 1, response_code: null });
      expect(row.error).toMatch(/^Not sent: the address must .+\.$/);
      const report = (await own.platform.post(`/webhooks/${hook.id}/test`)).body;
      expect(report).toMatchObject({ success: false, status_code: null, error: row.error });
      expect(await arrivedAt(hook)).toEqual([0]);
    },
  );
});

describe("without WEBHOOK_LOOPBACK", () => {
  it("without WEBHOOK_LOOPBACK this machine is no address, neither for a new endpoint nor for a change", async () => {
    const { headers } = world;
    const hook = await world.hook();
    const body = { url: target(), events: ["*"] };
    const made = await callWith(PRODUCTION, "POST", "/api/v1/webhooks", { headers, body });
    expect([made.status, made.body.errors]).toEqual([422, { url: ["must be a public https address"] }]);
    const change = { headers, body: { url: target() } };
    expect((await callWith(PRODUCTION, "PATCH", `/api/v1/webhooks/${hook.id}`, change)).status).toBe(422);
  });

  it("without WEBHOOK_LOOPBACK nothing is sent to this machine, be it a delivery or a test", async () => {
    const { headers } = world;
    const hook = await world.hook({ events: ["post.created"] });
    await world.post();
    await consume([[hook.id]], { ...env, ...PRODUCTION });
    const [row] = await world.deliveries(hook.id);
    expect(row).toMatchObject({ status: "retrying", error: "Not sent: the address must be a public https address." });
    const report = await callWith(PRODUCTION, "POST", `/api/v1/webhooks/${hook.id}/test`, { headers });
    expect(report.body).toMatchObject({ success: false, error: row.error });
    expect(await arrivedAt(hook)).toEqual([0]);
  });

  it("without WEBHOOK_LOOPBACK is how production runs: its configuration has no such variable", () => {
    expect(configuration).toContain('name = "edge-cms-api"');
    expect(configuration).not.toMatch(/loopback/i);
  });
});
