import { beforeAll, describe, expect, it } from "vitest";
import { eventTypes } from "../../../src/core/events/catalogue.ts";
import { clock } from "../support/clock.ts";
import { target } from "../support/receiver.ts";
import { type Hook, makeWorld, rowsOf, type World } from "../support/world.ts";

let world: World;
let siteId: string;
let hook: Hook;
let url: string;

beforeAll(async () => {
  world = await makeWorld(clock);
  siteId = await world.site();
  hook = await world.hook({ site_id: siteId });
  url = target();
});

describe("a REST hook", () => {
  it.each(["url", "target_url", "targetUrl"])(
    "a REST hook is subscribed with %s, on both surfaces, to one event or several",
    async (name) => {
      const address = target();
      for (const [given, events] of [
        [{ event: "post.created" }, ["post.created"]],
        [{ events: ["page.*", "post.created", "page.*"] }, ["page.*", "post.created"]],
      ] as const) {
        const made = await world.platform.create("/webhooks", { [name]: address, ...given });
        expect(made).toMatchObject({ url: address, events, is_active: true });
        const ofSite = await world.content.create(`/sites/${siteId}/webhooks`, { [name]: address, ...given });
        expect(ofSite).toMatchObject({ url: address, events, active: true });
        expect((await world.platform.delete(`/webhooks/${made.id}`)).status).toBe(204);
        expect((await world.platform.get(`/webhooks/${made.id}`)).status).toBe(404);
        expect((await world.platform.delete(`/webhooks/${made.id}`)).status).toBe(404);
      }
    },
  );
});

const base64 = (length: number) => btoa("x".repeat(length));
const LONG = `https://example.com/${"x".repeat(2_000)}`;

/** Bodies that are refused, by the field the answer names. `URL` stands for an address that may be used. */
const REFUSED: [what: string, body: Record<string, unknown>, field: string][] = [
  ["two names for the address", { url: "URL", target_url: "URL", events: ["*"] }, "target_url"],
  ["two other names for it", { target_url: "URL", targetUrl: "URL", events: ["*"] }, "targetUrl"],
  ["an event and events", { url: "URL", events: ["post.*"], event: "post.created" }, "event"],
  ["no address", { events: ["*"] }, "url"],
  ["no events", { url: "URL" }, "events"],
  ["an empty list of events", { url: "URL", events: [] }, "events"],
  ["51 events", { url: "URL", events: Array(51).fill("post.created") }, "events"],
  ["events as text", { url: "URL", events: "post.created" }, "events"],
  ["an event that is no text", { url: "URL", events: ["*", 5] }, "events.1"],
  ["an endless event", { url: "URL", events: ["x".repeat(65)] }, "events.0"],
  ["an unknown event", { url: "URL", events: ["post.created", "post.exploded"] }, "events.1"],
  ["an unknown single event", { url: "URL", event: "post.exploded" }, "event"],
  ["an event of no text", { url: "URL", event: "" }, "event"],
  ["another pattern", { url: "URL", events: ["post.cr*"] }, "events.0"],
  ["a pattern in the middle", { url: "URL", events: ["*.created"] }, "events.0"],
  ["a set of characters", { url: "URL", events: ["[a-z]*"] }, "events.0"],
  ["an address that is no text", { url: 5, events: ["*"] }, "url"],
  ["an address of null", { url: null, events: ["*"] }, "url"],
  ["an endless address", { url: LONG, events: ["*"] }, "url"],
  ["an endless target_url", { target_url: LONG, events: ["*"] }, "target_url"],
  ["a secret of 23 bytes", { url: "URL", events: ["*"], secret: `whsec_${base64(23)}` }, "secret"],
  ["a secret of 65 bytes", { url: "URL", events: ["*"], secret: `whsec_${base64(65)}` }, "secret"],
  ["a secret without its prefix", { url: "URL", events: ["*"], secret: base64(32) }, "secret"],
  ["a secret of another alphabet", { url: "URL", events: ["*"], secret: `whsec_${"-_".repeat(16)}` }, "secret"],
  ["an endless secret", { url: "URL", events: ["*"], secret: `whsec_${base64(600)}` }, "secret"],
  ["an empty secret", { url: "URL", events: ["*"], secret: "" }, "secret"],
  ["a description of 501 characters", { url: "URL", events: ["*"], description: "x".repeat(501) }, "description"],
  ["a description that is no text", { url: "URL", events: ["*"], description: {} }, "description"],
  ["an unknown field", { url: "URL", events: ["*"], active: true }, "active"],
];

/** Everything a refused call must leave as it is. */
const stored = () => rowsOf("SELECT id, url, events, description, secret, version FROM webhook_endpoints");

const filled = (body: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, value === "URL" ? url : value]));

describe("a body with", () => {
  it.each(REFUSED)(
    "a webhook's body with %s is refused by the field's name, and nothing is written",
    async (_, body, field) => {
      const before = await stored();
      const made = await world.platform.post("/webhooks", filled(body));
      expect([made.status, Object.keys(made.body.errors ?? {})], made.text).toEqual([422, [field]]);
      const ofSite = await world.content.post(`/sites/${siteId}/webhooks`, filled(body));
      expect([ofSite.status, Object.keys(ofSite.body.error.details.fields)], ofSite.text).toEqual([400, [field]]);
      // What can be changed later is checked in the same way.
      const { target_url, targetUrl, event, secret, ...change } = filled(body);
      if (!(field in change) && !field.startsWith("events.")) return expect(await stored()).toEqual(before);
      const changed = await world.platform.patch(`/webhooks/${hook.id}`, change);
      expect([changed.status, Object.keys(changed.body.errors ?? {})], changed.text).toEqual([422, [field]]);
      expect(await stored()).toEqual(before);
    },
  );

  it("a webhook's body with an unknown event is told which there are", async () => {
    const { body } = await world.platform.post("/webhooks", { url, events: ["post.exploded"] });
    const [words] = body.errors["events.0"];
    for (const name of [...eventTypes(), "*", "post.*", "api_key.*"]) expect(words).toContain(name);
  });

  it("a webhook's body with nothing to change, a bad secret to rotate to, or a test of no event is refused", async () => {
    const before = await stored();
    const answers = await Promise.all([
      world.platform.patch(`/webhooks/${hook.id}`, {}),
      world.platform.patch(`/webhooks/${hook.id}`, { is_active: "yes" }),
      world.platform.post(`/webhooks/${hook.id}/rotate-secret`, { secret: "whsec_abc" }),
      world.platform.post(`/webhooks/${hook.id}/test`, { event: "post.exploded" }),
      world.platform.post(`/webhooks/${hook.id}/replay`, {}),
      world.platform.post(`/webhooks/${hook.id}/replay`, { from: "yesterday", status: "some" }),
    ]);
    const named = answers.map(({ body }) => Object.keys(body.errors ?? {}));
    expect(named).toEqual([["body"], ["is_active"], ["secret"], ["event"], ["from"], ["from", "status"]]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]));
    expect(await stored()).toEqual(before);
  });
});
