import type { Wake } from "../core/events/wake.ts";
import { log } from "../core/http/log.ts";
import type { Runtime } from "../core/runtime.ts";
import type { Env } from "../env.ts";
import { InvocationBudget } from "./budget.ts";
import { deliverDue } from "./deliver-due.ts";

/** Endpoints worked on at a time: one that hangs holds up no other. */
const CONCURRENT_ENDPOINTS = 6;

/**
 * Works on the endpoints a batch of wake-ups names. A failure of ours is logged and left to the sweep: what is due
 * stays due, so no message is worth asking for again.
 */
export async function consumeWakes(batch: MessageBatch<Wake>, env: Env, runtime: Runtime): Promise<void> {
  const ids = [...new Set(batch.messages.flatMap(({ body }) => body.endpointIds))];
  const deps = { env, runtime, budget: new InvocationBudget() };
  const work = async () => {
    for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
      try {
        await deliverDue(deps, id);
      } catch (error) {
        const detail = String(error).slice(0, 500);
        log(env.LOG_LEVEL, "error", { message: "webhook delivery failed", endpointId: id, detail });
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT_ENDPOINTS }, work));
}
