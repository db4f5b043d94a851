import { type Wake, wakeEndpoints } from "../core/events/wake.ts";
import { log } from "../core/http/log.ts";
import type { Deadline, Runtime } from "../core/runtime.ts";
import type { Env } from "../env.ts";
import { InvocationBudget } from "./budget.ts";
import { deliverDue } from "./deliver-due.ts";

/** What waits in line while no connection comes free for this long is left to another invocation: the receivers hang. */
const PATIENCE_MS = 1_000;

/**
 * Works on the endpoints a batch of wake-ups names, each with a connection of its own; those beyond wait in line, unless
 * they would wait for others' receivers. A failure of ours is logged and left to the sweep: what is due stays due, so no
 * message is worth asking for again.
 */
export async function consumeWakes(batch: MessageBatch<Wake>, env: Env, runtime: Runtime): Promise<void> {
  const line = [...new Set(batch.messages.flatMap(({ body }) => body.endpointIds))];
  const budget = new InvocationBudget(runtime);
  const deps = { env, runtime, budget };
  const handedOn: Promise<void>[] = [];
  let patience: Deadline | null = null;

  const handOn = () => handedOn.push(wakeEndpoints(env, line.splice(0)));
  const next = (): number | undefined => {
    if (budget.isSpent) handOn();
    const id = line.shift();
    patience?.clear();
    patience = line.length > 0 ? runtime.deadline(PATIENCE_MS) : null;
    patience?.signal.addEventListener("abort", handOn);
    return id;
  };
  const work = async () => {
    for (let id = next(); id !== undefined; id = next()) {
      try {
        await deliverDue(deps, id);
      } catch (error) {
        const detail = String(error).slice(0, 500);
        log(env.LOG_LEVEL, "error", { message: "webhook delivery failed", endpointId: id, detail });
      }
    }
    budget.disconnect();
  };

  const workers: Promise<void>[] = [];
  while (line.length > 0 && budget.tryConnect()) workers.push(work());
  await Promise.all(workers);
  await Promise.all(handedOn);
}

/** The same, as far as the queue waits for it: receivers that hang do not hold up the next batch. */
export async function consumePromptly(
  batch: MessageBatch<Wake>,
  env: Env,
  runtime: Runtime,
  ctx: Pick<ExecutionContext, "waitUntil">,
): Promise<void> {
  const work = consumeWakes(batch, env, runtime);
  ctx.waitUntil(work);
  const patience = runtime.deadline(PATIENCE_MS);
  await Promise.race([work, new Promise((resolve) => patience.signal.addEventListener("abort", resolve))]);
  patience.clear();
}
