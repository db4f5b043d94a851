import { invalid } from "../../core/errors.ts";
import { SITE_PICTURES } from "../../rendering/page/site-pictures.ts";
import { mediaIdIn } from "../../rendering/pictures.ts";
import { pictureAddress } from "../../rendering/text/address.ts";

type Settings = Readonly<Record<string, unknown>>;

/** Characters of an address, as of every other (`UrlSchema`). */
const MAX_LENGTH = 2_000;

/** Settings that name a picture name one that can be shown; what was stored before is let be. */
export function checkPictures(settings: Settings, before: Settings = {}): void {
  for (const name of SITE_PICTURES) {
    const value = settings[name];
    if (value === undefined || value === null || value === before[name]) continue;
    const isAddress = typeof value === "string" && value.length <= MAX_LENGTH;
    if (!isAddress || (pictureAddress(value) === null && mediaIdIn(value) === null)) {
      throw invalid(
        `settings.${name}`,
        "must be the https address of a picture, or that of a picture of the website's media",
      );
    }
  }
}
