import { sql } from "drizzle-orm";
import type { Ctx } from "../../../core/context.ts";
import { eventsOfMoment } from "../../../core/events/fan-out.ts";
import { newId } from "../../../core/ids.ts";
import { RENDERING } from "../../../rendering/document.ts";
import { PAGE_EVENTS } from "../../pages/events.ts";
import { DOCUMENT_JSON, documents, isOfOne, isOneOf, isSame, ofDeployment, type Selection } from "../documents.ts";

/**
 * Stages deployment `number`: the selected documents as they are now and, of what is not selected, what `live` shows.
 * Only what changed is written. Every document has been rendered before (`renderPending`).
 */
export function stageFreeze(
  ctx: Ctx,
  selection: Selection,
  { id, number, live }: { id: string; number: number; live: number },
): void {
  const { siteId, only } = selection;
  const isCurrent = sql`f.site_id = ${siteId} AND f.end_number IS NULL`;
  if (only !== null) stageReturn(ctx, selection, number, live);
  const isConcerned = only === null ? sql`1` : isOfOne(selection);
  const rendered = sql`coalesce((SELECT r.key FROM renders r
      WHERE r.deployment_id = ${id} AND r.page_id = d.id AND r.page_version = d.version),
    (SELECT f.rendered FROM frozen_pages f WHERE f.site_id = ${siteId} AND ${isSame} AND f.rendered IS NOT NULL LIMIT 1))`;
  ctx.unit.stage(
    sql`UPDATE frozen_pages AS f SET end_number = ${number} WHERE ${isCurrent} AND ${isConcerned} AND NOT ${isOneOf(selection)}`,
    sql`INSERT INTO frozen_pages (site_id, page_id, first_number, page_version, locale, slug, title, page, kind, rendered, rendering)
      SELECT ${siteId}, d.id, ${number}, d.version, d.locale, d.slug, d.title, ${DOCUMENT_JSON}, d.kind, ${rendered}, ${RENDERING}
      FROM (${documents(selection)}) d WHERE d.id NOT IN (SELECT f.page_id FROM frozen_pages f WHERE ${isCurrent})
      ORDER BY d.place`,
  );
  stageEvents(ctx, siteId, number);
}

/** After a rollback, what is live and what was frozen last differ: makes the former what is current. */
function stageReturn(ctx: Ctx, selection: Selection, number: number, live: number): void {
  const { siteId } = selection;
  ctx.unit.stage(
    sql`UPDATE frozen_pages SET end_number = ${number}
      WHERE site_id = ${siteId} AND end_number IS NULL AND first_number > ${live}`,
    sql`INSERT INTO frozen_pages (site_id, page_id, first_number, page_version, locale, slug, title, page, kind, rendered, rendering)
      SELECT f.site_id, f.page_id, ${number}, f.page_version, f.locale, f.slug, f.title, f.page, f.kind, f.rendered, f.rendering
      FROM frozen_pages f WHERE ${ofDeployment({ siteId, number: live })} AND f.end_number IS NOT NULL
      AND NOT ${isOfOne(selection)}`,
  );
}

/** `page.published` of every page this deployment shows anew; what only returns after a rollback was announced before. */
function stageEvents(ctx: Ctx, siteId: string, number: number): void {
  const { workspaceId, environment } = ctx.caller;
  const eventPrefix = newId("evt", ctx.now).slice(0, 14);
  // An event's id is made of the moment and the page's own random part, so that no two are alike.
  ctx.unit.stage(sql`INSERT INTO events (id, workspace_id, environment, site_id, type, data, created_at)
    SELECT ${eventPrefix} || substr(f.page_id, 16), ${workspaceId}, ${environment}, f.site_id, ${PAGE_EVENTS.published.type}, f.page, ${ctx.now}
    FROM frozen_pages f WHERE f.site_id = ${siteId} AND f.first_number = ${number} AND f.kind = 'page'
    AND NOT EXISTS (SELECT 1 FROM frozen_pages o WHERE o.site_id = f.site_id AND o.page_id = f.page_id
      AND o.page_version = f.page_version AND o.first_number < f.first_number)`);
  ctx.unit.deliver(eventsOfMoment(eventPrefix, siteId, PAGE_EVENTS.published));
}
