import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { count } from "../../faults/world.ts";
import { Client, makeSite, type TestSite } from "../../support/client.ts";
import { type Answer, call, TestClock } from "../../support/fixtures.ts";

const clock = new TestClock();
let place: TestSite;
let otherSite: string;
let foreign: TestSite;

beforeAll(async () => {
  place = await makeSite(clock);
  otherSite = (await place.api.create("/sites", { name: "Canal Street Bikes" })).id;
  foreign = await makeSite(clock);
});

beforeEach(() => clock.advance(60_000));

type Settings = Parameters<TestSite["workspace"]["key"]>[0];

async function callerWith(settings: Settings): Promise<Client> {
  const { headers } = await place.workspace.key(settings);
  return new Client(clock, headers, `/v1/sites/${place.siteId}`);
}

const batch = (as: Client, operations: object[], key: string = crypto.randomUUID()): Promise<Answer> =>
  as.send("POST", "/batch", { headers: { "Idempotency-Key": key }, body: { operations } });

const create = (title: string, path = "/pages") => ({ method: "POST", path, body: { title } });
const read = { method: "GET", path: "/pages?limit=1" };
const statuses = ({ body }: Answer): number[] => body.data.results.map(({ status }: { status: number }) => status);

describe("what a key may do", () => {
  it("what a key may do by its scopes is asked for every operation", async () => {
    const answer = await batch(await callerWith({ scopes: ["pages:read"] }), [read, create("Unscoped"), read]);
    expect(statuses(answer)).toEqual([200, 403, 200]);
    expect(answer.body.data.results[1].body.error.message).toBe("API key does not have scope: pages:write");
  });

  it("what a key may do by its rights is asked for the batch and for every operation", async () => {
    const pages = { endpoint: "/v1/sites/{siteId}/pages", methods: ["GET" as const] };
    const without = await batch(await callerWith({ scopes: null, rights: [pages] }), [read]);
    expect(without.status).toBe(403);
    const itself = { endpoint: "/v1/sites/{siteId}/batch", methods: ["POST" as const] };
    const answer = await batch(await callerWith({ scopes: null, rights: [pages, itself] }), [read, create("No right")]);
    expect(statuses(answer)).toEqual([200, 403]);
  });

  it("what a key may do is bounded by its sites: another of the workspace is 403, one of another workspace 404", async () => {
    const key = await callerWith({ siteIds: [place.siteId] });
    const answer = await batch(key, [
      read,
      create("Elsewhere", `/v1/sites/${otherSite}/pages`),
      create("Elsewhere", `/v1/sites/${foreign.siteId}/pages`),
      create("Elsewhere", `/../${otherSite}/pages`),
    ]);
    expect(statuses(answer)).toEqual([200, 403, 404, 403]);
    expect(await count("SELECT count(*) AS n FROM pages WHERE title = 'Elsewhere'")).toBe(0);
    const all = await batch(await callerWith({}), [create("Over there", `/v1/sites/${otherSite}/pages`)]);
    expect(statuses(all)).toEqual([201]);
  });

  it("what a key may do is bounded by its access type", async () => {
    const answer = await batch(await callerWith({ accessType: "integrations" }), [
      { method: "GET", path: "/shop/products" },
      { method: "POST", path: "/publish" },
    ]);
    expect(statuses(answer)).toEqual([200, 403]);
  });

  it("what a key may do ends with the key, in the middle of a batch as well", async () => {
    const { id, headers } = await place.workspace.key();
    const as = new Client(clock, headers, `/v1/sites/${place.siteId}`);
    const ending = { method: "DELETE", path: `/v1/nothing/${id}` };
    expect(statuses(await batch(as, [read, ending]))).toEqual([200, 404]);
    await call("DELETE", `/api/v1/api-keys/${id}`, { headers });
    expect((await batch(as, [read])).status).toBe(401);
  });
});

describe("the limits of a key", () => {
  it("the limits of a key count a batch as as many calls as it has operations, and show what is left after them", async () => {
    const as = await callerWith({ rateLimitTier: "starter" });
    const answer = await batch(
      as,
      Array.from({ length: 4 }, () => read),
    );
    expect(answer.headers.get("X-RateLimit-Remaining")).toBe("6");
    const { body } = await as.at("").send("GET", "/pages");
    expect(body.data).toBeDefined();
    const key = await call("GET", "/v1/usage", { headers: as.headers });
    expect(key.body.data.key.callsToday).toBe(6);
  });

  it("the limits of a key let in what they have room for; each operation beyond is denied with the figures, and tried again under the same Idempotency-Key", async () => {
    const as = await callerWith({ rateLimitTier: "starter" });
    const operations = Array.from({ length: 13 }, (_, index) => create(`Limited ${index}`));
    const first = await batch(as, operations, "limited");
    expect(first.status).toBe(207);
    expect(statuses(first)).toEqual([...Array(10).fill(201), ...Array(3).fill(429)]);
    const denied = first.body.data.results[12];
    expect(denied.body.error.details).toMatchObject({ limit: "requests_per_minute", scope: "key" });
    expect(denied.headers).toMatchObject({ "X-RateLimit-Limit": "10", "X-RateLimit-Remaining": "0" });
    expect(Number(denied.headers["Retry-After"])).toBeGreaterThanOrEqual(1);
    clock.advance(60_000);
    const second = await batch(as, operations, "limited");
    expect([second.status, second.headers.get("Idempotency-Replayed")]).toEqual([200, null]);
    expect(await count("SELECT count(*) AS n FROM pages WHERE title LIKE 'Limited %'")).toBe(13);
    expect(second.body.data.results[9]).toEqual(first.body.data.results[9]);
    expect(second.headers.get("X-RateLimit-Remaining")).toBe("6");
    const third = await batch(as, operations, "limited");
    expect(third.headers.get("Idempotency-Replayed")).toBe("true");
    expect(third.body.data).toEqual(second.body.data);
  });

  it("the limits of a key are charged for a batch that is refused as for any call", async () => {
    const as = await callerWith({ rateLimitTier: "starter" });
    for (let index = 0; index < 10; index += 1) expect((await batch(as, [])).status).toBe(400);
    expect((await batch(as, [read])).status).toBe(429);
  });
});
