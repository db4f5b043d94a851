import { type Given, NOTHING_GIVEN } from "../../../rendering/document.ts";
import { mediaIdsIn, type Picture } from "../../../rendering/pictures.ts";
import { siteMediaIds } from "../../../rendering/page/site-pictures.ts";
import { customBlocksIn } from "../../blocks/custom/given.ts";
import { picturesOf, type Reader } from "../../media/pictures.ts";

/** What rendering these documents needs beside them, looked up at once: for a publish, a dry run or a preview alike. */
export async function givenFor(ctx: Reader, siteId: string, documents: readonly string[]): Promise<Given> {
  const customBlocks = await customBlocksIn(ctx.db, siteId, documents);
  // A block's template may show pictures that no page names.
  const templates = Array.from(customBlocks.values(), (it) => JSON.stringify(it));
  const ids = new Set([...documents, ...templates].flatMap(mediaIdsIn));
  const pictures = ids.size === 0 ? NOTHING_GIVEN.pictures : await picturesOf(ctx, siteId, ids);
  return { pictures, customBlocks };
}

/** The pictures of its own that a site's settings name. */
export async function picturesOfSettings(
  ctx: Reader,
  { id, settings }: { id: string; settings: Readonly<Record<string, unknown>> },
): Promise<Picture[]> {
  const ids = siteMediaIds(settings);
  return ids.length === 0 ? [] : [...(await picturesOf(ctx, id, ids)).values()];
}
