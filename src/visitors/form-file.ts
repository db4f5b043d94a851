import { chargeIp, giveBackIp, type IpCharge } from "../core/access/ip-charge.ts";
import { originalKey, reached } from "../content/media/bucket.ts";
import { fileOfLink, type LinkedFile } from "../content/forms/submissions/file-link.ts";
import { DomainError } from "../core/errors.ts";
import type { Exchange } from "../core/http/exchange.ts";
import { limitHeaders } from "../core/http/limit-headers.ts";
import { log } from "../core/http/log.ts";
import { logRequest } from "../core/http/respond.ts";

/** No cache keeps what somebody has sent to somebody, and no browser takes it for a page. */
const PRIVATE = {
  "Cache-Control": "private, no-store",
  "X-Content-Type-Options": "nosniff",
  "X-Robots-Tag": "noindex",
  "Referrer-Policy": "no-referrer",
  "Content-Security-Policy": "default-src 'none'; sandbox",
};

const plain = (status: number, text: string, headers: Record<string, string> = {}): Response =>
  new Response(text, { status, headers: { "Content-Type": "text/plain; charset=utf-8", ...PRIVATE, ...headers } });

/** A file of a submission at its signed address: counted by address, answered without a key. */
export async function serveFormFile(exchange: Exchange, fileId: string): Promise<Response> {
  const response = await answered(exchange, fileId);
  const headers = { "X-Request-ID": exchange.requestId, ...limitHeaders(exchange.figures, exchange.now) };
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  logRequest(exchange, "/form-files/{fileId}", response.status);
  return response;
}

async function answered(exchange: Exchange, fileId: string): Promise<Response> {
  const { env, request, requestId, now } = exchange;
  let charge: IpCharge | null = null;
  try {
    charge = await chargeIp(exchange, "media", 1);
    const { searchParams } = new URL(request.url);
    const link = { fileId, expires: searchParams.get("expires") ?? "", token: searchParams.get("token") ?? "" };
    const file = await fileOfLink(env, link, now);
    const object = file && (await reached(() => env.MEDIA.get(originalKey(file.siteId, file.id))));
    if (!file || !object) return plain(404, "There is no file at this address, or its link is no longer good.");
    return new Response(request.method === "HEAD" ? null : object.body, { status: 200, headers: headersOf(file) });
  } catch (error) {
    if (charge) await giveBackIp(exchange, charge);
    if (error instanceof DomainError && error.code === "rate_limited") {
      const seconds = String(error.details.retryAfterSeconds ?? 1);
      return plain(429, `Too many requests. Try again in ${seconds} s.`, { "Retry-After": seconds });
    }
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    log(env.LOG_LEVEL, "error", { message: "form file failed", requestId, detail: String(cause).slice(0, 500) });
    return plain(503, `The file cannot be shown right now. (${requestId})`, { "Retry-After": "2" });
  }
}

/** Whatever it is, it is a file to be kept: nothing a visitor has sent is shown in a browser. */
function headersOf({ filename, contentType, size }: LinkedFile): Record<string, string> {
  const ascii = filename.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const name = `filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(filename).replaceAll("'", "%27")}`;
  return {
    "Content-Type": contentType.startsWith("text/") ? `${contentType}; charset=utf-8` : contentType,
    "Content-Length": String(size),
    "Content-Disposition": `attachment; ${name}`,
    ...PRIVATE,
  };
}
