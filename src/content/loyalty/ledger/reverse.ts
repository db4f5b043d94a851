import { conflict } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { cancelRedemption } from "../redemptions/cancel.ts";
import { giveBack, leftOf, takeBack } from "./back.ts";
import { findEntry } from "./write.ts";

/**
 * Reverses what is left of an entry, by one of its own. Points that have been spent since are not taken back: the call is
 * refused. Of a redemption that was paid for the reward goes back too.
 */
export async function reverseEntry({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; entryId: string; description?: string | undefined };
}) {
  const first = await findEntry(ctx, input);
  const { description = `Reversed: ${first.description}`.slice(0, 200) } = input;
  if (first.kind === "reverse") throw conflict("entryId", "A reversal cannot be reversed.");
  if (leftOf(first) === 0) throw conflict("entryId", "There is nothing left of the entry to reverse.");
  if (first.kind === "redeem") {
    const { siteId, redemptionId } = first;
    const named = { siteId, id: redemptionId as string, description };
    return (await cancelRedemption({ ctx, input: named })).reversal;
  }
  if (first.points < 0) return giveBack(ctx, first, description);
  const spent = conflict("entryId", "The member has spent these points: there are not enough to take back.");
  return takeBack(ctx, first, { points: leftOf(first), description, orElse: spent });
}
