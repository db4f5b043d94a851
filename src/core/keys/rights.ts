/** Methods of the rights table; HEAD counts as GET and PUT as PATCH (document 004 has these four columns). */
export const RIGHT_METHODS = ["GET", "POST", "PATCH", "DELETE"] as const;
export type RightMethod = (typeof RIGHT_METHODS)[number];

/** One row of document 004's rights table. */
export interface Right {
  /** `*`, a route (`/v1/sites/{siteId}/pages`), or a concrete path (`/api/pages`). */
  endpoint: string;
  /** `*` in the list means every method. */
  methods: (RightMethod | "*")[];
  /** Query parameters the call must carry with exactly these values, e.g. `{ table: "s_orders" }`. */
  query?: Record<string, string>;
}

export interface RequestedRight {
  method: string;
  /** The route's template, with the surface's base path. */
  route: string;
  path: string;
  query: URLSearchParams;
}

const columnOf = (method: string): string => (method === "HEAD" ? "GET" : method === "PUT" ? "PATCH" : method);

function matches(right: Right, request: RequestedRight): boolean {
  const column = columnOf(request.method);
  if (!right.methods.some((method) => method === "*" || method === column)) return false;
  if (right.endpoint !== "*" && right.endpoint !== request.route && right.endpoint !== request.path) return false;
  // A parameter given twice is ambiguous about which value the handler sees: it never satisfies a condition.
  return Object.entries(right.query ?? {}).every(([name, value]) => {
    const given = request.query.getAll(name);
    return given.length === 1 && given[0] === value;
  });
}

/** Whether any row allows the call. */
export const rightsAllow = (rights: readonly Right[], request: RequestedRight): boolean =>
  rights.some((right) => matches(right, request));
