import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../support/client.ts";
import { callWith } from "../support/counting.ts";
import { TestClock } from "../support/fixtures.ts";
import { DOT, formOf } from "../support/pictures.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
});

beforeEach(() => clock.advance(60_000));

const down = () => Promise.reject(new Error("Network connection lost."));
const lost = (): never => {
  throw new Error("Network connection lost.");
};

/** A bucket of which one call gets no answer. */
const bucketWithout = (method: "put" | "get" | "head" | "list"): R2Bucket =>
  new Proxy(env.MEDIA, {
    get: (target, name) => {
      if (name === method) return down;
      const value = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
const IMAGES = { info: down, input: lost } as unknown as ImagesBinding;

const upload = (own: Parameters<typeof callWith>[0]) =>
  callWith({ LOG_LEVEL: "silent", ...own }, "POST", `/v1/sites/${at.siteId}/media`, {
    headers: at.api.headers,
    body: formOf(DOT),
  });

async function used(): Promise<number> {
  const answer = await callWith({}, "GET", "/api/v1/entitlements/summary", { headers: at.api.headers });
  return answer.body.data.entitlements.storage.used;
}

describe("an upload while something is down", () => {
  it.each([
    ["the bucket takes nothing", () => ({ MEDIA: bucketWithout("put") })],
    ["the bucket gives nothing", () => ({ MEDIA: bucketWithout("get") })],
    ["nobody looks at pictures", () => ({ IMAGES })],
  ])("is 503 with Retry-After where %s, and takes no room", async (_, own) => {
    const before = await used();
    const answer = await upload(own());
    expect([answer.status, answer.headers.get("Retry-After"), await used()]).toEqual([503, "2", before]);
    const { objects } = await env.MEDIA.list({ prefix: `sites/${at.siteId}/` });
    expect(objects).toEqual([]);
  });
});

describe("serving while something is down", () => {
  it("is 503 with Retry-After, and gives the address its token back", async () => {
    const { url, id } = (await upload({})).body.data;
    for (const [method, call] of [
      ["GET", "get"],
      ["HEAD", "head"],
    ] as const) {
      const answer = await callWith({ MEDIA: bucketWithout(call), LOG_LEVEL: "silent" }, method, url);
      expect([method, answer.status, answer.headers.get("Retry-After")]).toEqual([method, 503, "2"]);
    }
    const unmade = await callWith({ IMAGES, LOG_LEVEL: "silent" }, "GET", `${url}?w=80`);
    expect(unmade.status).toBe(503);
    expect((await callWith({}, "GET", url)).status).toBe(200);
    await at.site.delete(`/media/${id}`);
  });
});
