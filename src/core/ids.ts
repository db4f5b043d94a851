import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { ulid } from "ulid";

/** Random bytes drawn ahead: every request makes an id of sixteen random characters, and each draw is a system call. */
const pool = new Uint8Array(1024);
let drawn = pool.length;

/** A fraction of eight random bits; `ulid` takes the first five of them. */
function random(): number {
  if (drawn === pool.length) {
    crypto.getRandomValues(pool);
    drawn = 0;
  }
  const byte = pool[drawn] as number;
  drawn += 1;
  return byte / 256;
}

/** A prefixed ULID: sorts by time, 80 random bits (`page_01J9…`). */
export const newId = (prefix: string, now: number): string => `${prefix}_${ulid(now, random)}`;

/** 2024-01-01: 41 bits of milliseconds from here last until 2093. */
const EPOCH = 1_704_067_200_000;
let lastId = 0;

/** A 53-bit integer id that grows with time: 41 bits of milliseconds, 12 random bits, never twice in one isolate. */
export function newIntegerId(now: number): number {
  const random = (crypto.getRandomValues(new Uint16Array(1))[0] as number) & 0xfff;
  lastId = Math.max(lastId + 1, (now - EPOCH) * 4096 + random);
  return lastId;
}

/** Whether an id begins with this moment; `~` comes after all that ids are written with. */
export const idsOfMoment = (id: SQLWrapper, moment: string): SQL => sql`${id} BETWEEN ${moment} AND ${`${moment}~`}`;
