import { and, eq, or } from "drizzle-orm";
import { type ConcurrentChange, conflict, type DomainError } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { Callback } from "./contract.ts";
import { type PaymentRow, payments } from "./table.ts";

/** What a provider tells of, and by which message. */
export interface Message {
  siteId: string;
  provider: string;
  messageId: string;
  callback: Callback;
}

/** The answer when a provider's reference, or its message, has been recorded by another commit. */
export function expectNew(ctx: Ctx, error: DomainError | ConcurrentChange): void {
  const { siteId, provider, event, reference, messageId } = payments;
  ctx.unit.onDuplicate([siteId, provider, event, reference], error);
  ctx.unit.onDuplicate([siteId, provider, messageId], error);
}

/**
 * What was recorded of a message before: the message itself, or another one about the same. Throws 409 for another one that
 * says something else of it.
 */
export async function findKnown(
  ctx: Ctx,
  { siteId, provider, messageId, callback }: Message,
): Promise<PaymentRow | null> {
  const { type, data } = callback;
  const isOfProvider = and(eq(payments.siteId, siteId), eq(payments.provider, provider));
  const isAbout = and(eq(payments.event, type), eq(payments.reference, data.reference));
  const rows = await ctx.db
    .select()
    .from(payments)
    .where(scoped(ctx, payments, isOfProvider, or(eq(payments.messageId, messageId), isAbout)));
  const repeated = rows.find((row) => row.messageId === messageId);
  const known = repeated ?? rows[0] ?? null;
  if (!known || repeated) return known;
  const isSame = known.orderId === data.orderId && known.amount === data.amount && known.currency === data.currency;
  if (!isSame) throw conflict("data.reference", "Something else was told of this reference before.");
  return known;
}
