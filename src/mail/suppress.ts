import { and, eq } from "drizzle-orm";
import { ConcurrentChange } from "../core/errors.ts";
import { newId } from "../core/ids.ts";
import { withMade } from "../core/storage/folded.ts";
import { ownedBy, scoped } from "../core/storage/scoped.ts";
import type { Ctx } from "../core/work/context.ts";
import { madeBy } from "../core/work/keeping.ts";
import { stageChange } from "../core/work/versioned.ts";
import { bareAddress } from "./recipient.ts";
import { type SuppressionReason, suppressions } from "./table.ts";

/** Reasons by their weight: a weaker one does not take the place of a stronger. */
const WEIGHT: Readonly<Record<SuppressionReason, number>> = { unsubscribe: 0, manual: 1, bounce: 2, complaint: 3 };

interface Suppression {
  siteId: string;
  email: string;
  reason: SuppressionReason;
  detail: string | null;
}

const isOf = (ctx: Ctx, siteId: string, email: string) =>
  scoped(ctx, suppressions, and(eq(suppressions.siteId, siteId), eq(suppressions.email, bareAddress(email))));

/** Stages that a site sends nothing more to an address. Whoever lists it at the same moment has it run again. */
export async function stageSuppression(ctx: Ctx, { siteId, email, reason, detail }: Suppression): Promise<void> {
  const [row] = await ctx.db
    .select()
    .from(suppressions)
    .where(isOf(ctx, siteId, email));
  if (row) {
    if (WEIGHT[row.reason] < WEIGHT[reason]) stageChange(ctx, suppressions, row, { reason, detail });
    return;
  }
  ctx.unit.onDuplicate([suppressions.siteId, suppressions.email], new ConcurrentChange());
  const made = withMade(suppressions, {
    id: newId("supp", ctx.now),
    ...ownedBy(ctx),
    siteId,
    change: madeBy(ctx),
    version: 1,
    createdAt: ctx.now,
    updatedAt: ctx.now,
    email: bareAddress(email),
    reason,
    detail,
  });
  ctx.unit.stage(ctx.db.insert(suppressions).values(made));
}

/** Stages the end of an unsubscription, for somebody who has subscribed again; other reasons stay. */
export function stageResubscription(ctx: Ctx, siteId: string, email: string): void {
  const isIt = and(isOf(ctx, siteId, email), eq(suppressions.reason, "unsubscribe"));
  ctx.unit.stage(ctx.db.delete(suppressions).where(isIt));
}
