import type { Endpoint, Method } from "./endpoint.ts";
import type { Surface } from "./surface.ts";

export interface RegisteredSurface {
  surface: Surface;
  endpoints: readonly Endpoint[];
}

let surfaces: readonly RegisteredSurface[] = [];

/** Names every operation of the product; the composition root calls this once. */
export function registerSurfaces(all: readonly RegisteredSurface[]): void {
  surfaces = all;
}

export interface Route {
  surface: Surface;
  endpoint: Endpoint;
  /** The template with its base path: `/v1/sites/{siteId}`. */
  template: string;
}

const METHODS: Method[] = ["get", "post", "put", "patch", "delete"];

/** Every operation with its surface, in the order of the surfaces. */
export const allRoutes = (): Route[] =>
  surfaces.flatMap(({ surface, endpoints }) =>
    endpoints.map((endpoint) => ({ surface, endpoint, template: surface.basePath + endpoint.path })),
  );

/** The operation a method and path lead to; a literal segment wins over a parameter, as it does in the router. */
export function findRoute(method: string, path: string): Route | null {
  const wanted = method === "HEAD" ? "get" : method.toLowerCase();
  const segments = path.split("/");
  const matches = allRoutes().filter(({ endpoint, template }) => {
    const parts = template.split("/");
    const fits = endpoint.restParam ? segments.length >= parts.length : segments.length === parts.length;
    return (
      endpoint.method === wanted &&
      fits &&
      parts.every((part, index) => (part.startsWith("{") ? segments[index] !== "" : part === segments[index]))
    );
  });
  const parameters = ({ template }: Route) => template.split("{").length;
  return matches.sort((a, b) => parameters(a) - parameters(b))[0] ?? null;
}

/** Every operation a path leads to, by whichever method. */
export const routesAt = (path: string): Route[] => METHODS.flatMap((method) => findRoute(method, path) ?? []);

/** The values of a route's parameters in a path. */
export function paramsOf({ template, endpoint }: Route, path: string): Record<string, string> {
  const parts = template.split("/");
  const segments = path.split("/");
  const rest = segments.slice(parts.length - 1).join("/");
  const pairs = parts.map((part, index) => {
    const isRest = endpoint.restParam && index === parts.length - 1;
    return [part, isRest ? rest : (segments[index] ?? "")] as const;
  });
  return Object.fromEntries(
    pairs.filter(([part]) => part.startsWith("{")).map(([part, value]) => [part.slice(1, -1), decoded(value)]),
  );
}

/** Percent-decoding that leaves alone what is not encoded properly, as the router does. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
