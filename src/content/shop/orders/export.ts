import { asc, eq, gte, lt, sql } from "drizzle-orm";
import { personalAttributes } from "../../../core/keys/attributes.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findSite } from "../../sites/service.ts";
import { csvHead, csvLines } from "./csv.ts";
import { type OrderRow, type OrderStatus, orders } from "./table.ts";

/** Orders read at a time: each is of a few kilobytes. */
const PAGE = 200;
const BOM = "\ufeff";

interface Exporting {
  siteId: string;
  /** In milliseconds; the end is not part of it. */
  from?: number | undefined;
  to?: number | undefined;
  status?: OrderStatus | undefined;
  bom?: "true" | "false" | undefined;
}

/** The orders of a site as CSV, oldest first, read page by page while it is sent. Throws `not_found` before that. */
export async function exportOrders({ ctx, input }: { ctx: Ctx; input: Exporting }): Promise<AsyncIterable<string>> {
  await findSite(ctx, input.siteId);
  return parts(ctx, input);
}

async function* parts(ctx: Ctx, { siteId, from, to, status, bom }: Exporting): AsyncIterable<string> {
  const isVisible = personalAttributes(ctx.caller);
  yield (bom === "true" ? BOM : "") + csvHead();
  let last: OrderRow | undefined;
  do {
    const after = last && sql`(${orders.createdAt}, ${orders.id}) > (${last.createdAt}, ${last.id})`;
    const rows: OrderRow[] = await ctx.db
      .select()
      .from(orders)
      .where(
        scoped(
          ctx,
          orders,
          eq(orders.siteId, siteId),
          status && eq(orders.status, status),
          from === undefined ? undefined : gte(orders.createdAt, from),
          to === undefined ? undefined : lt(orders.createdAt, to),
          after,
        ),
      )
      .orderBy(asc(orders.createdAt), asc(orders.id))
      .limit(PAGE);
    yield csvLines(rows, isVisible);
    last = rows.length === PAGE ? rows.at(-1) : undefined;
  } while (last);
}
