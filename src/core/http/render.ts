import { isWrite, type Reply } from "./endpoint.ts";
import { etagOf, matchesAny } from "./etag.ts";
import type { Call } from "./exchange.ts";
import type { StoredAnswer } from "./idempotency.ts";

/** Turns a reply into the bytes that are sent, and stored for a repeated call. */
export async function render({ exchange, surface, endpoint }: Call, reply: Reply<unknown>): Promise<StoredAnswer> {
  const headers: Record<string, string> = { ...reply.headers };
  const status = reply.status ?? endpoint.success.status;
  const isRead = !isWrite(endpoint);
  if (reply.data !== undefined && (reply.version !== undefined || (isRead && endpoint.etag))) {
    headers.ETag = await etagOf(surface.resource(reply.data), reply.version);
    const isUnchanged = isRead && matchesAny(exchange.request.headers.get("If-None-Match"), headers.ETag);
    if (isUnchanged) return { status: 304, headers, body: "" };
  }
  if (reply.parts) {
    headers["Content-Type"] = `${endpoint.success.textType}; charset=utf-8`;
    return { status, headers, body: "", stream: streamOf(reply.parts) };
  }
  if (reply.text !== undefined) {
    if (isRead && endpoint.etag) {
      headers.ETag = await etagOf(reply.text);
      if (matchesAny(exchange.request.headers.get("If-None-Match"), headers.ETag))
        return { status: 304, headers, body: "" };
    }
    headers["Content-Type"] = `${endpoint.success.textType}; charset=utf-8`;
    return { status, headers, body: reply.text };
  }
  if (reply.data === undefined && !reply.page) return { status, headers, body: "" };
  const body = reply.page ? surface.list(reply.page, exchange) : surface.one(reply.data, exchange);
  return { status, headers, body: JSON.stringify(body) };
}

const encoder = new TextEncoder();

/** Parts as bytes, each asked for when the one before it is on its way. */
function streamOf(parts: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const iterator = parts[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}
