import { type Endpoint, isWrite } from "./endpoint.ts";

/** What scripts of any page may call; cookies play no part, and a key is only what the script itself puts in. */
export const CORS_HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers":
    "X-Request-ID, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, RateLimit, RateLimit-Policy, Retry-After, ETag, Idempotency-Replayed, Deprecation, Sunset, Link",
};

/** An endpoint, as far as pages of other origins are concerned. */
type Called = Pick<Endpoint, "method" | "scope" | "cors">;

/** The headers that calls of these endpoints are made with. */
function requestHeaders(endpoints: readonly Called[]): string[] {
  const needsKey = endpoints.some((it) => it.scope !== "public");
  return [
    // Many a script sends it with a read, too.
    "Content-Type",
    ...(needsKey ? ["X-Api-Key", "Authorization"] : []),
    ...(endpoints.some((it) => !isWrite(it)) ? ["If-None-Match"] : []),
    ...(endpoints.some(isWrite) ? ["Idempotency-Key"] : []),
  ];
}

/** The answer to a preflight (Fetch standard §4.8), good for a day: of a path's endpoints those open to other origins. */
export function preflightHeaders(endpoints: readonly Called[]): Record<string, string> {
  const open = endpoints.filter((it) => it.cors);
  if (open.length === 0) return {};
  const methods = open.flatMap((it) => (isWrite(it) ? [it.method.toUpperCase()] : ["GET", "HEAD"]));
  return {
    ...CORS_HEADERS,
    "Access-Control-Allow-Methods": methods.join(", "),
    "Access-Control-Allow-Headers": requestHeaders(open).join(", "),
    "Access-Control-Max-Age": "86400",
  };
}
