import { asc, eq } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import { timestamp } from "../../core/fields.ts";
import { workspaces } from "../../core/tenancy/workspaces/table.ts";
import { exportKey, objectsBelow, type Owner, putText, reached, textAt, workKey } from "./bucket.ts";
import { mediaBytes } from "./media-bytes.ts";
import {
  ARCHIVE_FORMAT,
  ARCHIVE_VERSION,
  type ArchiveFile,
  FILES_FOLDER,
  filePath,
  MAX_FILES_BYTES,
  type LeftOut,
  type Manifest,
  MANIFEST_PATH,
  recordOf,
} from "./format.ts";
import { kindNamed } from "./kind.ts";
import { jsonLines } from "./lines.ts";
import { sha256 } from "../../core/sha256.ts";
import { FIRST_ROW, nextRows, type RowCursor } from "./rows.ts";
import { putStream } from "./upload.ts";
import { zipLibrary } from "./zip.ts";

/** What an export is of. */
export interface Selection {
  /** Kinds of records, by name. */
  kinds: string[];
  /** Only what is of these sites; `null` is everything. */
  siteIds: string[] | null;
}

/** How far the records have been written: the next file of which kind, and from which row on. */
export interface WritingState {
  kind: number;
  nth: number;
  cursor: RowCursor;
}

export const FIRST_FILE: WritingState = { kind: 0, nth: 1, cursor: FIRST_ROW };

/** Files of records, by the order in which they are imported. */
const partsKey = (owner: Owner, jobId: string): string => `${workKey(owner, jobId)}export/`;
const partKey = (owner: Owner, jobId: string, { kind, nth }: WritingState): string =>
  `${partsKey(owner, jobId)}${String(kind).padStart(3, "0")}-${String(nth).padStart(6, "0")}`;

/**
 * Writes the next file of records; answers where the next one begins, `null` when there is none. Reads in `ctx`, writes
 * beside the job whose work it is. A file that is written again has what there is then.
 */
export async function writeRecords(
  ctx: Ctx,
  { owner, jobId, selection, state }: { owner: Owner; jobId: string; selection: Selection; state: WritingState },
): Promise<WritingState | null> {
  const name = selection.kinds[state.kind];
  if (name === undefined) return null;
  const kind = kindNamed(name);
  const { rows, next } = await nextRows(ctx, kind, { siteIds: selection.siteIds, cursor: state.cursor });
  if (rows.length > 0) {
    const text = jsonLines(rows.map((row) => recordOf(kind.show(row))));
    const bytes = new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;
    const beside = {
      kind: name,
      records: String(rows.length),
      bytes: String(bytes.byteLength),
      sha256: await sha256(bytes),
    };
    await putText(ctx.env, partKey(owner, jobId, state), text, beside);
  }
  if (next === null) return { kind: state.kind + 1, nth: 1, cursor: FIRST_ROW };
  return { ...state, nth: state.nth + 1, cursor: next };
}

/** The files that `writeRecords` has written, in order, as the archive names them. */
export async function* writtenFiles(
  ctx: Ctx,
  owner: Owner,
  jobId: string,
): AsyncGenerator<ArchiveFile & { key: string }> {
  const nth = new Map<string, number>();
  for await (const { key, customMetadata } of objectsBelow(ctx.env, partsKey(owner, jobId))) {
    const { kind = "", records, bytes, sha256 = "" } = customMetadata ?? {};
    nth.set(kind, (nth.get(kind) ?? 0) + 1);
    const path = filePath(kindNamed(kind).folder, nth.get(kind) as number);
    yield { key, path, kind, records: Number(records), bytes: Number(bytes), sha256 };
  }
}

const README = `An archive of a workspace: its records as JSON, one a line, in files by kind.
Files of media lie in files/, each in a folder called by its id.
manifest.json lists the files of records with their checksums (SHA-256), and what was left out.
Records refer to one another by their ids: "siteId" of a page is the "id" of a website.
Times are UTC, amounts of money in minor units of their currency.
`;

