import { byActive } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { BOOKING } from "../booking.ts";
import { stageExceptionsOf } from "../exceptions/rules.ts";
import { requireUnnamed } from "../services/rules.ts";
import { ListStaffQuery, StaffBodies, StaffSchema } from "./contract.ts";
import { staff } from "./table.ts";

const SAMPLE = { name: "Grace Wheeler", email: "grace@example.com", hours: null, active: true };

/** Who does services. */
export const STAFF = siteResource({
  ...BOOKING,
  name: "staff",
  label: "StaffMember",
  called: "Member of staff",
  plural: "Staff",
  words: { one: "member of staff", many: "members of staff" },
  path: "/booking/staff",
  idPrefix: "stf",
  table: staff,
  schema: StaffSchema,
  personal: ["email"],
  events: { sample: SAMPLE, verbs: { created: {}, updated: { active: false, version: 2 }, deleted: {} } },
  list: {
    query: ListStaffQuery,
    orders: { createdAt: staff.createdAt, updatedAt: staff.updatedAt },
    state: byActive(staff.active),
    search: [staff.name, staff.email],
  },
  create: { schema: StaffBodies.create, columns: ({ body }) => StaffBodies.fill(body) },
  update: { schema: StaffBodies.update, columns: ({ changes }) => changes },
  remove: {
    errors: ["conflict"],
    description: "With their exceptions; 409 as long as a service names them. Appointments they have stay as they are.",
  },
  beside: ({ ctx, verb, row }) => {
    if (verb !== "deleted") return;
    requireUnnamed(ctx, row);
    stageExceptionsOf(ctx, row);
  },
  versions: true,
});
