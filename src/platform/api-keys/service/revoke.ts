import type { Ctx } from "../../../core/work/context.ts";
import type { ExpectedVersions } from "../../../core/storage/version.ts";
import { KEY_EVENTS } from "../events.ts";
import { findKey, shownKey } from "./find.ts";
import { stageKeyChange } from "./update.ts";
import { requirePowerOver } from "./within.ts";

/**
 * Revokes a key for good. From the commit on its object refuses it, exactly as if it had never existed
 * (`refusalOf`); the row stays for the audit log only. A key can end only keys it could have made, and itself.
 */
export async function revokeKey({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { keyId: number; expectedVersions?: ExpectedVersions };
}): Promise<void> {
  const before = await findKey(ctx, input.keyId);
  requirePowerOver(ctx, before);
  const ended = { revokedAt: ctx.now, endsAt: ctx.now };
  const after = stageKeyChange(ctx, before, ended, input.expectedVersions);
  ctx.unit.emit(KEY_EVENTS.revoked, shownKey(ctx, after));
  ctx.unit.audit("api_key.revoked", { type: "api_key", id: before.id, before: shownKey(ctx, before) });
}
