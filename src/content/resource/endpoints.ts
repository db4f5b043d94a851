import type { z } from "@hono/zod-openapi";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { pathParams } from "../../core/http/path-params.ts";
import { contentEndpoint } from "../define.ts";
import { created, versioned } from "../replies.ts";
import type { ItemTable } from "./columns.ts";
import type { Declaration } from "./declaration.ts";
import { parameterOf } from "./parameter.ts";
import type { Verbs } from "./verbs.ts";

type AnyVerbs = Verbs<{ id: string; version: number }, unknown, object, object>;
type Declared = Declaration<ItemTable, z.ZodObject, z.ZodType, z.ZodType, z.ZodType>;

/** The parameters of a list's path: the site, and what the items stand below. */
const listParams = (within: Declared["within"]) =>
  within ? pathParams("siteId", within.parameter) : pathParams("siteId");

/** The endpoints of a resource on `/v1`: a list, an item, and a write for each of the verbs it has. */
export function endpointsOf(declared: Declared, verbs: AnyVerbs): Endpoint[] {
  const {
    name,
    label,
    article = "a",
    tag,
    scopes,
    integrations,
    schema,
    within,
    list,
    create,
    update,
    remove,
  } = declared;
  const { plural = `${label}s`, words = { one: name, many: `${name}s` } } = declared;
  const path = `/sites/{siteId}${declared.path}`;
  const parameter = parameterOf(name);
  const common = { tag, integrations };
  const ofItem = {
    ...common,
    path: `${path}/{${parameter}}`,
    params: pathParams("siteId", ...(within ? [within.parameter] : []), parameter),
    etag: true,
  };
  const inList = (params: Record<string, unknown>) => ({
    siteId: String(params.siteId),
    ...(within && { parent: String(params[within.parameter]) }),
  });
  const target = (params: Record<string, unknown>) => ({
    ...inList(params),
    id: String(params[parameter]),
  });
  const routes: Endpoint[] = [
    contentEndpoint({
      ...common,
      method: "get",
      path: `/sites/{siteId}${list.path ?? declared.path}`,
      operationId: `list${plural}`,
      summary: `List ${words.many}`,
      scope: scopes.read,
      params: listParams(within),
      query: list.query,
      success: { status: 200, description: `A page of ${words.many}`, data: schema, list: true },
      handle: async ({ ctx, input }) => ({
        page: await verbs.list({ ctx, input: { ...inList(input.params), query: input.query } }),
      }),
    }),
  ];
  if (create) {
    routes.push(
      contentEndpoint({
        ...common,
        method: "post",
        path,
        operationId: `create${label}`,
        summary: `Create ${article} ${words.one}`,
        ...described(create),
        scope: scopes.write,
        params: listParams(within),
        body: create.schema,
        success: { status: 201, description: `The new ${words.one}`, data: schema },
        handle: async ({ ctx, input }) => {
          const siteId = String(input.params.siteId);
          const item = await verbs.create({ ctx, input: { siteId, body: input.body as object } });
          return created(`/v1/sites/${siteId}${declared.path}`, item);
        },
      }),
    );
  }
  routes.push(
    contentEndpoint({
      ...ofItem,
      method: "get",
      operationId: `get${label}`,
      summary: `Get ${article} ${words.one}`,
      scope: scopes.read,
      success: { status: 200, description: `The ${words.one}`, data: schema },
      handle: async ({ ctx, input }) => versioned(await verbs.get({ ctx, input: target(input.params) })),
    }),
  );
  if (update) {
    routes.push(
      contentEndpoint({
        ...ofItem,
        method: "patch",
        operationId: `update${label}`,
        summary: `Change ${article} ${words.one}`,
        ...described(update),
        scope: scopes.write,
        body: update.schema,
        success: { status: 200, description: `The changed ${words.one}`, data: schema },
        handle: async ({ ctx, input: { params, body, expectedVersions } }) =>
          versioned(
            await verbs.update({ ctx, input: { ...target(params), changes: body as object, expectedVersions } }),
          ),
      }),
    );
  }
  if (remove) {
    routes.push(
      contentEndpoint({
        ...ofItem,
        method: "delete",
        operationId: `delete${label}`,
        summary: `Delete ${article} ${words.one}`,
        ...described(remove),
        scope: scopes.write,
        success: { status: 204, description: `The ${words.one} is deleted` },
        handle: async ({ ctx, input: { params, expectedVersions } }) => {
          await verbs.remove({ ctx, input: { ...target(params), expectedVersions } });
          return {};
        },
      }),
    );
  }
  return routes;
}

/** The words and errors of an endpoint that its resource adds. */
const described = ({ description, errors }: Pick<Endpoint, "description" | "errors">) => ({
  ...(description && { description }),
  ...(errors && { errors }),
});
