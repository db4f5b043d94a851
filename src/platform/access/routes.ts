import { z } from "@hono/zod-openapi";
import { allPersonalAttributes, CHANNELS } from "../../core/keys/attributes.ts";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { columnOf, keyedRoutes } from "../api-keys/service/rights.ts";
import { dataOf } from "../replies.ts";

const RouteSchema = z
  .object({
    endpoint: z.string().meta({ example: "/v1/sites/{siteId}/pages" }),
    methods: z.array(z.string()).meta({ description: "The columns of the rights table: GET, POST, PATCH, DELETE" }),
    scopes: z.array(z.string()),
  })
  .openapi("RightsEndpoint");

const AccessTypeSchema = z
  .object({
    access_type: z.enum(["admin", "integrations", "transactional"]),
    description: z.string(),
    endpoints: z
      .array(
        z.object({
          method: z.string(),
          endpoint: z.string(),
          query: z
            .record(z.string(), z.string())
            .optional()
            .register(z.globalRegistry, { description: "Only with these parameters" }),
        }),
      )
      .nullable()
      .register(z.globalRegistry, {
        description: "null: every endpoint its scopes allow",
      }),
    attributes: z.record(z.string(), z.array(z.string())).meta({ description: "Attributes a key can be limited to" }),
    channels: z.array(z.string()).meta({ description: "Channels a key can be limited to" }),
  })
  .openapi("AccessType");

/** What calls of an endpoint ask for, by what their query is about where that counts. */
const variantsOf = ({ byQuery, scope, integrations = false }: Endpoint) =>
  byQuery
    ? Object.entries(byQuery.values).map(([value, needed]) => ({ ...needed, query: { [byQuery.parameter]: value } }))
    : [{ scope, integrations, isOffered: true }];

const scopesOf = (endpoint: Endpoint): string[] => variantsOf(endpoint).flatMap(({ scope }) => scope ?? []);

/** The rows a rights table can have: every route that takes a key, with its methods. */
function rightsTable(): z.output<typeof RouteSchema>[] {
  const byTemplate = Map.groupBy(keyedRoutes(), ({ template }) => template);
  return [...byTemplate].map(([endpoint, routes]) => ({
    endpoint,
    methods: [...new Set(routes.map(columnOf))],
    scopes: [...new Set(routes.flatMap(({ endpoint }) => scopesOf(endpoint)))],
  }));
}

/** The calls that are open to keys of access type `integrations`: what `authorise` lets them do, on every surface. */
const openCalls = () =>
  keyedRoutes().flatMap(({ endpoint, template }) => {
    const call = { method: endpoint.method.toUpperCase(), endpoint: template };
    if (endpoint.anyKey) return [call];
    const open = variantsOf(endpoint).filter(({ integrations, isOffered }) => integrations && isOffered);
    return open.map((variant) => ("query" in variant ? { ...call, query: variant.query } : call));
  });

function accessTypes(): z.output<typeof AccessTypeSchema>[] {
  const integrations = openCalls();
  const unlimited = { endpoints: null, attributes: {}, channels: [] };
  return [
    { access_type: "admin", description: "Everything its scopes allow.", ...unlimited },
    {
      access_type: "integrations",
      description:
        "For third parties: a part of the calls, and of the personal attributes and channels if any are named. Like every key it may delete itself.",
      endpoints: integrations,
      attributes: Object.fromEntries(Object.entries(allPersonalAttributes()).map(([name, list]) => [name, [...list]])),
      channels: [...CHANNELS],
    },
    {
      access_type: "transactional",
      description: "Everything its scopes allow, and transactional messages.",
      ...unlimited,
    },
  ];
}

export const accessRoutes: Endpoint[] = [
  defineEndpoint({
    method: "get",
    path: "/access-types",
    operationId: "listAccessTypes",
    tag: "API keys",
    summary: "What each access type may do",
    scope: null,
    integrations: true,
    success: { status: 200, description: "The access types", data: dataOf(z.array(AccessTypeSchema)) },
    handle: async () => ({ data: { data: accessTypes() } }),
  }),
  defineEndpoint({
    method: "get",
    path: "/endpoints",
    operationId: "listEndpoints",
    tag: "API keys",
    summary: "The endpoints a rights table can name",
    scope: null,
    success: { status: 200, description: "Every endpoint with its methods", data: dataOf(z.array(RouteSchema)) },
    handle: async () => ({ data: { data: rightsTable() } }),
  }),
];
