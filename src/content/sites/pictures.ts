import { and, eq, sql } from "drizzle-orm";
import { invalid } from "../../core/errors.ts";
import { scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import { SITE_PICTURES } from "../../rendering/page/site-pictures.ts";
import { mediaIdIn } from "../../rendering/pictures.ts";
import { pictureAddress } from "../../rendering/text/address.ts";
import { media } from "../media/table.ts";

type Settings = Readonly<Record<string, unknown>>;

/** Characters of an address, as of every other (`UrlSchema`). */
const MAX_LENGTH = 2_000;

/**
 * Settings that name a picture name one that can be shown: of the site's media, or by https; what was stored before is let
 * be. One that is deleted at the same moment is not named any more.
 */
export function checkPictures(
  ctx: Ctx,
  { id: siteId, settings }: { id: string; settings: Settings },
  before: Settings = {},
): void {
  for (const name of SITE_PICTURES) {
    const value = settings[name];
    const field = `settings.${name}`;
    if (value === undefined || value === null || value === before[name]) continue;
    const address = typeof value === "string" && value.length <= MAX_LENGTH ? value : "";
    const mediaId = mediaIdIn(address);
    const shown = pictureAddress(address);
    if (shown === null && mediaId === null) {
      throw invalid(field, "must be the https address of a picture, or that of a picture of the website's media");
    }
    // In full, it may be an address of somebody else's.
    if (mediaId === null || shown?.startsWith("https:")) continue;
    const isPicture = and(eq(media.siteId, siteId), eq(media.id, mediaId), eq(media.type, "image"));
    const error = invalid(field, "is not a picture of this website");
    ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${media} WHERE ${scoped(ctx, media, isPicture)})`, error);
  }
}
