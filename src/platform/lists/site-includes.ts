import { and } from "drizzle-orm";
import { z } from "@hono/zod-openapi";
import { SITE_EVENTS } from "../../content/sites/events.ts";
import { PublicationStatusSchema } from "../../core/fields.ts";
import { isListed, ofSites, scoped } from "../../core/storage/scoped.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { Include } from "./list.ts";

const SiteSummarySchema = z
  .object({
    id: z.string().meta({ example: "site_01KAGW6PSZ0000000000000000" }),
    name: z.string().meta({ example: "Blue Door Bakery" }),
    slug: z.string(),
    domain: z.string().nullable(),
    status: PublicationStatusSchema,
    locale: z.string(),
  })
  .openapi("SiteSummary", { description: "A website, as lists of what belongs to it show it" });

type Summary = z.output<typeof SiteSummarySchema>;
type Row = Record<string, unknown>;

/** The websites of these ids that the caller may see. One query, whatever the page's size. */
async function summariesOf(ctx: Ctx, ids: unknown[]): Promise<Map<string, Summary>> {
  const { id, name, slug, domain, status, locale } = sites;
  const isWanted = and(isListed(sites.id, [...new Set(ids)]), ofSites(sites.id, ctx.caller.siteIds));
  const rows = await ctx.db
    .select({ id, name, slug, domain, status, locale })
    .from(sites)
    .where(scoped(ctx, sites, isWanted));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The website that a row names as `siteId`. */
export const SITE_INCLUDE: Include = {
  readable: SITE_EVENTS.created,
  schema: SiteSummarySchema.nullable(),
  load: async (ctx, rows) => {
    const found = await summariesOf(
      ctx,
      rows.map((row) => row.siteId).filter((id) => id !== null),
    );
    return new Map(rows.map((row) => [row.id, found.get(row.siteId as string) ?? null]));
  },
};

const idsOf = (row: Row): string[] | null => row.siteIds as string[] | null;

/** The websites that a row is limited to as `siteIds`; null where it is not limited. */
export const SITES_INCLUDE: Include = {
  readable: SITE_EVENTS.created,
  schema: z.array(SiteSummarySchema).nullable(),
  load: async (ctx, rows) => {
    const found = await summariesOf(
      ctx,
      rows.flatMap((row) => idsOf(row) ?? []),
    );
    const listed = (ids: string[] | null) => ids?.flatMap((id) => found.get(id) ?? []) ?? null;
    return new Map(rows.map((row) => [row.id, listed(idsOf(row))]));
  },
};
