import { byActive } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { RESERVATION } from "../reservation.ts";
import { ListTablesQuery, TableBodies, TableSchema } from "./contract.ts";
import { checkTable, requireUnreserved } from "./rules.ts";
import { reservationTables } from "./table.ts";

/** The tables themselves. What is free of them on a day is at the same path without an id (`free/routes.ts`). */
export const RESERVATION_TABLES = siteResource({
  ...RESERVATION,
  name: "reservation_table",
  label: "ReservationTable",
  called: "Table",
  words: { one: "table", many: "tables" },
  path: "/reservation/tables",
  idPrefix: "tbl",
  table: reservationTables,
  schema: TableSchema,
  list: {
    query: ListTablesQuery,
    path: "/reservation/tables/all",
    orders: { createdAt: reservationTables.createdAt },
    state: byActive(reservationTables.active),
    search: [reservationTables.name, reservationTables.area],
  },
  create: { schema: TableBodies.create, errors: ["conflict"], columns: ({ body }) => TableBodies.fill(body) },
  update: { schema: TableBodies.update, errors: ["conflict"], columns: ({ changes }) => changes },
  check: ({ ctx, row, before }) => checkTable(ctx, row, before),
  remove: { errors: ["conflict"], description: "A table that is reserved is not deleted: 409." },
  beside({ ctx, verb, row }) {
    if (verb === "deleted") requireUnreserved(ctx, row);
  },
});
