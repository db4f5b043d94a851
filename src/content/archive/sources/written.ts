import type { Ctx } from "../../../core/work/context.ts";
import type { Owner } from "../bucket.ts";
import { reached } from "../bucket.ts";
import { writtenFiles } from "../export.ts";
import { mediaBytes } from "../media-bytes.ts";
import { linesOf } from "../lines.ts";
import type { Source } from "./source.ts";

/** What an export has written for the same job: taken over as it is, it was never out of our hands. */
export async function writtenSource(ctx: Ctx, owner: Owner, jobId: string): Promise<Source> {
  const files: { key: string; kind: string; path: string }[] = [];
  for await (const file of writtenFiles(ctx, owner, jobId)) files.push(file);
  return {
    pieces: files.length,
    file: ({ id, siteId }) => mediaBytes(ctx.env, String(siteId), String(id)),
    async *read(piece) {
      const { key, kind, path } = files[piece] as (typeof files)[number];
      const object = await reached(() => ctx.env.PUBLISHED.get(key));
      if (!object) throw new Error(`The file ${key} went away`);
      let line = 0;
      for await (const text of linesOf(object.body)) {
        line += 1;
        yield { kind, record: JSON.parse(text), name: `${path}, line ${line}` };
      }
    },
  };
}
