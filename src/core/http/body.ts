import { DomainError } from "../errors.ts";
import type { Endpoint } from "./endpoint.ts";
import { sendsForm } from "./form.ts";
import { readJson } from "./json.ts";

/** docs/contract.md §3. */
const MAX_BODY_BYTES = 1_000_000;

const tooLarge = (maxBytes: number): DomainError => {
  const size = maxBytes === MAX_BODY_BYTES ? "1 MB" : `${maxBytes} bytes`;
  return new DomainError("payload_too_large", `The request body is larger than ${size}.`, { maxBytes });
};

/** How much a body may hold, and how long a sender may take over it. */
export interface BodyLimit {
  maxBytes: number;
  deadlineMs: number;
}

const JSON_LIMIT: BodyLimit = { maxBytes: MAX_BODY_BYTES, deadlineMs: 30_000 };
const FORM_DEADLINE_MS = 120_000;

/** What an endpoint takes of a request: a form where it wants one, and of everything else as much as JSON may be. */
export const limitFor = ({ form }: Pick<Endpoint, "form">, request: Request): BodyLimit =>
  form && sendsForm(request) ? { maxBytes: form.maxBytes, deadlineMs: FORM_DEADLINE_MS } : JSON_LIMIT;

/** How long a sender may take over a body that nobody wants. */
const DISCARD_DEADLINE_MS = 10_000;

type Reader = ReadableStreamDefaultReader<Uint8Array>;

/** Runs `read`, which ends early when the sender is not done by the deadline; says whether that happened. */
async function isLate(reader: Reader, deadlineMs: number, read: () => Promise<void>): Promise<boolean> {
  let expired = false;
  const timer = setTimeout(() => {
    expired = true;
    reader.cancel().catch(() => {});
  }, deadlineMs);
  try {
    await read();
  } catch (error) {
    // Cut off by us: what the stream says of that is no news.
    if (!expired) throw error;
  } finally {
    clearTimeout(timer);
  }
  return expired;
}

/** A body nobody wants is read to its end up to here, so that its sender gets to see the answer; then it is cut off. */
const MAX_DISCARDED_BYTES = 32_000_000;

/** Reads on and throws away: answering while the sender still writes resets the connection, and the answer is lost. */
async function discard(reader: Reader): Promise<void> {
  await isLate(reader, DISCARD_DEADLINE_MS, async () => {
    for (let size = 0; size <= MAX_DISCARDED_BYTES; ) {
      const { done, value } = await reader.read();
      if (done) return;
      size += value.byteLength;
    }
    await reader.cancel();
  });
}

/** Discards what an answer given early has left unread of the request. */
export async function discardBody(request: Request): Promise<void> {
  if (!request.body || request.bodyUsed) return;
  // A sender that hangs up while we throw its words away takes nothing from the answer.
  await discard(request.body.getReader()).catch(() => {});
}

/** The sender went away, or whatever is between us gave up on a slow one: nothing of ours has failed. */
function brokeOff(): never {
  throw new DomainError("bad_request", "The request body broke off before its end.", { reason: "body_interrupted" });
}

/** The body's bytes, at most 1 MB of them unless told otherwise. */
export async function readBytes(
  request: Request,
  { maxBytes, deadlineMs }: BodyLimit = JSON_LIMIT,
): Promise<Uint8Array> {
  if (Number(request.headers.get("Content-Length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  const read = async (from: Reader) => {
    for (;;) {
      const { done, value } = await from.read();
      if (done) return;
      size += value.byteLength;
      if (size > maxBytes) return;
      chunks.push(value);
    }
  };
  if (reader && (await isLate(reader, deadlineMs, () => read(reader)).catch(brokeOff))) {
    throw new DomainError("bad_request", `The request body did not arrive within ${deadlineMs / 1_000} seconds.`, {
      reason: "body_timeout",
    });
  }
  if (reader && size > maxBytes) {
    await discard(reader);
    throw tooLarge(maxBytes);
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/**
 * JSON is the only body type; a body without a Content-Type is taken for JSON (document 000's examples send none). An
 * encoded one would have to be unpacked first, to who knows what size.
 */
function requireJson(request: Request, isBeacon: boolean): void {
  const encoding = request.headers.get("Content-Encoding")?.trim().toLowerCase() ?? "";
  if (encoding !== "" && encoding !== "identity") {
    throw new DomainError("unsupported_media_type", `Send the body as it is, not encoded as ${encoding.slice(0, 80)}.`);
  }
  const type = request.headers.get("Content-Type");
  if (isBeacon && type !== null && /^text\/plain\s*(?:;|$)/i.test(type.trim())) return;
  if (type !== null && !/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type.trim())) {
    throw new DomainError("unsupported_media_type", `Send the body as application/json, not ${type.slice(0, 80)}.`);
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new DomainError("bad_request", "The request body is not valid UTF-8.", { reason: "invalid_utf8" });
  }
}

/** Whether a body is labelled as CSV (RFC 7111), and not encoded. */
const isCsv = ({ headers }: Request): boolean =>
  /^text\/csv\s*(?:;|$)/i.test(headers.get("Content-Type")?.trim() ?? "") && !headers.has("Content-Encoding");

/** Parses a JSON body; a beacon's may be labelled text/plain, and where CSV is taken its text is a field. */
export function parseText(
  request: Request,
  bytes: Uint8Array,
  { beacon = false, csv = false }: { beacon?: boolean; csv?: boolean },
): unknown {
  if (csv && isCsv(request)) return { csv: textOf(bytes) };
  requireJson(request, beacon);
  return readJson(textOf(bytes));
}
