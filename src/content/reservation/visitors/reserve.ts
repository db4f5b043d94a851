import { and, eq } from "drizzle-orm";
import { ConcurrentChange, invalid } from "../../../core/errors.ts";
import { mismatch } from "../../../core/http/idempotency.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { askedHash } from "../../live/asked.ts";
import { shownBy } from "../../resource/contract.ts";
import { createItem } from "../../resource/write.ts";
import { tellOfNew } from "../mails/tell.ts";
import { ReservationBodies, ReservationSchema } from "../reservations/contract.ts";
import { newReservation } from "../reservations/create.ts";
import { RESERVATIONS } from "../reservations/resource.ts";
import { asOf } from "../reservations/status.ts";
import { type ReservationRow, reservations } from "../reservations/table.ts";
import { reservationSettingsOf } from "../settings/settings.ts";
import type { VisitorReservation } from "./contract.ts";

interface Reserving {
  siteId: string;
  /** Names the form, or the call: of all with one key, one makes a reservation and the others find it. */
  formKey: string;
  body: VisitorReservation;
}

const MINUTE_MS = 60_000;
const ORDINARY = RESERVATIONS.create as NonNullable<typeof RESERVATIONS.create>;

/** The reservation that was made under a key; `null` before it is. */
export async function findReservedBy(ctx: Ctx, siteId: string, formKey: string): Promise<ReservationRow | null> {
  const isIt = and(eq(reservations.siteId, siteId), eq(reservations.formKey, formKey));
  const [row] = await ctx.db
    .select()
    .from(reservations)
    .where(scoped(ctx, reservations, isIt));
  return row ? asOf(row, ctx.now) : null;
}

/**
 * Stages a visitor's reservation, or finds the one its form has made already. Where the customer has to confirm it by e-mail
 * the table waits for that as long as the settings say; otherwise it is confirmed, or waits for the owner. 409 where no
 * table is free, 422 where the same key has reserved something else.
 */
export async function reserveForVisitor(
  ctx: Ctx,
  { siteId, formKey, body }: Reserving,
): Promise<{ reservation: ReservationRow; isRepeated: boolean }> {
  const [reserved, hash] = await Promise.all([findReservedBy(ctx, siteId, formKey), askedHash(body)]);
  if (reserved) {
    if (reserved.askedHash !== hash) throw mismatch();
    return { reservation: reserved, isRepeated: true };
  }
  if (body.customer.email === null) throw invalid("customer.email", "is required");
  // Of two at once the index picks one; the other one is run again and finds it.
  ctx.unit.onDuplicate([reservations.siteId, reservations.formKey], new ConcurrentChange());
  const { locale = null, ...asked } = body;
  const columns: typeof ORDINARY.columns = async ({ site, id }) => {
    const { confirmByEmail, confirmMinutes } = reservationSettingsOf(site);
    const row = await newReservation(ctx, site, { ...ReservationBodies.fill(asked), walkIn: false });
    const waits = confirmByEmail && {
      status: "pending" as const,
      heldUntil: Math.min(row.startAt, ctx.now + confirmMinutes * MINUTE_MS),
    };
    const made = { ...row, ...waits, formKey, askedHash: hash, locale, source: "visitor" as const };
    await tellOfNew(ctx, site, { ...made, id, siteId: site.id });
    return made;
  };
  const written = { ...RESERVATIONS, create: { ...ORDINARY, columns }, show: shownBy(ReservationSchema) };
  const reservation = await createItem<typeof reservations>(ctx, written as never, { siteId, body: asked });
  return { reservation, isRepeated: false };
}
