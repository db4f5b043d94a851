import { now } from "../../core/clock.ts";
import { log } from "../../core/http/log.ts";
import type { Env } from "../../env.ts";
import { undeliveredIn } from "./event.ts";
import { suppressUndelivered } from "./suppress.ts";

/** Takes what Email Sending tells of mails. What cannot be worked on now is told again; what means nothing is let go. */
export async function consumeMailEvents(batch: MessageBatch<unknown>, env: Env): Promise<void> {
  for (const message of batch.messages) {
    const undelivered = undeliveredIn(message.body);
    try {
      if (undelivered) await suppressUndelivered(env, undelivered, now());
    } catch (error) {
      log(env.LOG_LEVEL, "error", { message: "bounce not recorded", detail: String(error).slice(0, 500) });
      message.retry({ delaySeconds: 60 });
    }
  }
}
