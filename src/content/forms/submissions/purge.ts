import { lte } from "drizzle-orm";
import { databaseOf } from "../../../core/storage/database.ts";
import { dropSome, inSteps } from "../../../core/storage/purge.ts";
import type { Env } from "../../../env.ts";
import { submissions } from "./table.ts";

/** Drops submissions whose time has come, their files with them by triggers; answers whether there may be more. */
export const purgeSubmissions = (env: Env, now: number): Promise<boolean> =>
  inSteps(() =>
    dropSome(databaseOf(env, 0), { table: submissions, key: [submissions.id], where: lte(submissions.expiresAt, now) }),
  );
