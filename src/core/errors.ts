import type { LimitFigure } from "./limit-figure.ts";

/** What can go wrong, in transport-free words. Each surface maps them once to a status and a body. */
export type ErrorCode =
  | "bad_request"
  | "validation_failed"
  | "unauthorized"
  | "forbidden"
  | "feature_limit_reached"
  | "not_found"
  | "method_not_allowed"
  | "conflict"
  | "precondition_failed"
  | "payload_too_large"
  | "unsupported_media_type"
  | "cursor_expired"
  | "idempotency_mismatch"
  | "idempotency_in_progress"
  | "cannot_retry"
  | "rate_limited"
  | "internal"
  | "unavailable";

export interface ErrorDetails {
  /** Field path → what is wrong with it. */
  fields?: Record<string, string[]>;
  /** Machine-readable cause, e.g. `api_key_expired`. */
  reason?: string;
  /** The limit that was hit. */
  limit?: LimitFigure;
  retryAfterSeconds?: number;
  requiredScope?: string;
  grantedScopes?: string[];
  feature?: string;
  upgradeUrl?: string;
  allow?: string[];
  /** Where a feed begins for who has fallen behind; `null` when it is empty. */
  oldestEvent?: string | null;
  [more: string]: unknown;
}

/** An answer other than success that a caller can act on. Everything else that is thrown is a defect. */
export class DomainError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
    this.name = "DomainError";
  }
}

export const notFound = (what: string): DomainError => new DomainError("not_found", `${what} not found`);

export const invalid = (field: string, message: string): DomainError =>
  new DomainError("validation_failed", `${field}: ${message}`, { fields: { [field]: [message] } });

/** Several wrong fields at once: the message names the first of them, and how many there are besides. */
export function invalidFields(fields: Record<string, string[]>): DomainError {
  const [name, messages] = Object.entries(fields)[0] as [string, string[]];
  const more = Object.keys(fields).length - 1;
  const rest = more > 0 ? ` (and ${more} more ${more === 1 ? "field" : "fields"})` : "";
  return new DomainError("validation_failed", `${name}: ${messages[0]}${rest}`, { fields });
}

export const conflict = (field: string, message: string): DomainError =>
  new DomainError("conflict", message, { fields: { [field]: [message] } });

/** A dependency did not answer. The caller may try again; nothing was written. */
export const unavailable = (): DomainError =>
  new DomainError("unavailable", "The service is temporarily unavailable. Please retry.", { retryAfterSeconds: 2 });

/** 429 that says which limit was hit and whose it is. */
export const rateLimited = (limit: LimitFigure, retryAfterSeconds: number): DomainError =>
  new DomainError("rate_limited", `Rate limit exceeded: ${limit.name}.`, { limit, retryAfterSeconds });

/** 429 by a limit that is not the key's own and lets the call in at a known moment: until then it is denied at the door. */
export class DeniedUntil extends DomainError {
  constructor(
    message: string,
    readonly limit: LimitFigure,
    /** Milliseconds since the epoch. */
    readonly until: number,
  ) {
    super("rate_limited", message, { limit, retryAfterSeconds: limit.resetSeconds });
  }
}

/** The database has not been migrated. Whoever runs it is told what to do, on every surface and in the log. */
export class Unmigrated extends DomainError {
  constructor() {
    super(
      "unavailable",
      "The database lacks tables: run `npm run migrate:local`, or `npm run migrate` where it is deployed.",
      { retryAfterSeconds: 10 },
    );
  }
}

/** Another write came between read and commit; the pipeline runs the operation again. */
export class ConcurrentChange extends Error {}
