import { unavailable } from "../../core/errors.ts";
import type { Env } from "../../env.ts";

/** Everything a site has uploaded lies below this key, and a file with its sizes below the second. */
export const siteKey = (siteId: string): string => `sites/${siteId}/`;
export const fileKey = (siteId: string, mediaId: string): string => `${siteKey(siteId)}${mediaId}/`;

/** The bytes as they were uploaded. */
export const originalKey = (siteId: string, mediaId: string): string => `${fileKey(siteId, mediaId)}original`;

/** Objects a bucket lists or deletes in one call. */
const MAX_OBJECTS = 1_000;

/** Throws `unavailable` when the bucket does not answer. */
export async function reached<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw Object.assign(unavailable(), { cause: error });
  }
}

/** Deletes the objects below a key. What is not there is no error. */
export async function deleteBelow(env: Env, prefix: string): Promise<void> {
  for (;;) {
    const { objects, truncated } = await reached(() => env.MEDIA.list({ prefix, limit: MAX_OBJECTS }));
    if (objects.length > 0) await reached(() => env.MEDIA.delete(objects.map(({ key }) => key)));
    if (!truncated) return;
  }
}
