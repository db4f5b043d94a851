import { unavailable } from "../../core/errors.ts";
import type { Env } from "../../env.ts";
import type { Rendered } from "../../visitors/render/document.ts";

/** Everything a site has published lies below this key, and what one publish uploads below the second. */
export const siteKey = (siteId: string): string => `sites/${siteId}/`;
export const uploadKey = (siteId: string, deploymentId: string): string => `${siteKey(siteId)}${deploymentId}/`;

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

/** Deletes objects; a key that ends in `/` stands for all below it. What is not there is no error. */
export async function deleteObjects(env: Env, keys: string[]): Promise<void> {
  const single = keys.filter((key) => !key.endsWith("/"));
  for (let start = 0; start < single.length; start += MAX_OBJECTS) {
    await reached(() => env.PUBLISHED.delete(single.slice(start, start + MAX_OBJECTS)));
  }
  for (const prefix of keys.filter((key) => key.endsWith("/"))) {
    let found: string[];
    do {
      const { objects } = await reached(() => env.PUBLISHED.list({ prefix, limit: MAX_OBJECTS }));
      found = objects.map(({ key }) => key);
      if (found.length > 0) await reached(() => env.PUBLISHED.delete(found));
    } while (found.length === MAX_OBJECTS);
  }
}
