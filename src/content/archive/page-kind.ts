import { madeBy } from "../../core/work/keeping.ts";
import { invalid } from "../../core/errors.ts";
import { withMade } from "../../core/storage/folded.ts";
import { ownedBy } from "../../core/storage/scoped.ts";
import { publicationTime } from "../../core/publication.ts";
import { PageBodies, toPage } from "../pages/contract.ts";
import { PAGE_EVENTS } from "../pages/events.ts";
import { pages } from "../pages/table.ts";
import { siteWord } from "../pages/words.ts";
import { slugFrom } from "../../core/storage/slug.ts";
import { idTail } from "../../core/ids.ts";
import type { ArchivedRow, Kind, Reading } from "./kind.ts";
import { fieldsOf, idOf, parsed, pastOr } from "./read-fields.ts";

/** Pages. What is above one and what it translates is set right once all of them are there (`settle.ts`). */
export const PAGE_KIND: Kind = {
  name: "page",
  folder: "pages",
  table: pages,
  siteId: pages.siteId,
  order: [pages.createdAt, pages.id],
  readable: PAGE_EVENTS.created,
  write: "pages:write",
  feature: "pages",
  created: PAGE_EVENTS.created,
  slug: { column: pages.slug, beside: ["locale"] },
  show: (row) => toPage(row as never),
  async read(record, { ctx, site }: Reading): Promise<ArchivedRow> {
    const id = idOf(record.id, "page");
    const siteId = idOf(record.siteId, "site");
    const known = site(siteId);
    if (!known) throw invalid("siteId", "is not a website of this archive");
    const filled = PageBodies.fill(parsed(PageBodies.create, fieldsOf(PageBodies.create, record)));
    const locale = filled.locale ?? known.locale;
    if (!known.locales.includes(locale)) {
      throw invalid("locale", `is not a locale of its website (${known.locales.join(", ")})`);
    }
    const slug = filled.slug ?? (await slugFrom(filled.title, `page-${idTail(id)}`));
    const isHidden = locale === known.locale && slug !== locale && known.locales.includes(slug);
    if (isHidden || slug === "cdn-cgi") throw invalid("slug", "is where no page can be");
    // A time that has passed meanwhile publishes nothing by surprise.
    const publishAt = filled.publishAt !== null && filled.publishAt > ctx.now ? filled.publishAt : null;
    const given = typeof filled.publishedAt === "number" ? Math.min(filled.publishedAt, ctx.now) : filled.publishedAt;
    const before = { status: filled.status, publishedAt: null };
    const { seq: _, ...row } = withMade(pages, {
      seq: 0,
      id,
      ...ownedBy(ctx),
      siteId,
      ...filled,
      slug,
      locale,
      publishAt: filled.status === "draft" ? publishAt : null,
      site: siteWord(siteId),
      version: 1,
      change: madeBy(ctx),
      createdAt: pastOr(record.createdAt, ctx.now),
      updatedAt: ctx.now,
      publishedAt: publicationTime(before, given, { now: ctx.now, field: "publishedAt" }),
    });
    return row;
  },
};
