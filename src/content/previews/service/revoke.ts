import { eq, sql } from "drizzle-orm";
import { notFound } from "../../../core/errors.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { toPreview } from "../contract.ts";
import { previews } from "../table.ts";
import { findPreview, type PreviewIds } from "./read.ts";

/** Ends a preview: from this commit on its link leads nowhere. */
export async function revokePreview({ ctx, input }: { ctx: Ctx; input: PreviewIds }): Promise<void> {
  const { row } = await findPreview(ctx, input);
  const isIt = scoped(ctx, previews, eq(previews.id, row.id));
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${previews} WHERE ${isIt})`, notFound("Preview"));
  ctx.unit.stage(ctx.db.delete(previews).where(isIt));
  const before = toPreview(row, row.expiresAt > ctx.now ? "active" : "expired");
  ctx.unit.audit("preview.revoked", { type: "preview", id: row.id, before });
}
