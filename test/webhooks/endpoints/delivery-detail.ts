import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { clock } from "../support/clock.ts";
import { arrivals, target } from "../support/receiver.ts";
import { type Hook, makeWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld(clock);
});

/** A site's endpoint whose one delivery has failed once and then arrived. */
async function delivered() {
  const site = await world.site();
  const hook = await world.hook({ to: "failfirst/1", events: ["post.created"], site_id: site });
  await world.post({ site_id: site });
  await world.deliverDue();
  clock.advance(10_000);
  await world.deliverDue();
  const [{ id }] = await world.deliveries(hook.id);
  return { site, hook, id };
}

describe("a single delivery", () => {
  it("a single delivery shows the headers of each attempt and the payload just as the receiver got them, on both surfaces", async () => {
    const { site, hook, id } = await delivered();
    const shown = await world.delivery(hook.id, id);
    const got = await arrivals(hook.url);
    expect(got).toHaveLength(2);
    for (const [index, { headers, body }] of got.entries()) {
      const sent = shown.attempts[index].request_headers as Record<string, string>;
      const names = ["content-type", "user-agent", "webhook-attempt", "webhook-id", "webhook-signature"];
      expect(
        Object.keys(sent)
          .map((name) => name.toLowerCase())
          .sort(),
      ).toEqual([...names, "webhook-timestamp"]);
      for (const [name, value] of Object.entries(sent))
        expect([name, headers[name.toLowerCase()]]).toEqual([name, value]);
      expect(JSON.stringify(shown.payload)).toBe(body);
    }
    const content = await world.content.get(`/sites/${site}/webhooks/wh_${hook.id}/deliveries/whd_${id}`);
    expect(content.body.data).toMatchObject({ payload: shown.payload, webhookId: `wh_${hook.id}` });
    const headers = content.body.data.attempts.map((it: { requestHeaders: unknown }) => it.requestHeaders);
    expect(headers).toEqual(shown.attempts.map((it: { request_headers: unknown }) => it.request_headers));
  });

  it("a single delivery shows its payload to who may hear of the event alone, and the attempts to everybody who sees it", async () => {
    const { hook, id } = await delivered();
    const without = await world.as({ scopes: ["webhooks:read"] });
    const shown = await without.delivery(hook.id, id);
    expect([shown.payload, shown.attempts.length, shown.status]).toEqual([null, 2, "success"]);
    const reader = await world.as({ scopes: ["webhooks:read", "posts:read"] });
    expect((await reader.delivery(hook.id, id)).payload.data.title).toEqual(expect.any(String));
  });

  it("a single delivery has no payload once its event is no longer kept, and no headers where nothing was sent", async () => {
    const { hook, id } = await delivered();
    await env.DB.prepare("DELETE FROM events WHERE seq = ?").bind(id).run();
    expect(await world.delivery(hook.id, id)).toMatchObject({ payload: null, attempts: [{}, {}] });
    const refused = await world.hook({ events: ["post.created"] });
    await env.DB.prepare("UPDATE webhook_endpoints SET url = 'http://10.0.0.1/' WHERE id = ?").bind(refused.id).run();
    await world.post();
    await world.deliverDue();
    const [{ id: unsent }] = await world.deliveries(refused.id);
    const { attempts, payload } = await world.delivery(refused.id, unsent);
    expect(attempts).toMatchObject([{ request_headers: null, error: expect.stringContaining("Not sent") }]);
    expect(payload).toMatchObject({ type: "post.created" });
  });
});

describe("the list of deliveries", () => {
  let site: string;
  let hook: Hook;
  beforeAll(async () => {
    site = await world.site();
    hook = await world.hook({ events: ["post.*"], site_id: site });
    const { id } = await world.post({ site_id: site });
    await world.deliverDue();
    await world.platform.patch(`/webhooks/${hook.id}`, { url: target("status/503") });
    await world.platform.patch(`/posts/${id}`, { title: "Changed" });
    await world.deliverDue();
    await world.platform.patch(`/webhooks/${hook.id}`, { url: target("status/500") });
    await world.platform.patch(`/posts/${id}`, { title: "Changed again" });
    await world.deliverDue();
  });

  it.each([
    [{}, ["post.created 200", "post.updated 500", "post.updated 503"]],
    [{ event_type: "post.updated" }, ["post.updated 500", "post.updated 503"]],
    [{ response_code: 503 }, ["post.updated 503"]],
    [{ response_code: 200, event_type: "post.created" }, ["post.created 200"]],
    [{ response_code: 200, event_type: "post.updated" }, []],
    [{ response_code: 500, status: "retrying" }, ["post.updated 500"]],
    [{ response_code: 500, status: "success" }, []],
  ])("the list of deliveries is filtered by type and response code, with its total: %j", async (filter, expected) => {
    const query = new URLSearchParams(Object.entries(filter).map(([name, value]) => [name, String(value)]));
    const platform = await world.platform.get(`/webhooks/${hook.id}/deliveries?${query}`);
    const told = platform.body.data.map((it: Record<string, unknown>) => `${it.event_type} ${it.response_code}`);
    expect([told.sort(), platform.body.meta.total]).toEqual([expected, expected.length]);
    const camel = [...query].map(([name, value]) => [
      name.replace(/_(.)/g, (_, letter) => letter.toUpperCase()),
      value,
    ]);
    const path = `/sites/${site}/webhooks/wh_${hook.id}/deliveries`;
    const found: string[] = [];
    for (let cursor = ""; ; ) {
      const page = (await world.content.get(`${path}?limit=1&${new URLSearchParams(camel)}${cursor}`)).body;
      expect(page.pagination.total).toBe(expected.length);
      found.push(...page.data.map((it: Record<string, unknown>) => `${it.eventType} ${it.responseCode}`));
      if (page.pagination.nextCursor === null) break;
      cursor = `&cursor=${page.pagination.nextCursor}`;
    }
    expect(found.sort()).toEqual(expected);
  });

  it("the list of deliveries refuses a type there is not and a code no answer has", async () => {
    for (const query of ["event_type=post.vanished", "event_type=post.*", "response_code=99", "response_code=ok"]) {
      const refused = await world.platform.get(`/webhooks/${hook.id}/deliveries?${query}`);
      expect([refused.status, Object.keys(refused.body.errors)]).toEqual([422, [query.split("=")[0]]]);
    }
  });
});
