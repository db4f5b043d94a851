import type { LimitFigure } from "../limit-figure.ts";

/**
 * Rate-limit headers for a response (docs/contract.md §2): the `X-RateLimit-*` trio for the first figure,
 * and all figures in the IETF fields (draft-ietf-httpapi-ratelimit-headers).
 */
export function limitHeaders(figures: readonly LimitFigure[], now: number): Record<string, string> {
  const [first] = figures;
  if (!first) return {};
  return {
    "X-RateLimit-Limit": String(first.limit),
    "X-RateLimit-Remaining": String(first.remaining),
    "X-RateLimit-Reset": String(Math.ceil(now / 1000) + first.resetSeconds),
    RateLimit: figures.map((it) => `"${it.name}";r=${it.remaining};t=${it.resetSeconds}`).join(", "),
    "RateLimit-Policy": figures.map((it) => `"${it.name}";q=${it.limit};w=${it.windowSeconds}`).join(", "),
  };
}
