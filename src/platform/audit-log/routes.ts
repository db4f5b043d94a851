import { z } from "@hono/zod-openapi";
import { requireAllSites } from "../../core/access/all-sites.ts";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { listEndpoint } from "../lists/list.ts";
import { InstantSchema, instant } from "../replies.ts";
import { type AuditRow, auditList } from "./service.ts";

const AuditEntrySchema = z
  .object({
    id: z.int(),
    actor: z.string().openapi({ example: "key:373181644802832" }),
    action: z.string().openapi({ example: "page.updated" }),
    target_type: z.string(),
    target_id: z.string(),
    before: z.unknown().nullable(),
    after: z.unknown().nullable(),
    ip: z.string(),
    request_id: z.string(),
    created_at: InstantSchema,
  })
  .openapi("AuditEntry");

const toEntry = (row: AuditRow): z.output<typeof AuditEntrySchema> => ({
  id: row.seq,
  actor: row.actor,
  action: row.action,
  target_type: row.targetType,
  target_id: row.targetId,
  before: row.before,
  after: row.after,
  ip: row.ip,
  request_id: row.requestId,
  created_at: instant(row.createdAt),
});

export const auditLogRoutes: Endpoint[] = [
  listEndpoint({
    path: "/audit-log",
    operationId: "listAuditLog",
    tag: "Audit log",
    summary: "Who did what, when and from where",
    description: "Entries are written by the commit they describe and never contain a key's value or a secret.",
    scope: "workspaces:read",
    schema: AuditEntrySchema,
    sorts: ["created_at", "action", "actor"],
    isSearchable: true,
    // It tells of the whole workspace.
    authorise: async (ctx) => requireAllSites(ctx, "read the audit log"),
    source: auditList,
    toWire: toEntry,
  }),
];
