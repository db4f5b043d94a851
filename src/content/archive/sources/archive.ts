import { hexOf } from "../../../core/sha256.ts";
import { invalid } from "../../../core/errors.ts";
import { type ArchiveFile, FILES_FOLDER, type Manifest, MANIFEST_PATH, ManifestSchema } from "../format.ts";
import { allKinds } from "../kind.ts";
import { linesOf } from "../lines.ts";
import { parsed } from "../read-fields.ts";
import { damage, openZip, type Packed, type Ranged } from "../zip.ts";
import type { Found, NotTaken, Source } from "./source.ts";

const MAX_MANIFEST_BYTES = 10_000_000;

/** An archive of ours: its files in the order in which they are imported, each held against its checksum. */
export async function archiveSource(bytes: Ranged): Promise<Source> {
  const packed = new Map((await openZip(bytes)).map((file) => [file.path, file]));
  const manifest = await manifestOf(packed.get(MANIFEST_PATH));
  const order = new Map(allKinds().map(({ name }, index) => [name, index]));
  const files = manifest.files
    .filter(({ kind }) => order.has(kind))
    .sort((a, b) => (order.get(a.kind) as number) - (order.get(b.kind) as number) || (a.path < b.path ? -1 : 1));
  const filesById = new Map(
    [...packed.values()]
      .filter(({ path }) => path.startsWith(`${FILES_FOLDER}/`))
      .map((it) => [it.path.split("/")[1] ?? "", it]),
  );
  const unknown = manifest.files.filter(({ kind }) => !order.has(kind));
  return {
    pieces: files.length + 1,
    async *read(piece) {
      if (piece < files.length) yield* recordsOf(files[piece] as ArchiveFile, packed);
      else
        for (const { kind, path } of unknown)
          yield { kind, name: path, message: "is of a kind that is not known here" };
    },
    async file({ id }) {
      const file = filesById.get(String(id));
      return file ? { size: file.bytes, body: file.read(), declared: "application/octet-stream" } : null;
    },
  };
}

async function manifestOf(file: Packed | undefined): Promise<Manifest> {
  if (!file || file.bytes > MAX_MANIFEST_BYTES) throw invalid("archive", `has no ${MANIFEST_PATH}`);
  const text = await new Response(file.read()).text().catch((error: unknown) => {
    throw damage(MANIFEST_PATH, error);
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid("archive", `has a ${MANIFEST_PATH} that is not JSON`);
  }
  return parsed(ManifestSchema, json);
}

async function* recordsOf(file: ArchiveFile, packed: ReadonlyMap<string, Packed>): AsyncGenerator<Found | NotTaken> {
  const { kind, path } = file;
  const content = packed.get(path);
  if (!content) throw invalid("archive", `lacks the file ${path}`);
  const digest = new crypto.DigestStream("SHA-256");
  const writer = digest.getWriter();
  const hashed = content.read().pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      async transform(chunk, controller) {
        await writer.write(chunk);
        controller.enqueue(chunk);
      },
      flush: () => writer.close(),
    }),
  );
  let line = 0;
  try {
    for await (const text of linesOf(hashed)) {
      line += 1;
      const record = recordIn(text);
      const name = `${path}, line ${line}`;
      yield record ? { kind, record, name } : { kind, name, message: "is not a JSON object" };
    }
  } catch (error) {
    throw damage(path, error);
  }
  if (hexOf(new Uint8Array(await digest.digest)) !== file.sha256 || line !== file.records) {
    throw invalid("archive", `is damaged: the file ${path} is not the one that was written`);
  }
}

function recordIn(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
