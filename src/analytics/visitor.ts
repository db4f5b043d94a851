import { lt, sql } from "drizzle-orm";
import type { Env } from "../env.ts";
import { periodKey } from "../core/limits/period.ts";
import { hexOf, sha256 } from "../core/sha256.ts";
import { type Database, databaseOf } from "../core/storage/database.ts";
import { analyticsSalts } from "./table.ts";

const KEPT_MS = 24 * 3_600_000;
/** Days of the world's zones there can be at a time, and some that have just gone. */
const MAX_KNOWN = 8;

/** The salts of some days, as this isolate last read them. */
const known = new Map<string, string>();

/** The salt of a day, as its name in whatever zone says. Whoever needs it first makes it; everybody else reads the same one. */
async function saltOf(db: Database, day: string): Promise<string> {
  const kept = known.get(day);
  if (kept !== undefined) return kept;
  const fresh = hexOf(crypto.getRandomValues(new Uint8Array(32)));
  const [, rows] = await db.batch([
    db.insert(analyticsSalts).values({ day, salt: fresh }).onConflictDoNothing(),
    db.select().from(analyticsSalts).where(sql`${analyticsSalts.day} = ${day}`),
  ]);
  const salt = rows[0]?.salt ?? fresh;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(day, salt);
  return salt;
}

const digest = async (text: string): Promise<string> => (await sha256(text)).slice(0, 32);

/** Who visits a site on a day of its own: the same for that day, another tomorrow and on every other site. 128 bits in hex. */
export async function visitorOf(
  db: Database,
  at: { siteId: string; ip: string; userAgent: string; day: string },
): Promise<string> {
  const salt = await saltOf(db, at.day);
  return digest(JSON.stringify([salt, at.siteId, at.ip, at.userAgent]));
}

/** The id of an event that its sender may repeat: the same visitor and name make the same event. */
export const repeatableId = async (visitor: string, name: string): Promise<string> =>
  `key_${await digest(JSON.stringify([visitor, name]))}`;

/** Whether a visitor is among the share that is tracked; the same answer all day. `share` is 0 to 1. */
export const isSampled = (visitor: string, share: number): boolean =>
  Number.parseInt(visitor.slice(0, 8), 16) / 2 ** 32 < share;

/** Forgets the salts of days gone by in every zone: from then on no visitor hash of theirs can be made again. */
export async function purgeSalts(env: Env, now: number): Promise<void> {
  await databaseOf(env, 0)
    .delete(analyticsSalts)
    .where(lt(analyticsSalts.day, periodKey("day", now - KEPT_MS)));
}
