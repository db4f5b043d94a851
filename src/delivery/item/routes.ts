import { z } from "@hono/zod-openapi";
import type { SiteResource } from "../../content/resource/resource.ts";
import { SITE_RESOURCES } from "../../content/resources.ts";
import { requireAccessType, requireScope } from "../../core/access/authorise.ts";
import type { Ctx } from "../../core/work/context.ts";
import { DomainError, invalid, notFound } from "../../core/errors.ts";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { MOMENT } from "../../core/http/query-fields.ts";
import { parseWith } from "../../core/http/validate.ts";
import { text } from "../../core/fields.ts";
import { EITHER, SiteName } from "../live/contract.ts";
import { siteOfCall } from "../../content/live/site.ts";
import { articlesTable } from "./articles.ts";
import { menuTable, pagesTable, settingsTable } from "./content.ts";
import { listItems } from "./list.ts";
import { tableOf } from "./resource-table.ts";
import type { ItemTable, ItemVerb, Target } from "./table.ts";

/** Document 004 names them in this order; what came later follows. */
const FIRST = ["s_products", "s_orders", "s_coupons"];
const rank = ({ item }: SiteResource) => FIRST.indexOf(item) + 1 || FIRST.length + 1;

const TABLES: Record<string, ItemTable> = {
  pages: pagesTable,
  blog_articles: articlesTable,
  menu: menuTable,
  settings: settingsTable,
  ...Object.fromEntries([...SITE_RESOURCES].sort((a, b) => rank(a) - rank(b)).map((it) => [it.item, tableOf(it)])),
};
const NAMES = Object.keys(TABLES) as [string, ...string[]];

const tag = "Delivery";
const path = "/backend/item";
const integrations = true;

const TableName = z.enum(NAMES, `must be one of ${NAMES.join(", ")}`);
const ItemId = text(64).min(1, "must not be empty");
const named = { table: TableName, id: ItemId.optional(), site: SiteName };

/** Which of these a table's list understands, and what they may say, is the table's. */
const given = z.string().optional();
const listParameters = {
  page: given.openapi({ type: "integer", minimum: 1, maximum: 9_999_999, description: "Counts from 1" }),
  per_page: given.openapi({ type: "integer", minimum: 1, maximum: 100, description: "How many items a page has" }),
  sort: given.openapi({ description: "Field names of the table joined by commas; `-` for the last first" }),
  status: given.openapi({ description: "A status that items of the table have" }),
  search: given.openapi({ description: "What the items must contain, where the table can be searched" }),
  fields: given.openapi({ description: "Only these fields of the table, joined by commas" }),
  include: given.openapi({ type: "string", "x-unused": true }),
  created_after: given.openapi({ ...MOMENT, description: "Made after this moment" }),
  created_before: given.openapi({ ...MOMENT, description: "Made at this moment or before" }),
  updated_after: given.openapi({ ...MOMENT, description: "Changed after this moment" }),
  updated_before: given.openapi({ ...MOMENT, description: "Changed at this moment or before" }),
};

/** What the tables' own schemas check. */
const AnyBody = z.record(z.string(), z.unknown());
const AnyItem = z.record(z.string(), z.unknown());

const oneOf = (schemas: (z.ZodType | undefined)[]) => z.union(schemas.filter((it) => it !== undefined) as [z.ZodType]);
const tables = Object.values(TABLES);

const ItemSchema = oneOf(tables.map((it) => it.schema)).openapi("Item", {
  description: "An item, as its table has it",
});
const NewItem = oneOf(tables.map((it) => it.create?.schema)).openapi("NewItem", {
  description: "What a new item is made of, as its table wants it",
  example: { title: "Contact" },
});
const ItemChanges = oneOf(tables.map((it) => it.update?.schema)).openapi("ItemChanges", {
  description: "What is to change of an item, as its table wants it",
  example: { title: "Contact" },
});
const ItemsSchema = z
  .object({ items: z.array(ItemSchema), page: z.int(), per_page: z.int(), total: z.int() })
  .openapi("Items");
const ItemOrItems = z
  // Lazily, or it would be one of the list and all the tables' items, several of which look alike.
  .union([ItemsSchema, z.lazy(() => ItemSchema)])
  .openapi({ description: "Only a list has `page` and `per_page`; an item has an `id`" }, EITHER);

function missing(table: string, what: string, allow: string[]): DomainError {
  return new DomainError("method_not_allowed", `Items of ${table} cannot be ${what}.`, { allow });
}

/** What the table can do, as `Allow` lists it. */
const allowed = ({ create, update, remove }: ItemTable): string[] => [
  "GET",
  ...(create ? ["POST"] : []),
  ...(update ? ["PATCH"] : []),
  ...(remove ? ["DELETE"] : []),
];

