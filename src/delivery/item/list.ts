import type { Ctx } from "../../core/work/context.ts";
import { parseWith } from "../../core/http/validate.ts";
import { readNumberedPage } from "../../core/storage/numbered-list.ts";
import { platformQuery } from "../../core/http/numbered-query.ts";
import type { ItemTable } from "./table.ts";

/** A page of a table, under the query parameters of the Platform API's lists. */
export async function listItems(
  ctx: Ctx,
  { schema, list }: Pick<ItemTable, "schema"> & { list: NonNullable<ItemTable["list"]> },
  siteId: string,
  given: Record<string, string>,
): Promise<Record<string, unknown>> {
  const { sorts, statuses, isSearchable, source, toWire } = list;
  const fields = Object.keys(schema.shape);
  const query = parseWith(
    platformQuery({ sorts, fields, includes: [], statuses: [...statuses], isSearchable }),
    given,
    "query",
  );
  const { rows, total } = await readNumberedPage(ctx, source(ctx, siteId, query), query);
  const items = rows.map((row) => toWire(ctx, row as never));
  const pick = (item: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(item).filter(([name]) => query.fields?.includes(name)));
  return { items: query.fields ? items.map(pick) : items, page: query.page, per_page: query.per_page, total };
}
