/** The strong ETag of a resource's version (RFC 9110 §8.8.3). */
export const etagOf = (version: number): string => `"v${version}"`;

/** Whether If-None-Match names the ETag; comparison is weak (RFC 9110 §13.1.2). */
export function matchesAny(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.trim() === "*" || header.split(",").some((entry) => entry.trim().replace(/^W\//, "") === etag);
}

/** The version If-Match asks for: `null` without the header or for `*`, −1 when it names no version of ours. */
export function expectedVersion(header: string | null): number | null {
  if (header === null || header.trim() === "*") return null;
  const match = /^"v(\d{1,15})"$/.exec(header.trim());
  return match ? Number(match[1]) : -1;
}
