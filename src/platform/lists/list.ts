import { z } from "@hono/zod-openapi";
import { requireReadable } from "../../core/access/authorise.ts";
import type { Readable } from "../../core/keys/reader.ts";
import type { Scope } from "../../core/keys/scopes.ts";
import type { Ctx } from "../../core/work/context.ts";
import { defineEndpoint, type Endpoint, inOrder } from "../../core/http/endpoint.ts";
import { type NumberedSource, readNumberedPage } from "../../core/storage/numbered-list.ts";
import { namesIn, type PlatformQuery, platformQuery } from "../../core/http/numbered-query.ts";

type Row = Record<string, unknown>;

/** What else a list can show with its items: who may read that, and where it comes from. */
export interface Include {
  readable: Readable;
  schema: z.ZodType;
  load: (ctx: Ctx, rows: Row[]) => Promise<Map<unknown, unknown>>;
}

/** One resource's list on the Platform API: what can be filtered, sorted, selected and included. */
export interface PlatformList {
  path: string;
  operationId: string;
  tag: string;
  summary: string;
  description?: string;
  scope: Scope | null;
  integrations?: boolean;
  params?: z.ZodType;
  /** The wire schema; its keys are what `fields` may name. */
  schema: z.ZodObject;
  /** Sort names, the default order first. */
  sorts: string[];
  statuses?: string[];
  isSearchable?: boolean;
  /** Query parameters of its own, which choose among its items; `source` finds them in `filters`. */
  filters?: z.ZodRawShape;
  includes?: Record<string, Include>;
  /** Refuses callers who may not see the list at all. */
  authorise?: (ctx: Ctx, params: never) => Promise<void>;
  source: (ctx: Ctx, query: PlatformQuery, params: never) => NumberedSource | Promise<NumberedSource>;
}

/** How rows are shown: each by itself, or all of a page at once where something is looked up for them. */
type Shown = { toWire: (row: never, ctx: Ctx) => Row } | { toWires: (rows: never, ctx: Ctx) => Promise<Row[]> };

/** Refuses callers who may not read what a list shows with its items. A name there is not is told by the query's own check. */
const mayInclude =
  (includes: Record<string, Include>) =>
  async (ctx: Ctx, _: unknown, query: () => URLSearchParams): Promise<void> => {
    const names = Object.keys(includes).length === 0 ? [] : namesIn(query().getAll("include").join());
    for (const [name, { readable }] of Object.entries(includes))
      if (names.includes(name)) requireReadable(ctx.caller, readable);
  };

const pick = (item: Row, names: readonly string[]): Row =>
  Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));

/** An item with what was asked for beside it, which is there only then. */
const withIncludes = (schema: z.ZodObject, included: Record<string, z.ZodType>) =>
  schema.extend(z.object(included).partial().shape);

/** The list's endpoint; every list of the surface is made here, so all of them behave alike. */
export function listEndpoint(list: PlatformList & Shown): Endpoint {
  const { path, operationId, tag, summary, description, scope, integrations, params, authorise } = list;
  const includes = list.includes ?? {};
  const fields = Object.keys(list.schema.shape);
  const included = Object.fromEntries(Object.entries(includes).map(([name, { schema }]) => [name, schema]));
  const names = {
    sorts: list.sorts,
    fields,
    includes: Object.keys(includes),
    statuses: list.statuses ?? [],
    isSearchable: list.isSearchable ?? false,
    filters: list.filters ?? {},
  };
  return defineEndpoint({
    method: "get",
    path,
    operationId,
    tag,
    summary,
    ...(description && { description }),
    scope,
    ...(integrations && { integrations }),
    ...(params && { params }),
    authorise: inOrder(mayInclude(includes), authorise as Endpoint["authorise"]),
    query: platformQuery(names),
    success: {
      status: 200,
      description: "One page of the list",
      data: Object.keys(included).length > 0 ? withIncludes(list.schema, included) : list.schema,
      list: true,
      selectable: true,
    },
    handle: async ({ ctx, input }) => {
      const query = input.query as PlatformQuery;
      const wanted = query.include.map((name) => [name, includes[name] as Include] as const);
      const source = await list.source(ctx, query, input.params as never);
      const { rows, ...numbers } = await readNumberedPage(ctx, source, query);
      const items =
        "toWires" in list ? await list.toWires(rows as never, ctx) : rows.map((row) => list.toWire(row as never, ctx));
      const shown = query.fields ? items.map((item) => pick(item, query.fields as string[])) : items;
      for (const [name, { load }] of wanted) {
        const values = await load(ctx, rows);
        for (const [index, item] of shown.entries()) item[name] = values.get((rows[index] as Row).id) ?? null;
      }
      return { page: { items: shown as never[], pagination: numbers } };
    },
  });
}
