import { and, eq, type InferSelectModel, ne, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import { conflict, invalid } from "../../core/errors.ts";
import { counter } from "../../core/storage/counter.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import { MAX_REDIRECTS } from "./contract.ts";
import { redirects } from "./table.ts";

type RedirectRow = Pick<InferSelectModel<typeof redirects>, "id" | "siteId" | "from" | "to" | "target">;

const REDIRECTS = counter("redirects");

const exists = (condition: SQL | undefined): SQL => sql`EXISTS (SELECT 1 FROM ${redirects} WHERE ${condition})`;

/** Whether a site has room for so many more. */
export const hasRoom = (siteId: string, more: number | SQL): SQL =>
  sql`${REDIRECTS.count(siteId)} + ${more} <= ${MAX_REDIRECTS}`;

export const full = () => conflict("from", `A website has at most ${MAX_REDIRECTS} redirects.`);

/** The host of an address elsewhere. */
export const hostOf = (to: string): string | null => (to.startsWith("/") ? null : new URL(to).hostname);

/**
 * No redirect leads to another: of two that would form a chain, or a loop, the commit refuses the one that comes last,
 * whichever was written first. Its own domain is no way around that.
 */
export function requireOneHop(ctx: Ctx, { id, siteId, from, to, target }: RedirectRow): void {
  if (target === from) throw invalid("to", "is the path it redirects from");
  const ofOthers = and(eq(redirects.siteId, siteId), ne(redirects.id, id));
  if (target !== null) {
    const error = conflict("to", `${target} is redirected itself: name the address it leads to.`);
    ctx.unit.require(sql`NOT ${exists(and(ofOthers, eq(redirects.from, target)))}`, error);
  }
  const error = conflict("from", `Another redirect leads to ${from}: change that one first.`);
  ctx.unit.require(sql`NOT ${exists(and(ofOthers, eq(redirects.target, from)))}`, error);
  const host = hostOf(to);
  if (host === null) return;
  const isOwn = sql`EXISTS (SELECT 1 FROM ${sites} WHERE ${sites.id} = ${siteId} AND ${sites.domain} = ${host})`;
  ctx.unit.require(sql`NOT ${isOwn}`, invalid("to", "is on the website's own domain: name its path alone"));
}

export function checkRedirect(ctx: Ctx, row: RedirectRow, before: RedirectRow | null): void {
  requireOneHop(ctx, row);
  if (before === null) ctx.unit.require(hasRoom(row.siteId, 1), full());
  ctx.unit.onDuplicate([redirects.siteId, redirects.from], conflict("from", `${row.from} is redirected already.`));
}
