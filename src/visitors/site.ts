import { type Pending, pendingPages } from "../content/deployments/pending.ts";
import type { VisitedSite } from "../content/live/public.ts";
import { databaseOf, type ReadDatabase } from "../core/storage/database.ts";
import type { Env } from "../env.ts";
import type { Given } from "../rendering/document.ts";
import type { PreviewNote } from "../rendering/page/preview.ts";

/** A live website as anybody may see it, or a preview of what it will be. */
export interface PublicSite extends VisitedSite {
  /** Set of one that is shown as its next publish would show it. */
  draft?: Draft;
}

/** What there is to know of a preview beside the site. */
export interface Draft {
  pending: Pending;
  /** Looks up what rendering documents of it needs beside them. */
  given(documents: readonly string[]): Promise<Given>;
  /** Where the published site begins. */
  publicBase: string;
  note: PreviewNote;
}

/** What shows a site: of a preview, as its next publish would leave it. */
export function shownIn(env: Env, { draft }: PublicSite): ReadDatabase {
  const db = databaseOf(env, 0);
  return draft ? pendingPages(db, draft.pending) : db;
}

/** The site where it is published: what is the same in a preview, such as the addresses for search engines, is made of it. */
export const whereItIsPublished = (site: PublicSite): PublicSite =>
  site.draft ? { ...site, base: site.draft.publicBase } : site;
