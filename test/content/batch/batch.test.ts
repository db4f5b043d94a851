import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { count } from "../../faults/world.ts";
import { type Client, makeSite, type TestSite } from "../../support/client.ts";
import { type Answer, TestClock } from "../../support/fixtures.ts";

const clock = new TestClock();
let place: TestSite;
let site: Client;

beforeAll(async () => {
  place = await makeSite(clock);
  site = place.site;
});

beforeEach(() => clock.advance(60_000));

interface Sent {
  method: string;
  path: string;
  body?: object;
  headers?: object;
}

const batch = (operations: unknown, key = crypto.randomUUID(), as = site): Promise<Answer> =>
  as.send("POST", "/batch", { headers: { "Idempotency-Key": key }, body: { operations } });

const create = (title: string): Sent => ({ method: "POST", path: "/pages", body: { title } });
const pagesNamed = (like: string) => count("SELECT count(*) AS n FROM pages WHERE title LIKE ?", like);
const statuses = ({ body }: Answer): number[] => body.data.results.map(({ status }: { status: number }) => status);

describe("a batch of 50 creates of which one in the middle fails", () => {
  const titles = Array.from({ length: 50 }, (_, index) => (index === 25 ? "" : `Fifty ${index}`));
  const operations = titles.map(create);

  it("a batch of 50 creates of which one in the middle fails makes the other 49, says so with 207, and tells of each", async () => {
    const answer = await batch(operations, "fifty");
    expect(answer.status).toBe(207);
    const { results, summary } = answer.body.data;
    expect(summary).toEqual({ total: 50, succeeded: 49, failed: 1 });
    expect(statuses(answer)).toEqual(titles.map((title) => (title === "" ? 400 : 201)));
    expect(results.map(({ index }: { index: number }) => index)).toEqual(titles.map((_, index) => index));
    expect(results[25].body.error.details.fields).toHaveProperty("title");
    expect(results[49]).toMatchObject({ method: "POST", path: "/pages", body: { data: { title: "Fifty 49" } } });
    expect(results[49].headers.Location).toBe(`/v1/sites/${place.siteId}/pages/${results[49].body.data.id}`);
    expect(await pagesNamed("Fifty %")).toBe(49);
    const ids = results.map(({ body }: Answer) => body.meta.requestId);
    expect(new Set(ids).size).toBe(50);
  });

  it("a batch of 50 creates of which one in the middle fails, sent again with its Idempotency-Key, is answered as before and makes nothing", async () => {
    const first = await batch(operations, "fifty-again");
    const pages = await pagesNamed("Fifty %");
    const again = await batch(operations, "fifty-again");
    expect(again.headers.get("Idempotency-Replayed")).toBe("true");
    expect([again.status, again.text]).toEqual([207, first.text]);
    expect(await pagesNamed("Fifty %")).toBe(pages);
    const other = await batch(operations.slice(1), "fifty-again");
    expect([other.status, other.body.error.code]).toEqual([422, "IDEMPOTENCY_KEY_REUSED"]);
  });
});

describe("the body of a batch", () => {
  it("the body of a batch with 51 operations or none is refused by the name of its field, and nothing is done", async () => {
    for (const operations of [Array.from({ length: 51 }, (_, index) => create(`Too many ${index}`)), []]) {
      const answer = await batch(operations);
      expect([answer.status, answer.body.error.code]).toEqual([400, "VALIDATION_ERROR"]);
      expect(Object.keys(answer.body.error.details.fields)).toEqual(["operations"]);
    }
    expect(await pagesNamed("Too many%")).toBe(0);
  });

  it("the body of a batch names every operation that cannot be one by its place, and nothing is done", async () => {
    const operations = [
      create("Beside a wrong one"),
      { method: "OPTIONS", path: "/pages" },
      { method: "GET", path: "pages" },
      { method: "GET", path: "/pages", body: {} },
      { method: "PATCH", path: "/pages", headers: { "X-Api-Key": "another" } },
      { method: "GET", path: "/pa ges" },
    ];
    const answer = await batch(operations);
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.body.error.details.fields)).toEqual([
      ...["operations.1.method", "operations.2.path", "operations.3.body", "operations.4.headers.X-Api-Key"],
      "operations.5.path",
    ]);
    expect(await pagesNamed("Beside a wrong one")).toBe(0);
  });

  it("a batch without an Idempotency-Key is refused, and the header named", async () => {
    const answer = await site.post("/batch", { operations: [create("Unnamed")] });
    expect([answer.status, answer.body.error.details.fields]).toEqual([400, { "Idempotency-Key": "is required" }]);
    expect(await pagesNamed("Unnamed")).toBe(0);
  });
});

describe("an operation of a batch", () => {
  it("an operation of a batch is one of every method, by a path below the website or a whole one, with its query", async () => {
    const page = await site.create("/pages", { title: "Whole" });
    const whole = `/v1/sites/${place.siteId}/pages/${page.id}`;
    const answer = await batch([
      { method: "GET", path: whole },
      { method: "PATCH", path: `/pages/${page.id}`, body: { title: "Changed" }, headers: { "If-Match": '"v1"' } },
      { method: "PATCH", path: whole, body: { title: "Late" }, headers: { "If-Match": '"v1"' } },
      { method: "PUT", path: whole, body: { title: "Replaced" } },
      { method: "GET", path: "/pages?limit=1&orderBy=updatedAt" },
      { method: "DELETE", path: whole },
      { method: "GET", path: whole },
      { method: "GET", path: "/v1/me" },
    ]);
    expect(statuses(answer)).toEqual([200, 200, 412, 200, 200, 204, 404, 200]);
    const { results } = answer.body.data;
    expect(results[0].headers.ETag).toMatch(/^"v1-/);
    expect(results[4].body.data).toMatchObject([{ id: page.id, title: "Replaced" }]);
    expect(results[5].body).toBeNull();
  });

  it("an operation of a batch that leads nowhere, takes another method or is a batch itself is refused in its result, as it would be alone", async () => {
    const nested = { operations: [create("Nested")] };
    const answer = await batch([
      { method: "GET", path: "/nonsense" },
      { method: "DELETE", path: "/pages" },
      { method: "POST", path: "/batch", body: nested },
      { method: "POST", path: `/v1/sites/${place.siteId}/batch`, body: nested },
      { method: "POST", path: `/v1/sites/x/../${place.siteId}/%62atch`, body: nested },
      { method: "GET", path: "/v1/../api/v1/posts" },
      { method: "POST", path: "/media", body: {} },
      create("Beside refused ones"),
    ]);
    expect(statuses(answer)).toEqual([404, 405, 400, 400, 400, 404, 400, 201]);
    const { results } = answer.body.data;
    expect(results[1].body.error.details.allow).toEqual(["GET", "HEAD", "POST", "OPTIONS"]);
    for (const index of [2, 3, 4, 6]) expect(results[index].body.error.details.reason).toBe("not_in_a_batch");
    expect(await pagesNamed("Nested")).toBe(0);
  });
});
