import { log } from "../../../core/http/log.ts";
import { RUNTIME } from "../../../core/runtime.ts";
import type { Env } from "../../../env.ts";
import type { JobWake } from "../wake.ts";
import { runJob } from "./run.ts";

/** Works on the jobs a batch names, side by side. A failure is logged and left to the sweep: what is due stays due. */
export async function consumeJobs(batch: MessageBatch<JobWake>, env: Env): Promise<void> {
  const named = new Map(batch.messages.map(({ body }) => [body.jobId, body]));
  const run = (wake: JobWake) =>
    runJob(env, wake, RUNTIME).catch((error: unknown) => {
      const detail = String(error).slice(0, 500);
      log(env.LOG_LEVEL, "error", { message: "job failed to run", jobId: wake.jobId, detail });
    });
  await Promise.all([...named.values()].map(run));
}
