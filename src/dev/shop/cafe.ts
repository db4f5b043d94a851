import { eq, sql } from "drizzle-orm";
import { RESERVATIONS } from "../../content/reservation/reservations/resource.ts";
import { reservations } from "../../content/reservation/reservations/table.ts";
import { RESERVATION_TABLES } from "../../content/reservation/tables/resource.ts";
import { reservationTables } from "../../content/reservation/tables/table.ts";
import { SAMPLE_TABLES } from "../../content/sample/cafe.ts";
import { ensureRow, type Shop } from "./step.ts";

const DAY_MS = 86_400_000;

/** Who comes: in how many days, when, how many. All of it is within the café's hours, whatever weekday it is. */
const DEMO_RESERVATIONS = [
  { name: "Ada Berg", inDays: 1, time: "12:30", partySize: 2, note: "By the window, please" },
  { name: "Lotte Visser", inDays: 1, time: "12:00", partySize: 4, note: null },
  { name: "Milo Jansen", inDays: 2, time: "12:00", partySize: 6, note: "A birthday" },
];

/** Adds the tables of the bakery's café, and parties that have reserved some. */
export async function ensureCafe(shop: Shop): Promise<void> {
  const { siteId, now } = shop;
  for (const body of SAMPLE_TABLES) {
    await ensureRow(shop, 50, reservationTables, eq(reservationTables.name, body.name), (ctx) =>
      RESERVATION_TABLES.verbs.create({ ctx, input: { siteId, body } }),
    );
  }
  for (const { name, inDays, ...said } of DEMO_RESERVATIONS) {
    const email = `${name.split(" ")[0]?.toLowerCase()}@example.com`;
    const date = new Date(now + inDays * DAY_MS).toISOString().slice(0, 10);
    const isIt = sql`${reservations.customer} ->> 'email' = ${email}`;
    const body = { ...said, date, customer: { name, email, phone: null } };
    await ensureRow(shop, 2, reservations, isIt, (ctx) => RESERVATIONS.verbs.create({ ctx, input: { siteId, body } }));
  }
}
