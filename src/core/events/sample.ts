/** When the samples of events take place, in milliseconds: 2026-01-15T10:30:00Z. */
export const SAMPLE_AT = Date.UTC(2026, 0, 15, 10, 30);

/** The id of a made-up resource, as the description writes them. */
export const sampleId = (prefix: string): string => `${prefix}_01KAGW6PSZ0000000000000000`;
