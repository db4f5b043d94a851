import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../core/work/context.ts";
import { listByCursor } from "../../core/storage/list.ts";
import { cursoredDeliveries } from "../../webhooks/service/deliveries.ts";
import type { EndpointId } from "../../webhooks/service/find.ts";
import { cursoredEndpoints } from "../../webhooks/service/list.ts";
import { cursoredReplays, withProgress } from "../../webhooks/service/replays.ts";
import { findSite } from "../sites/service.ts";
import type { ListHookDeliveriesQuery, ListHookReplaysQuery, ListHooksQuery } from "./contract.ts";
import { shownHooks, toHookDelivery, toListedHookReplay } from "./replies.ts";

export async function listHooks(ctx: Ctx, siteId: string, query: z.output<typeof ListHooksQuery>) {
  const site = await findSite(ctx, siteId);
  const source = cursoredEndpoints(ctx, site.id, query.status);
  const { rows, pagination } = await listByCursor(ctx, source, query);
  return { items: await shownHooks(ctx, rows), pagination };
}

export async function listHookDeliveries(
  ctx: Ctx,
  endpoint: EndpointId,
  query: z.output<typeof ListHookDeliveriesQuery>,
) {
  const source = await cursoredDeliveries(ctx, endpoint, query);
  const { rows, pagination } = await listByCursor(ctx, source, query);
  return { items: rows.map(toHookDelivery), pagination };
}

export async function listHookReplays(ctx: Ctx, endpoint: EndpointId, query: z.output<typeof ListHookReplaysQuery>) {
  const source = await cursoredReplays(ctx, endpoint, query);
  const { rows, pagination } = await listByCursor(ctx, source, query);
  return { items: (await withProgress(ctx, rows)).map(toListedHookReplay), pagination };
}
