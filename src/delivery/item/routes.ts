import { z } from "@hono/zod-openapi";
import type { SiteResource } from "../../content/resource/resource.ts";
import { SITE_RESOURCES } from "../../content/resources.ts";
import type { NeededByQuery } from "../../core/access/authorise.ts";
import type { Ctx } from "../../core/work/context.ts";
import { DomainError, invalid, notFound } from "../../core/errors.ts";
import { defineEndpoint, type Endpoint, inOrder } from "../../core/http/endpoint.ts";
import { MOMENT } from "../../core/http/query-fields.ts";
import type { PlatformQuery } from "../../core/http/numbered-query.ts";
import { parseWith } from "../../core/http/validate.ts";
import { text } from "../../core/fields.ts";
import { EITHER, SiteName } from "../live/contract.ts";
import { authoriseSite, siteOfCall } from "../../content/live/site.ts";
import { articlesTable } from "./articles.ts";
import { menuTable, pagesTable, settingsTable } from "./content.ts";
import { listItems, listQueryOf } from "./list.ts";
import { tableOf } from "./resource-table.ts";
import type { ItemTable, ItemVerb, Target } from "./table.ts";

/** Document 004 names them in this order; what came later follows. */
const FIRST = ["s_products", "s_orders", "s_coupons"];
const rank = ({ item = "" }: SiteResource) => FIRST.indexOf(item) + 1 || FIRST.length + 1;
const RESOURCES = SITE_RESOURCES.filter(({ item }) => item !== undefined).sort((a, b) => rank(a) - rank(b));

const TABLES: Record<string, ItemTable> = {
  pages: pagesTable,
  blog_articles: articlesTable,
  menu: menuTable,
  settings: settingsTable,
  ...Object.fromEntries(RESOURCES.map((it) => [it.item, tableOf(it)])),
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
  page: given.meta({ type: "integer", minimum: 1, maximum: 9_999_999, description: "Counts from 1" }),
  per_page: given.meta({ type: "integer", minimum: 1, maximum: 100, description: "How many items a page has" }),
  sort: given.meta({ description: "Field names of the table joined by commas; `-` for the last first" }),
  status: given.meta({ description: "A status that items of the table have" }),
  search: given.meta({
    description: "What the items must contain, whatever the case and the accents, where the table can be searched",
  }),
  fields: given.meta({ description: "Only these fields of the table, joined by commas" }),
  include: given.meta({ type: "string", "x-unused": true }),
  created_after: given.meta({ ...MOMENT, description: "Made after this moment" }),
  created_before: given.meta({ ...MOMENT, description: "Made at this moment or before" }),
  updated_after: given.meta({ ...MOMENT, description: "Changed after this moment" }),
  updated_before: given.meta({ ...MOMENT, description: "Changed at this moment or before" }),
};

const NOTHING_MORE = z.strictObject({});
/** What a table's list takes; one without a list has one item, which takes nothing. */
const LIST_QUERIES: Record<string, z.ZodType<PlatformQuery> | undefined> = Object.fromEntries(
  Object.entries(TABLES).map(([name, { schema, list }]) => [name, list && listQueryOf(schema, list)]),
);

/** A list, as its table understands it, or one item. */
const ItemsQuery = z
  .strictObject({ ...named, ...listParameters })
  .superRefine(({ table, id, site: _, ...rest }, issues) => {
    const schema = (id === undefined && LIST_QUERIES[table]) || NOTHING_MORE;
    for (const issue of schema.safeParse(rest).error?.issues ?? []) issues.addIssue({ ...issue });
  });

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

/** What can be done to an item: what it asks for, by which method, and how it is said. */
const DEEDS = {
  get: { verb: "read", method: "GET", done: "read" },
  create: { verb: "write", method: "POST", done: "created" },
  update: { verb: "write", method: "PATCH", done: "changed" },
  remove: { verb: "delete", method: "DELETE", done: "deleted" },
} as const satisfies Record<string, { verb: ItemVerb; method: string; done: string }>;
type Deed = keyof typeof DEEDS;

