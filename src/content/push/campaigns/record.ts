import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../core/storage/database.ts";
import { runBatch, type Statement } from "../../../core/storage/statements.ts";
import { name, names } from "../../../core/storage/names.ts";
import type { Channel } from "./channels/channel.ts";
import { type CampaignRow, campaignRecipients, campaigns, type RecipientStatus } from "./table.ts";

/** What became of one recipient of a try. */
export interface Settled {
  id: string;
  status: RecipientStatus;
  attempts: number;
  /** When it became so, or when it is tried again. */
  at: number;
  error: string | null;
  /** Whether the subscriber cannot be reached any more. */
  isGone?: boolean;
}

/** The statuses that a recipient keeps, each with a figure of the campaign. */
const FINAL = ["sent", "failed", "gone", "unconfirmed"] as const;

/**
 * Writes down what became of a try, with the campaign's figures, and removes who is gone: all of it or nothing. What
 * another try has settled since stays as it is.
 */
export async function recordTry(
  db: Database,
  campaign: CampaignRow,
  channel: Channel,
  { tryId, settled, now }: { tryId: string; settled: readonly Settled[]; now: number },
): Promise<void> {
  const json = JSON.stringify(settled.map(({ isGone, ...it }) => it));
  const { campaignId, subscriberId, status } = campaignRecipients;
  const isOfTry = and(
    eq(campaignId, campaign.id),
    eq(campaignRecipients.tryId, tryId),
    eq(status, "sending"),
    sql`${subscriberId} IN (SELECT value ->> 'id' FROM json_each(${json}))`,
  );
  const said = (field: string): SQL =>
    sql`(SELECT value ->> ${field} FROM json_each(${json}) WHERE value ->> 'id' = ${subscriberId})`;
  const moved = sql`WITH moved AS MATERIALIZED (SELECT ${said("status")} AS became FROM ${campaignRecipients} WHERE ${isOfTry})`;
  const figures = FINAL.map(
    (it) => sql`${name(campaigns[it])} = ${campaigns[it]} + (SELECT count(*) FROM moved WHERE moved.became = ${it})`,
  );
  const isFinal = sql`moved.became IN (${sql.join(
    FINAL.map((it) => sql`${it}`),
    sql`, `,
  )})`;
  const { queued, version, updatedAt } = campaigns;
  const count = sql`${moved} UPDATE ${campaigns} SET ${sql.join(figures, sql`, `)},
    ${name(queued)} = ${queued} - (SELECT count(*) FROM moved WHERE ${isFinal}),
    ${name(version)} = ${version} + 1, ${name(updatedAt)} = max(${now}, ${updatedAt} + 1)
    WHERE ${eq(campaigns.id, campaign.id)}`;
  const { attempts, at, error } = campaignRecipients;
  const settle = sql`UPDATE ${campaignRecipients} SET (${names(status, attempts, at, error)}) =
    (SELECT value ->> 'status', value ->> 'attempts', value ->> 'at', value ->> 'error' FROM json_each(${json})
      WHERE value ->> 'id' = ${subscriberId}) WHERE ${isOfTry}`;
  const gone = settled.filter(({ isGone }) => isGone).map(({ id }) => id);
  const statements: Statement[] = [count, settle, ...(gone.length > 0 ? [channel.remove(db, campaign, gone)] : [])];
  await runBatch(db, statements);
}