/** Puts the files into one ZIP with its table of contents; holds a few megabytes of it at a time. */
export async function writeArchive(
  ctx: Ctx,
  { owner, jobId, leftOut }: { owner: Owner; jobId: string; leftOut: LeftOut[] },
): Promise<{ bytes: number; manifest: Manifest }> {
  const { TextReader, ZipWriterStream } = await zipLibrary();
  const packing = new ZipWriterStream({ lastModDate: new Date(ctx.now), useWebWorkers: false });
  const key = exportKey(owner, jobId);
  // What cannot be packed to its end is not waited for: its upload is called off.
  const broken = new AbortController();
  const packed = packing.readable.pipeThrough(new TransformStream(), { signal: broken.signal });
  const storing = putStream(ctx.env.PUBLISHED, key, packed, {
    httpMetadata: { contentType: "application/zip" },
  });
  const manifest: Manifest = { ...(await emptyManifest(ctx, owner)), leftOut };
  const pack = async () => {
    for await (const { key: part, ...file } of writtenFiles(ctx, owner, jobId)) {
      const object = await reached(() => ctx.env.PUBLISHED.get(part));
      if (!object) throw new Error(`The file ${part} went away`);
      await packing.zipWriter.add(file.path, object.body);
      manifest.files.push(file);
      manifest.counts[file.kind] = (manifest.counts[file.kind] ?? 0) + file.records;
    }
    const isWhole = await packFiles(ctx, owner, jobId, async (path, body) => {
      // What is in them is packed already.
      await packing.zipWriter.add(path, body, { level: 0 });
    });
    if (!isWhole) manifest.leftOut = [...leftOut, { kind: "file", reason: "size" }];
    await packing.zipWriter.add(MANIFEST_PATH, new TextReader(`${JSON.stringify(manifest, null, 2)}\n`));
    await packing.zipWriter.add("README.txt", new TextReader(README));
    await packing.close();
  };
  const done = pack().catch((error: unknown) => {
    broken.abort(error);
    throw error;
  });
  await Promise.allSettled([storing, done]);
  const [bytes] = await reached(() => Promise.all([storing, done]));
  return { bytes, manifest };
}

/** Hands over the bytes of every file whose record is in the archive; answers whether all of them found room. */
async function packFiles(
  ctx: Ctx,
  owner: Owner,
  jobId: string,
  add: (path: string, body: ReadableStream<Uint8Array>) => Promise<void>,
): Promise<boolean> {
  let bytes = 0;
  let isWhole = true;
  for await (const { key, kind } of writtenFiles(ctx, owner, jobId)) {
    if (kind !== "media") continue;
    const text = (await textAt(ctx.env, key)) ?? "";
    for (const line of text.split("\n").filter((it) => it !== "")) {
      const { id, siteId, filename, size } = JSON.parse(line) as Record<string, string> & { size: number };
      if (bytes + size > MAX_FILES_BYTES) isWhole = false;
      else {
        const file = await mediaBytes(ctx.env, siteId as string, id as string);
        if (file) await add(`${FILES_FOLDER}/${id}/${filename}`, file.body);
        bytes += size;
      }
    }
  }
  return isWhole;
}

async function emptyManifest(ctx: Ctx, { workspaceId, environment }: Owner): Promise<Manifest> {
  const [workspace] = await ctx.db
    .select({ id: workspaces.id, name: workspaces.name, slug: workspaces.slug })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
    .orderBy(asc(workspaces.id));
  return {
    format: ARCHIVE_FORMAT,
    version: ARCHIVE_VERSION,
    createdAt: timestamp(ctx.now),
    workspace: workspace ?? { id: workspaceId, name: "", slug: "" },
    environment,
    counts: {},
    files: [],
    leftOut: [],
  };
}
