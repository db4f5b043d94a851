import { z } from "@hono/zod-openapi";

/** How an archive calls itself; a newer version is refused rather than half understood. */
export const ARCHIVE_FORMAT = "edge-cms-archive";
export const ARCHIVE_VERSION = 1;

/** Where the table of contents lies in the ZIP. */
export const MANIFEST_PATH = "manifest.json";

/** Where files of media lie in it, each in a folder called by its id. */
export const FILES_FOLDER = "files";
/** Bytes of files that one archive has; media beyond that are in it without theirs. */
export const MAX_FILES_BYTES = 2_000_000_000;

/** What one line of JSON may take. The largest page has 800,000 bytes of blocks and what stands beside them. */
export const MAX_LINE_BYTES = 2_000_000;
/** What is read of an archive at most: records of all kinds, files in it, and bytes once unpacked. */
export const MAX_RECORDS = 250_000;
export const MAX_FILES = 20_000;
export const MAX_UNPACKED_BYTES = 4_000_000_000;

const FileSchema = z.object({
  path: z.string().max(300),
  kind: z.string().max(60),
  records: z.int().min(0),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/** Why a kind of record is not in an archive. */
const LeftOutSchema = z.object({ kind: z.string(), reason: z.enum(["scope", "attributes", "personal", "size"]) });

/** The table of contents: what is in which file, how many records, and how to tell that they are whole. */
export const ManifestSchema = z.object({
  format: z.literal(ARCHIVE_FORMAT),
  version: z.literal(ARCHIVE_VERSION),
  createdAt: z.iso.datetime(),
  workspace: z.object({ id: z.int(), name: z.string(), slug: z.string() }),
  environment: z.enum(["live", "sandbox"]),
  counts: z.record(z.string(), z.int()),
  files: z.array(FileSchema).max(MAX_FILES),
  leftOut: z.array(LeftOutSchema).default([]),
});

export type Manifest = z.output<typeof ManifestSchema>;
export type ArchiveFile = Manifest["files"][number];
export type LeftOut = z.output<typeof LeftOutSchema>;

/** The nth file of a kind: `pages/0001.jsonl`. */
export const filePath = (folder: string, nth: number): string => `${folder}/${String(nth).padStart(4, "0")}.jsonl`;

/** A record without what only the place has that it comes from: how often it was changed there. */
export function recordOf<Item extends { version?: unknown }>({ version: _, ...item }: Item): Omit<Item, "version"> {
  return item;
}
