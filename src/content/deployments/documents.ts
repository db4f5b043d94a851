import { eq, getTableColumns, type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { integer, type SQLiteColumn, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { name } from "../../core/storage/names.ts";
import { type Article, RENDERING } from "../../rendering/document.ts";
import { isoTime, isoTimeOrNull, json, jsonObject, PAGE_JSON } from "../pages/page-json.ts";
import { customBlocks } from "../blocks/custom/table.ts";
import { media } from "../media/table.ts";
import { pages } from "../pages/table.ts";
import { posts } from "../posts/table.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import { users } from "../../core/tenancy/users/table.ts";
import { type DocumentKind, frozenPages } from "./table.ts";

/** What a publish is about: a site, and of it all that is published, or only these pages. */
export interface Selection {
  siteId: string;
  only: string[] | null;
  /** A page that is shown as if it were published, whatever its status. */
  also?: string | null;
}

/** Articles stand below this path, in their language. */
export const BLOG = "blog";

/** A document to be published: a page or an article as it is now. Not a table, but what `fromDocuments` selects. */
export const doc = sqliteTable("doc", {
  kind: text("kind").$type<DocumentKind>().notNull(),
  id: text("id").notNull(),
  version: integer("version").notNull(),
  locale: text("locale").notNull(),
  slug: text("slug").notNull(),
  title: text("title").notNull(),
  /** Pages come first, in their order. */
  place: integer("place").notNull(),
});

/** The columns of a document, each made of what stands beside it. */
const asDocument = (values: Record<keyof (typeof doc)["$inferSelect"], SQLWrapper>): SQL => {
  const columns: Record<string, SQLiteColumn> = getTableColumns(doc);
  return sql.join(
    Object.entries(values).map(([field, value]) => sql`${value} AS ${name(columns[field] as SQLiteColumn)}`),
    sql`, `,
  );
};

const PAGE = asDocument({
  kind: sql`'page'`,
  id: pages.id,
  version: pages.version,
  locale: pages.locale,
  slug: pages.slug,
  title: pages.title,
  place: pages.seq,
});

const ARTICLE = asDocument({
  kind: sql`'post'`,
  id: sql`CAST(${posts.id} AS TEXT)`,
  version: posts.version,
  locale: sql`coalesce(${posts.locale}, ${sites.locale})`,
  slug: sql`${`${BLOG}/`} || ${posts.slug}`,
  title: posts.title,
  place: sql`${posts.id} + 0.5`,
});

/** Whether a row is of the site and, with `ids`, one of these. The `+` then keeps SQLite from reading the whole site. */
const inSite = (of: typeof pages | typeof posts, siteId: string, ids: string[] | null, id: SQL): SQL =>
  ids === null
    ? eq(of.siteId, siteId)
    : sql`+${of.siteId} = ${siteId} AND ${of.id} IN (SELECT ${id} FROM json_each(${JSON.stringify(ids)}))`;

/** `FROM` the site's documents to be published, as `doc`. With `ids`, those of them that it names. */
export const fromDocuments = ({ siteId, only, also = null }: Selection, ids = only): SQL => {
  const isPublished = sql`(${pages.status} = 'published'${also === null ? sql`` : sql` OR ${pages.id} = ${also}`})`;
  const ofPages = sql`SELECT ${PAGE} FROM ${pages} WHERE ${inSite(pages, siteId, ids, sql`value`)} AND ${isPublished}`;
  if (only !== null) return sql`FROM (${ofPages}) AS ${doc}`;
  return sql`FROM (${ofPages} UNION ALL SELECT ${ARTICLE} FROM ${posts} JOIN ${sites} ON ${sites.id} = ${posts.siteId}
    WHERE ${inSite(posts, siteId, ids, sql`CAST(value AS INTEGER)`)} AND ${posts.status} = 'published') AS ${doc}`;
};

/** What an article shows its readers. */
const ARTICLE_JSON = jsonObject<Article>({
  id: sql`CAST(${posts.id} AS TEXT)`,
  title: posts.title,
  slug: posts.slug,
  locale: doc.locale,
  excerpt: posts.excerpt,
  content: posts.content,
  tags: json(posts.tags),
  author: sql`(SELECT ${users.name} FROM ${users}
    WHERE ${users.id} = ${posts.authorId} AND ${users.workspaceId} = ${posts.workspaceId})`,
  updatedAt: isoTime(posts.updatedAt),
  publishedAt: isoTimeOrNull(posts.publishedAt),
});

/** `doc` as it is kept, built where its row is: its content passes through the Worker only to be rendered. */
export const DOCUMENT_JSON = sql`CASE ${doc.kind}
  WHEN 'page' THEN (SELECT ${PAGE_JSON} FROM ${pages} WHERE ${pages.id} = ${doc.id})
  ELSE (SELECT ${ARTICLE_JSON} FROM ${posts} WHERE ${posts.id} = CAST(${doc.id} AS INTEGER)) END`;

/** Whether the pictures a frozen page shows are what they were when it was rendered, and those it misses still missing. */
export const hasSamePictures = sql`NOT EXISTS (SELECT 1 FROM json_each(${frozenPages.notes}, '$.uses') AS used
  LEFT JOIN ${media} ON ${media.id} = used.value ->> 'id' AND ${media.siteId} = ${frozenPages.siteId}
    AND ${media.type} = 'image'
  WHERE ${media.version} IS NOT used.value ->> '$.picture.version')`;

/** Whether the custom blocks that a document of a site showed when it was rendered are as they are now, by its notes. */
export const hasSameBlocks = (notes: SQLWrapper, siteId: SQLWrapper): SQL =>
  sql`NOT EXISTS (SELECT 1 FROM json_each(${notes}, '$.blocks') AS used WHERE used.value ->> 'version' IS NOT
    (SELECT ${customBlocks.templateVersion} FROM ${customBlocks}
      WHERE ${customBlocks.id} = used.value ->> 'id' AND ${customBlocks.siteId} = ${siteId}))`;

/** Whether what a frozen page shows beside its own content is what it was when it was rendered. */
const isAsGiven = sql`${hasSamePictures} AND ${hasSameBlocks(frozenPages.notes, frozenPages.siteId)}`;

/**
 * Whether a frozen page is `doc` as it is now; one rendered in a former way, or with former pictures or custom blocks, is
 * not. Found by its id (`+`).
 */
export const isSame = sql`${frozenPages.pageId} = ${doc.id} AND ${frozenPages.pageVersion} = ${doc.version}
  AND +${frozenPages.locale} = ${doc.locale} AND ${frozenPages.rendering} = ${RENDERING} AND ${isAsGiven}`;

/** Whether a frozen page is one of the documents as they are now. They are gathered once, not for each of its rows. */
export const isOneOf = (selection: Selection): SQL =>
  sql`(${frozenPages.rendering} IS ${RENDERING}
    AND (${frozenPages.pageId}, ${frozenPages.pageVersion}, ${frozenPages.locale}) IN
    (SELECT ${doc.id}, ${doc.version}, ${doc.locale} ${fromDocuments(selection)}) AND ${isAsGiven})`;

/** Whether a frozen page is of a document that is to be published, in whatever version. */
export const isOfOne = (selection: Selection): SQL =>
  sql`(${frozenPages.pageId} IN (SELECT ${doc.id} ${fromDocuments(selection)}))`;
