import { check, index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { sql } from "drizzle-orm";
import { itemColumns } from "../../resource/columns.ts";

/** A table of a restaurant, for one party at a time. */
export const reservationTables = sqliteTable(
  "reservation_tables",
  {
    ...itemColumns,
    name: text("name").notNull(),
    /** How many people it is for at most, and from how many on it is given to guests who ask for none by name. */
    capacity: integer("capacity").notNull(),
    minParty: integer("min_party").notNull(),
    /** The part of the restaurant it is in: terrace, bar. */
    area: text("area"),
    /** The owner's own names of places, where there are several. */
    locationId: text("location_id"),
    branchId: text("branch_id"),
    /** Of tables that are equally small the one with the lowest is taken first. */
    place: integer("place").notNull(),
    /** One that is not is kept out of use: what was reserved stays. */
    active: integer("active", { mode: "boolean" }).notNull(),
  },
  (table) => [
    index("reservation_tables_by_creation").on(table.siteId, table.createdAt, table.id),
    index("reservation_tables_by_size").on(table.siteId, table.active, table.capacity, table.place, table.id),
    check(
      "reservation_tables_party",
      sql.raw(`${table.minParty.name} >= 1 AND ${table.minParty.name} <= ${table.capacity.name}`),
    ),
  ],
);
