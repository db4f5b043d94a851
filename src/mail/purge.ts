import { lte } from "drizzle-orm";
import { databaseOf } from "../core/storage/database.ts";
import { dropSome, inSteps } from "../core/storage/purge.ts";
import type { Env } from "../env.ts";
import { mails } from "./table.ts";

/** How long it is known what became of a mail. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** Drops mails that ended long ago; answers whether there may be more. */
export const purgeMails = (env: Env, now: number): Promise<boolean> =>
  inSteps(() =>
    dropSome(databaseOf(env, 0), { table: mails, key: [mails.id], where: lte(mails.finishedAt, now - KEPT_MS) }),
  );
