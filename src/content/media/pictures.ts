import { and, eq } from "drizzle-orm";
import type { Database } from "../../core/storage/database.ts";
import { isListed, scoped, type Tenanted } from "../../core/storage/scoped.ts";
import type { Picture } from "../../rendering/pictures.ts";
import { media } from "./table.ts";

/** Who reads: a call, or somebody who looks at a preview. */
export interface Reader extends Tenanted {
  db: Database;
}

/** Ids looked up at once: D1 takes any number as one parameter, whose text has an end. */
const AT_ONCE = 1_000;

/** The pictures of a site among these ids, as what is rendered shows them; what is none, or not the site's, is left out. */
export async function picturesOf(
  ctx: Reader,
  siteId: string,
  mediaIds: Iterable<string>,
): Promise<Map<string, Picture>> {
  const wanted = [...new Set(mediaIds)];
  const found = new Map<string, Picture>();
  const { id, version, url, width, height, alt, color, focalPoint } = media;
  for (let start = 0; start < wanted.length; start += AT_ONCE) {
    const isWanted = and(eq(media.siteId, siteId), eq(media.type, "image"));
    const rows = await ctx.db
      .select({ id, version, url, width, height, alt, color, focalPoint })
      .from(media)
      .where(scoped(ctx, media, isWanted, isListed(media.id, wanted.slice(start, start + AT_ONCE))));
    for (const row of rows) found.set(row.id, row);
  }
  return found;
}
