/** An operation that will go (document 000's policy). */
export interface Deprecation {
  operationId: string;
  /** Both `YYYY-MM-DD`, UTC. */
  announced: string;
  sunset: string;
  /** Where the migration is described. */
  link: string;
}

const MINIMUM_NOTICE_DAYS = 90;

/** The operations on their way out. Each entry also belongs into CHANGELOG.md. */
export const DEPRECATIONS: readonly Deprecation[] = [];

/** Throws at start-up when an entry breaks the published promise of 90 days' notice or names no operation. */
export function checkDeprecations(entries: readonly Deprecation[], operationIds: ReadonlySet<string>): void {
  for (const { operationId, announced, sunset } of entries) {
    if (!operationIds.has(operationId)) throw new Error(`Deprecation of an unknown operation: ${operationId}`);
    const days = (Date.parse(sunset) - Date.parse(announced)) / 86_400_000;
    if (!(days >= MINIMUM_NOTICE_DAYS)) {
      throw new Error(
        `${operationId}: ${days} days between announcement and sunset; ${MINIMUM_NOTICE_DAYS} are promised`,
      );
    }
  }
}

/** `Deprecation`, `Sunset` (RFC 8594) and `Link` of an operation that will go; nothing for the others. */
export function deprecationHeaders(entries: readonly Deprecation[], operationId: string): Record<string, string> {
  const entry = entries.find((it) => it.operationId === operationId);
  if (!entry) return {};
  return {
    Deprecation: "true",
    Sunset: new Date(entry.sunset).toUTCString(),
    Link: `<${entry.link}>; rel="deprecation"`,
  };
}
