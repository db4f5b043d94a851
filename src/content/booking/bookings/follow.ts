import type { Ctx } from "../../../core/work/context.ts";
import type { SiteRow } from "../../resource/declaration.ts";
import { earnForBooking } from "../loyalty/earn.ts";
import type { OwnColumns } from "../../resource/columns.ts";
import type { BookingRow, bookings } from "./table.ts";

/** What a new booking brings about besides. */
export async function followNew(
  _ctx: Ctx,
  _site: SiteRow,
  _booking: OwnColumns<typeof bookings> & { id: string },
): Promise<void> {}

/** What the steps of a booking bring about besides, staged in their commit. */
export async function followBooking(ctx: Ctx, { before, row }: Record<"before" | "row", BookingRow>): Promise<void> {
  const isNew = before.status !== row.status;
  if (isNew && row.status === "completed") await earnForBooking(ctx, row);
}
