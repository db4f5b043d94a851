import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/context.ts";
import { eventsOfMoment } from "../../../core/events/fan-out.ts";
import { newId } from "../../../core/ids.ts";
import { PAGE_JSON } from "../../pages/page-json.ts";
import { BLOCK_TYPES } from "../../../visitors/blocks/index.ts";
import type { Changes, Warning } from "../table.ts";

/** The site's frozen pages that make up deployment `number`. */
const belongsTo = (number: number): SQL =>
  sql`f.first_number <= ${number} AND (f.end_number IS NULL OR f.end_number > ${number})`;

interface Row {
  id: string;
  title: string;
  slug: string;
  locale: string;
  frozenVersion: number | null;
  version: number;
}

/** What publishing now would change against what visitors see: deployment `liveNumber`, or nothing yet. */
export async function changesSince(
  ctx: Ctx,
  siteId: string,
  liveNumber: number,
): Promise<{ pageCount: number; changes: Changes }> {
  const current = ctx.db.all<Row>(sql`SELECT p.id, p.title, p.slug, p.locale, p.version, f.page_version AS frozenVersion
    FROM pages p LEFT JOIN frozen_pages f ON f.site_id = p.site_id AND f.page_id = p.id AND ${belongsTo(liveNumber)}
    WHERE p.site_id = ${siteId} AND p.status = 'published' ORDER BY p.seq`);
  const gone = ctx.db.all<Row>(sql`SELECT f.page_id AS id, f.title, f.slug, f.locale FROM frozen_pages f
    WHERE f.site_id = ${siteId} AND ${belongsTo(liveNumber)}
    AND NOT EXISTS (SELECT 1 FROM pages p WHERE p.id = f.page_id AND p.status = 'published')`);
  const [pages, removed] = await Promise.all([current, gone]);
  const entry = ({ id, title, slug, locale }: Row) => ({ id, title, slug, locale });
  return {
    pageCount: pages.length,
    changes: {
      added: pages.filter((page) => page.frozenVersion === null).map(entry),
      changed: pages.filter((page) => page.frozenVersion !== null && page.frozenVersion !== page.version).map(entry),
      removed: removed.map(entry),
    },
  };
}

/** Warnings a publish gives at most; whoever has more has one problem many times. */
const MAX_WARNINGS = 100;

/** The published pages' blocks of types that render nothing. */
export const unknownBlocks = (ctx: Ctx, siteId: string): Promise<Warning[]> =>
  ctx.db.all<Warning>(sql`SELECT p.id AS pageId, p.slug, p.locale, b.key AS block, b.value ->> 'type' AS type
    FROM pages p, json_each(p.blocks) b WHERE p.site_id = ${siteId} AND p.status = 'published'
    AND b.value ->> 'type' NOT IN (SELECT value FROM json_each(${JSON.stringify(BLOCK_TYPES)}))
    ORDER BY p.seq, b.key LIMIT ${MAX_WARNINGS}`);

/** Stages the site's published pages as deployment `number`: only what changed since the last one is written. */
export function stageFreeze(ctx: Ctx, siteId: string, number: number): void {
  const isCurrent = sql`f.site_id = ${siteId} AND f.end_number IS NULL`;
  const { workspaceId, environment } = ctx.caller;
  const eventPrefix = newId("evt", ctx.now).slice(0, 14);
  ctx.unit.stage(
    sql`UPDATE frozen_pages AS f SET end_number = ${number} WHERE ${isCurrent}
      AND NOT EXISTS (SELECT 1 FROM pages p WHERE p.id = f.page_id AND p.status = 'published' AND p.version = f.page_version)`,
    sql`INSERT INTO frozen_pages (site_id, page_id, first_number, page_version, locale, slug, title, page)
      SELECT p.site_id, p.id, ${number}, p.version, p.locale, p.slug, p.title, ${PAGE_JSON} FROM pages p
      WHERE p.site_id = ${siteId} AND p.status = 'published'
      AND NOT EXISTS (SELECT 1 FROM frozen_pages f WHERE ${isCurrent} AND f.page_id = p.id)`,
    // An event's id is made of the moment and the page's own random part, so that no two are alike.
    sql`INSERT INTO events (id, workspace_id, environment, site_id, type, data, created_at)
      SELECT ${eventPrefix} || substr(f.page_id, 16), ${workspaceId}, ${environment}, f.site_id, 'page.published', f.page, ${ctx.now}
      FROM frozen_pages f WHERE f.site_id = ${siteId} AND f.first_number = ${number}`,
  );
  ctx.unit.deliver(eventsOfMoment(eventPrefix, siteId, "page.published"));
}
