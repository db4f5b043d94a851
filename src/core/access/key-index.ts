import type { Env } from "../../env.ts";
import { findKeyByHash } from "./key-rows.ts";
import { databaseOf } from "../storage/database.ts";
import type { KeyRef } from "../keys/policy.ts";

/** What KV holds: of a key that is older than families, which had replaced none, without one. */
type StoredRef = Omit<KeyRef, "familyId"> & Partial<Pick<KeyRef, "familyId">>;

const MEMORY_LIMIT = 10_000;
const memory = new Map<string, KeyRef>();

function remember(hash: string, ref: KeyRef): void {
  if (memory.size >= MEMORY_LIMIT) memory.delete(memory.keys().next().value as string);
  memory.set(hash, ref);
}

/** A key this isolate has met. Says nothing about whether it is still good: that is its object's to say. */
export const recallKey = (hash: string): KeyRef | undefined => memory.get(hash);

/** Looks in KV; a miss says nothing, since KV remembers misses too. Without KV the table answers. */
export async function lookUpKey(env: Env, hash: string): Promise<KeyRef | null> {
  const known = await env.KEY_INDEX.get<StoredRef>(hash, "json").catch(() => null);
  if (!known) return null;
  const ref = { familyId: known.keyId, ...known };
  remember(hash, ref);
  return ref;
}

/** Looks in the table, and tells KV what it found. Unknown keys leave nothing anywhere, so that they work once created. */
export async function findKey(
  env: Env,
  hash: string,
  waitUntil: (work: Promise<unknown>) => void,
): Promise<KeyRef | null> {
  const ref = await findKeyByHash(databaseOf(env, 0), hash);
  if (!ref) return null;
  remember(hash, ref);
  waitUntil(publishKey(env, hash, ref).catch(() => {}));
  return ref;
}

/** Writes the fact that never changes of a key we made: this hash belongs to it. One imported anew is written again. */
export const publishKey = async (env: Env, hash: string, ref: KeyRef): Promise<void> =>
  env.KEY_INDEX.put(hash, JSON.stringify(ref));

/** Empties this isolate's memory, as a new isolate starts. */
export const forgetKeys = (): void => memory.clear();
