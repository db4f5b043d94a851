import { z } from "@hono/zod-openapi";
import { changeSchema } from "../../core/contract.ts";
import { line, text, TimestampSchema } from "../../core/fields.ts";
import { PUBLIC_URL } from "../../core/patterns.ts";
import { listQuery, SearchSchema } from "../list-query.ts";
import { itemSchema } from "../resource/contract.ts";
import { MEDIA_TYPES } from "./table.ts";
import { CONTENT_TYPES } from "./types.ts";

const MB = 1024 ** 2;
/** Bytes of a file: the most that Cloudflare lets through on every plan; and of the body of a form, which is kept in memory. */
export const MAX_FILE_BYTES = 100 * MB;
export const MAX_FORM_BYTES = 10 * MB;

const EXAMPLE_ID = "med_01KAGW6PSZ0000000000000000";

const FilenameSchema = line(200).meta({
  example: "shop-window.jpg",
  description: "With the ending of its type, which is added where it is missing",
});
const AltSchema = text(1_000).meta({
  example: "Loaves in the shop window",
  description: "What a picture shows, for those who do not see it",
});
const FolderSchema = line(200).nullable().register(z.globalRegistry, {
  example: "Shop",
  description: "Where the file is kept among others; null for nowhere in particular",
});
const SideSchema = z.number("must be a number").min(0, "must be at least 0").max(1, "must be at most 1");
const FocalPointSchema = z
  .strictObject({
    x: SideSchema.meta({ description: "From the left, 0 to 1" }),
    y: SideSchema.meta({ description: "From the top, 0 to 1" }),
  })
  .nullable()
  .register(z.globalRegistry, {
    description: "What must stay in sight when the picture is cropped; null for its middle",
  });
const ContentTypeSchema = z.enum(CONTENT_TYPES, `must be one of ${CONTENT_TYPES.join(", ")}`);

export const MediaSchema = itemSchema("Media", EXAMPLE_ID, {
  filename: FilenameSchema,
  url: z.string().meta({
    example: `/media/${EXAMPLE_ID}/shop-window.jpg`,
    description: "Where it is served, on every host of ours: a path that stays the same until the file is renamed",
  }),
  type: z.enum(MEDIA_TYPES).meta({ description: "What kind of file it is" }),
  contentType: ContentTypeSchema.meta({ example: "image/jpeg", description: "As its bytes say" }),
  size: z.int().meta({ example: 48_213, description: "Bytes" }),
  width: z
    .int()
    .nullable()
    .register(z.globalRegistry, { description: "Pixels of a picture as it is shown; null for other files" }),
  height: z
    .int()
    .nullable()
    .register(z.globalRegistry, { description: "Pixels of a picture as it is shown; null for other files" }),
  color: z.string().nullable().register(z.globalRegistry, {
    example: "#b08050",
    description: "The colour most of a picture has; null where it is see-through",
  }),
  alt: AltSchema,
  focalPoint: FocalPointSchema,
  folder: FolderSchema,
});

export type Media = z.output<typeof MediaSchema>;

export const UpdateMediaSchema = changeSchema(
  "UpdateMedia",
  { filename: FilenameSchema, alt: AltSchema, focalPoint: FocalPointSchema, folder: FolderSchema },
  { alt: "Loaves in the shop window", focalPoint: { x: 0.5, y: 0.3 } },
);

const TypeSchema = z.enum(MEDIA_TYPES, `must be one of ${MEDIA_TYPES.join(", ")}`);

const filters = {
  type: TypeSchema.optional().register(z.globalRegistry, { description: "Only files of this kind" }),
  folder: line(200).optional().register(z.globalRegistry, { description: "Only files in this folder" }),
};

export const ListMediaQuery = listQuery(["createdAt", "updatedAt"], {
  ...filters,
  search: SearchSchema.optional(),
});

export const SearchMediaQuery = listQuery(["createdAt", "updatedAt"], {
  q: SearchSchema.meta({ description: "Occurs in the name, the alternative text or the folder" }),
  ...filters,
});

/** The fields of a form that uploads a file. */
export const UploadFormSchema = z
  .strictObject({
    file: z
      .instanceof(File, { error: "must be a file" })
      .refine((it) => it.size > 0, "must not be empty")
      .meta({ type: "string", format: "binary", description: "The file, named and with its type" }),
    filename: FilenameSchema.optional().register(z.globalRegistry, {
      description: "The name of the file's part when it is left out",
    }),
    alt: AltSchema.optional(),
    folder: line(200).optional().register(z.globalRegistry, { description: "Where the file is kept among others" }),
  })
  .openapi("UploadMedia", {
    example: { file: "(the bytes of the file)", alt: "Loaves in the shop window", folder: "Shop" },
  });

export const UploadUrlSchema = z
  .strictObject({
    filename: FilenameSchema,
    contentType: ContentTypeSchema.meta({ description: "What the bytes must turn out to be" }),
    size: z
      .int("must be a whole number")
      .min(1, "must be at least 1")
      .max(MAX_FILE_BYTES, `must be at most ${MAX_FILE_BYTES}`)
      .meta({ description: "Bytes, exactly" }),
  })
  .openapi("CreateUpload", {
    example: { filename: "shop-window.jpg", contentType: "image/jpeg", size: 48_213 },
  });

export const UploadSchema = z
  .object({
    id: z.string().meta({ example: EXAMPLE_ID, description: "The id the file will have" }),
    uploadUrl: z.url().meta({ description: "Where the bytes go, once; needs no key" }),
    method: z.literal("PUT"),
    headers: z
      .record(z.string(), z.string())
      .meta({ example: { "Content-Type": "image/jpeg" }, description: "What must be sent beside the bytes" }),
    expiresAt: TimestampSchema,
  })
  .openapi("Upload", { description: "A signed address that takes one file" });

export const ImportMediaSchema = z
  .strictObject({
    url: text(2_000, "must be an address").meta({
      pattern: PUBLIC_URL,
      example: "https://example.com/shop-window.jpg",
      description: "An https address on a public host",
    }),
    filename: FilenameSchema.optional().register(z.globalRegistry, {
      description: "The last part of the address when it is left out",
    }),
    alt: AltSchema.optional(),
    folder: FolderSchema.optional(),
  })
  .openapi("ImportMedia", {
    example: { url: "https://example.com/shop-window.jpg", alt: "Loaves in the shop window" },
  });

export const UseSchema = z
  .object({
    type: z.string().meta({ example: "page", description: "What it is: page, post, product, site" }),
    id: z.string().meta({ example: "page_01KAGW6PSZ0000000000000000" }),
  })
  .openapi("MediaUse", { description: "Something whose content names the file" });
