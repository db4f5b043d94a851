/** The strong ETag of a resource's version (RFC 9110 §8.8.3), with what else changes about it without a new version. */
export const etagOf = (version: number, freshness?: string): string =>
  freshness ? `"v${version}-${freshness}"` : `"v${version}"`;

/** Whether If-None-Match names the ETag; comparison is weak (RFC 9110 §13.1.2). */
export function matchesAny(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.trim() === "*" || header.split(",").some((entry) => entry.trim().replace(/^W\//, "") === etag);
}

/**
 * The versions If-Match allows: `null` without the header or for `*`. Weak tags, and what is no tag of ours, match no
 * version (RFC 9110 §13.1.1 compares strongly), so the write is refused.
 */
export function expectedVersions(header: string | null): readonly number[] | null {
  if (header === null || header.trim() === "*") return null;
  return header.split(",").flatMap((entry) => {
    const match = /^"v(\d{1,15})(?:-[\w.]+)?"$/.exec(entry.trim());
    return match ? [Number(match[1])] : [];
  });
}
