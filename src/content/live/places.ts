import { and, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/sqlite-core";
import type { ReadDatabase } from "../../core/storage/database.ts";
import { frozenField, ofDeployment, pagesOfDeployment } from "../deployments/frozen.ts";
import { frozenPages } from "../deployments/table.ts";
import type { Live } from "./site.ts";

/** A published page's place in the tree of pages. */
export interface Place {
  id: string;
  locale: string;
  parentId: string | null;
  /** What it shares with its translations. */
  original: string;
}

const parent = alias(frozenPages, "parent");
const child = alias(frozenPages, "child");

const originalOf = (of: typeof frozenPages | typeof parent) =>
  sql<string>`coalesce(${frozenField("translationOf", of)}, ${of.pageId})`;

/** The published pages that others stand below, with their translations. */
export const parentsOf = (db: ReadDatabase, live: Live): Promise<Place[]> =>
  db
    .select({
      id: frozenPages.pageId,
      locale: frozenPages.locale,
      parentId: frozenField<string | null>("parentId"),
      original: originalOf(frozenPages),
    })
    .from(frozenPages)
    .where(
      and(
        pagesOfDeployment(live),
        sql`${originalOf(frozenPages)} IN (SELECT ${originalOf(parent)} FROM ${frozenPages} AS ${parent}
          WHERE ${ofDeployment(live, parent)} AND ${parent.pageId} IN (SELECT ${frozenField("parentId", child)}
            FROM ${frozenPages} AS ${child} WHERE ${ofDeployment(live, child)}))`,
      ),
    );
