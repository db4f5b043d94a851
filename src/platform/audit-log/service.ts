import type { Ctx } from "../../core/work/context.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import { scoped } from "../../core/storage/scoped.ts";
import { auditLog } from "../../core/storage/tables.ts";

export type AuditRow = typeof auditLog.$inferSelect;

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
