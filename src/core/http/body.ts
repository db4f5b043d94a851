import { DomainError, invalid } from "../errors.ts";

/** CONTRACT §3. */
const MAX_BODY_BYTES = 1_000_000;
const MAX_DEPTH = 32;

const tooLarge = (): DomainError =>
  new DomainError("payload_too_large", "The request body is larger than 1 MB.", { maxBytes: MAX_BODY_BYTES });

/** How long a sender may take over its body; and over one that nobody wants. */
const BODY_DEADLINE_MS = 30_000;
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

/** The body's bytes, at most 1 MB of them. */
export async function readBytes(request: Request): Promise<Uint8Array> {
  if (Number(request.headers.get("Content-Length") ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = request.body?.getReader();
  const read = async (from: Reader) => {
    for (;;) {
      const { done, value } = await from.read();
      if (done) return;
      size += value.byteLength;
      if (size > MAX_BODY_BYTES) return;
      chunks.push(value);
    }
  };
  if (reader && (await isLate(reader, BODY_DEADLINE_MS, () => read(reader)))) {
    throw new DomainError("bad_request", "The request body did not arrive within 30 seconds.", {
      reason: "body_timeout",
    });
  }
  if (reader && size > MAX_BODY_BYTES) {
    await discard(reader);
    throw tooLarge();
  }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/** JSON is the only body type; a body without a Content-Type is taken for JSON (document 000's examples send none). */
function requireJson(request: Request, isBeacon: boolean): void {
  const type = request.headers.get("Content-Type");
  if (isBeacon && type !== null && /^text\/plain\s*(?:;|$)/i.test(type.trim())) return;
  if (type !== null && !/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type.trim())) {
    throw new DomainError("unsupported_media_type", `Send the body as application/json, not ${type.slice(0, 80)}.`);
  }
}

/** Parses a JSON body; a beacon's may be labelled text/plain. Invalid UTF-8, NUL characters, `__proto__` and absurd depth are refused by name. */
export function parseJson(request: Request, bytes: Uint8Array, isBeacon = false): unknown {
  requireJson(request, isBeacon);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    throw new DomainError("bad_request", "The request body is not valid UTF-8.", { reason: "invalid_utf8" });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DomainError("bad_request", "The request body is not valid JSON.", { reason: "invalid_json" });
  }
  inspect(value, "", 0);
  return value;
}

function inspect(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) throw invalid(path, `is nested deeper than ${MAX_DEPTH} levels`);
  if (typeof value === "string") inspectText(value, path || "body");
  if (typeof value === "number" && !Number.isFinite(value))
    throw invalid(path || "body", "is a number too large to keep");
  if (typeof value !== "object" || value === null) return;
  for (const [key, child] of Object.entries(value)) {
    const childPath = path ? `${path}.${key}` : key;
    if (key === "__proto__") throw invalid(path || "body", "has a field named __proto__");
    inspectText(key, path || "body");
    inspect(child, childPath, depth + 1);
  }
}

/** NUL ends strings in C and lone surrogates have no UTF-8 form: neither survives storage. */
function inspectText(text: string, path: string): void {
  if (text.includes("\0")) throw invalid(path, "contains a NUL character");
  if (!text.isWellFormed()) throw invalid(path, "contains half of a surrogate pair");
}
