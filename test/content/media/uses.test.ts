import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../../support/client.ts";
import { call, TestClock } from "../../support/fixtures.ts";
import { DOT, formOf } from "../../support/pictures.ts";

const clock = new TestClock();
let at: TestSite;
let file: { id: string; url: string };

beforeAll(async () => {
  at = await makeSite(clock);
});

beforeEach(async () => {
  clock.advance(60_000);
  file = (await at.site.post("/media", formOf(DOT, "dot.png"))).body.data;
});

const hero = (url: string) => [{ type: "hero", props: { heading: "Bread", image: { url } } }];
const usesOf = async (id: string) => (await at.site.get(`/media/${id}/uses`)).body.data.uses;

/** Things of a site that can name a file, each by how it is made with a content, changed and deleted. */
const PLACES: Record<
  string,
  (url: string) => Promise<{ id: string; set(url: string): Promise<unknown>; end(): Promise<unknown> }>
> = {
  page: async (url) => {
    const { id } = await at.site.create("/pages", { title: "Start", blocks: hero(url) });
    const path = `/pages/${id}`;
    return {
      id,
      set: (other) => at.site.patch(path, { blocks: hero(other) }),
      end: () => at.site.delete(path),
    };
  },
  post: async (url) => {
    const { headers } = at.api;
    const body = { title: "Rye", content: `<p><img src="${url}" alt=""></p>`, site_id: at.siteId };
    const id = String((await call("POST", "/api/v1/posts", { headers, body })).body.data.id);
    const path = `/api/v1/posts/${id}`;
    return {
      id,
      set: (other) => call("PATCH", path, { headers, body: { content: `<img src="https://example.com${other}">` } }),
      end: () => call("DELETE", path, { headers }),
    };
  },
  product: async (url) => {
    const { id } = await at.site.create("/shop/products", { title: "Loaf", price: 650, images: [url] });
    const path = `/shop/products/${id}`;
    return { id, set: (other) => at.site.patch(path, { images: [other] }), end: () => at.site.delete(path) };
  },
  site: async (url) => {
    await at.api.patch(`/sites/${at.siteId}`, { settings: { banner: url } });
    const set = (other: string) => at.api.patch(`/sites/${at.siteId}`, { settings: { banner: other } });
    return { id: at.siteId, set, end: () => set("/elsewhere.png") };
  },
};

describe.each(Object.keys(PLACES))("a %s", (type) => {
  it(`a ${type} that names a file keeps it from being deleted, as long as it does`, async () => {
    const place = await PLACES[type]?.(file.url);
    if (!place) throw new Error(type);
    expect(await usesOf(file.id)).toEqual([{ type, id: place.id }]);
    const refused = await at.site.delete(`/media/${file.id}`);
    expect([refused.status, refused.body.error.details]).toEqual([
      409,
      expect.objectContaining({ reason: "media_in_use", uses: [{ type, id: place.id }] }),
    ]);
    await place.set("/media/med_01KAGW6PSZ0000000000000000/other.png");
    expect(await usesOf(file.id)).toEqual([]);
    await place.set(`${file.url}?w=640`);
    expect(await usesOf(file.id)).toEqual([{ type, id: place.id }]);
    await place.end();
    expect(await usesOf(file.id)).toEqual([]);
    expect((await at.site.delete(`/media/${file.id}`)).status).toBe(204);
  });
});

it("a file that is used can be deleted by force", async () => {
  await PLACES.page?.(file.url);
  expect((await at.site.delete(`/media/${file.id}?force=true`)).status).toBe(204);
  expect((await at.site.get(`/media/${file.id}`)).status).toBe(404);
});

it("a page that comes to name a file while it is deleted wins, or is told that the file is gone", async () => {
  const page = await at.site.create("/pages", { title: "Race", blocks: [] });
  const [saved, deleted] = await Promise.all([
    at.site.patch(`/pages/${page.id}`, { blocks: hero(file.url) }),
    at.site.delete(`/media/${file.id}`),
  ]);
  expect(saved.status).toBe(200);
  expect([204, 409]).toContain(deleted.status);
});

it("where a file is used costs the same however many pages there are", async () => {
  const answer = await at.site.get(`/media/${file.id}/uses`);
  expect(answer.body.data).toEqual({ uses: [], hasMore: false });
});
