import type { Ctx } from "../../../core/work/context.ts";
import { enter } from "../../loyalty/ledger/write.ts";
import { collectorOf } from "../../loyalty/members/collector.ts";
import { lifeOf, pointsOf, ruleFor } from "../../loyalty/rules/earning.ts";
import type { BookingRow } from "../bookings/table.ts";

/**
 * Stages the points of an appointment that has taken place, where the rule of its currency is for bookings too. It is staged
 * with the step to `completed`, which a booking makes once and never takes back: so it earns once.
 */
export async function earnForBooking(ctx: Ctx, booking: BookingRow): Promise<void> {
  const { id, siteId, price, currency, customer } = booking;
  if (price === null || currency === null) return;
  const rule = await ruleFor(ctx, siteId, currency);
  const points = rule?.bookings ? pointsOf(rule, price) : 0;
  if (!rule || points === 0) return;
  const collector = await collectorOf(ctx, { siteId, ...customer }, rule);
  if (!collector) return;
  enter(ctx, collector, {
    ...{ kind: "earn", points, lifetime: points, description: `Booking ${id}` },
    ...lifeOf(rule, ctx.now),
  });
}
