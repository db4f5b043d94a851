import type { Ctx } from "../../../core/work/context.ts";
import { type ExpectedVersions, requireVersion } from "../../../core/storage/version.ts";
import { KEY_EVENTS } from "../events.ts";
import { findKey, shownKey } from "./find.ts";
import { stageKeyChange } from "./update.ts";

/**
 * Revokes a key for good. From the commit on its object refuses it, exactly as if it had never existed
 * (`KeyGate.refusal`); the row stays for the audit log only.
 */
export async function revokeKey({
  ctx,
  input,
}: {
  ctx: Ctx;
  input: { keyId: number; expectedVersions?: ExpectedVersions };
}): Promise<void> {
  const before = await findKey(ctx, input.keyId);
  requireVersion(before.version, input.expectedVersions);
  const after = stageKeyChange(ctx, before, { revokedAt: ctx.now, endsAt: ctx.now });
  ctx.unit.emit(KEY_EVENTS.revoked, shownKey(ctx, after));
  ctx.unit.audit("api_key.revoked", { type: "api_key", id: before.id, before: shownKey(ctx, before) });
}
