import { sql } from "drizzle-orm";
import type { Ctx } from "../../../core/context.ts";
import { BLOCK_TYPES } from "../../../rendering/blocks/index.ts";
import { documents, isOfOne, ofDeployment, type Selection } from "../documents.ts";
import type { ChangedPage, Changes, DocumentKind, Warning } from "../table.ts";

/** Entries of a list of changes; a row of the database has 2 MB for all of them. */
const MAX_LISTED = 500;

interface Row extends ChangedPage {
  frozenVersion: number | null;
  version: number;
}

const entry = ({ kind, id, title, slug, locale }: ChangedPage): ChangedPage => ({ kind, id, title, slug, locale });

/** What publishing now would change against what visitors see: deployment `live`, or nothing yet. */
export async function changesSince(
  ctx: Ctx,
  selection: Selection,
  live: number,
): Promise<{ pageCount: number; changes: Changes }> {
  const { siteId, only } = selection;
  const shown = ofDeployment({ siteId, number: live });
  const [rows, gone, [kept]] = await Promise.all([
    ctx.db.all<Row>(sql`SELECT d.kind, d.id, d.title, d.slug, d.locale, d.version, f.page_version AS frozenVersion
      FROM (${documents(selection)}) d LEFT JOIN frozen_pages f ON f.page_id = d.id AND ${shown} ORDER BY d.place`),
    only !== null
      ? []
      : ctx.db.all<Row>(sql`SELECT f.kind, f.page_id AS id, f.title, f.slug, f.locale FROM frozen_pages f WHERE ${shown}
          AND NOT ${isOfOne(selection)}`),
    only === null
      ? []
      : ctx.db.all<{ n: number }>(sql`SELECT count(*) AS n FROM frozen_pages f WHERE ${shown} AND f.kind = 'page'
          AND NOT ${isOfOne(selection)}`),
  ]);
  const added = rows.filter(({ frozenVersion }) => frozenVersion === null);
  const changed = rows.filter((row) => row.frozenVersion !== null && row.frozenVersion !== row.version);
  const ofKind = (kind: DocumentKind) => rows.filter((row) => row.kind === kind).length;
  const listed = (list: Row[]) => list.slice(0, MAX_LISTED).map(entry);
  return {
    pageCount: ofKind("page") + (kept?.n ?? 0),
    changes: {
      added: listed(added),
      changed: listed(changed),
      removed: listed(gone),
      counts: { added: added.length, changed: changed.length, removed: gone.length },
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
