import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { DateSchema, line, text } from "../../../core/fields.ts";
import { listQuery } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { TimesSchema } from "../settings/hours.ts";

const staffId = text(64, "must be the id of a member of staff");

const fields = {
  staffId: staffId
    .nullable()
    .register(z.globalRegistry, { description: "Whose days they are; null: the website's, and so everybody's" }),
  startDate: DateSchema.meta({ example: "2026-12-24", description: "The first of the days" }),
  endDate: DateSchema.meta({
    example: "2026-12-26",
    description: "The last of the days, at most a year later; the first when it is left out",
  }),
  hours: z.array(TimesSchema).max(20, "must have at most 20 entries").meta({
    description: "When it is open on each of these days; an empty list: closed",
  }),
  note: line(200)
    .nullable()
    .register(z.globalRegistry, { example: "Christmas", description: "Why, for whoever reads the list" }),
};

export const ExceptionSchema = itemSchema("BookingException", "bex_01KAGW6PSZ0000000000000000", fields);

export const ExceptionBodies = bodiesOf({
  label: "BookingException",
  fields,
  made: ["endDate"],
  defaults: { staffId: null, hours: [], note: null },
  examples: {
    create: { startDate: "2026-12-24", endDate: "2026-12-26", note: "Christmas" },
    update: { hours: [{ opens: "10:00", closes: "14:00" }] },
  },
});

export const ListExceptionsQuery = listQuery(["createdAt", "startDate"], { staffId: staffId.optional() });
