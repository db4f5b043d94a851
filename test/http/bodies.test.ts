import { beforeAll, describe, expect, it } from "vitest";
import { readBytes } from "../../src/core/http/body.ts";
import { makeSite, type TestSite } from "../support/client.ts";
import { call, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
});

describe("a body", () => {
  it.each(["gzip", "br", "deflate, gzip", "Identity, gzip"])("a body encoded as %s is 415", async (encoding) => {
    const headers = { "Content-Encoding": encoding };
    const answer = await at.site.send("POST", "/pages", { body: { title: "Packed" }, headers });
    expect(answer.status).toBe(415);
  });

  it("a body that says it is not encoded is read", async () => {
    const headers = { "Content-Encoding": "identity" };
    expect((await at.site.send("POST", "/pages", { body: { title: "Plain" }, headers })).status).toBe(201);
  });

  it("a body whose sender breaks off is the sender's fault, not ours", async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"title'));
        controller.error(new Error("gone"));
      },
    });
    const request = new Request("https://api.example.com/v1/sites", { method: "POST", body });
    await expect(readBytes(request)).rejects.toMatchObject({
      code: "bad_request",
      details: { reason: "body_interrupted" },
    });
  });
});

describe("an id beyond 2^53", () => {
  it("an id beyond 2^53 leads nowhere, rather than to the number next to it", async () => {
    const { headers } = at.api;
    expect((await call("GET", "/api/v1/posts/9007199254740993", { headers })).status).toBe(404);
    const selected = { ...headers, "X-Workspace-ID": "9007199254740993" };
    const answer = await call("GET", "/api/v1/posts", { headers: selected });
    expect([answer.status, Object.keys(answer.body.errors)]).toEqual([422, ["X-Workspace-ID"]]);
  });
});
