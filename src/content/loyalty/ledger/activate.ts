import { eq, isNull } from "drizzle-orm";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { lifeOf } from "../rules/earning.ts";
import { foldLedger } from "./fold.ts";
import { settleFirst } from "./settle.ts";
import { type EntryRow, entries } from "./table.ts";
import { findMember } from "./write.ts";

/** Stages that a lot no longer waits for its order: its days and months count from now. */
export async function activate(ctx: Ctx, lot: EntryRow): Promise<void> {
  if (!lot.terms || lot.activeAt !== null) return;
  const member = await findMember(ctx, lot.siteId, lot.memberId);
  settleFirst(ctx, member);
  const isWaiting = scoped(ctx, entries, eq(entries.id, lot.id), isNull(entries.activeAt));
  ctx.unit.stage(ctx.db.update(entries).set(lifeOf(lot.terms, ctx.now)).where(isWaiting));
  foldLedger(ctx, [member.id]);
}
