import type { Ctx } from "../../core/work/context.ts";
import { DomainError, invalid } from "../../core/errors.ts";
import { withheldTypes } from "../../core/events/catalogue.ts";
import { nounOf } from "../../core/events/define.ts";
import { allowsLoopback, checkTarget } from "../../core/target.ts";

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

/** Throws unless the caller's kind of key may hear of every pattern; answers them without repetitions. */
export function checkEvents(ctx: Ctx, patterns: readonly string[]): string[] {
  for (const pattern of patterns) requireAudible(ctx, pattern);
  return [...new Set(patterns)];
}
