import { DomainError } from "../errors.ts";

const QUERY_NAMES = ["api_key", "apikey", "apiKey", "key", "access_token", "token"];

const unauthorized = (reason: string, message: string): DomainError =>
  new DomainError("unauthorized", message, { reason });

/**
 * The key value a request carries, from `X-Api-Key` or `Authorization: Bearer` (docs/contract.md §1); throws 401 when
 * there is none.
 */
export function credentialOf(request: Request): string {
  const header = request.headers.get("X-Api-Key")?.trim() || null;
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.get("Authorization")?.trim() ?? "")?.[1] ?? null;
  if (header !== null && bearer !== null && header !== bearer) {
    throw unauthorized("api_key_ambiguous", "X-Api-Key and Authorization carry two different API keys. Send one.");
  }
  const key = header ?? bearer;
  if (key !== null) return key;
  const query = new URL(request.url).searchParams;
  if (QUERY_NAMES.some((name) => query.has(name))) {
    throw unauthorized(
      "api_key_in_query",
      "Invalid or missing API key. A key in the query string is never read: send it in the X-Api-Key header.",
    );
  }
  throw missingKey();
}

export const missingKey = (): DomainError =>
  unauthorized("api_key_missing", "Invalid or missing API key. Send it in the X-Api-Key header.");
export const unknownKey = (): DomainError => unauthorized("api_key_invalid", "Invalid or missing API key.");
export const malformedKey = (): DomainError =>
  unauthorized("api_key_malformed", "Invalid or missing API key. The value is not a complete key.");
export const inactiveKey = (): DomainError => unauthorized("api_key_inactive", "This API key is deactivated.");
export const expiredKey = (): DomainError => unauthorized("api_key_expired", "This API key has expired.");
