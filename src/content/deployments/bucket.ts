import { unavailable } from "../../core/errors.ts";
import type { Env } from "../../env.ts";
import type { Rendered } from "../../rendering/document.ts";

/** Everything a site has published lies below this key, and what one publish uploads below the second. */
export const siteKey = (siteId: string): string => `sites/${siteId}/`;
export const uploadKey = (siteId: string, deploymentId: string): string => `${siteKey(siteId)}${deploymentId}/`;

/** Of a key below an upload, whose it is. */
export function ownersOf(key: string): { siteId: string; deploymentId: string } {
  const [, siteId = "", deploymentId = ""] = key.split("/");
  return { siteId, deploymentId };
}

/** A document's key below an upload: its id, and what it is told by when it changes. */
export const documentKey = (upload: string, id: string, digest: string): string => `${upload}${id}-${digest}`;

/** The id of the document a key is of. */
export const pageOf = (key: string): string => key.split("/").at(-1)?.split("-")[0] ?? "";

/** Objects a bucket lists or deletes in one call. */
const MAX_OBJECTS = 1_000;

async function reached<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw Object.assign(unavailable(), { cause: error });
  }
}

/** Keeps a rendered document, which never changes. Throws `unavailable` when the bucket does not answer. */
export const putRendered = (env: Env, key: string, text: string): Promise<unknown> =>
  reached(() => env.PUBLISHED.put(key, text, { httpMetadata: { contentType: "application/json" } }));

/** A rendered document; `null` when it is not there. Throws `unavailable` when the bucket does not answer. */
export const getRendered = (env: Env, key: string): Promise<Rendered | null> =>
  reached(async () => (await (await env.PUBLISHED.get(key))?.json<Rendered>()) ?? null);

/** Deletes objects by their keys. What is not there is no error. */
export async function deleteObjects(env: Env, keys: string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += MAX_OBJECTS) {
    await reached(() => env.PUBLISHED.delete(keys.slice(start, start + MAX_OBJECTS)));
  }
}

/** Deletes the objects below a key, of each thousand those that `choose` names: all of them when it is left out. */
export async function deleteBelow(
  env: Env,
  prefix: string,
  choose: (keys: string[]) => Promise<string[]> = async (keys) => keys,
): Promise<void> {
  let cursor: string | undefined;
  do {
    const from = cursor === undefined ? {} : { cursor };
    const found = await reached(() => env.PUBLISHED.list({ prefix, limit: MAX_OBJECTS, ...from }));
    await deleteObjects(env, await choose(found.objects.map(({ key }) => key)));
    cursor = found.truncated ? found.cursor : undefined;
  } while (cursor !== undefined);
}
