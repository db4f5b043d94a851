import { z } from "@hono/zod-openapi";
import { requireAllSites } from "../../core/access/all-sites.ts";
import { readerOfCaller } from "../../core/access/caller.ts";
import { findReadable } from "../../core/events/catalogue.ts";
import { mayRead } from "../../core/keys/reader.ts";
import type { Ctx } from "../../core/work/context.ts";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { idQuery } from "../../core/http/query-fields.ts";
import { listEndpoint } from "../lists/list.ts";
import { InstantSchema, instant } from "../replies.ts";
import { type AuditRow, auditList } from "./service.ts";

const AuditEntrySchema = z
  .object({
    id: z.int(),
    actor: z.string().meta({ example: "key:373181644802832" }),
    action: z.string().meta({ example: "page.updated" }),
    target_type: z.string(),
    target_id: z.string(),
    before: z.unknown().nullable(),
    after: z.unknown().nullable(),
    ip: z.string(),
    request_id: z.string(),
    created_at: InstantSchema,
  })
  .openapi("AuditEntry");

const name = z.string().regex(/^[\w.-]{1,100}$/, "may hold letters, digits, _, . and -");

const AuditFiltersSchema = z.object({
  action: name.optional().register(z.globalRegistry, { description: "Only this deed, such as `page.updated`" }),
  target_type: name
    .optional()
    .register(z.globalRegistry, { description: "Only deeds to things of this kind, such as `page`" }),
  target_id: name.optional().register(z.globalRegistry, { description: "Only deeds to the thing with this id" }),
  key_id: idQuery("must be the id of a key")
    .optional()
    .register(z.globalRegistry, { description: "Only deeds of this API key" }),
});

type AuditFilters = z.output<typeof AuditFiltersSchema>;

function shownOf({ targetType, before, after }: AuditRow, { caller }: Ctx) {
  const readable = findReadable(targetType);
  return readable && mayRead(readerOfCaller(caller), readable) ? { before, after } : { before: null, after: null };
}

/** An entry; with what the thing was and became for those who may read such things. */
const toEntry = (row: AuditRow, ctx: Ctx): z.output<typeof AuditEntrySchema> => ({
  id: row.seq,
  actor: row.actor,
  action: row.action,
  target_type: row.targetType,
  target_id: row.targetId,
  ...shownOf(row, ctx),
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
    description:
      "`action`, `target_type`, `target_id` and `key_id` choose entries; together they all must hold. Entries are written by the commit they describe and never contain a key's value or a secret. `before` and `after` are shown to keys that may read the thing itself (`page.updated`: `pages:read`), and are null for others.",
    scope: "workspaces:read",
    schema: AuditEntrySchema,
    sorts: ["created_at", "action", "actor"],
    isSearchable: true,
    filters: AuditFiltersSchema.shape,
    // It tells of the whole workspace.
    authorise: async (ctx) => requireAllSites(ctx, "read the audit log"),
    source: (ctx, query) => auditList(ctx, query.filters as AuditFilters),
    toWire: toEntry,
  }),
];
