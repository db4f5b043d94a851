import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { registerEvents } from "../../../src/core/events/catalogue.ts";
import { defineEvents } from "../../../src/core/events/define.ts";
import { EVENT_SETS } from "../../../src/events.ts";
import { visibleData } from "../../../src/webhooks/message.ts";
import { advanceReplays } from "../../../src/webhooks/service/replay.ts";
import { clock } from "../support/clock.ts";
import { arrivals, bodiesOf, target } from "../support/receiver.ts";
import { idsSeen, platformCalls, statusesOf } from "../support/strangers.ts";
import { arrivedAt, type Hook, makeWorld, rowsOf, wake, type World } from "../support/world.ts";

let world: World;
beforeEach(async () => {
  world = await makeWorld(clock);
});

/** Events of a member, as there may be some: with personal attributes. */
const USER_EVENTS = defineEvents({
  noun: "user",
  scope: "users:read",
  integrations: true,
  readAt: ["/api/v1/users"],
  sample: { id: 1, name: "Ada Baker", email: "ada@example.com", role: "owner" },
  verbs: { created: {} },
});
registerEvents(...EVENT_SETS, USER_EVENTS);

async function userEvent(): Promise<void> {
  const ctx = world.workspace.context();
  ctx.unit.emit(USER_EVENTS.created, USER_EVENTS.created.sample);
  await ctx.unit.commit();
}

describe("a key of access type integrations", () => {
  let partner: World;
  beforeEach(async () => {
    partner = await world.as({ accessType: "integrations", attributes: ["name"] });
  });

  it("a key of access type integrations sees the endpoints set up by its kind, and those who see everything see them too", async () => {
    const [own, others] = [await partner.hook({ events: ["post.*"] }), await world.hook({ events: ["post.*"] })];
    const colleague = await world.as({ accessType: "integrations" });
    for (const by of [partner, colleague]) expect(await idsSeen(by)).toEqual([own.id]);
    expect(await statusesOf(platformCalls(partner, others.id))).toEqual([404]);
    expect(await idsSeen(world)).toEqual(expect.arrayContaining([own.id, others.id]));
    const siteId = await world.site();
    const [ofSite, theirs] = [await world.hook({ site_id: siteId }), await partner.hook({ site_id: siteId })];
    const list = await partner.content.get(`/sites/${siteId}/webhooks`);
    expect(list.body).toMatchObject({ data: [{ id: `wh_${theirs.id}` }], pagination: { total: 1 } });
    expect((await partner.content.get(`/sites/${siteId}/webhooks/wh_${ofSite.id}`)).status).toBe(404);
    expect((await world.content.get(`/sites/${siteId}/webhooks`)).body.pagination.total).toBe(2);
  });

  it("a key of access type integrations cannot subscribe to administrative events, nor look at their samples", async () => {
    for (const pattern of ["api_key.created", "api_key.*", "usage.*", "webhook.disabled", "workspace.updated"]) {
      const refused = await partner.platform.post("/webhooks", { url: target(), events: ["post.*", pattern] });
      expect(refused.status, pattern).toBe(403);
      expect(refused.body.message).toContain(pattern);
    }
    const hook = await partner.hook({ events: ["post.*"] });
    const change = { events: ["api_key.*"] };
    expect((await partner.platform.patch(`/webhooks/${hook.id}`, change)).status).toBe(403);
    expect((await partner.platform.get("/webhooks/samples/api_key.created")).status).toBe(403);
    expect((await partner.platform.get("/webhooks/samples/post.created")).status).toBe(200);
  });

  it("a key of access type integrations hears of none of them by *, not even by a replay or after an admin's change", async () => {
    const [hook, changed] = [await partner.hook({ events: ["*"] }), await partner.hook({ events: ["post.*"] })];
    await world.platform.patch(`/webhooks/${changed.id}`, { events: ["api_key.*", "post.*"] });
    const from = new Date(clock.time).toISOString();
    await world.platform.create("/api-keys", { name: "CI", scopes: ["posts:read"] });
    await world.post();
    await world.deliverDue();
    for (const { url } of [hook, changed]) {
      expect(bodiesOf(await arrivals(url)).map(({ type }) => type)).toEqual(["post.created"]);
    }
    await world.site();
    await partner.platform.patch(`/webhooks/${changed.id}`, { events: ["*"] });
    expect((await partner.platform.post(`/webhooks/${changed.id}/replay`, { from, status: "all" })).status).toBe(202);
    await advanceReplays(env, clock.time);
    const types = await rowsOf("SELECT event_type FROM webhook_deliveries WHERE endpoint_id = ?", changed.id);
    expect(types.map(({ event_type }) => event_type)).toEqual(["post.created", "site.created"]);
  });

  it("a key of access type integrations is sent the attributes it may see, as they are when it is sent; all others get everything", async () => {
    const gone = await world.as({ accessType: "integrations", attributes: ["name"] });
    const [theirs, ours] = [await gone.hook({ events: ["*"] }), await world.hook({ events: ["*"] })];
    const dataAt = async ({ id, url }: Hook) => {
      await wake(id);
      return bodiesOf(await arrivals(url)).map(({ data }) => data);
    };
    await userEvent();
    const [shown] = await dataAt(theirs);
    expect(shown).toEqual({ id: 1, name: "Ada Baker", role: "owner" });
    expect(await dataAt(ours)).toEqual([{ ...shown, email: "ada@example.com" }]);
    expect(await arrivedAt(theirs, ours)).toEqual([1, 1]);
  });

  it("a key of access type integrations that points an endpoint elsewhere counts from then on; any other change leaves it as it was", async () => {
    const [limited, unlimited] = [partner, await world.as({ accessType: "integrations" })];
    const hook = await limited.hook({ events: ["*"] });
    await unlimited.platform.patch(`/webhooks/${hook.id}`, { description: "Seen", events: ["*"] });
    await userEvent();
    await wake(hook.id);
    const url = target();
    await unlimited.platform.patch(`/webhooks/${hook.id}`, { url });
    await userEvent();
    await wake(hook.id);
    const [before, after] = [await arrivals(hook.url), await arrivals(url)].map((all) => bodiesOf(all)[0].data);
    expect(Object.keys(before)).toEqual(["id", "name", "role"]);
    expect(Object.keys(after)).toEqual(["id", "name", "email", "role"]);
  });

  it("a key of access type integrations is shown data as its own GET shows it", () => {
    const data = { id: 1, name: "Ada", email: "ada@example.com" };
    const of = (attributes: string[] | null) =>
      visibleData({ type: "user.updated", data }, { accessType: "integrations", attributes });
    expect(of(["email"])).toEqual({ id: 1, email: "ada@example.com" });
    for (const none of [null, []]) expect(of(none)).toEqual(data);
    expect(visibleData({ type: "post.created", data }, { accessType: "integrations", attributes: ["email"] })).toEqual(
      data,
    );
    expect(visibleData({ type: "user.updated", data }, { accessType: "admin", attributes: ["email"] })).toEqual(data);
    expect(visibleData({ type: "user.updated", data }, null)).toEqual(data);
  });
});
