import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { pauseAbandoned } from "../../src/webhooks/disable.ts";
import { TestClock } from "../support/fixtures.ts";
import { arrivals, bodiesOf, target } from "./support/receiver.ts";
import { arrivedAt, expectExactTotal, type Hook, makeWorld, World } from "./support/world.ts";

const clock = new TestClock();
const SCOPES = ["webhooks:read", "webhooks:write", "posts:read"];
const HOUR = 3_600_000;

/** The owner, and somebody else of the workspace with a key of theirs. */
let owner: World;
let other: World;
let keyId: number;
beforeEach(async () => {
  owner = await makeWorld(clock);
  ({ world: other, id: keyId } = await worldOf({ scopes: SCOPES }));
});

async function worldOf(settings: Parameters<World["workspace"]["key"]>[0]): Promise<{ world: World; id: number }> {
  const { id, headers } = await owner.workspace.key(settings);
  return { id, world: new World(clock, owner.workspace, headers, settings?.environment) };
}

const changeKey = (id: number, body: object) => owner.platform.patch(`/api-keys/${id}`, body);

async function rotate(id: number, hours = 24): Promise<{ world: World; id: number }> {
  const { data } = (await owner.platform.post(`/api-keys/${id}/rotate`, { grace_period_hours: hours })).body;
  return { id: data.id, world: new World(clock, owner.workspace, { "X-Api-Key": data.key }) };
}

async function typesAt({ url }: { url: string }): Promise<string[]> {
  await owner.deliverDue();
  return bodiesOf(await arrivals(url)).map(({ type }) => type);
}

/** Whether an endpoint has paused for want of a key, with its event and its entry in the audit log; nothing is sent to it. */
async function expectPaused(hook: Hook): Promise<void> {
  expect(await owner.at(hook.id)).toMatchObject({
    is_active: false,
    inactive_reason: "key_revoked",
    heard_events: [],
  });
  const { data } = (await owner.platform.get("/events?type=webhook.disabled&limit=100")).body;
  expect(data.filter((event: { data: { id: number } }) => event.data.id === hook.id)).toHaveLength(1);
  const log = await owner.platform.get(`/audit-log?search=${hook.id}`);
  const entries = log.body.data.filter(({ action }: { action: string }) => action === "webhook.disabled");
  expect(entries).toMatchObject([{ actor: "job:webhooks", after: { inactive_reason: "key_revoked" } }]);
  const before = await arrivedAt(hook);
  await owner.post();
  await owner.deliverDue();
  expect(await arrivedAt(hook)).toEqual(before);
}

describe("an endpoint", () => {
  it("an endpoint is told what its key may hear when it is sent, not when it became due", async () => {
    const hook = await other.hook();
    await owner.post();
    await changeKey(keyId, { scopes: ["webhooks:read", "webhooks:write"] });
    expect(await typesAt(hook)).toEqual([]);
    expect(await owner.deliveries(hook.id)).toMatchObject([{ status: "failed", attempt: 0 }]);
    expect(await expectExactTotal(owner, hook)).toBe(1);
    await owner.post();
    expect(await typesAt(hook)).toEqual([]);
    await changeKey(keyId, { scopes: SCOPES });
    await owner.post();
    expect(await typesAt(hook)).toEqual(["post.created"]);
  });

  it("an endpoint of the workspace hears of a site alone once its key is limited to that", async () => {
    const [site, elsewhere] = [await owner.site(), await owner.site()];
    const hook = await other.hook({ events: ["post.*"] });
    for (const site_id of [site, elsewhere]) await owner.post({ site_id });
    await changeKey(keyId, { site_ids: [site] });
    for (const site_id of [site, elsewhere]) await owner.post({ site_id });
    await owner.post();
    await owner.deliverDue();
    const sites = bodiesOf(await arrivals(hook.url)).map((event) => event.site_id);
    expect(sites).toEqual([site, site]);
  });

  it("an endpoint follows its key to the successor, whatever becomes of the one before, and hears what that one may", async () => {
    const hook = await other.hook();
    const successor = await rotate(keyId);
    const second = await rotate(successor.id);
    await changeKey(second.id, { scopes: ["webhooks:read", "pages:read"] });
    await owner.post();
    expect(await typesAt(hook)).toEqual([]);
    await changeKey(second.id, { scopes: SCOPES });
    for (const id of [keyId, successor.id]) {
      expect((await owner.platform.delete(`/api-keys/${id}`)).status).toBe(204);
    }
    clock.advance(200 * HOUR);
    await pauseAbandoned(env, clock.time);
    await owner.post();
    expect(await typesAt(hook)).toEqual(["post.created"]);
    expect(await owner.at(hook.id)).toMatchObject({
      is_active: true,
      heard_events: expect.arrayContaining(["post.created"]),
    });
  });

  it("an endpoint that a key sets up in its grace stands behind the successor already", async () => {
    await rotate(keyId);
    const hook = await other.hook();
    clock.advance(25 * HOUR);
    await pauseAbandoned(env, clock.time);
    await owner.post();
    expect(await typesAt(hook)).toEqual(["post.created"]);
  });
});

