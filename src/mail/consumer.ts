import { log } from "../core/http/log.ts";
import { RUNTIME, type Runtime } from "../core/runtime.ts";
import { schedulerOf } from "../core/work/scheduler.ts";
import type { Env } from "../env.ts";
import { deliverMails } from "./deliver.ts";
import type { MailWake } from "./wake.ts";

/** After this long a workspace's mails go on in another invocation. */
const RUN_MS = 30_000;

/** Sends what a workspace has due, and has its scheduler look again when there will be something. */
async function deliverAll(env: Env, { workspaceId, environment }: MailWake, runtime: Runtime): Promise<void> {
  const until = runtime.now() + RUN_MS;
  let next: number | null;
  do next = await deliverMails(env, runtime.now(), { workspaceId, environment }, runtime);
  while (next !== null && next <= runtime.now() && runtime.now() < until);
  if (next !== null) await schedulerOf(env, workspaceId, environment).wakeAt(next);
}

/** Works on the workspaces a batch names. A failure is logged and left to the cron: what is due stays due. */
export async function consumeMailWakes(
  batch: MessageBatch<MailWake>,
  env: Env,
  runtime: Runtime = RUNTIME,
): Promise<void> {
  const named = new Map(batch.messages.map(({ body }) => [`${body.workspaceId}:${body.environment}`, body]));
  for (const wake of named.values()) {
    await deliverAll(env, wake, runtime).catch((error: unknown) => {
      const detail = String(error).slice(0, 500);
      log(env.LOG_LEVEL, "error", { message: "mails failed", workspaceId: wake.workspaceId, detail });
    });
  }
}
