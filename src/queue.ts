import { ingestTracked } from "./content/analytics/service/ingest.ts";
import type { Env } from "./env.ts";

/** Who consumes which queue of `wrangler.toml`. */
const CONSUMERS: Record<string, (batch: MessageBatch<unknown>, env: Env) => Promise<void>> = {
  "edge-cms-analytics": ingestTracked,
};

/** Hands a batch to its queue's consumer. A queue nobody consumes is a mistake in the configuration: its messages wait. */
export async function runQueue(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  const consume = CONSUMERS[batch.queue];
  if (!consume) throw new Error(`No consumer for the queue ${batch.queue}`);
  await consume(batch, env);
}
