import { asc } from "drizzle-orm";
import type { Env } from "../env.ts";
import { databaseOf } from "../core/storage/database.ts";
import { isListed } from "../core/storage/scoped.ts";
import { analyticsOf } from "./object/client.ts";
import { originOf } from "./origin.ts";
import { analyticsEvents } from "./table.ts";
import type { TrackedEvent } from "./tracked-event.ts";

/** Events of one run. */
const SOME = 500;

type Earlier = typeof analyticsEvents.$inferSelect;

const ANYWHERE = new URL("https://site.invalid/");

/** An event of an earlier version, which knew less of it. */
function eventOf({ id, day, visitor, session, createdAt, type, path, referrerHost, device }: Earlier): TrackedEvent {
  const origin = originOf(ANYWHERE, referrerHost === null ? null : `https://${referrerHost}/`);
  const about = { ...origin, device, browser: "other", os: "other", country: "unknown" };
  return { id, day, visitor, session, at: createdAt, type, page: path, about };
}

/**
 * Hands events of earlier versions to their sites' objects, the oldest days first, and drops their rows. An object takes an
 * event once, so a run that dies is simply repeated.
 */
export async function carryOver(env: Env): Promise<void> {
  const { siteId, day, id } = analyticsEvents;
  const db = databaseOf(env, 0);
  const rows = await db.select().from(analyticsEvents).orderBy(asc(siteId), asc(day)).limit(SOME);
  for (const row of rows) if (row.device !== "bot") await analyticsOf(env, row.siteId).take(eventOf(row));
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) await db.delete(analyticsEvents).where(isListed(id, ids));
}
