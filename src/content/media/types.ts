import type { MediaType } from "./table.ts";

/** A kind of file that is taken: how it is listed, and what its name may end in; the first ending is the usual one. */
export interface FileType {
  type: MediaType;
  extensions: readonly [string, ...string[]];
}

/**
 * What may be uploaded, by content type. Nothing among it runs in a browser that is told not to guess: SVG, HTML and XML
 * are not taken at all.
 */
const TYPES = {
  "image/jpeg": { type: "image", extensions: ["jpg", "jpeg"] },
  "image/png": { type: "image", extensions: ["png"] },
  "image/webp": { type: "image", extensions: ["webp"] },
  "image/avif": { type: "image", extensions: ["avif"] },
  "image/gif": { type: "image", extensions: ["gif"] },
  "video/mp4": { type: "video", extensions: ["mp4", "m4v"] },
  "video/webm": { type: "video", extensions: ["webm"] },
  "video/quicktime": { type: "video", extensions: ["mov"] },
  "application/pdf": { type: "document", extensions: ["pdf"] },
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": { type: "document", extensions: ["docx"] },
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": { type: "document", extensions: ["xlsx"] },
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": {
    type: "document",
    extensions: ["pptx"],
  },
  "application/vnd.oasis.opendocument.text": { type: "document", extensions: ["odt"] },
  "application/vnd.oasis.opendocument.spreadsheet": { type: "document", extensions: ["ods"] },
  "application/vnd.oasis.opendocument.presentation": { type: "document", extensions: ["odp"] },
  "text/plain": { type: "document", extensions: ["txt"] },
  "text/csv": { type: "document", extensions: ["csv"] },
} as const satisfies Record<string, FileType>;

export type ContentType = keyof typeof TYPES;

export const CONTENT_TYPES = Object.keys(TYPES) as [ContentType, ...ContentType[]];

/** The endings that files of these types usually have: `jpg, png, …`. */
export const ENDINGS: string = CONTENT_TYPES.map((it) => TYPES[it].extensions[0]).join(", ");

export const typeOf = (contentType: ContentType): FileType => TYPES[contentType];

export const isTaken = (contentType: string): contentType is ContentType => Object.hasOwn(TYPES, contentType);

/** Types that are text: nothing in their bytes tells one from another. */
export const isText = (contentType: string): boolean => contentType.startsWith("text/");

/** The type that files of this ending have; `null` for endings of nothing that is taken. */
export const typeOfExtension = (extension: string): ContentType | null =>
  CONTENT_TYPES.find((it) => (TYPES[it].extensions as readonly string[]).includes(extension)) ?? null;

/** A declared `Content-Type` without its parameters, as it is compared. */
export const bareType = (header: string): string => (header.split(";")[0] as string).trim().toLowerCase();
