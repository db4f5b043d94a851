import { sha256 } from "../core/sha256.ts";

/**
 * What readers of feeds know a site, or an article of it, by: made of ids and nothing else, so that it stays whatever
 * becomes of their addresses (RFC 4287, 4.2.6). A UUID of version 8, named by SHA-256 (RFC 9562, 5.8).
 */
export async function feedName(...ids: string[]): Promise<string> {
  const hex = await sha256(ids.join("/"));
  const variant = "89ab"[Number.parseInt(hex.charAt(16), 16) % 4];
  const parts = [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `${variant}${hex.slice(17, 20)}`];
  return `urn:uuid:${[...parts, hex.slice(20, 32)].join("-")}`;
}
