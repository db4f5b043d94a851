import type { Ctx } from "../../../core/work/context.ts";
import { stageMail } from "../../../mail/stage.ts";
import { mailedProof } from "../../live/mailed.ts";
import { publicAddress } from "../../live/public-address.ts";
import type { SiteRow } from "../../resource/declaration.ts";
import { isNow } from "../reservations/status.ts";
import type { ReservationRow } from "../reservations/table.ts";
import { reservationSettingsOf } from "../settings/settings.ts";
import { reservationToken } from "../visitors/link.ts";
import { composeMail, type Told } from "./compose.ts";

/** A reservation as far as it is told. */
type Mailed = Pick<
  ReservationRow,
  | ("id" | "siteId" | "status" | "startAt" | "endAt" | "heldUntil" | "partySize" | "customer" | "note" | "reason")
  | ("walkIn" | "source" | "locale" | "emailConfirmedAt")
>;

/** Where a customer sees a reservation: whoever has the address does. */
export async function reservationUrl(ctx: Ctx, site: SiteRow, row: Mailed): Promise<string> {
  const path = `reserve/reservations/${row.id}`;
  const address = publicAddress({ site, origin: ctx.origin, locale: row.locale, path });
  return `${address}?token=${await reservationToken(ctx.env, row)}`;
}

async function tellCustomer(ctx: Ctx, site: SiteRow, row: Mailed, told: Told): Promise<void> {
  const { email } = row.customer;
  // Who walks in is told by word of mouth.
  if (email === null || row.walkIn) return;
  const locale = row.locale ?? site.locale;
  // Before it is published, a website has no page to link to; what is confirmed by a link was reserved on its pages.
  const isLinked = site.liveDeploymentId !== null || told === "confirm";
  const page = isLinked ? await reservationUrl(ctx, site, row) : null;
  const url = told === "confirm" ? `${page}&confirm=${await mailedProof(ctx.env, "reservation", row)}` : page;
  const mail = composeMail({ told, row, site, locale, url, isOwners: false });
  stageMail(ctx, { kind: `reservation.${told}`, siteId: site.id, to: email, ...mail });
}

function tellOwner(ctx: Ctx, site: SiteRow, row: Mailed, told: Told): void {
  const { notifyEmail: to } = reservationSettingsOf(site);
  if (to === null) return;
  const mail = composeMail({ told, row, site, locale: site.locale, url: null, isOwners: true });
  const replyTo = row.customer.email ?? undefined;
  stageMail(ctx, { kind: `reservation.${told}`, siteId: site.id, to, replyTo, ...mail });
}

/** Whether a reservation waits for its customer to open a link. */
const waitsForCustomer = ({ status, source, emailConfirmedAt, heldUntil, startAt }: Mailed, site: SiteRow): boolean =>
  status === "pending" &&
  source === "visitor" &&
  emailConfirmedAt === null &&
  heldUntil !== null &&
  (heldUntil < startAt || reservationSettingsOf(site).confirmByEmail);

/** Stages the mails about a new reservation: the owner hears of what visitors have reserved for good. */
export async function tellOfNew(ctx: Ctx, site: SiteRow, row: Mailed): Promise<void> {
  const waits = waitsForCustomer(row, site);
  await tellCustomer(ctx, site, row, waits ? "confirm" : row.status === "pending" ? "received" : "confirmed");
  if (row.source === "visitor" && !waits) tellOwner(ctx, site, row, "arrived");
}

/** Stages the mails about a change: nobody is told what has not changed for them. */
export async function tellOfChange(
  ctx: Ctx,
  site: SiteRow,
  { before, row }: Record<"before" | "row", Mailed>,
): Promise<void> {
  const isNew = (status: Mailed["status"]): boolean => isNow(status)(row) && !isNow(status)(before);
  const isByCustomer = ctx.caller.kind === "anonymous";
  const hasConfirmed = before.emailConfirmedAt === null && row.emailConfirmedAt !== null;
  if (isNew("confirmed")) await tellCustomer(ctx, site, row, "confirmed");
  else if (hasConfirmed) await tellCustomer(ctx, site, row, "received");
  else if (isNew("cancelled")) await tellCustomer(ctx, site, row, "cancelled");
  else if (isMoved(before, row)) await tellCustomer(ctx, site, row, "moved");
  if (hasConfirmed) tellOwner(ctx, site, row, "arrived");
  if (isByCustomer && isNew("cancelled")) tellOwner(ctx, site, row, "withdrawn");
}

const isMoved = (before: Mailed, row: Mailed): boolean =>
  (row.status === "pending" || row.status === "confirmed") &&
  (before.startAt !== row.startAt || before.partySize !== row.partySize);
