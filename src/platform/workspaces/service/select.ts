import type { Caller, Ctx } from "../../../core/work/context.ts";
import { invalid } from "../../../core/errors.ts";
import { planOf } from "../../../core/limits/plans.ts";
import { requireApiAccess } from "../../api-keys/service/settings.ts";
import { findWorkspace, requireAccountAccess } from "./find.ts";

/**
 * Which workspace a call is about: the key's own, or the one of the same account that `X-Workspace-ID` names, if the key has
 * `account_access`. What a plan without API access closes is closed to the account's other keys too.
 * Limits and usage stay the key's own.
 */
export async function selectWorkspace(ctx: Ctx, header: string | null): Promise<Caller> {
  const { caller } = ctx;
  if (header === null || header.trim() === String(caller.workspaceId)) return caller;
  if (!/^[1-9]\d{0,15}$/.test(header.trim()) || !Number.isSafeInteger(Number(header)))
    throw invalid("X-Workspace-ID", "must be the id of a workspace");
  // Before it is looked for: who may not ask does not learn which ids there are.
  requireAccountAccess(ctx, "act in another workspace");
  const { id, name, slug, tier } = await findWorkspace(ctx, Number(header.trim()));
  requireApiAccess(planOf(tier).apiAccess, ctx.env.UPGRADE_URL);
  return { ...caller, workspaceId: id, workspace: { id, name, slug, tier } };
}
