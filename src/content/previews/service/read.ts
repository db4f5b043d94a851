import { and, eq } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { notFound } from "../../../core/errors.ts";
import { counter } from "../../../core/storage/counter.ts";
import { listByCursor } from "../../../core/storage/list.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { findSite } from "../../sites/service.ts";
import { type ListPreviewsQuery, type Preview, type PreviewWithChanges, toPreview } from "../contract.ts";
import { type PreviewRow, previews } from "../table.ts";
import { pendingChanges } from "./pending.ts";
import { standingAmong } from "./standing.ts";

const PREVIEWS = counter("previews");

/** The rows as the API shows them: what has become of each is asked of all at once. */
async function shown({ db, now }: Ctx, rows: PreviewRow[]): Promise<Preview[]> {
  const standing = new Set(await standingAmong(db, rows, now));
  return rows.map((row) => {
    if (row.expiresAt <= now) return toPreview(row, "expired");
    return toPreview(row, standing.has(row) ? "active" : "ended");
  });
}

/** The previews of a site, the newest first. */
export async function listPreviews({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; query: z.output<typeof ListPreviewsQuery> };
}) {
  const { id: siteId } = await findSite(ctx, input.siteId);
  const { pageId } = input.query;
  const ofPage = pageId === undefined ? undefined : eq(previews.pageId, pageId);
  const source = {
    name: `previews:${siteId}`,
    table: previews,
    id: previews.id,
    where: scoped(ctx, previews, eq(previews.siteId, siteId), ofPage),
    orders: { createdAt: previews.createdAt },
    counted: ofPage ? undefined : PREVIEWS.count(siteId),
  };
  const { rows, pagination } = await listByCursor(ctx, source, input.query);
  return { items: await shown(ctx, rows), pagination };
}

export interface PreviewIds {
  siteId: string;
  previewId: string;
}

/** A preview of the caller's site, with the site; throws `not_found` of whichever is missing. */
export async function findPreview(ctx: Ctx, { siteId, previewId }: PreviewIds) {
  const site = await findSite(ctx, siteId);
  const isIt = and(eq(previews.id, previewId), eq(previews.siteId, site.id));
  const [row] = await ctx.db
    .select()
    .from(previews)
    .where(scoped(ctx, previews, isIt));
  if (!row) throw notFound("Preview");
  return { site, row };
}

/** A preview; of a whole publish, with what that would change now. */
export async function getPreview({ ctx, input }: { ctx: Ctx; input: PreviewIds }): Promise<PreviewWithChanges> {
  const { site, row } = await findPreview(ctx, input);
  const [preview] = (await shown(ctx, [row])) as [Preview];
  return { ...preview, changes: row.pageId === null ? await pendingChanges(ctx.db, site) : null };
}
