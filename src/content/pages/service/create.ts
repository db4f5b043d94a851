import type { Ctx } from "../../../core/work/context.ts";
import { madeBy } from "../../../core/work/keeping.ts";
import { publicationTime } from "../../../core/publication.ts";
import { idTail, newId } from "../../../core/ids.ts";
import { requireRoom } from "../../../core/limits/room.ts";
import { withMade } from "../../../core/storage/folded.ts";
import { ownedBy } from "../../../core/storage/scoped.ts";
import { stageUses } from "../../media/places.ts";
import { findSite } from "../../sites/service.ts";
import { slugFrom } from "../../../core/storage/slug.ts";
import { type CreatePage, type Page, PageBodies, toPage } from "../contract.ts";
import { siteWord } from "../words.ts";
import { PAGE_EVENTS } from "../events.ts";
import { pages } from "../table.ts";
import { newEntry } from "./new-entry.ts";
import { checkSchedule } from "./publish-at.ts";
import { checkPlace, expectUnique, requireReachable, unusedSlug } from "./place.ts";

/** Creates a page. Without a slug one is made from the title, and numbered when it is taken. */
export async function createPage({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { siteId: string; page: CreatePage };
}): Promise<Page> {
  const { siteId, page } = input;
  const site = await findSite(ctx, siteId);
  const id = newId("page", ctx.now);
  const filled = PageBodies.fill(page);
  const locale = filled.locale ?? site.locale;
  const base = await slugFrom(filled.title, `page-${idTail(id)}`);
  const row = withMade(pages, {
    seq: 0,
    id,
    ...ownedBy(ctx),
    siteId,
    ...filled,
    slug: filled.slug ?? (await unusedSlug(ctx, { siteId, locale, base, id })),
    locale,
    ...(page.navigation === undefined && { navigation: await newEntry(ctx, { ...filled, siteId, locale }) }),
    site: siteWord(siteId),
    version: 1,
    change: madeBy(ctx),
    createdAt: ctx.now,
    updatedAt: ctx.now,
    publishedAt: publicationTime({ status: filled.status, publishedAt: null }, filled.publishedAt, {
      now: ctx.now,
      field: "publishedAt",
    }),
  });
  checkSchedule(ctx, row);
  await checkPlace(ctx, row, site.locales);
  requireReachable(ctx, row);
  expectUnique(ctx, row, page.slug !== undefined);
  const { seq: _, ...values } = row;
  requireRoom(ctx, "pages");
  ctx.unit.stage(ctx.db.insert(pages).values(values));
  const created = toPage(row);
  stageUses(ctx, { type: "page", id, siteId }, null, created);
  ctx.unit.emit(PAGE_EVENTS.created, created, siteId);
  ctx.unit.audit("page.created", { type: "page", id, after: created });
  return created;
}