/** How a table does it; 405 with what it can do instead where it cannot. */
function deedOf<Name extends Deed>(name: string, deed: Name): NonNullable<ItemTable[Name]> {
  const table = TABLES[name] as ItemTable;
  const found = table[deed];
  if (found) return found;
  const there = (Object.keys(DEEDS) as Deed[]).filter((it) => table[it]);
  const allow = there.map((it) => DEEDS[it].method);
  throw new DomainError("method_not_allowed", `Items of ${name} cannot be ${DEEDS[deed].done}.`, { allow });
}

/** What a call asks for by its table: the same scope and access type that the other surfaces ask for. */
const byTable = (deed: Deed): NeededByQuery => ({
  parameter: "table",
  values: Object.fromEntries(
    Object.entries(TABLES).map(([name, table]) => {
      const { verb } = DEEDS[deed];
      const integrations = table.integrations.includes(verb);
      return [name, { scope: table.scopes[verb], integrations, isOffered: table[deed] !== undefined }];
    }),
  ),
});

/** Who may call, and that the table can do it at all. A table there is not is told by the query's own check. */
const mayCall = (deed: Deed): Pick<Endpoint, "byQuery" | "authorise"> => ({
  byQuery: byTable(deed),
  authorise: inOrder(async (_: Ctx, __: unknown, query: () => URLSearchParams) => {
    const name = query().get("table") ?? "";
    if (Object.hasOwn(TABLES, name)) deedOf(name, deed);
  }, authoriseSite),
});

interface Named {
  table: string;
  site?: string | undefined;
  id?: string | undefined;
}

/** The item a call names. A table without a list has only one, the site's: it needs no name, and has no other. */
async function targetOf(
  ctx: Ctx,
  { table, site, id }: Named,
  expectedVersions: Target["expectedVersions"] = null,
): Promise<Target> {
  const { id: siteId } = await siteOfCall(ctx, site);
  const isOnly = TABLES[table]?.list === undefined;
  if (id === undefined && !isOnly) throw invalid("id", "is required");
  if (isOnly && id !== undefined && id !== siteId) throw notFound("Item");
  return { siteId, isSiteNamed: site !== undefined, id: id ?? "", expectedVersions };
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
    query: ItemsQuery,
    success: {
      status: 200,
      description: "The items; with `id` the item itself",
      data: AnyItem,
      described: ItemOrItems,
    },
    errors: ["not_found", "forbidden"],
    ...mayCall("get"),
    handle: async ({ ctx, input: { query } }) => {
      const { table, id, site, ...rest } = query;
      const [list, listQuery] = [TABLES[table]?.list, LIST_QUERIES[table]];
      if (id === undefined && list && listQuery) {
        const { id: siteId } = await siteOfCall(ctx, site);
        return { data: await listItems(ctx, list, siteId, parseWith(listQuery, rest, "query")) };
      }
      return versionOf(await deedOf(table, "get")(ctx, await targetOf(ctx, { table, site, id })));
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
    ...mayCall("create"),
    handle: async ({ ctx, input: { query, body } }) => {
      const { id: siteId } = await siteOfCall(ctx, query.site);
      const { schema, run } = deedOf(query.table, "create");
      const item = await run(ctx, siteId, parseWith(schema, body, "body") as never);
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
    ...mayCall("update"),
    handle: async ({ ctx, input: { query, body, expectedVersions } }) => {
      const target = await targetOf(ctx, query, expectedVersions);
      const { schema, run } = deedOf(query.table, "update");
      return versionOf(await run(ctx, target, parseWith(schema, body, "body") as never));
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
    ...mayCall("remove"),
    handle: async ({ ctx, input: { query, expectedVersions } }) => {
      await deedOf(query.table, "remove")(ctx, await targetOf(ctx, query, expectedVersions));
      return {};
    },
  }),
];
