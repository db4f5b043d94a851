import type { Right, RightMethod } from "../../../core/keys/rights.ts";
import { allRoutes, type Route, routesAt } from "../../../core/http/registry.ts";

/** The operations a row of rights can be about: every one that takes a key. */
export const keyedRoutes = (): Route[] => allRoutes().filter(({ endpoint }) => endpoint.scope !== "public");

/** An operation's column in the rights table, which has one for PATCH and PUT. */
export const columnOf = ({ endpoint: { method } }: Route): RightMethod =>
  (method === "put" ? "PATCH" : method.toUpperCase()) as RightMethod;

/** A path as a call has it: nothing in it that an address would spell otherwise. */
const isPath = (text: string): boolean => new URL(text, "https://localhost").pathname === text;

/** The operations whose calls a row's endpoint names: all, a route's, or a path's. */
function named(endpoint: string): Route[] {
  if (endpoint === "*") return keyedRoutes();
  const ofTemplate = keyedRoutes().filter(({ template }) => template === endpoint);
  if (ofTemplate.length > 0 || !isPath(endpoint)) return ofTemplate;
  return routesAt(endpoint).filter((route) => route.endpoint.scope !== "public");
}

/** Parameters of these that the operation refuses whatever else is sent, or all of them where it has none. */
function refusedParameters({ endpoint: { query } }: Route, given: Record<string, string>): string[] {
  if (!query) return Object.keys(given);
  const issues = query.safeParse(given).error?.issues ?? [];
  const names = issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : [String(issue.path[0])]));
  return Object.keys(given).filter((name) => names.includes(name));
}

/** Why a row of rights can never match a call, by the place in it; none when it can. */
export function complaintsAbout(right: Right): [place: PropertyKey[], message: string][] {
  const routes = named(right.endpoint);
  if (routes.length === 0) return [[["endpoint"], "is no endpoint that takes a key: see GET /api/v1/endpoints"]];
  const columns = new Set(routes.map(columnOf));
  const alien = right.methods.flatMap((method, index) =>
    method === "*" || columns.has(method) ? [] : [[["methods", index], `is no method of ${right.endpoint}`] as const],
  );
  if (alien.length > 0) return alien.map(([place, message]) => [[...place], message]);
  const wanted = routes.filter((route) => right.methods.includes("*") || right.methods.includes(columnOf(route)));
  const refused = wanted.map((route) => refusedParameters(route, right.query ?? {}));
  // One operation that takes them all is enough.
  const [first = []] = refused.sort((a, b) => a.length - b.length);
  return first.map((name) => [["query", name], `is not what ${right.endpoint} takes`]);
}
