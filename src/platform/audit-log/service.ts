import type { Ctx } from "../../core/context.ts";
import { DomainError } from "../../core/errors.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import { scoped } from "../../core/storage/scoped.ts";
import { auditLog } from "../../core/storage/tables.ts";

export type AuditRow = typeof auditLog.$inferSelect;

/** The audit log tells of the whole workspace, so a key limited to sites may not read it. */
export async function requireUnrestricted(ctx: Ctx): Promise<void> {
  if (ctx.caller.siteIds === null) return;
  throw new DomainError("forbidden", "An API key limited to certain sites cannot read the audit log.", {
    reason: "site",
  });
}

/** Where the audit log comes from. */
export function auditList(ctx: Ctx): NumberedSource {
  return {
    table: auditLog,
    where: scoped(ctx, auditLog),
    sorts: { created_at: auditLog.createdAt, action: auditLog.action, actor: auditLog.actor },
    id: auditLog.seq,
    search: [auditLog.action, auditLog.targetId, auditLog.actor, auditLog.requestId],
    createdAt: auditLog.createdAt,
    // An entry is never changed.
    updatedAt: auditLog.createdAt,
  };
}
