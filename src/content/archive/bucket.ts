import { unavailable } from "../../core/errors.ts";
import type { Environment } from "../../core/keys/key-format.ts";
import type { Env } from "../../env.ts";
import { deleteBelow } from "../deployments/bucket.ts";
import type { Ranged } from "./zip.ts";

/** Whose archives: one workspace, one of its environments. */
export interface Owner {
  workspaceId: number;
  environment: Environment;
}

const ARCHIVES = "archives/";

/** Archives and what is worked on for them, by workspace and environment; uploads of others never lie among them. */
const ownerKey = ({ workspaceId, environment }: Owner): string => `${ARCHIVES}${workspaceId}/${environment}/`;
export const exportKey = (owner: Owner, exportId: string): string => `${ownerKey(owner)}exports/${exportId}.zip`;
export const uploadKey = (owner: Owner, uploadId: string): string => `${ownerKey(owner)}uploads/${uploadId}`;
/** Where all uploads of an owner lie, of which this is one. */
export const uploadsAbove = (key: string): string => key.slice(0, key.indexOf("/uploads/") + "/uploads/".length);
/** What a job keeps between its steps. */
export const workKey = (owner: Owner, jobId: string): string => `${ownerKey(owner)}work/${jobId}/`;

/** How long an archive can be fetched, and an upload be imported. */
export const KEPT_MS = 7 * 24 * 3_600_000;

/** Throws `unavailable` when the bucket does not answer. */
export async function reached<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw Object.assign(unavailable(), { cause: error });
  }
}

/** An object as bytes that can be read from anywhere; `null` when it is not there. */
export async function rangedObject(env: Env, key: string): Promise<Ranged | null> {
  const head = await reached(() => env.PUBLISHED.head(key));
  if (!head) return null;
  return {
    size: head.size,
    range: (offset, length) =>
      reached(async () => {
        if (length === 0) return new Uint8Array();
        const object = await env.PUBLISHED.get(key, { range: { offset, length }, onlyIf: { etagMatches: head.etag } });
        if (!object || !("body" in object)) throw new Error("The object went away while it was read");
        return new Uint8Array(await object.arrayBuffer());
      }),
  };
}

export const textAt = (env: Env, key: string): Promise<string | null> =>
  reached(async () => (await (await env.PUBLISHED.get(key))?.text()) ?? null);

/** Keeps what a step has made. The same step done again overwrites it with the same. */
export const putText = (env: Env, key: string, text: string, customMetadata: Record<string, string> = {}) =>
  reached(() => env.PUBLISHED.put(key, text, { customMetadata }));

/** The objects below a key in order, with what was kept beside them. */
export async function* objectsBelow(env: Env, prefix: string): AsyncGenerator<R2Object> {
  let cursor: string | undefined;
  do {
    const from = cursor === undefined ? {} : { cursor };
    const options = { prefix, include: ["customMetadata" as const], ...from };
    const found = await reached(() => env.PUBLISHED.list(options));
    yield* found.objects;
    cursor = found.truncated ? found.cursor : undefined;
  } while (cursor !== undefined);
}

/** The first object below a key after another one; `null` when that was the last. */
export async function nextObject(env: Env, prefix: string, after: string | null): Promise<R2Object | null> {
  const options = {
    prefix,
    limit: 1,
    include: ["customMetadata" as const],
    ...(after !== null && { startAfter: after }),
  };
  const { objects } = await reached(() => env.PUBLISHED.list(options));
  return objects[0] ?? null;
}

export const forgetWork = (env: Env, owner: Owner, jobId: string): Promise<void> =>
  deleteBelow(env, workKey(owner, jobId));

/** Deletes all archives of a workspace that is no more. */
export const forgetArchives = (env: Env, workspaceId: number): Promise<void> =>
  deleteBelow(env, `${ARCHIVES}${workspaceId}/`);

/** Deletes what is older than it is kept: archives, uploads, and what jobs that died have left. */
export async function collectArchives(env: Env, now: number): Promise<void> {
  const expired: string[] = [];
  for await (const { key, uploaded } of objectsBelow(env, ARCHIVES)) {
    if (uploaded.getTime() < now - KEPT_MS) expired.push(key);
    if (expired.length === 1_000) break;
  }
  if (expired.length > 0) await reached(() => env.PUBLISHED.delete(expired));
}
