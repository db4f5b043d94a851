import type { Endpoint } from "./endpoint.ts";
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
