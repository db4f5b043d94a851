import type { SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "../../../../core/storage/database.ts";
import type { Statement } from "../../../../core/storage/statements.ts";
import type { Ctx } from "../../../../core/work/context.ts";
import type { PushOutcome } from "../../../../push/outcome.ts";
import type { CampaignRow } from "../table.ts";

/** A table of those who have subscribed to a website, by one way of reaching them. */
export type Subscribers = SQLiteTable & Record<"id" | "siteId" | "createdAt", SQLiteColumn>;

/** Sends a campaign to one of its recipients. Never throws for what becomes of it there. */
export type SendOne = () => Promise<PushOutcome>;

/** A way campaigns are sent. */
export interface Channel {
  subscribers: Subscribers;
  /** Which of a site's subscribers a campaign is for, besides being subscribed. */
  isFor(campaign: CampaignRow): SQL | undefined;
  /**
   * Makes ready to send a campaign: the answer looks up some of its recipients and says of those who are still subscribed
   * how to send it to them.
   */
  open(ctx: Ctx, campaign: CampaignRow): Promise<(ids: readonly string[]) => Promise<ReadonlyMap<string, SendOne>>>;
  /** Removes subscribers that cannot be reached any more. */
  remove(db: Database, campaign: CampaignRow, ids: readonly string[]): Statement;
}
