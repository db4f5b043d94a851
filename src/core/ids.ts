import { ulid } from "ulid";

/** Prefixes of the Content API's ids. */
export type IdPrefix = "site" | "page" | "dep" | "evt" | "req";

/** A prefixed ULID: sorts by time, 80 random bits (`page_01J9…`). */
export const newId = (prefix: IdPrefix, now: number): string => `${prefix}_${ulid(now)}`;

/** 2024-01-01: 41 bits of milliseconds from here last until 2093. */
const EPOCH = 1_704_067_200_000;
let lastId = 0;

/** A 53-bit integer id that grows with time: 41 bits of milliseconds, 12 random bits, never twice in one isolate. */
export function newIntegerId(now: number): number {
  const random = (crypto.getRandomValues(new Uint16Array(1))[0] as number) & 0xfff;
  lastId = Math.max(lastId + 1, (now - EPOCH) * 4096 + random);
  return lastId;
}
