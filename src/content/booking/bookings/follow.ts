import type { Ctx } from "../../../core/work/context.ts";
import type { OwnColumns } from "../../resource/columns.ts";
import type { SiteRow } from "../../resource/declaration.ts";
import { findSite } from "../../sites/service.ts";
import { earnForBooking } from "../loyalty/earn.ts";
import { mailCustomer, mailOwner } from "../mails/mail.ts";
import { toldOfChange, toldOfNew } from "../mails/told.ts";
import type { BookingRow, bookings } from "./table.ts";

/** What a new booking brings about besides. */
export async function followNew(
  ctx: Ctx,
  site: SiteRow,
  columns: OwnColumns<typeof bookings> & { id: string },
): Promise<void> {
  const standard = { siteId: site.id, version: 1, createdAt: ctx.now, updatedAt: ctx.now };
  const booking = { ...columns, ...standard } as BookingRow;
  const told = toldOfNew(booking);
  if (told) await mailCustomer(ctx, site, booking, told);
  // One that its customer has yet to confirm is nobody else's business.
  if (told !== "toConfirm") await mailOwner(ctx, site, booking, "made");
}

/** What the steps of a booking bring about besides, staged in their commit. */
export async function followBooking(ctx: Ctx, { before, row }: Record<"before" | "row", BookingRow>): Promise<void> {
  if (row.status === "completed" && before.status !== "completed") await earnForBooking(ctx, row);
  const told = toldOfChange(before, row);
  if (!told) return;
  const site = await findSite(ctx, row.siteId);
  await mailCustomer(ctx, site, row, told);
  if (told === "cancelled" && before.holdUntil === null) await mailOwner(ctx, site, row, "cancelled");
  else if (told === "rescheduled") await mailOwner(ctx, site, row, "moved");
  else if (before.holdUntil !== null && told !== "cancelled") await mailOwner(ctx, site, row, "made");
}
