import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { app } from "../../src/app.ts";
import { makeWorkspace, TestClock } from "../support/fixtures.ts";
import { failingDatabase } from "./support/databases.ts";

const clock = new TestClock();

it("the Platform API shows a defect as document 002's server error: a request id, and nothing of what went wrong", async () => {
  const { headers } = await (await makeWorkspace(clock, "pro")).key();
  const secret = "no such column: secret_detail";
  // The key is let in by its object; the first statement of the list itself fails.
  const DB = failingDatabase(env.DB, (sql) => sql.includes("posts"), secret);
  const ctx = createExecutionContext();
  const request = new Request("https://api.example.com/api/v1/posts", { headers });
  const response = await app.fetch(request, { ...env, DB, LOG_LEVEL: "silent" }, ctx);
  await waitOnExecutionContext(ctx);
  const text = await response.text();
  expect(response.status, text).toBe(500);
  expect(JSON.parse(text)).toEqual({
    error: "server_error",
    message: "An unexpected error occurred.",
    request_id: expect.stringMatching(/^req_/),
  });
  expect(text).not.toContain("secret_detail");
  expect(response.headers.get("X-Request-ID")).toBe(JSON.parse(text).request_id);
  expect(response.headers.get("X-RateLimit-Limit")).toBe("5000");
});
