import type { Ctx } from "../../../core/work/context.ts";
import type { Restoring } from "../../versions/endpoints.ts";
import { findVersion } from "../../versions/find.ts";
import type { Page, UpdatePage } from "../contract.ts";
import { pages } from "../table.ts";
import { findPage, type PageRow } from "./find.ts";
import { standingOriginal, standingParent } from "./standing.ts";
import { changePage, columnsOf } from "./update.ts";

/** What of an earlier state a page can have again. */
function contentOf(ctx: Ctx, was: PageRow, present: PageRow): Partial<PageRow> {
  const { title, slug, status, locale, blocks, seo, navigation, publishAt } = was;
  const isAhead = publishAt !== null && publishAt > ctx.now && status === "draft";
  return {
    ...{ title, slug, status, locale, blocks, seo, navigation },
    publishAt: isAhead ? publishAt : null,
    publishedAt: was.publishedAt ?? present.publishedAt,
  };
}

/**
 * Stages an earlier version of a page as its next one, with what the caller wants to be other than it was. A parent or an
 * original that it cannot have any more stays what it is now.
 */
export async function restorePageVersion({ ctx, input }: { ctx: Ctx; input: Restoring }): Promise<Page> {
  const { siteId, id, version, expectedVersions = null } = input;
  const changes = input.changes as UpdatePage;
  const before = await findPage(ctx, siteId, id);
  const { head, row: was } = await findVersion(ctx, pages, before, version);
  const restored = { ...before, ...contentOf(ctx, was, before) };
  if (changes.parentId === undefined && was.parentId !== before.parentId) {
    const parent = await standingParent(ctx, was);
    if (parent !== null || was.parentId === null) restored.parentId = parent;
  }
  if (changes.translationOf === undefined && was.translationOf !== before.translationOf) {
    const original = await standingOriginal(ctx, was);
    if (original !== null || was.translationOf === null) restored.translationOf = original;
  }
  const { title, slug, status, locale, blocks, seo, navigation, publishAt, publishedAt, parentId, translationOf } =
    restored;
  const columns = {
    ...{ title, slug, status, locale, blocks, seo, navigation, publishAt, publishedAt, parentId, translationOf },
    ...columnsOf(restored, changes),
  };
  return changePage(ctx, before, columns, { expectedVersions, restored: head.version });
}
