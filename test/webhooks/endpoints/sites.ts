import { beforeAll, describe, expect, it } from "vitest";
import { clock } from "../support/clock.ts";
import { target } from "../support/receiver.ts";
import { idsSeen, platformCalls, statusesOf } from "../support/strangers.ts";
import { countOf, type Hook, makeWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await makeWorld(clock);
});

describe("a key limited to sites", () => {
  let sites: [string, string];
  let limited: World;
  let hooks: { whole: Hook; own: Hook; other: Hook };

  beforeAll(async () => {
    sites = [await world.site(), await world.site()];
    limited = await world.as({ siteIds: [sites[0]] });
    const [own, other] = [await world.hook({ site_id: sites[0] }), await world.hook({ site_id: sites[1] })];
    hooks = { whole: await world.hook({ events: ["post.deleted"] }), own, other };
  });

  it("a key limited to sites sees and changes the endpoints of its sites, on both surfaces, and no others", async () => {
    expect(await idsSeen(limited)).toEqual([hooks.own.id]);
    for (const { id } of [hooks.whole, hooks.other])
      expect(await statusesOf(platformCalls(limited, id))).toEqual([404]);
    expect((await limited.platform.patch(`/webhooks/${hooks.own.id}`, { description: "Mine" })).status).toBe(200);
    const [site, other] = sites;
    const list = await limited.content.get(`/sites/${site}/webhooks`);
    expect(list.body).toMatchObject({
      data: [{ id: `wh_${hooks.own.id}`, description: "Mine" }],
      pagination: { total: 1 },
    });
    for (const id of [hooks.whole.id, hooks.other.id]) {
      expect((await limited.content.get(`/sites/${site}/webhooks/wh_${id}`)).status).toBe(404);
      expect((await limited.content.delete(`/sites/${site}/webhooks/wh_${id}`)).status).toBe(404);
    }
    expect((await limited.content.get(`/sites/${other}/webhooks`)).status).toBe(403);
    expect((await limited.content.get(`/sites/${other}/webhooks/wh_${hooks.other.id}`)).status).toBe(403);
    expect(await countOf("webhook_endpoints WHERE description = 'Mine'")).toBe(1);
  });

  it("a key limited to sites has to name one of them on the Platform API", async () => {
    const body = { url: target(), events: ["*"] };
    const none = await limited.platform.post("/webhooks", body);
    expect([none.status, Object.keys(none.body.errors)]).toEqual([422, ["site_id"]]);
    expect((await limited.platform.post("/webhooks", { ...body, site_id: sites[1] })).status).toBe(403);
    expect((await limited.platform.post("/webhooks", { ...body, site_id: sites[0] })).status).toBe(201);
  });

  it("a key limited to sites gets samples of its own sites only", async () => {
    await world.content.create(`/sites/${sites[1]}/pages`, { title: "Elsewhere" });
    expect((await limited.platform.get("/webhooks/samples/page.created")).text).not.toContain("Elsewhere");
    expect((await world.platform.get("/webhooks/samples/page.created")).text).toContain("Elsewhere");
  });
});

describe("the site of an endpoint", () => {
  it("the site of an endpoint is one of the workspace's own, in its environment; another's lists stay as they are", async () => {
    const stranger = await makeWorld(clock);
    const sandbox = await world.as({ environment: "sandbox" });
    const [foreign, ofSandbox] = [await stranger.site(), await sandbox.site()];
    for (const site_id of [foreign, ofSandbox, "site_01KAGW6PSZ0000000000000000"]) {
      const refused = await world.platform.post("/webhooks", { url: target(), events: ["*"], site_id });
      expect(refused.status).toBe(422);
      expect(refused.body.errors).toEqual({ site_id: ["is not a site of this workspace"] });
    }
    const list = await stranger.content.get(`/sites/${foreign}/webhooks`);
    expect(list.body).toMatchObject({ data: [], pagination: { total: 0 } });
  });
});
