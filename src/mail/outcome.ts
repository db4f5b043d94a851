/** What came of handing a mail to the provider. `reason` is a word for machines. */
export type Outcome =
  | { kind: "sent"; providerId: string | null }
  | { kind: "failed" | "suppressed"; reason: string }
  | { kind: "later"; reason: string; retryAfterMs: number };

const HOUR_MS = 3_600_000;

const later = (reason: string, retryAfterMs = 0): Outcome => ({ kind: "later", reason, retryAfterMs });
const failed = (reason: string): Outcome => ({ kind: "failed", reason });

/**
 * What the codes mean that Cloudflare's `send` throws (docs/platform.md, E-mail). What the operator can put right is tried
 * again like what passes by itself: a mail is not lost to a domain whose records are missing.
 */
const BY_CODE: Readonly<Record<string, Outcome>> = {
  E_RECIPIENT_SUPPRESSED: { kind: "suppressed", reason: "provider_suppressed" },
  E_RECIPIENT_NOT_ALLOWED: failed("recipient_not_allowed"),
  E_CONTENT_TOO_LARGE: failed("too_large"),
  E_VALIDATION_ERROR: failed("refused"),
  E_FIELD_MISSING: failed("refused"),
  E_TOO_MANY_RECIPIENTS: failed("refused"),
  E_SENDER_NOT_VERIFIED: later("sender_not_verified"),
  E_SENDER_DOMAIN_NOT_AVAILABLE: later("sender_not_verified"),
  E_RATE_LIMIT_EXCEEDED: later("rate_limited", 60_000),
  E_DAILY_LIMIT_EXCEEDED: later("daily_limit", HOUR_MS),
};

/** What an error of the provider's means. One that is not known may pass: the mail is tried again. */
export function outcomeOf(error: unknown): Outcome {
  const code = String((error as { code?: unknown } | null)?.code ?? "");
  if (code.startsWith("E_HEADER")) return failed("refused");
  return BY_CODE[code] ?? later("unavailable");
}
