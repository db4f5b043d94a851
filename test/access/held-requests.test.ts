import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../src/app.ts";
import { revokeKey } from "../../src/platform/api-keys/service/revoke.ts";
import { call, makeWorkspace, TestClock, type Workspace } from "../support/fixtures.ts";

const clock = new TestClock();
let workspace: Workspace;
let owner: Record<string, string>;
let leaked: { id: number; headers: Record<string, string> };

beforeEach(async () => {
  workspace = await makeWorkspace(clock);
  owner = (await workspace.key()).headers;
  leaked = await workspace.key();
});

async function revoke(): Promise<void> {
  const ctx = workspace.context();
  await revokeKey({ ctx, input: { keyId: leaked.id } });
  await ctx.unit.commit();
}

const keysNamed = async (name: string): Promise<number> =>
  (await call("GET", `/api/v1/api-keys?search=${name}`, { headers: owner })).body.meta.total;

describe("a call under way while its key ends", () => {
  it("a call under way while its key ends is refused when its body arrives after the key was revoked", async () => {
    const text = new TextEncoder().encode(JSON.stringify({ name: "successor", scopes: ["*"] }));
    let hold: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        hold = controller;
        controller.enqueue(text.slice(0, 1));
      },
    });
    const headers = { ...leaked.headers, "Content-Type": "application/json" };
    const answer = call("POST", "/api/v1/api-keys", { headers, body });
    await revoke();
    hold?.enqueue(text.slice(1));
    hold?.close();
    expect((await answer).status).toBe(401);
    expect(await keysNamed("successor")).toBe(0);
  });

  it("a call under way while its key ends writes nothing when the key is revoked between its admission and its commit", async () => {
    const DB = new Proxy(env.DB, {
      get(target, property) {
        const value = Reflect.get(target, property, target);
        if (property !== "batch") return typeof value === "function" ? value.bind(target) : value;
        return async (statements: D1PreparedStatement[]) => {
          await target.prepare("UPDATE api_keys SET ends_at = ? WHERE id = ?").bind(clock.time, leaked.id).run();
          return target.batch(statements);
        };
      },
    });
    const context = createExecutionContext();
    const request = new Request("https://api.example.com/api/v1/api-keys", {
      method: "POST",
      headers: { ...leaked.headers, "Content-Type": "application/json" },
      body: JSON.stringify({ name: "successor" }),
    });
    const answer = await app.fetch(request, { ...env, DB }, context);
    await waitOnExecutionContext(context);
    expect(answer.status).toBe(401);
    expect(await keysNamed("successor")).toBe(0);
  });

  it("a call under way while its key ends cannot leave a key behind that outlives the grace of a rotation", async () => {
    const rotated = await call("POST", `/api/v1/api-keys/${leaked.id}/rotate`, {
      headers: owner,
      body: { grace_period_hours: 1 },
    });
    const { grace_period_ends_at } = rotated.body.data;
    const create = (body: object) => call("POST", "/api/v1/api-keys", { headers: leaked.headers, body });
    expect((await create({ name: "late", expires_at: "2030-01-01" })).status).toBe(403);
    expect((await create({ name: "inherits" })).body.data.expires_at).toBe(grace_period_ends_at);
  });
});
