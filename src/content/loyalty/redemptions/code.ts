/** Digits and letters that nobody takes for one another when he reads them out (Crockford's base 32). */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** A code such as `K7QM-2XRD`: forty random bits. */
export function newCode(): string {
  const letters = [...crypto.getRandomValues(new Uint8Array(8))].map((it) => ALPHABET[it & 31]).join("");
  return `${letters.slice(0, 4)}-${letters.slice(4)}`;
}
