import { and, eq, sql } from "drizzle-orm";
import type { Database } from "../core/storage/database.ts";
import { bareAddress } from "./recipient.ts";
import { type SuppressionReason, suppressions } from "./table.ts";

/** An address as one site's mails meet it. */
export interface SiteAddress {
  siteId: string;
  address: string;
}

const keyOf = ({ siteId, address }: SiteAddress): string => JSON.stringify([siteId, bareAddress(address)]);

/** Why sites do not send to addresses, asked for all of them in one query. */
export async function suppressionsOf(
  db: Database,
  addresses: readonly SiteAddress[],
): Promise<(it: SiteAddress) => SuppressionReason | null> {
  const asked = JSON.stringify(addresses.map(({ siteId, address }) => [siteId, bareAddress(address)]));
  const pairs = sql`SELECT value ->> 0, value ->> 1 FROM json_each(${asked})`;
  const found = await db
    .select({ siteId: suppressions.siteId, address: suppressions.email, reason: suppressions.reason })
    .from(suppressions)
    .where(sql`(${suppressions.siteId}, ${suppressions.email}) IN (${pairs})`);
  const reasons = new Map(found.map((it) => [keyOf(it), it.reason]));
  return (it) => reasons.get(keyOf(it)) ?? null;
}

/** Why a site does not send to one address; `null` if it may. */
export async function suppressionOf(db: Database, { siteId, address }: SiteAddress): Promise<SuppressionReason | null> {
  const isIt = and(eq(suppressions.siteId, siteId), eq(suppressions.email, bareAddress(address)));
  const [found] = await db.select({ reason: suppressions.reason }).from(suppressions).where(isIt);
  return found?.reason ?? null;
}

/** Whether a reason stands against a mail: who has unsubscribed still gets what is no campaign. */
export const bars = (reason: SuppressionReason | null, { isCampaign }: { isCampaign: boolean }): boolean =>
  reason !== null && (reason !== "unsubscribe" || isCampaign);
