import { createMessageBatch } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, inject, it } from "vitest";
import { runQueue } from "../../src/queue.ts";
import { sweep } from "../../src/webhooks/sweep.ts";
import { call, makeWorkspace, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();

it("a deleted workspace sends nothing any more, not even what was due", async () => {
  const workspace = await makeWorkspace(clock);
  const { headers } = await workspace.key();
  const url = `${inject("receiverUrl")}/ok/deleted-workspace`;
  const hook = await call("POST", "/api/v1/webhooks", { headers, body: { url, events: ["*"] } });
  await call("POST", "/api/v1/posts", { headers, body: { title: "Bread" } });
  expect((await call("DELETE", `/api/v1/workspaces/${workspace.id}`, { headers })).status).toBe(204);

  const body = { endpointIds: [hook.body.data.id] };
  const message = { id: "1", timestamp: new Date(clock.time), attempts: 1, body };
  await runQueue(createMessageBatch("edge-cms-webhooks", [message]), env);
  expect(await sweep(env, clock.time)).toBeNull();
  const log = await fetch(`${inject("receiverUrl")}/_log?path=/ok/deleted-workspace`);
  expect(await log.json()).toEqual([]);
});
