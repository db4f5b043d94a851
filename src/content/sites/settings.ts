import { and, eq, sql } from "drizzle-orm";
import { invalid, invalidFields } from "../../core/errors.ts";
import { scoped } from "../../core/storage/scoped.ts";
import type { Ctx } from "../../core/work/context.ts";
import { SITE_PICTURES } from "../../rendering/page/site-pictures.ts";
import { mediaIdIn } from "../../rendering/pictures.ts";
import { pictureAddress } from "../../rendering/text/address.ts";
import { media } from "../media/table.ts";

type Settings = Readonly<Record<string, unknown>>;

/** Characters of an address, as of every other (`UrlSchema`). */
const MAX_LENGTH = 2_000;

const addressIn = (value: unknown): string => (typeof value === "string" && value.length <= MAX_LENGTH ? value : "");

const isPictureAddress = (value: unknown): boolean => {
  const address = addressIn(value);
  return pictureAddress(address) !== null || mediaIdIn(address) !== null;
};

/** Whether days can be told in it; empty is UTC. */
function isTimeZone(value: unknown): boolean {
  if (typeof value !== "string") return false;
  try {
    return value === "" || Boolean(new Intl.DateTimeFormat("en", { timeZone: value }));
  } catch {
    return false;
  }
}

/**
 * Settings that pages are made with are ones that they can be made with: a time zone, pictures by https or of the site's
 * media. What was stored before is let be. A picture that is deleted at the same moment is not named any more.
 */
export function checkSettings(
  ctx: Ctx,
  { id: siteId, settings }: { id: string; settings: Settings },
  before: Settings = {},
): void {
  const isNew = (name: string) => (settings[name] ?? null) !== null && settings[name] !== before[name];
  const pictures = SITE_PICTURES.filter(isNew);
  const fields: Record<string, string[]> = {};
  for (const name of pictures) {
    if (isPictureAddress(settings[name])) continue;
    fields[`settings.${name}`] = [
      "must be the https address of a picture, or that of a picture of the website's media",
    ];
  }
  if (isNew("timezone") && !isTimeZone(settings.timezone)) {
    fields["settings.timezone"] = ["must be a time zone such as Europe/Amsterdam"];
  }
  if (Object.keys(fields).length > 0) throw invalidFields(fields);
  for (const name of pictures) requireOwn(ctx, siteId, name, addressIn(settings[name]));
}

/** The commit holds only if a picture that is of a site's media is of this one's. */
function requireOwn(ctx: Ctx, siteId: string, name: string, address: string): void {
  const mediaId = mediaIdIn(address);
  // In full, it may be an address of somebody else's.
  if (mediaId === null || pictureAddress(address)?.startsWith("https:")) return;
  const isPicture = and(eq(media.siteId, siteId), eq(media.id, mediaId), eq(media.type, "image"));
  const error = invalid(`settings.${name}`, "is not a picture of this website");
  ctx.unit.require(sql`EXISTS (SELECT 1 FROM ${media} WHERE ${scoped(ctx, media, isPicture)})`, error);
}
