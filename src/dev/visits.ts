import { eq } from "drizzle-orm";
import { ServiceBodies } from "../content/booking/services/contract.ts";
import { SERVICES } from "../content/booking/services/resource.ts";
import { services } from "../content/booking/services/table.ts";
import { StaffBodies } from "../content/booking/staff/contract.ts";
import { STAFF } from "../content/booking/staff/resource.ts";
import { staff } from "../content/booking/staff/table.ts";
import { ensureRow, type Shop } from "./shop/step.ts";

const HOURS_AGO = 50;

const BAKER = { name: "Grace Wheeler", email: "grace@blue-door-bakery.example" };

const DEMO_SERVICES = [
  {
    name: "An hour at the oven",
    description: "You knead, we fire. One loaf goes home with you.",
    ...{ durationMinutes: 60, bufferAfterMinutes: 30, price: 4_500, noticeMinutes: 120, order: 0 },
  },
  {
    name: "Sourdough course",
    description: "Starter, dough and patience, for up to six at one table.",
    ...{ durationMinutes: 180, capacity: 6, price: 8_900, noticeMinutes: 1_440, order: 1 },
  },
];

/** Adds what can be booked at the bakery. */
export async function ensureVisits(shop: Shop): Promise<void> {
  const { siteId } = shop;
  const staffId = await ensureRow(shop, HOURS_AGO, staff, eq(staff.name, BAKER.name), (ctx) =>
    STAFF.verbs.create({ ctx, input: { siteId, body: StaffBodies.create.parse(BAKER) } }),
  );
  for (const [nth, told] of DEMO_SERVICES.entries()) {
    const body = ServiceBodies.create.parse({ ...told, ...(nth === 0 && { staffIds: [staffId] }) });
    await ensureRow(shop, HOURS_AGO, services, eq(services.name, body.name), (ctx) =>
      SERVICES.verbs.create({ ctx, input: { siteId, body } }),
    );
  }
}
