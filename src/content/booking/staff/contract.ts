import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { EmailSchema, line } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { WeekSchema } from "../settings/hours.ts";

const email = EmailSchema.nullable().register(z.globalRegistry, {
  description: "Where they are reached; null: nowhere",
});

const fields = {
  name: line(200).meta({ example: "Grace Wheeler", description: "What visitors read" }),
  email,
  hours: WeekSchema.nullable().register(z.globalRegistry, {
    description: "When they work; null: whenever the website takes appointments; an empty list: never",
  }),
  active: z.boolean("must be true or false").meta({ description: "Whether they can be booked" }),
};

/** What is of the person is left out for keys that may not see it. */
export const StaffSchema = itemSchema("StaffMember", "stf_01KAGW6PSZ0000000000000000", {
  ...fields,
  email: email.optional(),
});

export const StaffBodies = bodiesOf({
  label: "StaffMember",
  fields,
  defaults: { email: null, hours: null, active: true },
  examples: { create: { name: "Grace Wheeler", email: "grace@example.com" }, update: { active: false } },
});

export const ListStaffQuery = listQuery(["createdAt", "updatedAt"], {
  active: z.enum(["true", "false"], "must be true or false").optional(),
  search: SearchSchema.optional(),
});
