import { eq } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import { scoped } from "../../core/storage/scoped.ts";
import { auditLog } from "../../core/storage/tables.ts";

export type AuditRow = typeof auditLog.$inferSelect;

/** What entries must be to be listed. */
export interface Wanted {
  action?: string | undefined;
  target_type?: string | undefined;
  target_id?: string | undefined;
  key_id?: number | undefined;
}

/** Where the audit log comes from. A key is known by what the log names it: `key:123`. */
export function auditList(ctx: Ctx, { action, target_type, target_id, key_id }: Wanted): NumberedSource {
  const conditions = [
    action === undefined ? undefined : eq(auditLog.action, action),
    target_type === undefined ? undefined : eq(auditLog.targetType, target_type),
    target_id === undefined ? undefined : eq(auditLog.targetId, target_id),
    key_id === undefined ? undefined : eq(auditLog.actor, `key:${key_id}`),
  ];
  return {
    table: auditLog,
    where: scoped(ctx, auditLog, ...conditions),
    sorts: { created_at: auditLog.createdAt, action: auditLog.action, actor: auditLog.actor },
    id: auditLog.seq,
    search: [auditLog.action, auditLog.targetId, auditLog.actor, auditLog.requestId],
    createdAt: auditLog.createdAt,
    // An entry is never changed.
    updatedAt: auditLog.createdAt,
  };
}
