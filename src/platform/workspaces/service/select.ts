import { requireAllSites } from "../../../core/access/all-sites.ts";
import type { Caller, Ctx } from "../../../core/work/context.ts";
import { invalid } from "../../../core/errors.ts";
import { findWorkspace } from "./find.ts";

/**
 * Which workspace a call is about: the key's own, or the one of the same account that `X-Workspace-ID` names.
 * Limits and usage stay the key's own.
 */
export async function selectWorkspace(ctx: Ctx, header: string | null): Promise<Caller> {
  const { caller } = ctx;
  if (header === null || header.trim() === String(caller.workspaceId)) return caller;
  if (!/^[1-9]\d{0,15}$/.test(header.trim()) || !Number.isSafeInteger(Number(header)))
    throw invalid("X-Workspace-ID", "must be the id of a workspace");
  const { id, name, slug, tier } = await findWorkspace(ctx, Number(header.trim()));
  requireAllSites(ctx, "act in another workspace");
  return { ...caller, workspaceId: id, workspace: { id, name, slug, tier } };
}
