import { and, eq, gte, lt, ne, type SQL, sql } from "drizzle-orm";
import type { Calendar } from "../../analytics/figures/calendar.ts";
import type { Counter, Counts, Question } from "../../analytics/figures/count.ts";
import { type Dimension, isTime } from "../../analytics/figures/dimensions.ts";
import { QUARTER_MS } from "../../analytics/facts/visit.ts";
import { orderOrigins } from "../../analytics/table.ts";
import { scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import { orders } from "../shop/orders/table.ts";

/** What is said of an order whose visit is not known: it came by the API, or its visitor is not tracked. */
export const UNKNOWN = "unknown";

const originOf = (dimension: Dimension): SQL => sql`coalesce(${orderOrigins.origin} ->> ${dimension}, ${UNKNOWN})`;

interface Row {
  keys: string;
  currency: string;
  n: number;
  revenue: number;
}

/**
 * Adds a site's orders to what is counted: those placed within the time that are not cancelled, with what was paid for them
 * less what went back. They are read as they stand, so that a payment or refund counts at once, for when the order was placed.
 */
export async function countOrders(
  ctx: Ctx,
  { siteId, question, counter, calendar }: { siteId: string; question: Question; counter: Counter; calendar: Calendar },
): Promise<void> {
  const quarter = sql`${orders.createdAt} / ${sql.raw(String(QUARTER_MS))}`;
  const keys = sql`json_array(${sql.join(
    question.groupBy.map((it) => (isTime(it) ? quarter : originOf(it))),
    sql`, `,
  )})`;
  const filters = Object.entries(question.filters).map(
    ([name, value]) => sql`${originOf(name as Dimension)} = ${value}`,
  );
  const isIt = and(
    eq(orders.siteId, siteId),
    gte(orders.createdAt, question.from),
    lt(orders.createdAt, question.until),
    ne(orders.status, "cancelled"),
    ...filters,
  );
  const rows = await ctx.db.all<Row>(sql`
    SELECT ${keys} AS keys, ${orders.currency} AS currency, count(*) AS n,
      sum(${orders.paidAmount} - ${orders.refundedAmount}) AS revenue
    FROM ${orders} LEFT JOIN ${orderOrigins} ON ${orderOrigins.siteId} = ${orders.siteId}
      AND ${orderOrigins.orderId} = ${orders.id}
    WHERE ${scoped(ctx, orders, isIt)} GROUP BY 1, 2`);
  for (const row of rows) {
    addTo(counter.totals.counts, row);
    const values = JSON.parse(row.keys) as (string | number)[];
    if (values.length === 0) continue;
    const key = question.groupBy.map((it, index) =>
      isTime(it) ? calendar.nameOf(it, Number(values[index]) * QUARTER_MS) : String(values[index]),
    );
    addTo(counter.group(key).counts, row);
  }
}

function addTo(counts: Counts, { n, revenue, currency }: Row): void {
  counts.orders += n;
  if (revenue !== 0) counts.revenue[currency] = (counts.revenue[currency] ?? 0) + revenue;
}
