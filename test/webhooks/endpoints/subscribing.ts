import { beforeEach, describe, expect, it } from "vitest";
import { clock } from "../support/clock.ts";
import { target } from "../support/receiver.ts";
import { makeWorld, World } from "../support/world.ts";

let owner: World;
beforeEach(async () => {
  owner = await makeWorld(clock);
});

/** A key as it is made by who names no scopes. */
async function byDefault(): Promise<{ id: number; world: World }> {
  const made = await owner.platform.create("/api-keys", { name: "Zapier" });
  expect(made.scopes).toEqual(["read", "write"]);
  return { id: made.id, world: new World(clock, owner.workspace, { "X-Api-Key": made.key }) };
}

const DOORS = {
  platform: {
    subscribe: async ({ platform }: World) => {
      const made = await platform.post("/webhooks", { target_url: target(), event: "post.created" });
      expect(made.status, made.text).toBe(201);
      return `/webhooks/${made.body.data.id}`;
    },
    client: ({ platform }: World) => platform,
  },
  content: {
    subscribe: async ({ content }: World) => {
      const path = `/sites/${await owner.site()}/webhooks`;
      const made = await content.post(path, { targetUrl: target(), event: "page.published" });
      expect(made.status, made.text).toBe(201);
      return `${path}/${made.body.data.id}`;
    },
    client: ({ content }: World) => content,
  },
};

describe.each(Object.entries(DOORS))(
  "a key made without scopes, on the surface %s,",
  (surface, { subscribe, client }) => {
    it(`a key made without scopes, on the surface ${surface}, subscribes, checks and unsubscribes`, async () => {
      const { world } = await byDefault();
      const path = await subscribe(world);
      expect((await client(world).get(path)).status).toBe(200);
      expect((await client(world).delete(path)).status).toBe(204);
      expect((await client(world).get(path)).status).toBe(404);
      // Told twice, as a platform may that has not seen the answer.
      expect((await client(world).delete(path)).status).toBe(404);
    });
  },
);

describe("a key with webhooks:write and no more", () => {
  it("a key with webhooks:write and no more deletes what it has set up or stands behind, and nobody else's", async () => {
    const { id, world } = await byDefault();
    const [own, others] = [await DOORS.platform.subscribe(world), await DOORS.platform.subscribe(owner)];
    const refused = await world.platform.delete(others);
    expect([refused.status, refused.body.message]).toEqual([
      403,
      "Insufficient permissions. Required scope: webhooks:delete",
    ]);
    for (const path of ["/webhooks/4503599627370497", "/webhooks/none"])
      expect((await world.platform.delete(path)).status).toBe(403);
    const simulated = async (path: string) =>
      (await owner.platform.post(`/api-keys/${id}/simulate`, { method: "DELETE", path: `/api/v1${path}` })).body.data;
    expect(await simulated(own)).toMatchObject({ allowed: true, required_scope: "webhooks:delete" });
    expect(await simulated(others)).toMatchObject({ allowed: false, status: 403 });
    // Its successor stands behind the endpoint from then on; the key itself, which works for a day more, has set it up.
    const { data } = (await owner.platform.post(`/api-keys/${id}/rotate`)).body;
    const successor = new World(clock, owner.workspace, { "X-Api-Key": data.key });
    const second = await DOORS.platform.subscribe(world);
    expect((await world.platform.delete(own)).status).toBe(204);
    expect((await successor.platform.delete(second)).status).toBe(204);
  });

  it("a key with webhooks:write and no more deletes nothing where its rights do not say so, nor one that only reads", async () => {
    const rights = [{ endpoint: "/api/v1/webhooks", methods: ["POST", "GET"] as ("POST" | "GET")[] }];
    const limited = await owner.as({ scopes: ["read", "write"], rights });
    const path = await DOORS.platform.subscribe(limited);
    expect((await limited.platform.delete(path)).status).toBe(403);
    const reader = await owner.as({ scopes: ["read"] });
    expect((await reader.platform.delete(path)).status).toBe(403);
    expect((await owner.platform.get(path)).status).toBe(200);
  });
});
