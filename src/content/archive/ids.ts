/**
 * Ids of an import. A record gets an id that follows from its old one and from where it is imported to: references in
 * both directions can be written before what they lead to is there, a run that was killed goes on with the same ids, and
 * an archive that is imported twice finds everything in place.
 */

/** A prefixed ULID anywhere in a text: the time it was made, then what is random. */
const ID = /(?<![A-Za-z0-9_])([a-z]{2,12})_([0-9A-HJKMNP-TV-Z]{10})([0-9A-HJKMNP-TV-Z]{16})(?![A-Za-z0-9_])/g;

const WHOLE_ID = new RegExp(`^${ID.source}$`);

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const RANDOM_LENGTH = 16;

const encoder = new TextEncoder();

/** Eighty bits of a digest as the random part of a ULID. */
async function digestPart(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", encoder.encode(text)));
  let part = "";
  for (let bit = 0; part.length < RANDOM_LENGTH; bit += 5) {
    const at = bit >> 3;
    const pair = ((digest[at] as number) << 8) | (digest[at + 1] as number);
    part += ALPHABET[(pair >> (11 - (bit & 7))) & 31];
  }
  return part;
}

/** The id that another one has in a place of import; its prefix and the time it tells are kept. */
export async function mappedId(place: string, id: string): Promise<string> {
  const [, prefix, time] = WHOLE_ID.exec(id) ?? [];
  if (!prefix) throw new Error("An id of ours is mapped, and nothing else");
  return `${prefix}_${time}${await digestPart(`${place}\n${id}`)}`;
}

/** An id made of what tells a thing apart where it comes from, which has no ids of ours: a path, a number. */
export async function idFrom(prefix: string, source: string): Promise<string> {
  return `${prefix}_0000000000${await digestPart(source)}`;
}

/** A whole number made of the same, for what is numbered: 40 bits after those that `time` has, in milliseconds. */
export async function numberFrom(source: string): Promise<number> {
  const digest = new DataView(await crypto.subtle.digest("SHA-256", encoder.encode(source)));
  return Number(digest.getBigUint64(0) >> 12n);
}

/** An address of a medium on whatever host of ours: the part before its path falls away, as every host serves it. */
const OWN_MEDIA =
  /https?:\\?\/\\?\/[^\s"'<>\\/?#@]+(\\?\/media\\?\/)(?=([a-z]{2,12}_[0-9A-HJKMNP-TV-Z]{26})(?![A-Za-z0-9_]))/g;

/**
 * A line of JSON in which the known ids are those of the place, wherever they stand: as a reference, in an address, within
 * a text. Addresses of known media become paths. Ids of other things stay as they are.
 */
export async function rewritten(
  line: string,
  place: string,
  { isKnown, fixed = new Map() }: { isKnown: (id: string) => boolean; fixed?: ReadonlyMap<string, string> },
): Promise<string> {
  const found = new Set([...line.matchAll(ID)].map(([id]) => id).filter((id) => fixed.has(id) || isKnown(id)));
  if (found.size === 0) return line;
  const pairs = [...found].map(async (id) => [id, fixed.get(id) ?? (await mappedId(place, id))] as const);
  const ids = new Map(await Promise.all(pairs));
  return line
    .replace(OWN_MEDIA, (address, path: string, id: string) => (ids.has(id) ? path : address))
    .replace(ID, (id) => ids.get(id) ?? id);
}
