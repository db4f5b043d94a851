import { eq, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/context.ts";
import { eventsOfMoment } from "../../../core/events/fan-out.ts";
import { newId } from "../../../core/ids.ts";
import { scoped } from "../../../core/storage/scoped.ts";
import { requireVersion } from "../../../core/storage/version.ts";
import { timestamp } from "../../../core/fields.ts";
import { toPage } from "../contract.ts";
import { PAGE_JSON } from "../page-json.ts";
import { PAGE_EVENTS } from "../events.ts";
import { pages } from "../table.ts";
import { findPage, isUnchanged, type PageRow } from "./find.ts";

export interface DeletePageInput {
  siteId: string;
  pageId: string;
  expectedVersions: readonly number[] | null;
}

/** Deletes a page. Pages below it move up to its parent; its translations become originals. */
export async function deletePage({ ctx, input }: { ctx: Ctx; input: DeletePageInput }): Promise<void> {
  const { siteId, pageId } = input;
  const row = await findPage(ctx, siteId, pageId);
  requireVersion(row.version, input.expectedVersions);
  ctx.unit.require(isUnchanged(row));
  stageRelatives(ctx, row);
  ctx.unit.stage(ctx.db.delete(pages).where(scoped(ctx, pages, eq(pages.id, pageId))));
  const deleted = toPage(row);
  ctx.unit.emit(PAGE_EVENTS.deleted, deleted, siteId);
  ctx.unit.audit("page.deleted", { type: "page", id: pageId, before: deleted });
}

/** Moves the pages below up and frees the translations, each with its event: what their GET shows has changed. */
function stageRelatives(ctx: Ctx, { id, siteId, parentId }: PageRow): void {
  const { workspaceId, environment } = ctx.caller;
  const newParent = sql`CASE WHEN p.parent_id = ${id} THEN ${parentId} ELSE p.parent_id END`;
  const newOriginal = sql`CASE WHEN p.translation_of = ${id} THEN NULL ELSE p.translation_of END`;
  const isRelative = sql`p.workspace_id = ${workspaceId} AND p.environment = ${environment}
    AND (p.parent_id = ${id} OR p.translation_of = ${id})`;
  // An event id is the moment and 64 random bits, written like every other.
  const eventPrefix = newId("evt", ctx.now).slice(0, 14);
  const eventId = sql`${eventPrefix} || hex(randomblob(8))`;
  const data = sql`json_set(${PAGE_JSON}, '$.parentId', ${newParent}, '$.translationOf', ${newOriginal},
    '$.version', p.version + 1, '$.updatedAt', ${timestamp(ctx.now)})`;
  ctx.unit.stage(
    sql`INSERT INTO events (id, workspace_id, environment, site_id, type, data, created_at)
      SELECT ${eventId}, ${workspaceId}, ${environment}, ${siteId}, ${PAGE_EVENTS.updated.type}, ${data}, ${ctx.now}
      FROM pages p WHERE ${isRelative}`,
    sql`UPDATE pages AS p SET parent_id = ${newParent}, translation_of = ${newOriginal}, version = version + 1,
      updated_at = ${ctx.now} WHERE ${isRelative}`,
  );
  ctx.unit.deliver(eventsOfMoment(eventPrefix, siteId, PAGE_EVENTS.updated));
}
