import { now } from "../../core/clock.ts";

/**
 * How long an isolate believes which deployment of a site is live. The one that publishes forgets at once; everywhere
 * else a publish or rollback is seen within this time.
 */
const POINTER_TTL_MS = 1_000;
const MAX_POINTERS = 10_000;
/** Characters of content kept by an isolate, which has 128 MB for everything. */
const MAX_CONTENT = 8_000_000;

interface Pointer {
  /** `null`: the name leads nowhere. */
  siteId: string | null;
  until: number;
  value: unknown;
}

const pointers = new Map<string, Pointer>();
const contents = new Map<string, { value: unknown; size: number }>();
let contentSize = 0;

/** What `name` points at, asked for again when it may have changed. */
export async function livePointer<Value extends { siteId: string }>(
  name: string,
  load: () => Promise<Value | null>,
): Promise<Value | null> {
  const known = pointers.get(name);
  if (known && now() < known.until && now() >= known.until - POINTER_TTL_MS) return known.value as Value | null;
  const value = await load();
  if (pointers.size >= MAX_POINTERS) pointers.delete(pointers.keys().next().value as string);
  pointers.set(name, { siteId: value?.siteId ?? null, until: now() + POINTER_TTL_MS, value });
  return value;
}

/** What `name` pointed at when it was last asked for, were it long ago: for what is not worth asking again. */
export const keptPointer = <Value>(name: string): Value | null => (pointers.get(name)?.value ?? null) as Value | null;

/** A site has another live deployment now. */
export function forgetPointers(siteId: string): void {
  for (const [name, pointer] of pointers) if (pointer.siteId === siteId) pointers.delete(name);
}

/** Content that is in memory; `null` when it is not, or no longer. */
export const keptContent = <Value>(key: string): Value | null => (contents.get(key)?.value ?? null) as Value | null;

/**
 * Content made of one deployment, which never changes: made once, kept as long as there is room, the longest unused
 * given up first. `null` is not kept: guesses would push out what is asked for. `key` names the deployment and everything else it is made of.
 */
export async function deploymentContent<Value>(key: string, make: () => Promise<Value>): Promise<Value> {
  const known = contents.get(key);
  if (known) {
    contents.delete(key);
    contents.set(key, known);
    return known.value as Value;
  }
  const value = await make();
  if (value === null) return value;
  // Somebody else may have made the same meanwhile.
  contentSize -= contents.get(key)?.size ?? 0;
  contents.delete(key);
  const size = key.length + (typeof value === "string" ? value.length : JSON.stringify(value).length);
  if (size > MAX_CONTENT / 8) return value;
  contents.set(key, { value, size });
  contentSize += size;
  for (const [oldest, entry] of contents) {
    if (contentSize <= MAX_CONTENT) break;
    contents.delete(oldest);
    contentSize -= entry.size;
  }
  return value;
}
