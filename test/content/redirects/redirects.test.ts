import { beforeEach, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../../support/client.ts";
import { call, TestClock } from "../../support/fixtures.ts";

const clock = new TestClock();
let at: TestSite;

beforeEach(async () => {
  at = await makeSite(clock);
});

const make = (from: string, to: string, more: object = {}) => at.site.post("/redirects", { from, to, ...more });
const fieldsOf = ({ body }: { body: { error: { details: { fields: Record<string, string> } } } }) =>
  body.error.details.fields;

describe("a redirect", () => {
  it("a redirect is a path and where it leads, for good unless told otherwise", async () => {
    const made = await make("/old/", "/new?x=1#y");
    expect(made).toMatchObject({
      status: 201,
      body: { data: { from: "/old", to: "/new?x=1#y", status: 301, version: 1 } },
    });
    const other = await make("/other", "https://other.example/a", { status: 302 });
    expect(other.body.data).toMatchObject({ to: "https://other.example/a", status: 302 });
  });

  it.each([
    ["/a/b/", "/a/b"],
    ["/index.php?p=12", "/index.php"],
    ["/%C3%BCber-uns", "/über-uns"],
    ["/u\u0308ber", "/über"],
    ["/a%2Fb#c", "/a/b"],
    ["/100%", "/100%"],
  ])("a redirect takes paths that visitors take for the same as the same: %s", async (from, key) => {
    expect((await make(from, "/new")).body.data.from).toBe(key);
    expect(await make(key, "/elsewhere")).toMatchObject({ status: 409 });
  });

  it.each([
    ["old", "/new", "from"],
    ["https://old.example/a", "/new", "from"],
    ["//old", "/new", "from"],
    ["/old", "new", "to"],
    ["/old", "http://other.example/", "to"],
    ["/old", "javascript:alert(1)", "to"],
    ["/old", "//evil.example", "to"],
    ["/old", "/\\evil.example", "to"],
    ["/old", "/old/?x=1", "to"],
    ["/old", "/%6Fld", "to"],
  ])("a redirect that could not be one is refused by its field: %s → %s", async (from, to, field) => {
    const answer = await make(from, to);
    expect([answer.status, Object.keys(fieldsOf(answer))]).toEqual([400, [field]]);
  });

  it("a redirect has one of three statuses", async () => {
    for (const status of [200, 303, 307, "301", null])
      expect((await make("/old", "/new", { status })).status).toBe(400);
    for (const status of [301, 302, 308]) expect((await make(`/old-${status}`, "/new", { status })).status).toBe(201);
  });

  it("a redirect neither leads to another nor is led to by one", async () => {
    await make("/a", "/b");
    expect(fieldsOf(await make("/z", "/a#x"))).toEqual({ to: expect.stringContaining("/a is redirected itself") });
    expect(fieldsOf(await make("/b", "/c"))).toEqual({ from: expect.stringContaining("leads to /b") });
    expect(fieldsOf(await make("/b", "/a"))).toHaveProperty("to");
    const { id } = (await make("/c", "/d")).body.data;
    expect((await at.site.patch(`/redirects/${id}`, { to: "/a" })).status).toBe(409);
    expect((await at.site.patch(`/redirects/${id}`, { from: "/b" })).status).toBe(409);
    expect((await at.site.patch(`/redirects/${id}`, { from: "/e", to: "/b" })).status).toBe(200);
  });

  it("a redirect to the website's own domain is refused: its path says the same", async () => {
    await at.api.patch(`/sites/${at.siteId}`, { domain: "www.bakery.example" });
    expect(fieldsOf(await make("/a", "https://www.bakery.example/b"))).toHaveProperty("to");
  });

  it("of redirects made at the same moment none forms a loop or a chain with another, and a path has one", async () => {
    const ring = Array.from({ length: 12 }, (_, index) => make(`/r${index}`, `/r${(index + 1) % 12}`));
    const same = Array.from({ length: 6 }, (_, index) => make("/same", `/to-${index}`));
    const statuses = (await Promise.all([...ring, ...same])).map((it) => it.status);
    expect(statuses.slice(12).sort()).toEqual([201, 409, 409, 409, 409, 409]);
    const { data } = (await at.site.get("/redirects?limit=100")).body;
    const froms = new Set(data.map((it: { from: string }) => it.from));
    expect(data.length).toBeGreaterThan(1);
    expect(data.filter((it: { to: string }) => froms.has(it.to))).toEqual([]);
  });

  it("redirects are found by what they say, whatever its case, and by their status", async () => {
    await make("/Über-Uns", "/about");
    await make("/other", "/contact", { status: 302 });
    const total = async (query: string) => (await at.site.get(`/redirects?${query}`)).body.pagination.total;
    expect([
      await total(""),
      await total("search=uber"),
      await total("search=CONTACT"),
      await total("status=302"),
    ]).toEqual([2, 1, 1, 1]);
  });

  it("a redirect that is deleted makes room for another", async () => {
    const { id } = (await make("/a", "/b")).body.data;
    expect((await at.site.delete(`/redirects/${id}`)).status).toBe(204);
    expect((await make("/b", "/a")).status).toBe(201);
  });

  it("redirects of another website, and of the sandbox, are nobody else's business", async () => {
    await make("/a", "/b");
    const { headers } = await at.workspace.key({ environment: "sandbox" });
    expect((await call("GET", `/v1/sites/${at.siteId}/redirects`, { headers })).status).toBe(404);
    const other = await at.api.create("/sites", { name: "Other" });
    expect((await at.api.post(`/sites/${other.id}/redirects`, { from: "/b", to: "/a" })).status).toBe(201);
  });
});
