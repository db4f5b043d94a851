import { eq, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/context.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { requireVersion } from "../../sites/service.ts";
import { toPage } from "../contract.ts";
import { pages } from "../table.ts";
import { findPage, isUnchanged } from "./find.ts";

export interface DeletePageInput {
  siteId: string;
  pageId: string;
  expectedVersion: number | null;
}

/** Deletes a page. Pages below it move up to its parent; its translations become originals. */
export async function deletePage({ ctx, input }: { ctx: Ctx; input: DeletePageInput }): Promise<void> {
  const { siteId, pageId } = input;
  const row = await findPage(ctx, siteId, pageId);
  requireVersion(row.version, input.expectedVersion);
  ctx.unit.require(isUnchanged(row));
  const changed = { version: sql`${pages.version} + 1`, updatedAt: ctx.now };
  ctx.unit.stage(
    ctx.db
      .update(pages)
      .set({ parentId: row.parentId, ...changed })
      .where(scoped(ctx, pages, eq(pages.parentId, pageId))),
    ctx.db
      .update(pages)
      .set({ translationOf: null, ...changed })
      .where(scoped(ctx, pages, eq(pages.translationOf, pageId))),
    ctx.db.delete(pages).where(scoped(ctx, pages, eq(pages.id, pageId))),
  );
  const deleted = toPage(row);
  ctx.unit.emit("page.deleted", deleted, siteId);
  ctx.unit.audit("page.deleted", { type: "page", id: pageId, before: deleted });
}
