import { customBlocksIn } from "../content/blocks/custom/given.ts";
import { getRendered } from "../content/deployments/bucket.ts";
import { deploymentContent } from "../content/live/cache.ts";
import type { Env } from "../env.ts";
import { type Found, frozenSource } from "./find.ts";
import type { Assets } from "../rendering/page/extras.ts";
import { givenBy, type KeptNotes, Notes } from "../rendering/notes.ts";
import { type Given, RENDERING, type Rendered, renderDocument } from "../rendering/document.ts";
import { type PublicSite, shownIn } from "./site.ts";

/**
 * What a page is made of: a deployment, the way it is rendered now, the domain its addresses name, and whether there is a
 * shop for its menu to lead to.
 */
const sourcesOf = ({ siteId, number, site, hasShop }: PublicSite) => [
  ...[siteId, number, RENDERING, site.domain ?? ""],
  ...(hasShop ? ["shop"] : []),
];

/** Names what a deployment shows, and what its pages load, which may change without it. */
export const etagOf = (site: PublicSite, assets?: Assets, more: readonly (string | number)[] = []): string => {
  const hashes = Object.values(assets ?? {}).map((address) => address.slice(0, 4));
  return `"${[...sourcesOf(site), ...more, ...hashes].join("-")}"`;
};

/** What a deployment answers a question with, found once; `null` is asked again each time, as is everything of a draft. */
export const contentOf = <Value>(site: PublicSite, question: unknown[], make: () => Promise<Value>): Promise<Value> =>
  site.draft ? make() : deploymentContent(JSON.stringify([...sourcesOf(site), ...question]), make);

/**
 * The HTML of a document: from the bucket, where its publish has put it, or made anew if it should not be there; `null`
 * for a draft that was deleted just now.
 */
export async function renderedOf(env: Env, site: PublicSite, found: Found): Promise<Rendered | null> {
  const kept = found.rendered === null ? null : await getRendered(env, found.rendered);
  if (kept) return kept;
  const shown = shownIn(env, site);
  const source = await frozenSource(shown, site, found);
  if (source === null) return null;
  const given = await givenTo(site, source.page, source.notes);
  const customBlocks = given.customBlocks ?? (await customBlocksIn(shown, site.siteId, [source.page]));
  return renderDocument(found.kind, source.page, new Notes(), { ...given, customBlocks });
}

/** What rendering a document needs beside it: as it was kept with it or, of a preview, as it is now. */
export const givenTo = async ({ draft }: PublicSite, page: string, notes: KeptNotes | null): Promise<Given> =>
  draft ? draft.given([page]) : givenBy(notes);
