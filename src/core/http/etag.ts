/** As many hex digits of a SHA-256 as tell the states of one resource apart. */
const DIGEST_LENGTH = 16;

/**
 * The ETag of what is answered (RFC 9110 §8.8.3): the resource's version, which If-Match compares, and a digest of all
 * that is shown of it. So it changes with whatever the answer depends on: who asks, counters, a tier. What has no
 * version has the digest alone.
 */
export async function etagOf(shown: unknown, version?: number): Promise<string> {
  const known = typeof shown === "object" && shown !== null ? digests.get(shown) : undefined;
  const hex = known ?? (await digestOf(shown));
  return version === undefined ? `"${hex}"` : `"v${version}-${hex}"`;
}

/** Of what an isolate keeps and shows again and again: nothing that has been shown is changed. */
const digests = new WeakMap<object, string>();

async function digestOf(shown: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(shown));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const hex = [...digest.subarray(0, DIGEST_LENGTH / 2)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (typeof shown === "object" && shown !== null) digests.set(shown, hex);
  return hex;
}

/** Whether If-None-Match names the ETag; comparison is weak (RFC 9110 §13.1.2). */
export function matchesAny(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.trim() === "*" || header.split(",").some((entry) => entry.trim().replace(/^W\//, "") === etag);
}

/**
 * The versions If-Match allows: `null` without the header or for `*`. What is no tag of ours matches no version, so the
 * write is refused. A weak tag counts as the strong one it was: Cloudflare's edge makes weak ones of ours when it
 * compresses an answer, other proxies put a suffix behind them, and the version says what a write needs to know.
 */
export function expectedVersions(header: string | null): readonly number[] | null {
  if (header === null || header.trim() === "*") return null;
  return header.split(",").flatMap((entry) => {
    const match = /^(?:W\/)?"v(\d{1,15})(?:-[\w.;-]+)?"$/.exec(entry.trim());
    return match ? [Number(match[1])] : [];
  });
}
