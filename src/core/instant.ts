/** Seconds-precision UTC, as document 002 writes times. */
export const instant = (ms: number): string => new Date(ms).toISOString().replace(/\.\d{3}Z$/, "Z");
export const instantOrNull = (ms: number | null): string | null => (ms === null ? null : instant(ms));
