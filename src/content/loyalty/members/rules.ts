import { eq, type SQL, sql } from "drizzle-orm";
import { conflict } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { entries } from "../ledger/table.ts";
import { redemptions } from "../redemptions/table.ts";
import { tierAt } from "../tiers/reached.ts";
import { type MemberRow, members } from "./table.ts";

/** The figures of somebody new; the commit holds only while the tier of nothing is still this one. */
export async function nothingYet(ctx: Ctx, siteId: string) {
  const reached = tierAt(siteId, 0);
  const [first] = await ctx.db.select({ tier: reached.as("tier") }).from(sql`(SELECT 1)`);
  const tier = first?.tier ?? null;
  ctx.unit.require(sql`${reached} IS ${tier}`);
  return { points: 0, pendingPoints: 0, lifetimePoints: 0, tier, entryCount: 0, changesAt: null };
}

/** One member a site has an e-mail address. */
export function expectUnusedEmail(ctx: Ctx): void {
  ctx.unit.onDuplicate(
    [members.siteId, members.email],
    conflict("email", "There is a member of this address already."),
  );
}

/** With a member goes all that is known of what he did. */
export function forgetMember(ctx: Ctx, { id }: Pick<MemberRow, "id">): void {
  const ofMember = (table: typeof entries | typeof redemptions): SQL => scoped(ctx, table, eq(table.memberId, id));
  ctx.unit.stage(ctx.db.delete(entries).where(ofMember(entries)));
  ctx.unit.stage(ctx.db.delete(redemptions).where(ofMember(redemptions)));
}
