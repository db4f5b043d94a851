import { and, asc, eq } from "drizzle-orm";
import { isListed, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { staff } from "../staff/table.ts";
import { type ServiceRow, services } from "./table.ts";

/** Services that visitors are shown at once. */
const MAX_SHOWN = 100;

/** What can be booked at a website, in its owner's order. */
export const listShownServices = (ctx: Ctx, siteId: string, limit = MAX_SHOWN): Promise<ServiceRow[]> =>
  ctx.db
    .select()
    .from(services)
    .where(scoped(ctx, services, and(eq(services.siteId, siteId), eq(services.active, true))))
    .orderBy(asc(services.order), asc(services.id))
    .limit(limit);

/** A service that can be booked; `null` where there is none of this id. */
export async function findShownService(ctx: Ctx, siteId: string, id: string): Promise<ServiceRow | null> {
  const isIt = and(eq(services.siteId, siteId), eq(services.id, id), eq(services.active, true));
  const [row] = await ctx.db
    .select()
    .from(services)
    .where(scoped(ctx, services, isIt));
  return row ?? null;
}

/** Who does a service, as visitors know them. */
export interface ShownStaff {
  id: string;
  name: string;
}

/** Who does any of these services and can be booked, by their ids. */
export async function staffOf(
  ctx: Ctx,
  siteId: string,
  some: readonly Pick<ServiceRow, "staffIds">[],
): Promise<Map<string, ShownStaff>> {
  const ids = [...new Set(some.flatMap(({ staffIds }) => staffIds ?? []))];
  if (ids.length === 0) return new Map();
  const isOne = and(eq(staff.siteId, siteId), eq(staff.active, true), isListed(staff.id, ids));
  const rows = await ctx.db
    .select({ id: staff.id, name: staff.name })
    .from(staff)
    .where(scoped(ctx, staff, isOne));
  return new Map(rows.map((it) => [it.id, it]));
}
