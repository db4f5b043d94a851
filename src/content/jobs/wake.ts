import type { Env } from "../../env.ts";
import type { JobRow } from "./table.ts";

/** The body of a queue message: this job may have something due. Only a wake-up; where it stands is in the database. */
export interface JobWake {
  jobId: string;
  workspaceId: number;
}

/** Most messages the platform takes at a time (docs/platform.md, Queues). */
const PER_SEND = 100;

/** Wakes a consumer for each of these jobs. A queue that does not answer only costs time: the sweep finds what is due. */
export async function wakeJobs(env: Env, due: readonly Pick<JobRow, "id" | "workspaceId">[]): Promise<void> {
  const messages = due.map(({ id, workspaceId }) => ({ body: { jobId: id, workspaceId } }));
  for (let start = 0; start < messages.length; start += PER_SEND)
    await env.JOBS.sendBatch(messages.slice(start, start + PER_SEND)).catch(() => {});
}
