import { eq, type SQL, sql } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { ofSites, scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findItem } from "../../resource/find.ts";
import type { UseSchema } from "../contract.ts";
import { media, mediaUses } from "../table.ts";

/** Places that are named of one file. */
const MAX_NAMED = 100;

export interface Uses {
  uses: z.output<typeof UseSchema>[];
  hasMore: boolean;
}

/** Where a file is used, as far as the caller's sites reach. */
export async function usesOf(ctx: Ctx, mediaId: string): Promise<Uses> {
  const { siteIds } = ctx.caller;
  const rows = await ctx.db
    .select({ type: mediaUses.place, id: mediaUses.placeId })
    .from(mediaUses)
    .where(scoped(ctx, mediaUses, eq(mediaUses.mediaId, mediaId), ofSites(mediaUses.siteId, siteIds)))
    .orderBy(mediaUses.place, mediaUses.placeId)
    .limit(MAX_NAMED + 1);
  return { uses: rows.slice(0, MAX_NAMED), hasMore: rows.length > MAX_NAMED };
}

/** The same of a file of the site; throws `not_found`. */
export async function mediaUsesOf({ ctx, input }: { ctx: Ctx; input: { siteId: string; id: string } }): Promise<Uses> {
  await findItem(ctx, { table: media, label: "Media" }, input);
  return usesOf(ctx, input.id);
}

/** Whether anything at all uses a file. */
export const isUsed = (ctx: Ctx, mediaId: string): SQL =>
  sql`EXISTS (SELECT 1 FROM ${mediaUses} WHERE ${scoped(ctx, mediaUses, eq(mediaUses.mediaId, mediaId))})`;
