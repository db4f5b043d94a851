import { and, eq, gt, lt, lte } from "drizzle-orm";
import { DomainError } from "../errors.ts";
import type { Database } from "../storage/database.ts";
import { idempotencyRecords } from "../storage/tables.ts";
import type { UnitOfWork } from "../work/unit-of-work.ts";

const KEPT_MS = 24 * 3_600_000;

/** Raised when a concurrent call with the same key committed first. */
export class AlreadyDone extends DomainError {
  constructor() {
    super("conflict", "Another call with this Idempotency-Key has just finished.");
  }
}

/** A write a caller may repeat safely. */
export interface IdempotentCall {
  keyId: number;
  idempotencyKey: string;
  fingerprint: string;
  /** The plaintext API key: opens and seals the stored answer. */
  credential: string;
}

type Sealed = Pick<typeof idempotencyRecords.$inferSelect, "status" | "headers" | "sealedBody">;

export interface StoredAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** Sent instead of `body`. Only reads have it, which are never stored. */
  stream?: ReadableStream<Uint8Array>;
}

/** The `Idempotency-Key` header, raw or quoted (an RFC 8941 string), whatever it holds. */
export function idempotencyKeyOf(request: Request): string | null {
  const raw = request.headers.get("Idempotency-Key")?.trim() ?? null;
  return raw !== null && /^".*"$/.test(raw) ? raw.slice(1, -1) : raw;
}

/** The key of an operation that came within a call with this one. No header can hold it: callers cannot name it. */
export const innerKey = (key: string, index: number): string => `${key}\n${index}`;

/** At most 255 visible characters, of a caller; throws a validation error otherwise. */
export function checkIdempotencyKey(key: string | null): void {
  if (key === null || /^[\x20-\x7e]{1,255}(?:\n\d+)?$/.test(key)) return;
  const message = "must have 1 to 255 visible ASCII characters";
  throw new DomainError("validation_failed", `Idempotency-Key: ${message}`, {
    fields: { "Idempotency-Key": [message] },
  });
}

const encoder = new TextEncoder();

const toBase64 = (bytes: Uint8Array): string => {
  let binary = "";
  for (let i = 0; i < bytes.length; i += 32_768) binary += String.fromCharCode(...bytes.subarray(i, i + 32_768));
  return btoa(binary);
};
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/** What makes two calls the same call. */
export async function fingerprintOf(request: Request, body: Uint8Array): Promise<string> {
  const url = new URL(request.url);
  // The same call in another workspace is another call.
  const workspace = request.headers.get("X-Workspace-ID") ?? "";
  const head = encoder.encode(`${request.method} ${url.pathname}${url.search} ${workspace}\n`);
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return toBase64(new Uint8Array(await crypto.subtle.digest("SHA-256", whole)));
}

/** A key only the holder of the API key can derive (HKDF, RFC 5869): answers may carry secrets we do not keep. */
async function sealingKey(call: IdempotentCall): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey("raw", encoder.encode(call.credential), "HKDF", false, ["deriveKey"]);
  const salt = encoder.encode(`idempotency ${call.keyId} ${call.idempotencyKey}`);
  const derivation = { name: "HKDF", hash: "SHA-256", salt, info: new Uint8Array() };
  return crypto.subtle.deriveKey(derivation, secret, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

async function seal(call: IdempotentCall, body: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await sealingKey(call), encoder.encode(body));
  return `${toBase64(iv)}.${toBase64(new Uint8Array(sealed))}`;
}

async function open(call: IdempotentCall, text: string): Promise<string> {
  const [iv = "", sealed = ""] = text.split(".");
  const parameters = { name: "AES-GCM", iv: fromBase64(iv) };
  return new TextDecoder().decode(await crypto.subtle.decrypt(parameters, await sealingKey(call), fromBase64(sealed)));
}

/** The same key on another call. */
export const mismatch = (): DomainError =>
  new DomainError(
    "idempotency_mismatch",
    "This Idempotency-Key was used for another request: method, path or body differ.",
    { fields: { "Idempotency-Key": ["was used for another request"] } },
  );

async function findRecord(db: Database, { keyId, idempotencyKey }: IdempotentCall) {
  const [record] = await db
    .select()
    .from(idempotencyRecords)
    .where(and(eq(idempotencyRecords.keyId, keyId), eq(idempotencyRecords.idempotencyKey, idempotencyKey)));
  return record;
}

const opened = async (call: IdempotentCall, { status, headers, sealedBody }: Sealed): Promise<StoredAnswer> =>
  replayed({ status, headers, body: await open(call, sealedBody) });

/** A stored answer as it is given again. */
const replayed = (answer: StoredAnswer): StoredAnswer => ({
  ...answer,
  headers: { ...answer.headers, "Idempotency-Replayed": "true" },
});

/** The answer already given to this call within the last 24 h. The same key on another call is refused (422). */
export async function findAnswer(db: Database, call: IdempotentCall, now: number): Promise<StoredAnswer | null> {
  const record = await findRecord(db, call);
  if (!record || record.expiresAt <= now) return null;
  if (record.fingerprint !== call.fingerprint) throw mismatch();
  return opened(call, record);
}

/** Of the operations that came within a call with this key, the keys of those that have an answer. */
export async function answeredWithin(
  db: Database,
  { keyId, idempotencyKey }: Pick<IdempotentCall, "keyId" | "idempotencyKey">,
): Promise<ReadonlySet<string>> {
  const { idempotencyKey: name } = idempotencyRecords;
  const isWithin = and(gt(name, `${idempotencyKey}\n`), lt(name, `${idempotencyKey}\v`));
  const found = await db
    .select({ name })
    .from(idempotencyRecords)
    .where(and(eq(idempotencyRecords.keyId, keyId), isWithin));
  return new Set(found.map((it) => it.name));
}

/** The answer given to this very call less than `withinMs` ago. */
export async function findFreshAnswer(
  db: Database,
  call: IdempotentCall,
  { now, withinMs }: { now: number; withinMs: number },
): Promise<StoredAnswer | null> {
  const record = await findRecord(db, call);
  const isFresh = record && record.expiresAt - KEPT_MS > now - withinMs && record.fingerprint === call.fingerprint;
  return isFresh ? opened(call, record) : null;
}

/** The answer to this very call, while it is kept. */
export async function findSameAnswer(db: Database, call: IdempotentCall, now: number): Promise<StoredAnswer | null> {
  const record = await findRecord(db, call);
  const isKept = record && record.expiresAt > now && record.fingerprint === call.fingerprint;
  return isKept ? opened(call, record) : null;
}

/** Puts the answer into the commit that makes it true, kept for 24 h unless told otherwise. A second commit for the same call fails with `AlreadyDone`. */
export async function stageAnswer(
  db: Database,
  unit: UnitOfWork,
  call: IdempotentCall,
  answer: StoredAnswer,
  now: number,
  expiresAt = now + KEPT_MS,
): Promise<void> {
  const { keyId, idempotencyKey, fingerprint } = call;
  const { status, headers, body } = answer;
  const sealedBody = await seal(call, body);
  const isExpired = and(
    eq(idempotencyRecords.keyId, keyId),
    eq(idempotencyRecords.idempotencyKey, idempotencyKey),
    lte(idempotencyRecords.expiresAt, now),
  );
  unit.stage(
    db.delete(idempotencyRecords).where(isExpired),
    db
      .insert(idempotencyRecords)
      .values({ keyId, idempotencyKey, fingerprint, status, headers, sealedBody, expiresAt }),
  );
  unit.onDuplicate([idempotencyRecords.keyId, idempotencyRecords.idempotencyKey], new AlreadyDone());
}
