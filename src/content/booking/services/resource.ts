import { byActive } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { BOOKING } from "../booking.ts";
import { ListServicesQuery, ServiceBodies, ServiceSchema } from "./contract.ts";
import { requireStaff, requireUnbooked } from "./rules.ts";
import { services } from "./table.ts";

const SAMPLE = {
  name: "Full service",
  description: null,
  image: null,
  durationMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 15,
  slotIntervalMinutes: 30,
  capacity: 1,
  price: 6_500,
  currency: "EUR",
  noticeMinutes: 120,
  horizonDays: 60,
  staffIds: null,
  active: true,
  order: 0,
};

/** What people make appointments for. */
export const SERVICES = siteResource({
  ...BOOKING,
  name: "service",
  label: "BookingService",
  called: "Service",
  words: { one: "service", many: "services" },
  path: "/booking/services",
  idPrefix: "svc",
  table: services,
  schema: ServiceSchema,
  events: { sample: SAMPLE, verbs: { created: {}, updated: { durationMinutes: 90, version: 2 }, deleted: {} } },
  list: {
    query: ListServicesQuery,
    orders: { createdAt: services.createdAt, updatedAt: services.updatedAt, order: services.order },
    state: byActive(services.active),
    search: [services.name, services.description],
  },
  create: {
    schema: ServiceBodies.create,
    columns: ({ body }) => ServiceBodies.fill(body),
    example: () => ({ capacity: 1_000 }),
  },
  update: {
    schema: ServiceBodies.update,
    description: "Appointments that are booked stay as they were booked.",
    columns: ({ changes }) => changes,
  },
  check: ({ ctx, row }) => requireStaff(ctx, row),
  remove: {
    errors: ["conflict"],
    description:
      "409 as long as bookings are to come: make it inactive instead. Those that are over stay as they were booked.",
  },
  beside({ ctx, verb, row }) {
    if (verb === "deleted") requireUnbooked(ctx, row);
  },
  versions: true,
});
