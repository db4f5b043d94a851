import type { z } from "@hono/zod-openapi";
import type { Ctx } from "../../core/work/context.ts";
import { readNumberedPage } from "../../core/storage/numbered-list.ts";
import { type PlatformQuery, platformQuery } from "../../core/http/numbered-query.ts";
import type { ItemTable } from "./table.ts";

type List = NonNullable<ItemTable["list"]>;

/** The query parameters of a table's list: those of the Platform API's lists, with the table's own names. */
export const listQueryOf = (schema: z.ZodObject, { sorts, statuses, isSearchable }: List): z.ZodType<PlatformQuery> =>
  platformQuery({ sorts, fields: Object.keys(schema.shape), includes: [], statuses: [...statuses], isSearchable });

/** A page of a table. */
export async function listItems(
  ctx: Ctx,
  { source, toWire }: List,
  siteId: string,
  query: PlatformQuery,
): Promise<Record<string, unknown>> {
  const { rows, total, page, perPage } = await readNumberedPage(ctx, source(ctx, siteId, query), query);
  const items = rows.map((row) => toWire(ctx, row as never));
  const pick = (item: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(item).filter(([name]) => query.fields?.includes(name)));
  return { items: query.fields ? items.map(pick) : items, page, per_page: perPage, total };
}
