import { ingestTracked } from "./analytics/ingest.ts";
import type { Wake } from "./core/events/wake.ts";
import { RUNTIME } from "./core/runtime.ts";
import type { Env } from "./env.ts";
import { consumeWakes } from "./webhooks/consumer.ts";

type Consumer = (batch: MessageBatch<unknown>, env: Env) => Promise<void>;

/** Who consumes which queue of `wrangler.toml`. */
const CONSUMERS: Record<string, Consumer> = {
  "edge-cms-analytics": ingestTracked as Consumer,
  "edge-cms-webhooks": (batch, env) => consumeWakes(batch as MessageBatch<Wake>, env, RUNTIME),
};

/** Hands a batch to its queue's consumer. A queue nobody consumes is a mistake in the configuration: its messages wait. */
export async function runQueue(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  const consume = CONSUMERS[batch.queue];
  if (!consume) throw new Error(`No consumer for the queue ${batch.queue}`);
  await consume(batch, env);
}
