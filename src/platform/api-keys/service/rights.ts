import { authorise } from "../../../core/access/authorise.ts";
import { DomainError } from "../../../core/errors.ts";
import { allRoutes, paramsOf, type Route, routesAt } from "../../../core/http/registry.ts";
import type { Right, RightMethod } from "../../../core/keys/rights.ts";
import { SITE_NAMES } from "../../../core/tenancy/sites/named.ts";
import type { Ctx, KeyCaller } from "../../../core/work/context.ts";

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
  return routesAt(endpoint).filter((route) => route.endpoint.scope !== "public" && isPathOf(route, endpoint));
}

/** Whether what a path has for a route's parameters can be any: `/api/v1/posts/x` leads to no post. */
const isPathOf = (route: Route, path: string): boolean =>
  route.endpoint.params === undefined || route.endpoint.params.safeParse(paramsOf(route, path)).success;

/** Parameters of these that the operation refuses whatever else is sent, or all of them where it has none. */
function refusedParameters({ endpoint: { query } }: Route, given: Record<string, string>): string[] {
  if (!query) return Object.keys(given);
  const issues = query.safeParse(given).error?.issues ?? [];
  const names = issues.flatMap((issue) => (issue.code === "unrecognized_keys" ? issue.keys : [String(issue.path[0])]));
  return Object.keys(given).filter((name) => names.includes(name));
}

/** The operations that a row opens by one of its methods. */
const openedBy = ({ endpoint }: Right, method: Right["methods"][number]): Route[] =>
  named(endpoint).filter((route) => method === "*" || method === columnOf(route));

/** Why a row of rights can never match a call, whoever makes it, by the place in it; none when it can. */
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

/** What a caller is refused an operation for that a row opens; `null` when nothing that can be told by now. */
async function refusalOf(ctx: Ctx, caller: KeyCaller, { endpoint, query = {} }: Right, route: Route) {
  const isPath = endpoint !== "*" && !endpoint.includes("{");
  const itself = route.endpoint.itself ? { [route.endpoint.itself]: String(caller.keyId) } : {};
  const asked = new URLSearchParams(query);
  const request = { method: route.endpoint.method, route: route.template, path: endpoint, query: asked };
  try {
    authorise(caller, route.endpoint, () => request, isPath ? paramsOf(route, endpoint) : itself);
    // What is asked of the thing in a path is the thing's to say, and of a site `requireOwnSites` has asked.
    for (const name of SITE_NAMES) asked.delete(name);
    if (!route.endpoint.params) await route.endpoint.authorise?.({ ...ctx, caller }, {}, () => asked);
    return null;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}

/**
 * Why no call that a row opens by one of its methods can ever be made by such a caller: the checks of a real call say no to
 * each, by its scopes, access type, sites or table. `null` when some can.
 */
export async function obstacleTo(
  ctx: Ctx,
  caller: KeyCaller,
  right: Right,
  method: Right["methods"][number],
): Promise<string | null> {
  const routes = openedBy(right, method);
  const taking = routes.filter((route) => refusedParameters(route, right.query ?? {}).length === 0);
  if (taking.length === 0) return "its operations do not take the query";
  let first: string | null = null;
  for (const route of taking) {
    const obstacle = await refusalOf(ctx, caller, right, route);
    if (obstacle === null) return null;
    first ??= obstacle;
  }
  return first;
}
