import type { Ctx } from "../../core/work/context.ts";
import { DomainError, invalid } from "../../core/errors.ts";
import { eventPatterns, withheldTypes } from "../../core/events/catalogue.ts";
import { nounOf } from "../../core/events/define.ts";
import { secretProblem } from "../secret.ts";
import { allowsLoopback, checkTarget } from "../target.ts";

/** Throws unless webhooks may be sent to the address. `field` is what the caller named it by. */
export function checkUrl(ctx: Ctx, url: string, field = "url"): void {
  const target = checkTarget(url, allowsLoopback(ctx.env));
  if ("problem" in target) throw invalid(field, target.problem);
}

const isWithheld = (pattern: string): boolean =>
  withheldTypes().some((type) => type === pattern || `${nounOf(type)}.*` === pattern);

/** Refuses keys of access type integrations what they have no endpoint for. */
export function requireAudible(ctx: Ctx, pattern: string): void {
  if (ctx.caller.accessType !== "integrations" || !isWithheld(pattern)) return;
  const message = `API keys of access type integrations cannot subscribe to ${pattern}.`;
  throw new DomainError("forbidden", message, { reason: "access_type" });
}

/**
 * Throws unless every pattern is known and the caller's kind of key may hear of it; answers them without repetitions.
 * `field` is what the caller named them by: a list, or a single `event`.
 */
export function checkEvents(ctx: Ctx, patterns: readonly string[], field: "event" | "events" = "events"): string[] {
  for (const [index, pattern] of patterns.entries()) {
    if (!eventPatterns().includes(pattern)) {
      const name = field === "event" ? field : `${field}.${index}`;
      throw invalid(name, `is not a known event; use ${eventPatterns().join(", ")}`);
    }
    requireAudible(ctx, pattern);
  }
  return [...new Set(patterns)];
}

export function checkSecret(secret: string): void {
  const problem = secretProblem(secret);
  if (problem !== null) throw invalid("secret", problem);
}
