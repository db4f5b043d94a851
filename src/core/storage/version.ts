import { DomainError } from "../errors.ts";

/** What If-Match allows; absent or `null` when the caller does not care. */
export type ExpectedVersions = readonly number[] | null | undefined;

/** 412 when the caller asked for other versions than there is. */
export function requireVersion(version: number, expected: ExpectedVersions): void {
  if (!expected || expected.includes(version)) return;
  const message = `The resource has changed: it is now at version ${version}.`;
  throw new DomainError("precondition_failed", message, {
    fields: { "If-Match": [`does not name version ${version}`] },
    currentVersion: version,
  });
}
