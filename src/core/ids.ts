import { type SQL, type SQLWrapper, sql } from "drizzle-orm";
import { decodeTime, encodeTime, ulid } from "ulid";

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

/** Characters of a ULID that tell when it was made; the other sixteen are random. */
const TIME_LENGTH = 10;

/** What the ids of one kind made at one moment begin with, for a statement that makes them itself. */
export const idMoment = (prefix: string, now: number): string => `${prefix}_${encodeTime(now, TIME_LENGTH)}`;

/** When a prefixed ULID was made, in milliseconds; `null` for what cannot be one. */
export function madeAt(id: string): number | null {
  try {
    return decodeTime(id.slice(id.indexOf("_") + 1));
  } catch {
    return null;
  }
}

/** SQL for an id of that moment, another for each row: 64 random bits, written like those of every id. */
export const randomIdOf = (moment: string): SQL => sql`${moment} || hex(randomblob(8))`;

/** SQL for an id of that moment with the random part of another, which has `prefix`: no two are alike if those are not. */
export const sameRandomIdOf = (moment: string, id: SQLWrapper, prefix: string): SQL =>
  sql`${moment} || substr(${id}, ${sql.raw(String(prefix.length + 1 + TIME_LENGTH + 1))})`;

/** The end of an id, told apart from others where there is little room: in a slug, in a name. */
export const idTail = (id: string | number, length = 8): string => String(id).slice(-length).toLowerCase();

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
