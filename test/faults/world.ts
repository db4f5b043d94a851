import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { app } from "../../src/app.ts";
import type { Env } from "../../src/env.ts";
import {
  type Answer,
  answerOf,
  type CallInit,
  call,
  requestOf,
  type TestClock,
  makeWorkspace,
} from "../support/fixtures.ts";
import type { TestKey } from "../limits/engine.ts";
import { guarded } from "./bindings.ts";

export interface Site {
  id: string;
  path: string;
  workspace: Awaited<ReturnType<typeof makeWorkspace>>;
  key: TestKey;
}

/** A workspace with a key and an empty site. */
export async function makeSite(clock: TestClock, environment: "live" | "sandbox" = "live"): Promise<Site> {
  const workspace = await makeWorkspace(clock, "enterprise");
  const key = await workspace.key({ environment });
  const { body } = await call("POST", "/v1/sites", { headers: key.headers, body: { name: "Blue Door Bakery" } });
  return { id: body.data.id, path: `/v1/sites/${body.data.id}`, workspace, key };
}

/** Calls the app with these bindings and waits for everything it left running. */
export async function callThrough(bindings: Env, method: string, path: string, init: CallInit): Promise<Answer> {
  const ctx = createExecutionContext();
  const answer = await answerOf(await app.fetch(requestOf(method, path, init), bindings, ctx));
  await waitOnExecutionContext(ctx);
  return answer;
}

export type Moment = "before" | "after";

/** What a binding says when it is gone; which one is the only thing a caller cannot see. */
export const FAULTS = ["D1_ERROR: Network connection lost.", "internal error; reference = 0"];

/** Bindings of which the `target`th call throws, before or after it was carried out; tells how many calls there were. */
export function failing(target: number, moment: Moment): { bindings: Env; calls: () => number } {
  let calls = 0;
  const bindings = guarded(async (_, run) => {
    calls += 1;
    if (calls !== target) return run();
    if (moment === "after") await run();
    throw new Error(FAULTS[target % FAULTS.length]);
  });
  return { bindings, calls: () => calls };
}

/** Bindings whose `target`th call waits, once it is `reached`, to be released. */
export function held(target: number) {
  const reached = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  let calls = 0;
  const bindings = guarded(async (_, run) => {
    calls += 1;
    if (calls === target) {
      reached.resolve();
      await released.promise;
    }
    return run();
  });
  return { bindings, reached: reached.promise, release: released.resolve, calls: () => calls };
}

/** Bindings one of which always throws. */
export const without = (missing: keyof Env): Env =>
  guarded(async (binding, run) => {
    if (binding === missing) throw new Error("Network connection lost.");
    return run();
  });

/** Bindings whose scheduler is never woken: what is due waits for the cron. */
export const unwoken = (): Env =>
  guarded(async (binding, run) => (binding === "SCHEDULER_OBJECT" ? (undefined as never) : run()));

export const count = async (sql: string, ...values: unknown[]): Promise<number> =>
  (await env.DB.prepare(sql)
    .bind(...values)
    .first<number>("n")) ?? 0;
