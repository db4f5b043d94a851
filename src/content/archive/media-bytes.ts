import type { Env } from "../../env.ts";
import { originalKey, reached } from "../media/bucket.ts";
import type { FileBytes } from "./sources/source.ts";

/** The bytes of a file of ours; `null` when they are not there. */
export async function mediaBytes(env: Env, siteId: string, mediaId: string): Promise<FileBytes | null> {
  const object = await reached(() => env.MEDIA.get(originalKey(siteId, mediaId)));
  if (!object) return null;
  const declared = object.httpMetadata?.contentType ?? "application/octet-stream";
  return { size: object.size, body: object.body, declared };
}
