/**
 * What the visitors' routes answer to scripts of any page: keys and cookies play no part there, so nothing is told
 * that a request from elsewhere would not be told as well.
 */
export const CORS_HEADERS = {
  "Access-Control-Allow-Origin": "*",
  "Access-Control-Expose-Headers":
    "X-Request-ID, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Retry-After",
};

/** The answer to a preflight (Fetch standard §4.8), good for a day. */
export const preflightHeaders = (methods: readonly string[]): Record<string, string> => ({
  ...CORS_HEADERS,
  "Access-Control-Allow-Methods": methods.join(", "),
  "Access-Control-Allow-Headers": "Content-Type, Idempotency-Key",
  "Access-Control-Max-Age": "86400",
});
