import { and, asc, eq, isNotNull } from "drizzle-orm";
import { scoped } from "../../../../core/storage/scoped.ts";
import type { Ctx } from "../../../../core/work/context.ts";
import type { OrderRow } from "../../orders/table.ts";
import { type ProviderRow, paymentProviders } from "./table.ts";

/** The most providers a site offers its customers. */
const MOST = 20;

/**
 * The address at which an order is paid, or `null` if the provider has none. What stands in it is the customer's to change:
 * the provider's signed message says what was paid, and counts only if it is what is due.
 */
export function payLink(order: OrderRow, { payUrl }: Pick<ProviderRow, "payUrl">, returnUrl: string): string | null {
  if (payUrl === null) return null;
  const url = new URL(payUrl);
  const { id, number, total, currency } = order;
  const told = { order: id, reference: String(number), amount: String(total), currency, return_url: returnUrl };
  for (const [name, value] of Object.entries(told)) url.searchParams.set(name, value);
  return url.href;
}

/** Where a customer can pay for an order and comes back to `returnUrl` from; the oldest provider first. */
export async function paymentLinks(
  ctx: Ctx,
  order: OrderRow,
  returnUrl: string,
): Promise<{ name: string; url: string }[]> {
  const isActive = and(eq(paymentProviders.siteId, order.siteId), eq(paymentProviders.active, true));
  const rows = await ctx.db
    .select()
    .from(paymentProviders)
    .where(scoped(ctx, paymentProviders, isActive, isNotNull(paymentProviders.payUrl)))
    .orderBy(asc(paymentProviders.createdAt), asc(paymentProviders.id))
    .limit(MOST);
  return rows.map((row) => ({ name: row.name, url: payLink(order, row, returnUrl) as string }));
}
