import { BLOG } from "../content/deployments/documents.ts";
import type { ReadDatabase } from "../core/storage/database.ts";
import { wordsFor } from "../rendering/page/words.ts";
import { type Addressed, canonicalOf, homeOf, START_SLUG } from "./address.ts";
import { contentOf } from "./content.ts";
import { type Found, findById, translationIn } from "./find.ts";
import type { Place } from "./live/page.ts";
import type { PublicSite } from "./site.ts";

/** Pages above a page; deeper than any menu. */
const MAX_DEPTH = 20;

interface Step {
  title: string;
  page: Addressed;
}

/** The pages a page stands below, the top one first, in its language: those that are published in it. */
const ancestorsOf = (db: ReadDatabase, site: PublicSite, { parentId, locale }: Found): Promise<Step[]> =>
  contentOf(site, ["ancestors", parentId, locale], async () => {
    const steps: Step[] = [];
    const seen = new Set<string>();
    for (let id = parentId; id !== null && !seen.has(id) && seen.size < MAX_DEPTH; ) {
      seen.add(id);
      const parent = await findById(db, site, id);
      if (!parent) break;
      const shown = parent.locale === locale ? parent : await translationIn(db, site, parent, locale);
      if (shown) steps.unshift({ title: shown.title, page: shown });
      id = parent.parentId;
    }
    return steps;
  });

/** A step on the way from where the site begins to a page: what it is called, and its absolute address. */
export interface TrailStep {
  name: string;
  address: string;
}

interface Wanted {
  locale: string;
  origin: string;
  page: Found | null;
  isBlog: boolean;
  place: Pick<Place, "root" | "steps"> | null;
}

/** The way from where the site begins in a language to a page, to the list of its articles, or to a page of a section. */
export async function trailTo(
  db: ReadDatabase,
  site: PublicSite,
  { locale, origin, page, isBlog, place }: Wanted,
): Promise<TrailStep[]> {
  const blog: Step[] = isBlog ? [{ title: wordsFor(locale).blog, page: { locale, slug: BLOG, parentId: null } }] : [];
  const ofPlace = place && [{ title: place.root.title(locale), slug: place.root.slug }, ...place.steps];
  const isStart = page?.slug === START_SLUG && page.parentId === null;
  const above = page?.parentId ? await ancestorsOf(db, site, page) : [];
  const own = page && !isStart ? [{ title: page.title, page }] : [];
  const live: Step[] = (ofPlace ?? []).map(({ title, slug }) => ({ title, page: { locale, slug, parentId: null } }));
  const steps = [...blog, ...above, ...own, ...live];
  return [
    { name: site.site.name, address: homeOf(site, origin, locale) },
    ...steps.map(({ title, page }) => ({ name: title, address: canonicalOf(site, page, origin) })),
  ];
}
