import { CORS_HEADERS } from "../core/http/cors.ts";
import { matchesAny } from "../core/http/etag.ts";
import { PICTURE_SOURCES } from "../rendering/text/address.ts";

/** Nothing is loaded or run but what the site's own host serves, and the pictures that rendering lets stand. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  `img-src ${PICTURE_SOURCES.join(" ")}`,
  "font-src 'self'",
  "media-src 'self' https:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join("; ");

const TYPES = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  xml: "application/xml; charset=utf-8",
  svg: "image/svg+xml; charset=utf-8",
  txt: "text/plain; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  atom: "application/atom+xml; charset=utf-8",
  feed: "application/feed+json; charset=utf-8",
  ics: "text/calendar; charset=utf-8",
};

export interface Content {
  type: keyof typeof TYPES;
  body: string;
  status?: number;
  etag?: string;
  headers?: Record<string, string>;
}

/** Whether the visitor has what the ETag names already. */
export const isKnown = (request: Request, etag: string): boolean =>
  matchesAny(request.headers.get("If-None-Match"), etag);

/** An answer to a visitor. With an ETag it is asked for again each time, and sent again only when it has changed. */
export function answer(request: Request, { type, body, status = 200, etag, headers = {} }: Content): Response {
  const all: Record<string, string> = {
    "Content-Type": TYPES[type],
    "Cache-Control": etag ? "public, max-age=0, must-revalidate" : "no-store",
    "X-Content-Type-Options": "nosniff",
    ...CORS_HEADERS,
    "Referrer-Policy": "strict-origin-when-cross-origin",
    ...(type === "html" && { "Content-Security-Policy": POLICY }),
    ...(etag && { ETag: etag }),
    ...headers,
  };
  if (status === 200 && etag !== undefined && isKnown(request, etag))
    return new Response(null, { status: 304, headers: all });
  return new Response(request.method === "HEAD" ? null : body, { status, headers: all });
}
