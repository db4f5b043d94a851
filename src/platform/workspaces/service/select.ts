import type { Caller, Ctx } from "../../../core/context.ts";
import { DomainError, invalid } from "../../../core/errors.ts";
import { findWorkspace } from "./find.ts";

/**
 * Which workspace a call is about: the key's own, or the one of the same account that `X-Workspace-ID` names.
 * Limits and usage stay the key's own.
 */
export async function selectWorkspace(ctx: Ctx, header: string | null): Promise<Caller> {
  const { caller } = ctx;
  if (header === null || header.trim() === String(caller.workspaceId)) return caller;
  if (!/^[1-9]\d{0,15}$/.test(header.trim())) throw invalid("X-Workspace-ID", "must be the id of a workspace");
  const { id, name, slug, tier } = await findWorkspace(ctx, Number(header.trim()));
  if (caller.siteIds !== null) {
    throw new DomainError("forbidden", "An API key limited to certain sites cannot act in another workspace.", {
      reason: "site",
    });
  }
  return { ...caller, workspaceId: id, workspace: { id, name, slug, tier } };
}
