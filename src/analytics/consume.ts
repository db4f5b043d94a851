import { log } from "../core/http/log.ts";
import type { Env } from "../env.ts";
import { analyticsOf } from "./object/client.ts";

/** Wait before a site is rolled up again whose roll-up did not work. */
const RETRY_SECONDS = 60;

/** Whose site has news. The message says nothing else: lost or doubled it changes no figure. */
const siteIdOf = (body: unknown): string | null => {
  const siteId = (body as { siteId?: unknown } | null)?.siteId;
  return typeof siteId === "string" && siteId !== "" && siteId.length <= 64 ? siteId : null;
};

/** Has the sites that the messages name rolled up; what cannot be read is logged and dropped, what did not work comes again. */
export async function consumeNews(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  const named = new Map<string, Message<unknown>[]>();
  for (const message of batch.messages) {
    const siteId = siteIdOf(message.body);
    if (siteId === null) {
      log(env.LOG_LEVEL, "error", { message: "word of analytics dropped", messageId: message.id });
      message.ack();
    } else named.set(siteId, [...(named.get(siteId) ?? []), message]);
  }
  for (const [siteId, messages] of named) {
    try {
      await analyticsOf(env, siteId).rollUp();
      for (const message of messages) message.ack();
    } catch (error) {
      log(env.LOG_LEVEL, "error", { message: "analytics not rolled up", siteId, detail: String(error).slice(0, 500) });
      for (const message of messages) message.retry({ delaySeconds: RETRY_SECONDS });
    }
  }
}
