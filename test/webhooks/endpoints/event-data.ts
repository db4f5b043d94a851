import { beforeAll, describe, expect, it } from "vitest";
import { clock } from "../support/clock.ts";
import { type Arrival, arrivals, verified } from "../support/receiver.ts";
import { type Hook, makeWorld, type World } from "../support/world.ts";

let world: World;
let siteId: string;

beforeAll(async () => {
  world = await makeWorld(clock);
  siteId = await world.site();
});

const page = (status = "draft") =>
  world.content.create(`/sites/${siteId}/pages`, {
    title: "Über uns",
    status,
    blocks: [{ type: "HeroSection", props: { title: "Fresh bread", tags: ["a", null, 1.5] } }],
    seo: { description: "Bread" },
  });

/** For each event what makes it happen; answers the path whose GET shows the resource. */
const CAUSES: Record<string, () => Promise<string>> = {
  "page.created": async () => `/v1/sites/${siteId}/pages/${(await page()).id}`,
  "page.published": async () => {
    const { id } = await page("published");
    expect((await world.content.post(`/sites/${siteId}/publish`, {})).status).toBeLessThan(300);
    return `/v1/sites/${siteId}/pages/${id}`;
  },
  "post.created": async () => {
    const { id } = await world.post({ site_id: siteId, tags: ["news"], content: "<p>First</p>" });
    return `/api/v1/posts/${id}`;
  },
  "site.created": async () => `/v1/sites/${await world.site()}`,
  "api_key.created": async () => {
    const { id } = await world.platform.create("/api-keys", { name: "CI", scopes: ["posts:read"] });
    return `/api/v1/api-keys/${id}`;
  },
  "webhook.disabled": async () => {
    const { id } = await world.hook({ to: "gone", events: ["workspace.updated"], description: "Was there once" });
    await world.platform.patch(`/workspaces/${world.workspace.id}`, { name: "Renamed" });
    await world.deliverDue();
    return `/api/v1/webhooks/${id}`;
  },
};

/** The data of the one webhook that arrived, verified. */
async function dataAt({ url, secret }: Hook): Promise<unknown> {
  const all = await arrivals(url);
  expect(all).toHaveLength(1);
  return verified(all[0] as Arrival, secret).data;
}

const get = async (path: string): Promise<unknown> => {
  const client = path.startsWith("/v1") ? world.content : world.platform;
  const { body } = await client.get(path.slice(client.base.length));
  return body.data;
};

describe("the data of a webhook", () => {
  it.each(Object.keys(CAUSES))(
    "the data of %s is what the resource's GET answers, and what the samples show first",
    async (type) => {
      const hook = await world.hook({ events: [type] });
      const path = await (CAUSES[type] as () => Promise<string>)();
      await world.deliverDue();
      const data = await dataAt(hook);
      expect(data).toEqual(await get(path));
      const samples = await world.platform.get(`/webhooks/samples/${type}`);
      expect(samples.body.data[0]).toEqual(data);
      await world.platform.delete(`/webhooks/${hook.id}`);
    },
  );

  it("a site's webhook has the same samples on the Content API, without those of other sites", async () => {
    const other = await world.site();
    await page();
    await world.content.create(`/sites/${other}/pages`, { title: "Elsewhere" });
    const ofSite = await world.content.get(`/sites/${siteId}/webhooks/samples/page.created`);
    const siteIds = ofSite.body.data.map((it: { siteId: string }) => it.siteId);
    expect(new Set(siteIds)).toEqual(new Set([siteId]));
    const ofAll = await world.platform.get("/webhooks/samples/page.created");
    expect(ofAll.body.data[0]).toMatchObject({ siteId: other, title: "Elsewhere" });
    expect(ofAll.body.data[1]).toEqual(ofSite.body.data[0]);
  });
});
