import type { FileEntry } from "@zip.js/zip.js";
import { DomainError, invalid } from "../../core/errors.ts";
import { MAX_FILES, MAX_UNPACKED_BYTES } from "./format.ts";

/** A file in a ZIP of somebody's. */
export interface Packed {
  path: string;
  bytes: number;
  /** Its content; the stream fails when it is larger than the ZIP says, or damaged. */
  read(): ReadableStream<Uint8Array>;
}

/** Bytes that can be read from anywhere: an object in the bucket. */
export interface Ranged {
  size: number;
  range(offset: number, length: number): Promise<Uint8Array>;
}

/** Packed a thousand times smaller than it is: nothing that anybody writes is that dull, and a bomb is. */
const MAX_RATIO = 1_000;
const SMALL = 1_000_000;

/** Loaded when an archive is read or written: nothing else needs it. */
export async function zipLibrary() {
  const library = await import("@zip.js/zip.js/index-native.js");
  library.configure({ useWebWorkers: false });
  return library;
}

/** Whether a name in a ZIP leads out of it, or is none. */
const isUnsafe = (path: string): boolean =>
  path === "" ||
  path.length > 500 ||
  /^[/\\]|^[A-Za-z]:|\\|[\p{Cc}]/u.test(path) ||
  path.split("/").some((part) => part === ".." || part === ".");

/**
 * The files of a ZIP. Reads its directory alone. Refuses one with names that lead elsewhere, with locked or too many
 * files, with files that lie over one another, and one that unpacks to more than its like ever does.
 */
export async function openZip(source: Ranged): Promise<Packed[]> {
  const { Reader, ZipReader, ERR_UNSAFE_FILENAME } = await zipLibrary();
  class Source extends Reader<null> {
    override size = source.size;
    override readUint8Array(index: number, length: number): Promise<Uint8Array> {
      return source.range(index, Math.max(0, Math.min(length, source.size - index)));
    }
  }
  const options = { checkOverlappingEntry: true, useWebWorkers: false, checkSignature: true };
  const reader = new ZipReader(new Source(null), options);
  const files: Packed[] = [];
  let unpacked = 0;
  try {
    for await (const entry of reader.getEntriesGenerator()) {
      if (isUnsafe(entry.filename))
        throw invalid("archive", `has a file whose name leads out of it: ${shown(entry.filename)}`);
      if (entry.directory) continue;
      if (entry.encrypted) throw invalid("archive", `has a locked file: ${shown(entry.filename)}`);
      const { uncompressedSize: bytes, compressedSize } = entry;
      unpacked += bytes;
      if (bytes > SMALL && bytes > compressedSize * MAX_RATIO)
        throw invalid("archive", "unpacks to far more than it is");
      if (unpacked > MAX_UNPACKED_BYTES) throw invalid("archive", `unpacks to more than ${MAX_UNPACKED_BYTES} bytes`);
      if (files.length >= MAX_FILES) throw invalid("archive", `has more than ${MAX_FILES} files`);
      files.push({ path: entry.filename, bytes, read: () => contentOf(entry as FileEntry, bytes) });
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    const isUnsafeName = error instanceof Error && error.message === ERR_UNSAFE_FILENAME;
    const problem = isUnsafeName ? "has a file whose name leads out of it" : "is not a ZIP file that can be read";
    throw Object.assign(invalid("archive", problem), { cause: error });
  }
  return files;
}

const shown = (path: string): string => path.replace(/\p{Cc}/gu, "?").slice(0, 100);

/** What reading a file of a ZIP has thrown, as the caller may know it. */
export const damage = (path: string, error: unknown): Error =>
  error instanceof DomainError
    ? error
    : Object.assign(invalid("archive", `is damaged: ${shown(path)} cannot be unpacked`), { cause: error });

/** Streams a file; one that turns out larger than it says breaks off. */
function contentOf(entry: FileEntry, bytes: number): ReadableStream<Uint8Array> {
  let seen = 0;
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > bytes)
        controller.error(invalid("archive", `has a file that is larger than it says: ${shown(entry.filename)}`));
      else controller.enqueue(chunk);
    },
  });
  // What goes wrong is told by the stream, to whoever reads it.
  entry.getData(writable, { useWebWorkers: false }).catch((error: unknown) => writable.abort(error).catch(() => {}));
  return readable;
}
