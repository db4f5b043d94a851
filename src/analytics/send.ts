import { unavailable } from "../core/errors.ts";
import type { Env } from "../env.ts";
import type { TrackedEvent } from "./tracked-event.ts";

/** Hands an event to the queue. When this returns the queue has it; without the queue it throws `unavailable`. */
export async function sendTracked(env: Env, event: TrackedEvent): Promise<void> {
  try {
    await env.ANALYTICS.send(event);
  } catch (error) {
    throw Object.assign(unavailable(), { cause: error });
  }
}
