import type { Environment } from "../../core/keys/key-format.ts";
import { eq } from "drizzle-orm";
import { scoped } from "../../core/storage/scoped.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import type { Ctx } from "../../core/work/context.ts";
import { notFound } from "../../core/errors.ts";
import { mappedId } from "./ids.ts";
import type { ArchivedRow, Kind, KnownSite } from "./kind.ts";

/** A site of a source: what its records must fit, and which site it is here. */
export interface MappedSite extends KnownSite {
  to: string;
}

/** Where an import leads: into a workspace's environment, or into one site of it. */
export interface Destination {
  workspaceId: number;
  environment: Environment;
  siteId: string | null;
}

/** What ids are mapped by: the same source brought to the same place gives the same ids. */
export const placeOf = ({ workspaceId, environment, siteId }: Destination): string =>
  `${workspaceId}:${environment}${siteId === null ? "" : `:${siteId}`}`;

/** The row with the ids it has here. */
export async function movedRow(place: string, row: ArchivedRow, to: string | null): Promise<ArchivedRow> {
  const id = typeof row.id === "string" ? await mappedId(place, row.id) : row.id;
  return { ...row, id, siteId: to };
}

/** The site that everything is imported into. */
export async function targetSite(ctx: Ctx, siteId: string): Promise<MappedSite> {
  const [site] = await ctx.db
    .select({ locale: sites.locale, locales: sites.locales })
    .from(sites)
    .where(scoped(ctx, sites, eq(sites.id, siteId)));
  if (!site) throw notFound("Site");
  return { ...site, to: siteId };
}

/** Whether rows of a kind are websites themselves. */
export const isSite = ({ name }: Kind): boolean => name === "site";
