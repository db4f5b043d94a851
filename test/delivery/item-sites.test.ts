import { beforeEach, describe, expect, it } from "vitest";
import type { Right } from "../../src/core/keys/rights.ts";
import { call, makeWorkspace, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
const ITEM = "/api/backend/item";
type Headers = Record<string, string>;
let owner: Headers;
let own: string;
let other: string;
/** Keys for the articles of one website: by a right that names it, and by the key's sites. */
let bound: Headers[];

beforeEach(async () => {
  clock.advance(60_000);
  const workspace = await makeWorkspace(clock);
  owner = (await workspace.key()).headers;
  const siteOf = async (name: string): Promise<string> =>
    (await call("POST", "/v1/sites", { headers: owner, body: { name } })).body.data.id;
  [own, other] = [await siteOf("Own"), await siteOf("Other")];
  const rights: Right[] = [{ endpoint: ITEM, methods: ["*"], query: { table: "blog_articles", site: own } }];
  const byRight = (await workspace.key({ scopes: null, rights })).headers;
  bound = [byRight, (await workspace.key({ scopes: ["posts:*"], siteIds: [own] })).headers];
});

const article = async (site_id: string | null): Promise<number> =>
  (await call("POST", "/api/v1/posts", { headers: owner, body: { title: "Hello", site_id } })).body.data.id;
const postOf = async (id: number) => (await call("GET", `/api/v1/posts/${id}`, { headers: owner })).body.data;
const at = (id?: number, site = own) =>
  `${ITEM}?table=blog_articles&site=${site}${id === undefined ? "" : `&id=${id}`}`;

describe("a key for the articles of one website", () => {
  it("a key for the articles of one website writes none to another, whatever its body says", async () => {
    for (const headers of bound) {
      for (const site_id of [other, null]) {
        const made = await call("POST", at(), { headers, body: { title: "Elsewhere", site_id } });
        expect([made.status, Object.keys(made.body.errors)]).toEqual([422, ["site_id"]]);
      }
      const made = await call("POST", at(), { headers, body: { title: "Here" } });
      expect([made.status, made.body.site_id]).toEqual([201, own]);
    }
  });

  it("a key for the articles of one website moves none to another, nor out of all", async () => {
    const id = await article(own);
    for (const headers of bound) {
      for (const site_id of [other, null])
        expect((await call("PATCH", at(id), { headers, body: { site_id } })).body.errors).toHaveProperty("site_id");
    }
    const [byRight, bySites] = bound as [Headers, Headers];
    const direct = (headers: Headers) => call("PATCH", `/api/v1/posts/${id}`, { headers, body: { site_id: other } });
    expect([(await direct(byRight)).status, (await direct(bySites)).status]).toEqual([403, 403]);
    expect(await postOf(id)).toMatchObject({ site_id: own, version: 1 });
  });

  it("a key for the articles of one website finds none of another there", async () => {
    const id = await article(other);
    for (const headers of bound) {
      expect((await call("GET", at(id), { headers })).status).toBe(404);
      expect((await call("PATCH", at(id), { headers, body: { title: "Mine" } })).status).toBe(404);
      expect((await call("PATCH", at(id), { headers, body: { site_id: own } })).status).toBe(404);
      expect((await call("DELETE", at(id), { headers })).status).toBe(404);
      expect((await call("PATCH", at(id, other), { headers, body: { title: "Mine" } })).status).toBe(401);
    }
    expect(await postOf(id)).toMatchObject({ title: "Hello", version: 1 });
  });

  it("a key for the articles of one website neither changes nor takes over nor deletes one that is of none", async () => {
    const id = await article(null);
    for (const [headers, refusal] of [
      [bound[0], 422],
      [bound[1], 404],
    ] as const) {
      for (const body of [{ title: "Mine" }, { site_id: own }])
        expect((await call("PATCH", at(id), { headers, body })).status).toBe(refusal);
      expect((await call("DELETE", at(id), { headers })).status).toBe(refusal);
    }
    expect((await call("GET", at(id), { headers: bound[0] })).status).toBe(200);
    expect(await postOf(id)).toMatchObject({ title: "Hello", site_id: null, version: 1 });
  });
});
