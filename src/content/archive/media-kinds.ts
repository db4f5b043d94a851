import { z } from "@hono/zod-openapi";
import { invalid } from "../../core/errors.ts";
import { text } from "../../core/fields.ts";
import { MEDIA } from "../media/resource.ts";
import { cleanName } from "../media/service/import.ts";
import type { SiteResource } from "../resource/resource.ts";
import { bringFile, bringPicture } from "./bring.ts";
import type { Kind } from "./kind.ts";
import { idOf, parsed } from "./read-fields.ts";
import { kindOf } from "./resource-kind.ts";

/** Each file takes a call or more of the bucket: a step has few of them. */
const FILES_AT_ONCE = 10;

const OF_MEDIA = kindOf(MEDIA as unknown as SiteResource);

/** Files of websites: what is said of them, with their bytes beside it. */
export const MEDIA_KIND: Kind = { ...OF_MEDIA, partRecords: FILES_AT_ONCE, bring: bringFile };

const PictureSchema = z.object({
  /** Where it is to be fetched; or a file beside the text. */
  url: text(2_000).nullable().default(null),
  path: text(500).nullable().default(null),
  alt: text(1_000).default(""),
});

/** Pictures that texts from elsewhere show. They become media; no export has any. */
export const PICTURE_KIND: Kind = {
  ...OF_MEDIA,
  name: "picture",
  folder: "pictures",
  isForeign: true,
  created: null,
  partRecords: FILES_AT_ONCE,
  bring: bringPicture,
  async read(record, { site }) {
    const id = idOf(record.id, "med");
    const siteId = idOf(record.siteId, "site");
    if (!site(siteId)) throw invalid("siteId", "is not a website of this archive");
    const { url, path, alt } = parsed(PictureSchema, record);
    const filename = cleanName((path ?? url ?? "").split(/[?#]/)[0] ?? "") || "picture";
    return { id, siteId, url, path, alt, filename };
  },
};
