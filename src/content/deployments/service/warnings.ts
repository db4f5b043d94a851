import { and, count, eq, gt, isNotNull, isNull, type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../../../core/work/context.ts";
import { Notes } from "../../../rendering/notes.ts";
import { renderDocument } from "../../../rendering/document.ts";
import { sitePictures } from "../../../rendering/page/site-pictures.ts";
import type { Picture } from "../../../rendering/pictures.ts";
import { MAX_MENU_ITEMS } from "../../live/menu.ts";
import { pages } from "../../pages/table.ts";
import { products } from "../../shop/products/table.ts";
import type { SiteRow } from "../../sites/service.ts";
import { BLOG, DOCUMENT_JSON, doc, fromDocuments, isSame, type Selection } from "../documents.ts";
import { type DocumentKind, frozenPages, renders, type Warning } from "../table.ts";
import { givenFor, picturesOfSettings } from "./given.ts";
import { isRenderOf } from "./render.ts";

/** Warnings a publish gives at most; what is beyond is told by the last one. */
const MAX_WARNINGS = 500;

/** Documents a dry run looks into: it renders none to keep. */
const DRY_RUN_DOCUMENTS = 100;

/** What every site has beside its documents, and what each language has: its beginning and, with articles, a blog and feeds. */
const FILES = ["/feed.xml", "/feed.json", "/sitemap.xml", "/robots.txt", "/favicon.svg"];
const OF_LANGUAGE = ["", `/${BLOG}`, "/feed.xml", "/feed.json"];

/** What was noted of `doc` when it was rendered: for this deployment or, where it is the same, for an earlier one. */
export const notesOf = (siteId: string, deploymentId: string): SQL =>
  sql`coalesce((SELECT ${renders.notes} FROM ${renders} WHERE ${isRenderOf(deploymentId, siteId)}),
    (SELECT ${frozenPages.notes} FROM ${frozenPages} WHERE ${and(eq(frozenPages.siteId, siteId), isSame)}
      AND ${isNotNull(frozenPages.rendered)} LIMIT 1))`;

/** The addresses that lead somewhere once this is published: of its documents, now and formerly. */
function addresses({ siteId, only }: Selection, locale: string): SQL {
  const below = (language: SQL) => sql`CASE WHEN ${language} = ${locale} THEN '' ELSE '/' || ${language} END`;
  const ofDocument = below(sql`${doc.locale}`);
  const isStill =
    only === null
      ? sql`${frozenPages.pageId} IN (SELECT ${doc.id} ${fromDocuments({ siteId, only })})`
      : isNull(frozenPages.endNumber);
  return sql`SELECT ${ofDocument} || '/' || ${doc.slug} ${fromDocuments({ siteId, only })}
    UNION SELECT ${ofDocument} || it.value ${fromDocuments({ siteId, only })}, json_each(${JSON.stringify(OF_LANGUAGE)}) it
      WHERE ${doc.kind} = 'post' OR it.value = ''
    UNION SELECT ${below(sql`${frozenPages.locale}`)} || '/' || ${frozenPages.slug} FROM ${frozenPages}
      WHERE ${frozenPages.siteId} = ${siteId} AND ${isStill}
    UNION SELECT value FROM json_each(${JSON.stringify(FILES)})`;
}

/** Whether a link leads into the shop: what is there comes and goes without a publish. */
function isOfShop({ id, locale, locales }: SiteRow): SQL {
  const shops = locales.map((it) => (it === locale ? "/shop" : `/${it}/shop`));
  return sql`(EXISTS (SELECT 1 FROM ${products} WHERE ${products.siteId} = ${id} AND ${products.active} = 1)
    AND EXISTS (SELECT 1 FROM json_each(${JSON.stringify(shops)}) shop
      WHERE it.value ->> 'target' || '/' GLOB shop.value || '/*'))`;
}

/** A document of which there is something to tell: what, as JSON. */
interface Row {
  kind: DocumentKind;
  pageId: string;
  slug: string;
  locale: string;
  list: "told" | "links";
  told: string;
}

/** Languages whose menu is longer than it may be, with the last page that has to do with it. */
const longMenus = (ctx: Ctx, siteId: string) =>
  ctx.db
    .select({ pageId: pages.id, slug: pages.slug, locale: pages.locale, entries: count() })
    .from(pages)
    .where(
      and(
        eq(pages.siteId, siteId),
        eq(pages.status, "published"),
        sql`NOT coalesce(${pages.navigation} ->> 'hidden', 0)`,
      ),
    )
    .groupBy(pages.locale)
    .having(gt(count(), MAX_MENU_ITEMS));

/** Everything that visitors will not see of what is published, and links that lead nowhere, in the order of the pages. */
export async function publishWarnings(
  ctx: Ctx,
  site: SiteRow,
  selection: Selection,
  deploymentId: string,
): Promise<Warning[]> {
  const isDryRun = ctx.caller.environment === "sandbox";
  const notes = isDryRun ? await notesOfDryRun(ctx, selection) : notesOf(site.id, deploymentId);
  const [pictures, rows, menus] = await Promise.all([
    selection.only === null ? picturesOfSettings(ctx, site) : [],
    ctx.db.all<Row>(sql`SELECT ${doc.kind}, ${doc.id} AS pageId, ${doc.slug}, ${doc.locale},
        of_kind.key AS list, it.value AS told
      ${fromDocuments(selection)}, json_each(${notes}) of_kind, json_each(of_kind.value) it
      WHERE of_kind.key = 'told' OR of_kind.key = 'links' AND it.value ->> 'target' NOT IN (${addresses(selection, site.locale)})
        AND NOT ${isOfShop(site)}
      ORDER BY ${doc.place}, it.key LIMIT ${MAX_WARNINGS + 1}`),
    longMenus(ctx, site.id),
  ]);
  const warnings = [
    ...(selection.only === null ? warningsOfSettings(site, pictures) : []),
    ...menus.map(({ entries, ...page }) =>
      warning({ ...page, kind: "page" }, { code: "menu_cut", path: "navigation", what: String(entries) }),
    ),
    ...rows.map((row) => warning(row, noteOf(row))),
  ];
  const next = warnings[MAX_WARNINGS];
  if (!next) return warnings;
  return [...warnings.slice(0, MAX_WARNINGS), { ...next, code: "more_warnings", what: "", block: null, type: null }];
}

/** Pictures that the site's settings name and that are not shown. */
function warningsOfSettings({ id, slug, locale, settings }: SiteRow, pictures: Picture[]): Warning[] {
  const notes = new Notes();
  sitePictures(settings, pictures, notes);
  return notes.all.map((note) => warning({ kind: "site", pageId: id, slug, locale }, note));
}

function noteOf({ list, told }: Row): Pick<Warning, "code" | "path" | "what"> {
  const note = JSON.parse(told);
  return list === "told" ? note : { code: "dead_link", path: note.path, what: note.href };
}

function warning(
  { kind, pageId, slug, locale }: Pick<Warning, "kind" | "pageId" | "slug" | "locale">,
  { code, path, what }: Pick<Warning, "code" | "path" | "what">,
): Warning {
  const block = /^blocks\[(\d+)\]/.exec(path)?.[1];
  const type = code === "unknown_block" ? what : null;
  return {
    kind,
    pageId,
    slug,
    locale,
    code,
    path,
    what,
    block: block === undefined ? null : Number(block),
    type,
  };
}

/** The same for a dry run, which has rendered nothing; it looks into the first documents. */
async function notesOfDryRun(ctx: Ctx, selection: Selection): Promise<SQL> {
  const documents = await ctx.db.all<{ kind: DocumentKind; id: string; json: string }>(
    sql`SELECT ${doc.kind}, ${doc.id}, ${DOCUMENT_JSON} AS json ${fromDocuments(selection)}
      ORDER BY ${doc.place} LIMIT ${DRY_RUN_DOCUMENTS}`,
  );
  const given = await givenFor(
    ctx,
    selection.siteId,
    documents.map(({ json }) => json),
  );
  const noted = documents.map(({ kind, id, json }) => {
    const notes = new Notes();
    renderDocument(kind, json, notes, given);
    return [id, notes.kept && { ...notes.kept, uses: [] }];
  });
  return sql`(SELECT value ->> 1 FROM json_each(${JSON.stringify(noted)}) WHERE value ->> 0 = ${doc.id})`;
}
