import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { callWith } from "../../support/counting.ts";
import { clock } from "../support/clock.ts";
import { arrivals, bodiesOf, headerOf, isGenuine, target } from "../support/receiver.ts";
import {
  arrivedAt,
  consume,
  copies,
  countOf,
  expectExactTotal,
  type Hook,
  keptQueue,
  makeWorld,
} from "../support/world.ts";

describe("the commit that makes an event", () => {
  it("the commit that makes an event makes it due at each of 1,000 endpoints that answer, which are all woken and get it once", async () => {
    const world = await makeWorld(clock);
    const hook = await world.hook({ events: ["post.created"] });
    await copies(hook, Array(999).fill(hook.url));
    await env.DB.prepare("UPDATE webhook_endpoints SET success_count = 1 WHERE workspace_id = ?")
      .bind(world.workspace.id)
      .run();
    const { WEBHOOKS, sent } = keptQueue();
    const init = { headers: world.headers, body: { title: "Hello" } };
    expect((await callWith({ WEBHOOKS }, "POST", "/api/v1/posts", init)).status).toBe(201);
    const ofWorkspace = `endpoint_id IN (SELECT id FROM webhook_endpoints WHERE workspace_id = ${world.workspace.id})`;
    expect(await countOf(`webhook_deliveries WHERE status = 'pending' AND ${ofWorkspace}`)).toBe(1_000);
    expect(sent).toHaveLength(100);
    expect(new Set(sent.flat()).size).toBe(1_000);
    const batches = Array.from({ length: 10 }, (_, n) => sent.slice(10 * n, 10 * n + 10));
    await Promise.all(batches.map((batch) => consume(batch)));
    const all = await arrivals(hook.url);
    expect(all).toHaveLength(1_000);
    expect(new Set(headerOf(all, "webhook-id")).size).toBe(1);
    expect(all.every((arrival) => isGenuine(arrival, hook.secret))).toBe(true);
    expect(await countOf(`webhook_deliveries WHERE status = 'success' AND attempt = 1 AND ${ofWorkspace}`)).toBe(1_000);
    expect(await world.deliverDue()).toBeNull();
  });

  it("a commit that fails leaves neither an event nor a delivery", async () => {
    const world = await makeWorld(clock);
    const hook = await world.hook({ events: ["post.created"] });
    await world.post({ slug: "hello" });
    const before = await countOf("events");
    expect((await world.platform.post("/posts", { title: "Again", slug: "hello" })).status).toBe(409);
    expect(await countOf("events")).toBe(before);
    await world.deliverDue();
    expect(await arrivedAt(hook)).toEqual([1]);
    expect(await expectExactTotal(world, hook)).toBe(1);
  });
});

describe("an event", () => {
  it("an event goes to who subscribed to its type, its kind or everything, once however many of the patterns fit", async () => {
    const world = await makeWorld(clock);
    const subscriptions: [string[], string[]][] = [
      [["post.created"], ["post.created"]],
      [["post.*"], ["post.created", "post.updated"]],
      [["*"], ["post.created", "post.updated", "site.created"]],
      [
        ["post.updated", "post.*", "*", "post.updated"],
        ["post.created", "post.updated", "site.created"],
      ],
      [["page.*", "post.deleted", "site.updated"], []],
      [
        ["site.created", "post.updated"],
        ["post.updated", "site.created"],
      ],
    ];
    const hooks = await Promise.all(subscriptions.map(([events]) => world.hook({ events })));
    const { id } = await world.post();
    await world.platform.patch(`/posts/${id}`, { title: "Changed" });
    await world.site();
    await world.deliverDue();
    for (const [index, { url }] of hooks.entries()) {
      const types = bodiesOf(await arrivals(url)).map(({ type }) => type);
      expect(types.sort()).toEqual(subscriptions[index]?.[1]);
    }
  });

  it("an event of one site goes to that site's endpoints and the workspace's, one of no site to the workspace's only", async () => {
    const world = await makeWorld(clock);
    const [one, other] = [await world.site(), await world.site()];
    const all = await world.hook({ events: ["post.*"] });
    const ofOne = await world.hook({ events: ["post.*"], site_id: one });
    const ofOther = { url: target() };
    await world.content.create(`/sites/${other}/webhooks`, { ...ofOther, events: ["*"] });
    await world.post({ site_id: one });
    await world.post();
    await world.deliverDue();
    expect(await arrivedAt(all, ofOne, ofOther)).toEqual([2, 1, 0]);
    expect(bodiesOf(await arrivals(ofOne.url))[0].site_id).toBe(one);
  });

  it("an event stays in its environment and its workspace", async () => {
    const world = await makeWorld(clock);
    const stranger = await makeWorld(clock);
    const sandbox = await world.as({ environment: "sandbox" });
    const hooks = [await world.hook(), await sandbox.hook(), await stranger.hook({ events: ["post.*"] })];
    await sandbox.post();
    await Promise.all([world, sandbox, stranger].map((it) => it.deliverDue()));
    expect(await arrivedAt(...hooks)).toEqual([0, 1, 0]);
    expect(bodiesOf(await arrivals((hooks[1] as Hook).url))[0]).toMatchObject({ environment: "sandbox" });
    await world.post();
    await Promise.all([world, sandbox, stranger].map((it) => it.deliverDue()));
    expect(await arrivedAt(...hooks)).toEqual([1, 1, 0]);
  });

  it("an event goes to no endpoint that is switched off or deleted, nor does what was due there", async () => {
    const world = await makeWorld(clock);
    const [off, deleted, on] = [await world.hook(), await world.hook(), await world.hook()];
    await world.post();
    await world.platform.patch(`/webhooks/${off.id}`, { is_active: false });
    expect((await world.platform.delete(`/webhooks/${deleted.id}`)).status).toBe(204);
    await world.post();
    await consume([[off.id, deleted.id, on.id]]);
    await world.deliverDue();
    expect(await arrivedAt(off, deleted, on)).toEqual([0, 0, 2]);
    const given = [
      expect.objectContaining({ status: "failed", attempt: 0, error: expect.stringContaining("switched off") }),
    ];
    expect(await world.deliveries(off.id)).toEqual(given);
    expect(await expectExactTotal(world, off)).toBe(1);
    expect((await world.platform.get(`/webhooks/${deleted.id}`)).status).toBe(404);
  });
});
