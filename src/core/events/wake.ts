import type { Env } from "../../env.ts";

/** The body of a queue message: these endpoints have something due. Only a wake-up; what is due is in the database. */
export interface Wake {
  endpointIds: number[];
}

/** Endpoints whose receivers may be dead that a commit, or one look at what is due, wakes; the next look goes on. */
export const UNANSWERING_AT_ONCE = 20;

/** Endpoints named in one message. Few, so that a large fan-out is worked on by many consumers at once. */
const PER_MESSAGE = 10;
/** Most messages the platform takes at a time (docs/platform.md, Queues). */
const PER_SEND = 100;

const chunks = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** Wakes the consumer for these endpoints. Throws what the queue throws. */
export async function sendWakes(env: Env, endpointIds: readonly number[]): Promise<void> {
  const messages = chunks(endpointIds, PER_MESSAGE).map((ids) => ({ body: { endpointIds: ids } }));
  for (const some of chunks(messages, PER_SEND)) await env.WEBHOOKS.sendBatch(some);
}

/** The same where nobody can do anything about a queue that does not answer: the sweep finds what is due. */
export const wakeEndpoints = (env: Env, endpointIds: readonly number[]): Promise<void> =>
  sendWakes(env, endpointIds).catch(() => {});