/** What a call needs by its table: the same scope and access type that the other surfaces ask for. */
const mayCall = (verb: ItemVerb) => async (ctx: Ctx, _: unknown, query: () => URLSearchParams) => {
  const name = query().get("table") ?? "";
  const table = Object.hasOwn(TABLES, name) ? TABLES[name] : undefined;
  // A table there is not is told by the query's own check.
  if (!table) return;
  requireScope(ctx.caller, table.scopes[verb]);
  requireAccessType(ctx.caller, table.integrations.includes(verb));
};

async function opened(ctx: Ctx, query: { table: string; site?: string | undefined }) {
  const table = TABLES[query.table] as ItemTable;
  const { id: siteId } = await siteOfCall(ctx, query.site);
  return { table, siteId, allow: allowed(table) };
}

/** The item a call names. A table without a list has only one, the site's: it needs no name, and has no other. */
function targetOf(
  table: ItemTable,
  siteId: string,
  id: string | undefined,
  expectedVersions: Target["expectedVersions"],
): Target {
  if (id === undefined && table.list) throw invalid("id", "is required");
  if (!table.list && id !== undefined && id !== siteId) throw notFound("Item");
  return { siteId, id: id ?? "", expectedVersions };
}

const versionOf = (item: Record<string, unknown>) =>
  typeof item.version === "number" ? { data: item, version: item.version } : { data: item };

/** Everything a system outside exchanges with a website, by table (document 004). */
export const itemRoutes: Endpoint[] = [
  defineEndpoint({
    method: "get",
    path,
    operationId: "listItems",
    tag,
    summary: "List the items of a table, or get one",
    description: `Tables: ${NAMES.join(", ")}. Without \`id\` a list with the filters of the Platform API (page, per_page, sort, status, search, fields, created_after, …).`,
    scope: null,
    integrations,
    cors: true,
    etag: true,
    query: z.strictObject({ ...named, ...listParameters }),
    success: {
      status: 200,
      description: "The items; with `id` the item itself",
      data: AnyItem,
      described: ItemOrItems,
    },
    errors: ["not_found", "forbidden"],
    authorise: mayCall("read"),
    handle: async ({ ctx, input: { query } }) => {
      const { table: name, id, site, ...rest } = query;
      const { table, siteId } = await opened(ctx, { table: name, site });
      if (id === undefined && table.list) {
        const { schema, list } = table;
        return { data: await listItems(ctx, { schema, list }, siteId, rest) };
      }
      parseWith(z.strictObject({}), rest, "query");
      return versionOf(await table.get(ctx, targetOf(table, siteId, id, null)));
    },
  }),
  defineEndpoint({
    method: "post",
    path,
    operationId: "createItem",
    tag,
    summary: "Create an item of a table",
    scope: null,
    integrations,
    query: z.strictObject({ table: TableName, site: SiteName }),
    body: AnyBody,
    describedBody: NewItem,
    success: { status: 201, description: "The new item", data: AnyItem, described: ItemSchema },
    errors: ["not_found", "conflict", "feature_limit_reached", "method_not_allowed"],
    authorise: mayCall("write"),
    handle: async ({ ctx, input: { query, body } }) => {
      const { table, siteId, allow } = await opened(ctx, query);
      if (!table.create) throw missing(query.table, "created", allow);
      const item = await table.create.run(ctx, siteId, parseWith(table.create.schema, body, "body") as never);
      const at = new URLSearchParams({ table: query.table, id: String(item.id), site: siteId });
      return { ...versionOf(item), headers: { Location: `/api/backend/item?${at}` } };
    },
  }),
  defineEndpoint({
    method: "patch",
    path,
    operationId: "updateItem",
    tag,
    summary: "Change an item of a table",
    scope: null,
    integrations,
    etag: true,
    query: z.strictObject(named),
    body: AnyBody,
    describedBody: ItemChanges,
    success: { status: 200, description: "The changed item", data: AnyItem, described: ItemSchema },
    errors: ["not_found", "conflict", "method_not_allowed"],
    authorise: mayCall("write"),
    handle: async ({ ctx, input: { query, body, expectedVersions } }) => {
      const { table, siteId, allow } = await opened(ctx, query);
      if (!table.update) throw missing(query.table, "changed", allow);
      const target = targetOf(table, siteId, query.id, expectedVersions);
      return versionOf(await table.update.run(ctx, target, parseWith(table.update.schema, body, "body") as never));
    },
  }),
  defineEndpoint({
    method: "delete",
    path,
    operationId: "deleteItem",
    tag,
    summary: "Delete an item of a table",
    scope: null,
    integrations,
    etag: true,
    query: z.strictObject(named),
    success: { status: 204, description: "The item is deleted" },
    errors: ["not_found", "method_not_allowed"],
    authorise: mayCall("delete"),
    handle: async ({ ctx, input: { query, expectedVersions } }) => {
      const { table, siteId, allow } = await opened(ctx, query);
      if (!table.remove) throw missing(query.table, "deleted", allow);
      await table.remove(ctx, targetOf(table, siteId, query.id, expectedVersions));
      return {};
    },
  }),
];
