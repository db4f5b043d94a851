import type { Ctx } from "../../../core/work/context.ts";
import { wakeAt } from "../../../core/work/scheduler.ts";
import type { OwnColumns } from "../../resource/columns.ts";
import type { SiteRow } from "../../resource/declaration.ts";
import { bookingSettingsOf } from "../settings/settings.ts";
import { requireAhead } from "./hold.ts";
import { BookingBodies, type NewBooking } from "./contract.ts";
import { takePlace } from "./place.ts";
import type { BookingRow, bookings } from "./table.ts";
import { momentOf } from "./times.ts";

interface Making {
  site: SiteRow;
  id: string;
  body: NewBooking;
  source: BookingRow["source"];
}

/** The columns of a new booking: a slot of its service, priced as the service is now. */
export async function newBooking(ctx: Ctx, { site, id, body, source }: Making): Promise<OwnColumns<typeof bookings>> {
  const { serviceId, startTime, date, staffId, customer, people, note, locale, ...said } = BookingBodies.fill(body);
  const isSettled = bookingSettingsOf(site).autoConfirm && said.holdUntil === null;
  const status = said.status ?? (isSettled ? "confirmed" : "pending");
  requireAhead(ctx, { status, holdUntil: said.holdUntil });
  const startAt = await momentOf(site, { date, startTime });
  const { service, placed } = await takePlace(ctx, site, { id, serviceId, startAt, staffId, people });
  if (said.holdUntil !== null) wakeAt(ctx, said.holdUntil);
  const isPriced = service.price !== null;
  return {
    ...placed,
    ...{
      status,
      holdUntil: said.holdUntil,
      retryAt: null,
      bookingKey: null,
      askedHash: null,
      customer,
      note,
      source,
      locale,
    },
    price: service.price === null ? null : service.price * people,
    currency: isPriced ? service.currency : null,
    confirmedAt: status === "confirmed" ? ctx.now : null,
    ...{ completedAt: null, cancelledAt: null, reason: null, reschedules: 0 },
  };
}
