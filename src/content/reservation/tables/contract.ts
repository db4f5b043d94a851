import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../../core/contract.ts";
import { line, text } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";

/** More people than this do not sit at one table. */
export const MOST_SEATS = 500;

export const PartySizeSchema = z
  .int("must be a whole number")
  .min(1, "must be at least 1")
  .max(MOST_SEATS, `must be at most ${MOST_SEATS}`)
  .meta({ example: 4 });

const fields = {
  name: line(100).meta({ example: "Window 1", description: "What the staff call it" }),
  capacity: PartySizeSchema.meta({ description: "People it is for at most" }),
  minParty: PartySizeSchema.meta({
    example: 1,
    description: "The smallest party that gets it without asking for it; walk-ins of any size can sit there",
  }),
  area: line(100)
    .nullable()
    .register(z.globalRegistry, { example: "Terrace", description: "The part of the restaurant it is in" }),
  locationId: text(64)
    .nullable()
    .register(z.globalRegistry, { description: "Your own name of its location, to ask for tables of it" }),
  branchId: text(64)
    .nullable()
    .register(z.globalRegistry, { description: "Your own name of its branch, to ask for tables of it" }),
  place: z
    .int("must be a whole number")
    .min(0, "must not be negative")
    .max(1_000_000, "must be at most 1000000")
    .meta({ description: "Of tables that are equally small the one with the lowest is taken first" }),
  active: z
    .boolean("must be true or false")
    .meta({ description: "Whether it can be reserved; what was reserved already stays" }),
};

export const TableSchema = itemSchema("ReservationTable", "tbl_01KAGW6PSZ0000000000000000", fields);

export const TableBodies = bodiesOf({
  label: "ReservationTable",
  fields,
  defaults: { minParty: 1, area: null, locationId: null, branchId: null, place: 0, active: true },
  examples: { create: { name: "Window 1", capacity: 4, area: "Terrace" }, update: { active: false } },
});

export const ListTablesQuery = listQuery(["createdAt"], {
  active: z.enum(["true", "false"], "must be true or false").optional(),
  search: SearchSchema.optional(),
});
