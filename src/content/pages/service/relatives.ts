import { type SQL, sql } from "drizzle-orm";
import { randomIdOf } from "../../../core/ids.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { changedBy, stageAllKept } from "../../../core/work/keeping.ts";
import { laterThan } from "../../../core/work/versioned.ts";
import { PAGE_EVENTS } from "../events.ts";
import { isoTime, PAGE_JSON } from "../page-json.ts";
import { pages } from "../table.ts";

/** What becomes of the places of pages that another page's coming or going moves; of a column left out, nothing. */
export interface Moves {
  parentId?: SQL;
  translationOf?: SQL;
}

/**
 * Stages the moving of pages, whichever a condition finds in the commit: each keeps its version and has its event, since
 * what its GET shows has changed. `atMost` is how many there were when they were counted.
 */
export function stageMoved(
  ctx: Ctx,
  siteId: string,
  { areThese, moves, atMost }: { areThese: SQL; moves: Moves; atMost: number },
): void {
  const { parentId = sql`${pages.parentId}`, translationOf = sql`${pages.translationOf}` } = moves;
  const moved = {
    parentId,
    translationOf,
    change: changedBy(ctx, {
      parentId: [pages.parentId, parentId],
      translationOf: [pages.translationOf, translationOf],
    }),
    version: sql`${pages.version} + 1`,
    updatedAt: laterThan(pages.updatedAt, ctx.now),
  };
  const data = sql`json_set(${PAGE_JSON}, '$.parentId', ${parentId}, '$.translationOf', ${translationOf},
    '$.version', ${moved.version}, '$.updatedAt', ${isoTime(moved.updatedAt)})`;
  stageAllKept(ctx, pages, areThese);
  const from = sql`FROM ${pages} WHERE ${areThese}`;
  ctx.unit.emitEach(PAGE_EVENTS.updated, siteId, { id: randomIdOf, data, from, atMost });
  ctx.unit.stage(ctx.db.update(pages).set(moved).where(areThese));
}

/** The pages from this one up to the top. */
export const ancestorsOf = (pageId: string): SQL => sql`WITH RECURSIVE up(ancestor) AS (SELECT ${pageId}
  UNION SELECT ${pages.parentId} FROM ${pages} JOIN up ON ${pages.id} = up.ancestor WHERE ${pages.parentId} IS NOT NULL)
  SELECT ancestor FROM up`;
