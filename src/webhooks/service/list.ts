import { and, eq, type SQL } from "drizzle-orm";
import type { Ctx } from "../../core/work/context.ts";
import { webhookEndpoints } from "../../core/events/tables.ts";
import { counter, tenantScope } from "../../core/storage/counter.ts";
import type { ListSource } from "../../core/storage/list.ts";
import type { NumberedSource } from "../../core/storage/numbered-list.ts";
import { visibleEndpoints } from "./find.ts";

/** Counted by workspace and environment, and by site. */
export const ENDPOINTS = counter("webhooks");

export const ENDPOINT_STATUSES = ["active", "inactive"] as const;

/** The endpoints a caller may see, and how many there are in all. */
function conditionOf(ctx: Ctx, status: string | undefined, siteId?: string): { where: SQL; total: SQL | undefined } {
  const { siteIds, accessType } = ctx.caller;
  const isWanted = status === undefined ? undefined : eq(webhookEndpoints.isActive, status === "active");
  const where = and(visibleEndpoints(ctx, siteId), isWanted) as SQL;
  const seesAll = (siteIds === null || siteId !== undefined) && accessType !== "integrations" && status === undefined;
  return { where, total: seesAll ? ENDPOINTS.count(siteId ?? tenantScope(ctx.caller)) : undefined };
}

/** The endpoints of a workspace as a numbered list. */
export function numberedEndpoints(ctx: Ctx, { status }: { status?: string }): NumberedSource {
  const { where, total } = conditionOf(ctx, status);
  return {
    table: webhookEndpoints,
    where,
    sorts: {
      created_at: webhookEndpoints.createdAt,
      updated_at: webhookEndpoints.updatedAt,
      last_delivery_at: webhookEndpoints.lastDeliveryAt,
    },
    id: webhookEndpoints.id,
    counted: total,
    search: [webhookEndpoints.url, webhookEndpoints.description],
    createdAt: webhookEndpoints.createdAt,
    updatedAt: webhookEndpoints.updatedAt,
  };
}

/** The endpoints of one site as a list with cursors; ids grow with time. */
export function cursoredEndpoints(ctx: Ctx, siteId: string, status?: string): ListSource<typeof webhookEndpoints> {
  const { where, total } = conditionOf(ctx, status, siteId);
  return {
    name: `webhooks:${siteId}:${status ?? ""}`,
    table: webhookEndpoints,
    id: webhookEndpoints.id,
    where,
    orders: { createdAt: webhookEndpoints.id },
    counted: total,
  };
}
