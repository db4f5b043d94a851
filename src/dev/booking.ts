import { eq } from "drizzle-orm";
import { BookingBodies } from "../content/booking/bookings/contract.ts";
import { BOOKINGS } from "../content/booking/bookings/resource.ts";
import { bookings } from "../content/booking/bookings/table.ts";
import { ServiceBodies } from "../content/booking/services/contract.ts";
import { SERVICES } from "../content/booking/services/resource.ts";
import { services } from "../content/booking/services/table.ts";
import { slotsOn } from "../content/booking/slots/slots.ts";
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
    const serviceId = await ensureRow(place, HOURS_AGO, services, eq(services.name, said.name), (ctx) =>
      SERVICES.verbs.create({ ctx, input: { siteId, body } }),
    );
    const comes = COMES[said.name];
    if (comes) await ensureBooked(place, serviceId, comes);
  }
}

/** Who comes to what, and when it was booked. */
const COMES: Readonly<
  Record<string, { customer: { name: string; email: string; phone: string | null }; people: number }>
> = {
  "Basic service": {
    customer: { name: "Noor Ahmed", email: "noor@example.com", phone: "+44 20 7946 0123" },
    people: 1,
  },
  "Mend it yourself: an evening course": {
    customer: { name: "Jonas Lind", email: "jonas@example.com", phone: null },
    people: 2,
  },
};

const BOOKED_HOURS_AGO = 2;
const MAX_DAYS = 21;

/** Books the first slot from tomorrow on, where the service has no booking yet. */
async function ensureBooked(place: Shop, serviceId: string, comes: (typeof COMES)[string]): Promise<void> {
  const { siteId, now } = place;
  await ensureRow(place, BOOKED_HOURS_AGO, bookings, eq(bookings.serviceId, serviceId), async (ctx) => {
    for (let days = 1; days <= MAX_DAYS; days += 1) {
      const date = new Date(now + days * 86_400_000).toISOString().slice(0, 10);
      const slots = await slotsOn(ctx, { siteId, serviceId, date, people: comes.people });
      const free = slots.find(({ left }) => left >= comes.people);
      if (!free) continue;
      const said = { ...comes, serviceId, startTime: new Date(free.startAt).toISOString() };
      return BOOKINGS.verbs.create({ ctx, input: { siteId, body: BookingBodies.create.parse(said) } });
    }
    throw new Error("The demo's workshop has no free time");
  });
}
