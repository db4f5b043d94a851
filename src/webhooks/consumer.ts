import type { Wake } from "../core/events/wake.ts";
import { log } from "../core/http/log.ts";
import type { Env } from "../env.ts";
import { drainEndpoint } from "./drain.ts";
import { Slots } from "./slots.ts";

/** Endpoints worked on at a time: one that hangs holds up no other. */
const LANES = 6;

/**
 * Works on the endpoints a batch of wake-ups names. A failure of ours is logged and left to the sweep: what is due
 * stays due, so no message is worth asking for again.
 */
export async function consumeWakes(batch: MessageBatch<Wake>, env: Env): Promise<void> {
  const ids = [...new Set(batch.messages.flatMap(({ body }) => body.endpointIds))];
  const slots = new Slots();
  const lane = async () => {
    for (let id = ids.shift(); id !== undefined; id = ids.shift()) {
      try {
        await drainEndpoint(env, id, slots);
      } catch (error) {
        const detail = String(error).slice(0, 500);
        log(env.LOG_LEVEL, "error", { message: "webhook delivery failed", endpointId: id, detail });
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
