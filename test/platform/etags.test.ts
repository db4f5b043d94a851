import { beforeAll, describe, expect, it } from "vitest";
import { call, makeWorkspace, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
let headers: Record<string, string>;
const paths: Record<string, string> = {};
const changes: Record<string, object> = { post: { title: "Two" }, workspace: { name: "Two" }, key: { name: "Two" } };

beforeAll(async () => {
  const workspace = await makeWorkspace(clock);
  headers = (await workspace.key({ accountAccess: true })).headers;
  const post = await call("POST", "/api/v1/posts", { headers, body: { title: "One" } });
  paths.post = `/api/v1/posts/${post.body.data.id}`;
  const made = await call("POST", "/api/v1/workspaces", { headers, body: { name: "One" } });
  paths.workspace = `/api/v1/workspaces/${made.body.data.id}`;
  paths.key = `/api/v1/api-keys/${(await workspace.key()).id}`;
});

describe.each(["post", "workspace", "key"])("the ETag of a %s", (kind) => {
  const path = () => paths[kind] as string;

  it(`the ETag of a ${kind} answers 304 while nothing changed, and refuses a write to an older version`, async () => {
    const first = await call("GET", path(), { headers });
    const etag = first.headers.get("ETag") as string;
    expect(etag).toMatch(/^"v\d+/);
    expect((await call("GET", path(), { headers: { ...headers, "If-None-Match": etag } })).status).toBe(304);
    const write = { headers: { ...headers, "If-Match": etag }, body: changes[kind] };
    const changed = await call("PATCH", path(), write);
    expect(changed.status, changed.text).toBe(200);
    expect(changed.headers.get("ETag")).not.toBe(etag);
    const stale = await call("PATCH", path(), write);
    expect(stale.status).toBe(412);
    expect(stale.body).toMatchObject({ error: "precondition_failed", errors: { "If-Match": [expect.any(String)] } });
    expect((await call("DELETE", path(), { headers: { ...headers, "If-Match": etag } })).status).toBe(412);
    const current = changed.headers.get("ETag") as string;
    expect((await call("DELETE", path(), { headers: { ...headers, "If-Match": current } })).status).toBe(204);
  });
});
