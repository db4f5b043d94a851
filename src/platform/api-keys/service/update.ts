import { keyChange } from "../../../core/access/key-object-client.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { requireRoom } from "../../../core/limits/room.ts";
import { type ExpectedVersions, requireVersion } from "../../../core/storage/version.ts";
import { placeOf } from "../../../core/tenancy/api-keys/active.ts";
import { endOf, isStanding } from "../../../core/tenancy/api-keys/standing.ts";
import { apiKeys, familyOf, type KeyRow } from "../../../core/tenancy/api-keys/table.ts";
import { findKey, shownKey } from "./find.ts";
import { KEY_EVENTS } from "../events.ts";
import { pauseAbandoned } from "../../../webhooks/disable.ts";
import { stageEnd } from "../../../webhooks/standing.ts";
import { requirePowerOver, requireWithin } from "./within.ts";
import { type KeySettings, requireFuture, requireOneReach, requireTier } from "./settings.ts";
import { stageChange } from "../../../core/work/versioned.ts";

/**
 * Stages changes to a key. Its objects are told before and after the commit, so that the next call with the key,
 * wherever it arrives, already meets the new settings.
 */
export function stageKeyChange(
  ctx: Ctx,
  before: KeyRow,
  changes: Partial<KeyRow>,
  expected: ExpectedVersions = null,
): KeyRow {
  const after = stageChange(ctx, apiKeys, before, changes, expected);
  ctx.unit.onCommit(keyChange(ctx.env, familyOf(before)));
  const [was, ends] = [before, after].map((key) => (key.isActive ? endOf(key) : ctx.now));
  if (was !== ends || before.accountAccess !== after.accountAccess) stageEndOfWebhooks(ctx, after);
  return after;
}

/** Endpoints behind the key pause when it ends: at once when that is now. What the minute's work would do, the call does. */
function stageEndOfWebhooks(ctx: Ctx, key: KeyRow): void {
  stageEnd(ctx, key);
  const pause = () => pauseAbandoned(ctx.env, ctx.now, key.id).catch(() => {});
  ctx.unit.onCommit({ after: pause });
}

/** Changes a key's settings: name, scopes, rights, sites, limits, expiry; `isActive` deactivates and reactivates it. */
export async function updateKey({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { keyId: number; changes: Partial<KeySettings>; expectedVersions?: ExpectedVersions };
}): Promise<KeyRow> {
  const before = await findKey(ctx, input.keyId);
  requireVersion(before.version, input.expectedVersions);
  requirePowerOver(ctx, before);
  requireFuture(input.changes.expiresAt, ctx.now);
  if (input.changes.rateLimitTier) requireTier(ctx.caller.workspace.tier, input.changes.rateLimitTier);
  const movesExpiry = input.changes.expiresAt !== undefined && { expiryNotice: null };
  const after = stageKeyChange(ctx, before, { ...input.changes, ...movesExpiry });
  requireOneReach(after);
  requireWithin(ctx, after);
  if (isStanding(after, ctx.now) && !isStanding(before, ctx.now)) {
    requireRoom(ctx, "api_keys", {
      environment: after.environment,
      held: placeOf(familyOf(after), ctx.now),
    });
  }
  ctx.unit.emit(KEY_EVENTS.updated, shownKey(ctx, after));
  ctx.unit.audit("api_key.updated", {
    type: "api_key",
    id: before.id,
    before: shownKey(ctx, before),
    after: shownKey(ctx, after),
  });
  return after;
}

export const deactivateKey = (ctx: Ctx, keyId: number) =>
  updateKey({ ctx, input: { keyId, changes: { isActive: false } } });
export const reactivateKey = (ctx: Ctx, keyId: number) =>
  updateKey({ ctx, input: { keyId, changes: { isActive: true } } });
