import { chargeIp, giveBackIp, type IpCharge } from "../core/access/ip-charge.ts";
import { DomainError } from "../core/errors.ts";
import { CORS_HEADERS } from "../core/http/cors.ts";
import { matchesAny } from "../core/http/etag.ts";
import type { Exchange } from "../core/http/exchange.ts";
import { limitHeaders } from "../core/http/limit-headers.ts";
import { log } from "../core/http/log.ts";
import { logRequest } from "../core/http/respond.ts";
import { isOwnHost } from "../content/sites/own-hosts.ts";
import { originalKey, reached } from "../content/media/bucket.ts";
import { type Served, servedMedia } from "../content/media/served.ts";
import { formatFor, hasSizes, makeVariant, variantKey, widthOf } from "../content/media/variants.ts";
import type { Env } from "../env.ts";
import { PICTURE_WIDTHS } from "../rendering/pictures.ts";
import { rangeOf } from "../core/http/range.ts";
import { publicSite } from "../content/live/public.ts";

const plain = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(text, {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", ...SAFE, ...headers },
  });

/** Whatever bytes are served, no browser takes them for a page, or runs what may be hidden in them. */
const SAFE = {
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
  "Cross-Origin-Resource-Policy": "cross-origin",
};

/** An object of the bucket as it is asked for. */
interface Shown {
  head: R2Object;
  /** What it depends on that another request may ask otherwise. */
  vary?: string;
}

/** A file at `/media/{id}/{filename}`: counted by address, answered without a key. */
export async function serveMedia(exchange: Exchange, mediaId: string): Promise<Response> {
  const response = await answered(exchange, mediaId);
  const headers = { "X-Request-ID": exchange.requestId, ...limitHeaders(exchange.figures, exchange.now) };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  logRequest(exchange, "/media/{mediaId}/{filename}", response.status);
  return response;
}

async function answered(exchange: Exchange, mediaId: string): Promise<Response> {
  const { env, request, requestId } = exchange;
  let charge: IpCharge | null = null;
  try {
    charge = await chargeIp(exchange, "media", 1);
    return await found(env, request, mediaId);
  } catch (error) {
    if (charge) await giveBackIp(exchange, charge);
    if (error instanceof DomainError && error.code === "rate_limited") {
      const seconds = String(error.details.retryAfterSeconds ?? 1);
      return plain(429, `Too many requests. Try again in ${seconds} s.`, { "Retry-After": seconds });
    }
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    log(env.LOG_LEVEL, "error", { message: "media failed", requestId, detail: String(cause).slice(0, 500) });
    return plain(503, `The file cannot be shown right now. (${requestId})`, { "Retry-After": "2" });
  }
}

const missing = (): Response => plain(404, "There is no file at this address.");

/** Under our own hosts every file is served, under the domain of a site those of that site. */
async function isServedAt(env: Env, { hostname }: URL, { siteId }: Served): Promise<boolean> {
  const host = hostname.toLowerCase();
  if (isOwnHost(env, host)) return true;
  const site = await publicSite(env, { domain: host });
  return site === null || site.siteId === siteId;
}

/** Most requests are for the whole of it: its bytes come with the first question, only the others ask what it is before. */
const look = (env: Env, { method, headers }: Request, key: string): Promise<R2Object | R2ObjectBody | null> =>
  reached<R2Object | R2ObjectBody | null>(() =>
    method === "GET" && !headers.has("Range") && !headers.has("If-None-Match")
      ? env.MEDIA.get(key)
      : env.MEDIA.head(key),
  );

async function found(env: Env, request: Request, mediaId: string): Promise<Response> {
  const url = new URL(request.url);
  const served = await servedMedia(env, mediaId);
  if (!served || !(await isServedAt(env, url, served))) return missing();
  const asked = url.searchParams.get("w");
  const width = asked === null ? null : widthOf(asked);
  if (asked !== null && width === null) return plain(400, `w must be one of ${PICTURE_WIDTHS.join(", ")}.`);
  if (width === null || !hasSizes(served)) {
    const head = await look(env, request, originalKey(served.siteId, served.id));
    return head ? send(env, request, served, { head }) : missing();
  }
  const format = formatFor(request.headers.get("Accept"), served.contentType);
  const kept = await look(env, request, variantKey(served, width, format));
  const head = kept ?? (await makeVariant(env, served, width, format));
  return head ? send(env, request, served, { head, vary: "Accept" }) : missing();
}

/** What a browser shows by itself is shown; documents are files to be kept. */
function dispositionOf({ type, filename }: Served): string {
  const ascii = filename.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const name = `filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(filename).replaceAll("'", "%27")}`;
  return `${type === "document" ? "attachment" : "inline"}; ${name}`;
}

/** Sends an object, or the part of it that is asked for (RFC 9110 §14). It never changes, so caches keep it for good. */
async function send(env: Env, request: Request, served: Served, { head, vary }: Shown): Promise<Response> {
  const { key, httpEtag, size } = head;
  const contentType = head.httpMetadata?.contentType ?? "application/octet-stream";
  const headers: Record<string, string> = {
    "Content-Type": contentType.startsWith("text/") ? `${contentType}; charset=utf-8` : contentType,
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Disposition": dispositionOf(served),
    "Accept-Ranges": "bytes",
    ETag: httpEtag,
    ...CORS_HEADERS,
    ...SAFE,
    ...(vary && { Vary: vary }),
  };
  if (matchesAny(request.headers.get("If-None-Match"), httpEtag)) return new Response(null, { status: 304, headers });
  const range = rangeOf(request.headers, { size, etag: httpEtag });
  if (range === "unsatisfiable") {
    return new Response(null, { status: 416, headers: { ...headers, "Content-Range": `bytes */${size}` } });
  }
  const length = range ? range.length : size;
  headers["Content-Length"] = String(length);
  if (range) headers["Content-Range"] = `bytes ${range.offset}-${range.offset + length - 1}/${size}`;
  const status = range ? 206 : 200;
  if (request.method === "HEAD") return new Response(null, { status, headers });
  const object =
    "body" in head ? (head as R2ObjectBody) : await reached(() => env.MEDIA.get(key, range ? { range } : {}));
  return object ? new Response(object.body, { status, headers }) : missing();
}
