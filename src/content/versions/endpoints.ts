import { z } from "@hono/zod-openapi";
import type { Endpoint } from "../../core/http/endpoint.ts";
import type { Scope } from "../../core/keys/scopes.ts";
import type { ExpectedVersions } from "../../core/storage/version.ts";
import type { Ctx } from "../../core/work/context.ts";
import { contentEndpoint } from "../define.ts";
import { versioned } from "../replies.ts";
import {
  between,
  CompareQuery,
  ComparisonSchema,
  ListVersionsQuery,
  toComparison,
  toVersion,
  VersionNameSchema,
  VersionSchema,
  versionOf,
  wholeVersion,
} from "./contract.ts";
import type { VersionedRow } from "./find.ts";
import { compareVersions, getVersion, listVersions, type Versioned } from "./service.ts";
import { parameterOf } from "../resource/parameter.ts";

interface Named {
  siteId: string;
  id: string;
}

/** A version to restore; `changes` is what is to be other than it was. */
export interface Restoring extends Named {
  version: number | "current";
  changes: object;
  expectedVersions?: ExpectedVersions;
}

/** What the endpoints need to know of a resource below a site. */
export interface VersionedResource<Row extends VersionedRow> extends Versioned<Row> {
  name: string;
  label: string;
  article: "a" | "an";
  tag: string;
  scopes: { read: Scope; write: Scope };
  integrations: boolean;
  /** Below the site: `/shop/products`. */
  path: string;
  schema: z.ZodObject;
  /** What can be told of a restored version: its fields, each where it is to be another. */
  restoring: z.ZodType;
  find(ctx: Ctx, named: Named): Promise<Row>;
  restore(at: { ctx: Ctx; input: Restoring }): Promise<{ id: string; version: number }>;
}

/** The endpoints of a resource's versions: list, get, compare, restore. */
export function versionEndpoints<Row extends VersionedRow>(resource: VersionedResource<Row>): Endpoint[] {
  const { name, label, article, tag, scopes, integrations, schema } = resource;
  const parameter = parameterOf(name);
  const path = `/sites/{siteId}${resource.path}/{${parameter}}/versions`;
  const common = { tag, integrations };
  const ofItem = { siteId: z.string(), [parameter]: z.string() };
  const ofVersion = z.object({ ...ofItem, version: VersionNameSchema });
  const named = (params: Record<string, unknown>): Named => ({
    siteId: String(params.siteId),
    id: String(params[parameter]),
  });
  return [
    contentEndpoint({
      ...common,
      method: "get",
      path,
      operationId: `list${label}Versions`,
      summary: `List the earlier versions of ${article} ${name}`,
      description: "The last fifty, for ninety days, each with who made it; `versions/current` has the present one.",
      scope: scopes.read,
      params: z.object(ofItem),
      query: ListVersionsQuery,
      success: { status: 200, description: "A page of versions", data: VersionSchema, list: true },
      handle: async ({ ctx, input: { params, query } }) => {
        const { items, pagination } = await listVersions(ctx, await resource.find(ctx, named(params)), query);
        return { page: { items: items.map((it) => toVersion(ctx, name, it)), pagination } };
      },
    }),
    contentEndpoint({
      ...common,
      method: "get",
      path: `${path}/compare`,
      operationId: `compare${label}Versions`,
      summary: `Compare two versions of ${article} ${name}`,
      description:
        "What differs, field by field and block by block: added, removed, changed, moved; texts word by word or sentence by sentence. A thousand differences at most.",
      scope: scopes.read,
      params: z.object(ofItem),
      query: CompareQuery,
      etag: true,
      success: { status: 200, description: "What differs", data: ComparisonSchema },
      handle: async ({ ctx, input: { params, query } }) => {
        const row = await resource.find(ctx, named(params));
        return { data: toComparison(await compareVersions(ctx, resource, row, between(query))) };
      },
    }),
    contentEndpoint({
      ...common,
      method: "get",
      path: `${path}/{version}`,
      operationId: `get${label}Version`,
      summary: `Get a version of ${article} ${name}, whole`,
      scope: scopes.read,
      params: ofVersion,
      etag: true,
      success: { status: 200, description: "The version", data: wholeVersion(name, label, schema) },
      handle: async ({ ctx, input: { params } }) => {
        const row = await resource.find(ctx, named(params));
        const { head, item } = await getVersion(ctx, resource, row, versionOf(String(params.version)));
        return { data: { ...toVersion(ctx, name, head), [name]: item } as never };
      },
    }),
    contentEndpoint({
      ...common,
      method: "post",
      path: `${path}/{version}/restore`,
      operationId: `restore${label}Version`,
      summary: `Restore a version of ${article} ${name}`,
      description:
        "Makes a new version of what an earlier one had; nothing is lost. `If-Match` names the present version. Fields in the body are to be other than they were.",
      scope: scopes.write,
      params: ofVersion,
      body: resource.restoring,
      bodyOptional: true,
      etag: true,
      errors: ["conflict"],
      success: { status: 200, description: `The ${name}, restored`, data: schema },
      handle: async ({ ctx, input: { params, body, expectedVersions } }) => {
        const version = versionOf(String(params.version));
        const input = { ...named(params), version, changes: body as object, expectedVersions };
        return versioned(await resource.restore({ ctx, input })) as never;
      },
    }),
  ];
}
