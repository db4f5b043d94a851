import { and, eq, isNull, sql } from "drizzle-orm";
import { notFound } from "../../../core/errors.ts";
import { personalAttributes } from "../../../core/keys/attributes.ts";
import { signLink, verifyLink } from "../../../core/links.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { ownedBy, scoped } from "../../../core/storage/scoped.ts";
import { sites } from "../../../core/tenancy/sites/table.ts";
import { workspaces } from "../../../core/tenancy/workspaces/table.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { Env } from "../../../env.ts";
import { findSite } from "../../sites/service.ts";
import { bookingCalendars } from "./table.ts";

/** Whose view of the appointments a link opens: who comes to them is not every key's business. */
export const VIEWS = ["whole", "times"] as const;
export type View = (typeof VIEWS)[number];

const contextOf = (siteId: string): string => `booking-calendar:${siteId}`;
const signedText = (generation: number, view: View): string => `${generation}:${view}`;

/** The link that is good now: the first one of a site is, until another or none is asked for. */
const FIRST = { generation: 1, isOpen: true };

async function linkNow(ctx: Ctx, siteId: string): Promise<{ generation: number; isOpen: boolean }> {
  const isIt = scoped(ctx, bookingCalendars, eq(bookingCalendars.siteId, siteId));
  const [row] = await ctx.db.select().from(bookingCalendars).where(isIt);
  return row ?? FIRST;
}

async function addressOf(ctx: Ctx, siteId: string, generation: number): Promise<string> {
  const view: View = personalAttributes(ctx.caller)("customer") ? "whole" : "times";
  const token = await signLink(ctx.env, contextOf(siteId), signedText(generation, view));
  return `${ctx.origin}/api/booking/calendar?${new URLSearchParams({ site: siteId, view, token })}`;
}

/** Where a site's calendar is to be subscribed to; `url` is `null` while nobody may. */
export async function calendarLink(ctx: Ctx, siteId: string): Promise<{ url: string | null }> {
  await findSite(ctx, siteId);
  const { generation, isOpen } = await linkNow(ctx, siteId);
  return { url: isOpen ? await addressOf(ctx, siteId, generation) : null };
}

/** Stages that the link of before is dead; with another one in its place, or none. */
export async function turnLink(ctx: Ctx, siteId: string, isOpen: boolean): Promise<{ url: string | null }> {
  await findSite(ctx, siteId);
  const before = await linkNow(ctx, siteId);
  const generation = before.generation + 1;
  const isIt = scoped(ctx, bookingCalendars, eq(bookingCalendars.siteId, siteId));
  // Of two at once the second is run again, and tells the link that is good in the end.
  const last = sql`(SELECT ${bookingCalendars.generation} FROM ${bookingCalendars} WHERE ${isIt})`;
  ctx.unit.require(sql`coalesce(${last}, ${FIRST.generation}) = ${before.generation}`);
  ctx.unit.stage(
    ctx.db
      .insert(bookingCalendars)
      .values({ siteId, ...ownedBy(ctx), generation, isOpen })
      .onConflictDoUpdate({ target: bookingCalendars.siteId, set: { generation, isOpen } }),
  );
  ctx.unit.audit(isOpen ? "site.calendar_link_changed" : "site.calendar_link_revoked", { type: "site", id: siteId });
  return { url: isOpen ? await addressOf(ctx, siteId, generation) : null };
}

/** The site a calendar is asked for of, published or not: its link is what opens it. */
export async function calendarSite(env: Env, siteId: string) {
  const [row] = await databaseOf(env, 0)
    .select({ name: sites.name, locale: sites.locale, workspaceId: sites.workspaceId, environment: sites.environment })
    .from(sites)
    .innerJoin(workspaces, and(eq(workspaces.id, sites.workspaceId), isNull(workspaces.deletedAt)))
    .where(eq(sites.id, siteId));
  if (!row) throw notFound("Calendar");
  const { name, locale, workspaceId, environment } = row;
  return { siteId, name, locale, tenant: { workspaceId, environment } };
}

/** What a link opens; `not_found` for every link that is none, or no longer. */
export async function viewOfLink(
  ctx: Ctx,
  { siteId, view, token }: { siteId: string; view: View; token: string },
): Promise<{ showsCustomer: boolean }> {
  const { generation, isOpen } = await linkNow(ctx, siteId);
  const isSigned = await verifyLink(ctx.env, contextOf(siteId), signedText(generation, view), token);
  if (!isOpen || !isSigned) throw notFound("Calendar");
  return { showsCustomer: view === "whole" };
}
