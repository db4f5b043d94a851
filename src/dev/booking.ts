import { eq } from "drizzle-orm";
import { ServiceBodies } from "../content/booking/services/contract.ts";
import { SERVICES } from "../content/booking/services/resource.ts";
import { services } from "../content/booking/services/table.ts";
import { StaffBodies } from "../content/booking/staff/contract.ts";
import { STAFF } from "../content/booking/staff/resource.ts";
import { staff } from "../content/booking/staff/table.ts";
import { SAMPLE_SERVICES, SAMPLE_STAFF } from "../content/sample/booking.ts";
import { ensureRow, type Shop } from "./shop/step.ts";

const HOURS_AGO = 19 * 24;

/** Adds who works in the workshop and what can be booked there, where it is not there yet. */
export async function ensureBooking(place: Shop): Promise<void> {
  const { siteId } = place;
  const ids = new Map<string, string>();
  for (const one of SAMPLE_STAFF) {
    const body = StaffBodies.create.parse(one);
    const id = await ensureRow(place, HOURS_AGO, staff, eq(staff.name, one.name), (ctx) =>
      STAFF.verbs.create({ ctx, input: { siteId, body } }),
    );
    ids.set(one.name, id);
  }
  for (const [order, { staff: names, ...said }] of SAMPLE_SERVICES.entries()) {
    const staffIds = names === null ? null : names.map((name) => ids.get(name) as string);
    const body = ServiceBodies.create.parse({ ...said, currency: "GBP", staffIds, order });
    await ensureRow(place, HOURS_AGO, services, eq(services.name, said.name), (ctx) =>
      SERVICES.verbs.create({ ctx, input: { siteId, body } }),
    );
  }
}
