import { allRoutes, type Route } from "../../../src/core/http/registry.ts";
import { type Answer, call } from "../../support/fixtures.ts";

/** Every operation that takes a key. */
export const keyedRoutes = (): Route[] => allRoutes().filter(({ endpoint }) => endpoint.scope !== "public");

export const methodOf = ({ endpoint }: Route): string => endpoint.method.toUpperCase();

/** A path of the route; parameters stand for things that do not exist unless they are given. */
export const pathOf = ({ template }: Route, params: Record<string, string> = {}): string =>
  template.replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "1");

/** Calls the route with an empty body where it takes one. What comes of it beyond authorisation does not matter. */
export function tryRoute(route: Route, headers: Record<string, string>, path = pathOf(route)): Promise<Answer> {
  const method = methodOf(route);
  return call(method, path, { headers, ...(!["GET", "DELETE"].includes(method) && { body: {} }) });
}

/** The status a missing permission has on the route's surface: 401 on `/api` (document 004), 403 elsewhere. */
export const refusalOf = ({ surface }: Route): number => (surface.name === "delivery" ? 401 : 403);
