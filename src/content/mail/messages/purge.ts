import { lte } from "drizzle-orm";
import { databaseOf } from "../../../core/storage/database.ts";
import { dropSome, inSteps } from "../../../core/storage/purge.ts";
import type { Env } from "../../../env.ts";
import { messages } from "./table.ts";

/** How long a message, and whom it was for, can be read. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** Drops old messages; answers whether there may be more. */
export const purgeMessages = (env: Env, now: number): Promise<boolean> =>
  inSteps(() =>
    dropSome(databaseOf(env, 0), {
      table: messages,
      key: [messages.id],
      where: lte(messages.createdAt, now - KEPT_MS),
    }),
  );
