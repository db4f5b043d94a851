const encoder = new TextEncoder();
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Bytes in lower-case hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += HEX[byte];
  return hex;
}

/** SHA-256 of bytes, or of a text (UTF-8), in hexadecimal. */
export const sha256 = async (value: string | Uint8Array<ArrayBuffer>): Promise<string> =>
  hexOf(
    new Uint8Array(await crypto.subtle.digest("SHA-256", typeof value === "string" ? encoder.encode(value) : value)),
  );