const ENDINGS: Record<string, () => Promise<unknown>> = {
  "is revoked": () => owner.platform.delete(`/api-keys/${keyId}`),
  "is deactivated": () => changeKey(keyId, { is_active: false }),
  "revokes itself": async () => {
    await changeKey(keyId, { scopes: [...SCOPES, "api-keys:delete"] });
    await other.platform.delete(`/api-keys/${keyId}`);
  },
  expires: async () => {
    await changeKey(keyId, { expires_at: new Date(clock.time + HOUR).toISOString() });
    clock.advance(HOUR);
    await pauseAbandoned(env, clock.time);
  },
  "is rotated, and its successor revoked": async () => {
    const { id } = await rotate(keyId);
    await owner.platform.delete(`/api-keys/${id}`);
  },
  "is rotated, and both expire": async () => {
    await changeKey(keyId, { expires_at: new Date(clock.time + HOUR).toISOString() });
    await rotate(keyId);
    clock.advance(HOUR);
    await pauseAbandoned(env, clock.time);
  },
};

describe.each(Object.keys(ENDINGS))("once its key %s, an endpoint", (title) => {
  it(`once its key ${title}, an endpoint pauses, with an event and an audit entry, and what it was due is not sent`, async () => {
    const [hook, ofOwner] = [await other.hook({ events: ["post.*"] }), await owner.hook({ events: ["post.*"] })];
    await owner.post();
    await ENDINGS[title]?.();
    await expectPaused(hook);
    expect(await arrivedAt(hook)).toEqual([0]);
    expect(await expectExactTotal(owner, hook)).toBe(1);
    expect(await arrivedAt(ofOwner)).toEqual([2]);
  });

  it(`once its key ${title}, an endpoint that its owner had switched off stays just that`, async () => {
    const hook = await other.hook();
    await owner.platform.patch(`/webhooks/${hook.id}`, { is_active: false });
    await ENDINGS[title]?.();
    await pauseAbandoned(env, clock.time);
    expect(await owner.at(hook.id)).toMatchObject({ is_active: false, inactive_reason: "deactivated" });
  });

  it(`once its key ${title}, an endpoint is sent nothing even before anybody has noticed`, async () => {
    const hook = await other.hook();
    await ENDINGS[title]?.();
    await env.DB.prepare("UPDATE webhook_endpoints SET is_active = 1, inactive_reason = NULL WHERE id = ?")
      .bind(hook.id)
      .run();
    await owner.post();
    await owner.deliverDue();
    expect(await arrivedAt(hook)).toEqual([0]);
  });
});

describe("whoever switches an endpoint on again", () => {
  it("whoever switches an endpoint on again stands behind it from then on, and its key alone counts", async () => {
    const hook = await other.hook();
    await owner.platform.delete(`/api-keys/${keyId}`);
    const third = await worldOf({ scopes: ["webhooks:read", "webhooks:write", "pages:read"] });
    const on = await third.world.platform.patch(`/webhooks/${hook.id}`, { is_active: true });
    expect(on.body.data).toMatchObject({ is_active: true, inactive_reason: null });
    expect(on.body.data.heard_events).not.toContain("post.created");
    await owner.post();
    expect(await typesAt(hook)).toEqual([]);
    await owner.platform.patch(`/webhooks/${hook.id}`, { is_active: false });
    await owner.platform.patch(`/webhooks/${hook.id}`, { is_active: true });
    await owner.post();
    expect(await typesAt(hook)).toEqual(["post.created"]);
    await owner.platform.delete(`/api-keys/${third.id}`);
    expect(await owner.at(hook.id)).toMatchObject({ is_active: true });
  });

  it("whoever points an endpoint elsewhere is told no more than its own key may know", async () => {
    const hook = await owner.hook();
    const weak = await worldOf({ scopes: ["webhooks:read", "webhooks:write"] });
    const url = target();
    expect((await weak.world.platform.patch(`/webhooks/${hook.id}`, { url })).status).toBe(200);
    await owner.post();
    expect(await typesAt({ url })).toEqual([]);
    const from = new Date(clock.time - 1_000).toISOString();
    expect((await weak.world.platform.post(`/webhooks/${hook.id}/replay`, { from, status: "all" })).status).toBe(202);
    expect(await typesAt({ url })).toEqual([]);
    expect(await owner.deliveries(hook.id, "&search=post.created")).toEqual([]);
  });
});

describe("a revocation with an unreachable database behind it", () => {
  it("the minute's work pauses what the call itself could not", async () => {
    const hook = await other.hook();
    const end = "UPDATE api_keys SET revoked_at = ?1, ends_at = ?1 WHERE id = ?2";
    await env.DB.prepare(end).bind(clock.time, keyId).run();
    await env.DB.prepare("UPDATE webhook_endpoints SET pauses_at = ?1 WHERE key_id = ?2").bind(clock.time, keyId).run();
    await pauseAbandoned(env, clock.time);
    await expectPaused(hook);
  });
});
