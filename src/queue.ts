import { consumeNews } from "./analytics/consume.ts";
import { consumeJobs } from "./content/jobs/engine/consume.ts";
import type { Wake } from "./core/events/wake.ts";
import { RUNTIME } from "./core/runtime.ts";
import { consumeMailEvents } from "./mail/bounces/consumer.ts";
import { consumeMailWakes } from "./mail/consumer.ts";
import type { MailWake } from "./mail/wake.ts";
import type { Env } from "./env.ts";
import { consumePromptly, consumeWakes } from "./webhooks/consumer.ts";

type Consumer = (batch: MessageBatch<unknown>, env: Env, ctx?: ExecutionContext) => Promise<void>;

/** Without a context, as in tests, all of the work is waited for. */
const consumeWebhooks = (batch: MessageBatch<Wake>, env: Env, ctx?: ExecutionContext): Promise<void> =>
  ctx ? consumePromptly(batch, env, RUNTIME, ctx) : consumeWakes(batch, env, RUNTIME);

/** Who consumes which queue of `wrangler.toml`. */
const CONSUMERS: Record<string, Consumer> = {
  "edge-cms-analytics": consumeNews,
  "edge-cms-jobs": consumeJobs as Consumer,
  "edge-cms-mail": (batch, env) => consumeMailWakes(batch as MessageBatch<MailWake>, env),
  "edge-cms-mail-events": consumeMailEvents as Consumer,
  "edge-cms-webhooks": consumeWebhooks as Consumer,
};

/** Hands a batch to its queue's consumer. A queue nobody consumes is a mistake in the configuration: its messages wait. */
export async function runQueue(batch: MessageBatch<unknown>, env: Env, ctx?: ExecutionContext): Promise<void> {
  const consume = CONSUMERS[batch.queue];
  if (!consume) throw new Error(`No consumer for the queue ${batch.queue}`);
  await consume(batch, env, ctx);
}
