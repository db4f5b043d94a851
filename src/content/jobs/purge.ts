import { lte } from "drizzle-orm";
import { databaseOf } from "../../core/storage/database.ts";
import { dropSome, inSteps } from "../../core/storage/purge.ts";
import type { Env } from "../../env.ts";
import { jobs } from "./table.ts";

/** How long a job can be read after it has ended. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** Drops jobs that ended long ago; answers whether there may be more. */
export const purgeJobs = (env: Env, now: number): Promise<boolean> =>
  inSteps(() =>
    dropSome(databaseOf(env, 0), { table: jobs, key: [jobs.id], where: lte(jobs.finishedAt, now - KEPT_MS) }),
  );
