import { type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Article } from "../../rendering/document.ts";
import type { Page } from "../pages/contract.ts";
import type { Navigation, Seo } from "../pages/parts.ts";
import { frozenPages } from "./table.ts";

/** What `page ->> …` may ask of a page or an article as it was frozen. */
type Field =
  | (keyof Page & string)
  | (keyof Article & string)
  | `navigation.${keyof Navigation & string}`
  | `seo.${keyof Seo & string}`;

/** The table of frozen pages, under its own name or an alias. */
type Frozen = Record<keyof (typeof frozenPages)["_"]["columns"], SQLiteColumn>;

/** A field of the JSON of a frozen page or article, as SQL. */
export const frozenField = <Value = unknown>(field: Field, frozen: Frozen = frozenPages): SQL<Value> =>
  sql<Value>`${frozen.page} ->> ${sql.raw(`'$.${field}'`)}`;

/** The table itself, also where its name stands for what a publish would freeze (`pendingPages`). */
export const ALL_FROZEN = sql`main.${frozenPages}`;

/** The frozen pages and articles that make up a deployment of a site. */
export const ofDeployment = (
  { siteId, number }: { siteId: string; number: number },
  frozen: Frozen = frozenPages,
): SQL =>
  sql`${frozen.siteId} = ${siteId} AND ${frozen.firstNumber} <= ${number}
    AND (${frozen.endNumber} IS NULL OR ${frozen.endNumber} > ${number})`;

/** Its pages, without the articles of its blog. */
export const pagesOfDeployment = (live: { siteId: string; number: number }): SQL =>
  sql`${ofDeployment(live)} AND ${frozenPages.kind} = 'page'`;
