import { siteResource } from "../resource/resource.ts";
import type { State } from "../resource/declaration.ts";
import { ListMediaQuery, MediaSchema, UpdateMediaSchema } from "./contract.ts";
import { nameFor, urlOf } from "./filename.ts";
import { MEDIA_TYPES, media } from "./table.ts";
import type { ContentType } from "./types.ts";

const KINDS = Object.fromEntries(MEDIA_TYPES.map((it) => [it, it]));
const byType: State = { column: media.type, parameter: "type", values: KINDS, itemValues: KINDS };

const SAMPLE = {
  filename: "shop-window.jpg",
  url: "/media/med_01KAGW6PSZ0000000000000000/shop-window.jpg",
  type: "image" as const,
  contentType: "image/jpeg" as const,
  size: 48_213,
  width: 1_600,
  height: 1_067,
  color: "#b08050",
  alt: "Loaves in the shop window",
  focalPoint: null,
  folder: "Shop",
};

/** Files of a site. How bytes become one stands in `service/`: they come as forms, by signed addresses, from elsewhere. */
export const MEDIA = siteResource({
  tag: "Media",
  scopes: { read: "media:read", write: "media:write" },
  integrations: true,
  name: "media",
  label: "Media",
  plural: "Media",
  words: { one: "media file", many: "media files" },
  path: "/media",
  idPrefix: "med",
  table: media,
  schema: MediaSchema,
  events: {
    sample: SAMPLE,
    verbs: { created: {}, updated: { alt: "Loaves in the morning", version: 2 }, deleted: {} },
  },
  list: {
    query: ListMediaQuery,
    orders: { createdAt: media.createdAt, updatedAt: media.updatedAt },
    state: byType,
    filters: { folder: media.folder },
    search: [media.filename, media.alt, media.folder],
  },
  update: {
    schema: UpdateMediaSchema,
    description: "The address changes with the name; the one before goes on working.",
    columns: ({ before, changes }) => {
      if (changes.filename === undefined) return changes;
      const filename = nameFor(changes.filename, before.contentType as ContentType);
      return { ...changes, filename, url: urlOf(before.id, filename) };
    },
  },
});
