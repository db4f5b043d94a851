import type { Ctx } from "../../../core/work/context.ts";
import { conflict, invalid } from "../../../core/errors.ts";
import { familyOf } from "../../../core/tenancy/api-keys/table.ts";
import { type CreatedKey, stageKey } from "./create.ts";
import { KEY_EVENTS } from "../events.ts";
import { findKey, shownKey } from "./find.ts";
import { stageKeyChange } from "./update.ts";
import { stageSuccession } from "../../../webhooks/standing.ts";
import { requirePowerOver, requireUncapped } from "./within.ts";

const MAX_GRACE_HOURS = 168;

/** The moment as answers show it, so that the old key stops exactly when it is said to. */
const wholeSeconds = (ms: number): number => Math.floor(ms / 1000) * 1000;

/**
 * Replaces a key by a new one with the same settings, expiry included. Both share what limits them: nothing is gained by
 * rotating. The old one works on until the grace period or its own expiry ends, whichever is first; with a grace of 0 it
 * stops at once (docs/contract.md §1). The new one takes the old one's place among the active keys, so a workspace that has
 * no room for another can still replace those it has.
 */
export async function rotateKey({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { keyId: number; gracePeriodHours?: number };
}): Promise<CreatedKey & { graceEndsAt: number }> {
  const hours = input.gracePeriodHours ?? 24;
  if (!Number.isInteger(hours) || hours < 0 || hours > MAX_GRACE_HOURS) {
    throw invalid("grace_period_hours", `must be a whole number from 0 to ${MAX_GRACE_HOURS}`);
  }
  const before = await findKey(ctx, input.keyId);
  requirePowerOver(ctx, before);
  if (before.id !== ctx.caller.keyId) requireUncapped(ctx);
  if (before.rotatedTo !== null) throw conflict("id", "This key has already been rotated.");
  if (before.expiresAt !== null && before.expiresAt <= ctx.now) throw conflict("id", "This key has expired.");
  const created = await stageKey(ctx, { ...settingsOf(before), rotatedFrom: before.id, familyId: familyOf(before) });
  const graceEndsAt = wholeSeconds(Math.min(ctx.now + hours * 3_600_000, before.expiresAt ?? Number.POSITIVE_INFINITY));
  const after = stageKeyChange(ctx, before, { endsAt: graceEndsAt, rotatedTo: created.row.id });
  stageSuccession(ctx, before.id, created.row);
  ctx.unit.emit(KEY_EVENTS.rotated, shownKey(ctx, created.row));
  ctx.unit.audit("api_key.rotated", {
    type: "api_key",
    id: before.id,
    before: shownKey(ctx, before),
    after: shownKey(ctx, after),
  });
  return { ...created, graceEndsAt };
}

/** What a new key takes over from the one it replaces. */
function settingsOf(row: Awaited<ReturnType<typeof findKey>>) {
  const { name, contactEmail, environment, scopes, rights, siteIds, accountAccess } = row;
  const { accessType, attributes, channels, allowedIps, rateLimitTier, monthlyCap, isActive, expiresAt } = row;
  const access = { scopes, rights, siteIds, accountAccess, accessType, attributes, channels, allowedIps };
  return { name, contactEmail, environment, ...access, rateLimitTier, monthlyCap, isActive, expiresAt };
}
