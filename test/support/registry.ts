import { SURFACES } from "../../src/surfaces.ts";
import type { Endpoint } from "../../src/core/http/endpoint.ts";
import type { Surface } from "../../src/core/http/surface.ts";
import { openApiDocument } from "../../src/openapi.ts";

/** One operation of the product, as the suites that cover all of them see it. */
export interface Operation {
  surface: Surface;
  endpoint: Endpoint;
  /** `GET /v1/sites/{siteId}`: names the operation in test titles. */
  title: string;
  /** With the surface's base path: `/v1/sites/{siteId}`. */
  route: string;
  method: string;
  params: string[];
  pattern: RegExp;
}

/** Every operation of every surface. */
export const OPERATIONS: readonly Operation[] = SURFACES.flatMap(({ surface, endpoints }) =>
  endpoints.map((endpoint) => {
    const route = surface.basePath + endpoint.path;
    const method = endpoint.method.toUpperCase();
    return {
      surface,
      endpoint,
      route,
      method,
      title: `${method} ${route}`,
      params: [...route.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string),
      pattern: new RegExp(
        `^${route.replace(/\{\w+\}$/, endpoint.restParam ? ".+" : "[^/]+").replace(/\{\w+\}/g, "[^/]+")}$`,
      ),
    };
  }),
);

export const named = (operationId: string): Operation => {
  const operation = OPERATIONS.find((it) => it.endpoint.operationId === operationId);
  if (!operation) throw new Error(`There is no operation ${operationId}`);
  return operation;
};

const lengthOf = (path: string): number => path.split("/").length;

/** Operations by how many parts their paths have: every call of a test looks its own up. */
const byLength = Map.groupBy(OPERATIONS, ({ route }) => lengthOf(route));
/** Those whose last parameter takes any number of parts. */
const OPEN_ENDED = OPERATIONS.filter(({ endpoint }) => endpoint.restParam);

/** The operation a call reaches; HEAD is answered by GET. The path with the fewest parameters wins, as in the router. */
export function operationAt(method: string, pathname: string): Operation | undefined {
  const asked = method === "HEAD" ? "GET" : method;
  const candidates = [...(byLength.get(lengthOf(pathname)) ?? []), ...OPEN_ENDED];
  const matching = candidates.filter((it) => it.pattern.test(pathname));
  const fewest = Math.min(...matching.map((it) => it.params.length));
  return matching.find((it) => it.params.length === fewest && it.method === asked);
}

/** The surface a path belongs to; `/api/v1` comes before `/api`. */
export const surfaceAt = (pathname: string): Surface | undefined =>
  SURFACES.map(({ surface }) => surface).find(
    ({ basePath }) => pathname === basePath || pathname.startsWith(`${basePath}/`),
  );

// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document is read by path here
type Json = any;
let description: Json;

/** The body the published description shows for an operation. */
export function exampleBody({ route, endpoint, title }: Operation): unknown {
  if (!endpoint.body) return undefined;
  description ??= openApiDocument("https://api.example.com");
  const { schema } = description.paths[route][endpoint.method].requestBody.content["application/json"];
  const resolved = schema.$ref ? description.components.schemas[schema.$ref.split("/").at(-1)] : schema;
  if (resolved.example === undefined) throw new Error(`${title}: its body schema has no .openapi({ example })`);
  return resolved.example;
}

/** The route with its parameters filled in. */
export const pathOf = ({ route, title }: Operation, ids: Record<string, string | number>): string =>
  route.replace(/\{(\w+)\}/g, (_, name) => {
    if (ids[name] === undefined) throw new Error(`${title}: no value for {${name}}`);
    return encodeURIComponent(String(ids[name]));
  });

/** The headers a call of the operation cannot do without, besides the key. */
export const neededHeaders = ({ endpoint }: Operation): Record<string, string> =>
  endpoint.needsIdempotencyKey ? { "Idempotency-Key": crypto.randomUUID() } : {};
