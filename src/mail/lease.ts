import { and, asc, eq, inArray, isNotNull, lte, min, sql } from "drizzle-orm";
import type { Runtime } from "../core/runtime.ts";
import type { Database } from "../core/storage/database.ts";
import type { Tenant } from "../core/work/scheduler.ts";
import { type MailRow, mails } from "./table.ts";

/** Longer than a holder ever works; short, because this is how long the mails of one that died wait. */
export const LEASE_MS = 90_000;

/** A mail nobody else works on. */
export type HeldMail = MailRow & { leaseId: string };

const ofTenant = (tenant: Tenant | undefined) =>
  tenant && and(eq(mails.workspaceId, tenant.workspaceId), eq(mails.environment, tenant.environment));

/** Takes the lease of mails that are due, the longest waiting first. The attempt counts from here on, whatever becomes of it. */
export async function takeMails(
  db: Database,
  { now, uuid }: Pick<Runtime, "now" | "uuid">,
  { tenant, atMost }: { tenant: Tenant | undefined; atMost: number },
): Promise<HeldMail[]> {
  const at = now();
  const due = db
    .select({ id: mails.id })
    .from(mails)
    .where(and(ofTenant(tenant), lte(mails.dueAt, at)))
    .orderBy(asc(mails.dueAt))
    .limit(atMost);
  const lease = { leaseId: uuid(), dueAt: at + LEASE_MS, attempts: sql`${mails.attempts} + 1` };
  const isDue = and(inArray(mails.id, due), lte(mails.dueAt, at));
  return (await db.update(mails).set(lease).where(isDue).returning()) as HeldMail[];
}

/** Whether a mail is still its holder's. */
export const isHeld = ({ id, leaseId }: HeldMail) => and(eq(mails.id, id), eq(mails.leaseId, leaseId));

/** Gives mails back that there was no time for: their attempt was none. */
export async function giveBack(db: Database, held: readonly HeldMail[], at: number): Promise<void> {
  const back = { leaseId: null, dueAt: at, attempts: sql`${mails.attempts} - 1` };
  for (const mail of held) await db.update(mails).set(back).where(isHeld(mail));
}

/** When the next mail is due; `null` when none waits. */
export async function nextDue(db: Database, tenant: Tenant | undefined): Promise<number | null> {
  const [next] = await db
    .select({ at: min(mails.dueAt) })
    .from(mails)
    .where(and(ofTenant(tenant), isNotNull(mails.dueAt)));
  return next?.at ?? null;
}
