import { env } from "cloudflare:workers";
import { expect, inject, it } from "vitest";
import type { Wake } from "../../src/core/events/wake.ts";
import { createEndpoint } from "../../src/webhooks/service/write.ts";
import { call, makeWorkspace, TestClock } from "../support/fixtures.ts";
import { consume } from "./support/world.ts";

const clock = new TestClock();
/** More than one invocation may work on: docs/platform.md, 1,000 statements. */
const ENDPOINTS = 220;

it("an invocation stays within the database's statements and wakes another for what it has not done", async () => {
  const workspace = await makeWorkspace(clock);
  const { headers } = await workspace.key();
  const ids: number[] = [];
  for (let number = 0; number < ENDPOINTS; number += 1) {
    const ctx = workspace.context();
    const url = `${inject("receiverUrl")}/ok/statements`;
    const input = { url, events: ["post.*"], description: null, siteId: null };
    ids.push((await createEndpoint({ ctx, input })).row.id);
    await ctx.unit.commit();
  }
  await call("POST", "/api/v1/posts", { headers, body: { title: "Bread" } });

  let statements = 0;
  const DB = new Proxy(env.DB, {
    get(target, name) {
      if (name === "prepare") statements += 1;
      const member = Reflect.get(target, name) as (...given: unknown[]) => unknown;
      return typeof member === "function" ? member.bind(target) : member;
    },
  });
  const woken: number[] = [];
  const sendBatch = async (messages: { body: Wake }[]) => woken.push(...messages.flatMap((it) => it.body.endpointIds));
  const counted = { ...env, DB, WEBHOOKS: { sendBatch } as unknown as typeof env.WEBHOOKS };
  let todo = ids;
  for (let rounds = 0; todo.length > 0; rounds += 1) {
    expect(rounds).toBeLessThan(4);
    statements = 0;
    await consume([todo], counted);
    expect(statements).toBeLessThan(1_000);
    todo = woken.splice(0);
  }
  const { results } = await env.DB.prepare("SELECT status, attempt FROM webhook_deliveries").all();
  expect(results).toEqual(Array.from({ length: ENDPOINTS }, () => ({ status: "success", attempt: 1 })));
});
