import { sha256 } from "../sha256.ts";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const RANDOM_LENGTH = 30;
const CHECKSUM_LENGTH = 6;

/** `{brand}_{live|sandbox}_{30 base62}{6 base62 CRC32}` (docs/contract.md §1). */
const KEY_PATTERN = /^[a-z][a-z0-9]{0,15}_(live|sandbox)_([0-9A-Za-z]{30})([0-9A-Za-z]{6})$/;

export const ENVIRONMENTS = ["live", "sandbox"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crc32(text: string): number {
  let crc = 0xffffffff;
  for (let i = 0; i < text.length; i += 1) {
    crc = (CRC_TABLE[(crc ^ text.charCodeAt(i)) & 0xff] as number) ^ (crc >>> 8);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** The checksum covers everything before it, so a changed brand or environment is caught too. */
function checksum(text: string): string {
  let value = crc32(text);
  let digits = "";
  for (let i = 0; i < CHECKSUM_LENGTH; i += 1) {
    digits = ALPHABET[value % 62] + digits;
    value = Math.floor(value / 62);
  }
  return digits;
}

/** Uniform base62: bytes from 248 up are thrown away so that no character is likelier than another. */
function randomBase62(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of crypto.getRandomValues(new Uint8Array(length))) {
      if (byte < 248 && text.length < length) text += ALPHABET[byte % 62];
    }
  }
  return text;
}

/** A new key value. It is shown to its owner once; only `hashKey` of it is stored. */
export function generateKey(brand: string, environment: Environment): string {
  const body = `${brand}_${environment}_${randomBase62(RANDOM_LENGTH)}`;
  return body + checksum(body);
}

/** Whether the text can be a key at all. Costs no I/O, so junk never reaches a database. */
export function isWellFormedKey(text: string): boolean {
  if (!KEY_PATTERN.test(text)) return false;
  return checksum(text.slice(0, -CHECKSUM_LENGTH)) === text.slice(-CHECKSUM_LENGTH);
}

/** What a header can carry as a key of another system, and nobody guesses. */
export const IMPORTABLE_VALUE = /^[\x21-\x7e]{16,256}$/;

/**
 * Whether a value is worth looking up: one of our keys with a right checksum, or one that starts like the keys of a
 * system whose keys may have been imported (`prefixes`, comma-separated).
 */
export function isPossibleKey(text: string, prefixes: string): boolean {
  if (isWellFormedKey(text)) return true;
  return IMPORTABLE_VALUE.test(text) && importedPrefix(text, prefixes) !== null;
}

/** The configured prefix of an imported key that a value starts with. */
export const importedPrefix = (text: string, prefixes: string): string | null =>
  prefixes.split(",").find((prefix) => prefix !== "" && text.startsWith(prefix)) ?? null;

/** The part of a key that lists show: brand, environment and the first six random characters. */
export const keyPrefix = (key: string): string => key.slice(0, key.length - CHECKSUM_LENGTH - RANDOM_LENGTH + 6);

/** The same of an imported key: the prefix of its system and three characters, as document 002 shows them. */
export const shownPrefix = (key: string, prefix: string): string => key.slice(0, prefix.length + 3);

/** SHA-256 of the key in hex. A key carries 178 random bits, so a slow hash would add nothing. */
export const hashKey = (key: string): Promise<string> => sha256(key);
