import { and, eq } from "drizzle-orm";
import { notFound } from "../../../core/errors.ts";
import { signLink, verifyLink } from "../../../core/links.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { Env } from "../../../env.ts";
import { asOf } from "../reservations/status.ts";
import { type ReservationRow, reservations } from "../reservations/table.ts";

/** What opens a reservation to whoever holds it. */
export interface ReservationLink {
  siteId: string;
  id: string;
  token: string;
}

const contextOf = (siteId: string): string => `reservation:${siteId}`;

/** The token of a reservation's link. */
export const reservationToken = (env: Env, { siteId, id }: Pick<ReservationRow, "siteId" | "id">): Promise<string> =>
  signLink(env, contextOf(siteId), id);

/** The reservation a signed link is for, as of now. Whatever is wrong with the link, there is none: `not_found`. */
export async function reservationOfLink(ctx: Ctx, { siteId, id, token }: ReservationLink): Promise<ReservationRow> {
  const isSigned = await verifyLink(ctx.env, contextOf(siteId), id, token);
  const isIt = and(eq(reservations.siteId, siteId), eq(reservations.id, id));
  const [row] = isSigned
    ? await ctx.db
        .select()
        .from(reservations)
        .where(scoped(ctx, reservations, isIt))
    : [];
  if (!row) throw notFound("Reservation");
  return asOf(row, ctx.now);
}

/** The site a reservation was made at, `null` if there is none of that id: nothing else is told without its token. */
export async function siteOfReservation(env: Env, id: string): Promise<string | null> {
  const isIt = eq(reservations.id, id);
  const rows = databaseOf(env, 0).select({ siteId: reservations.siteId }).from(reservations).where(isIt);
  return (await rows)[0]?.siteId ?? null;
}
