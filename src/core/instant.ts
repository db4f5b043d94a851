/**
 * UTC, whole seconds as document 002 writes them; milliseconds where there are any, so that a time that was shown names
 * the very moment: lists after it neither repeat what was seen nor leave out what came within the same second.
 */
export const instant = (ms: number): string => new Date(ms).toISOString().replace(/\.000Z$/, "Z");
export const instantOrNull = (ms: number | null): string | null => (ms === null ? null : instant(ms));
