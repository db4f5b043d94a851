import { Hono } from "hono";
import type { Env } from "../../env.ts";
import { preflightHeaders } from "./cors.ts";
import { discardBody } from "./body.ts";
import type { Endpoint } from "./endpoint.ts";
import { openExchange } from "./exchange.ts";
import { serve } from "./pipeline.ts";
import { respond, respondError } from "./respond.ts";
import type { Surface } from "./surface.ts";
import { allowedMethods, methodNotAllowed, noSuchEndpoint } from "./unrouted.ts";

/** The endpoint's path as the router writes it. */
function honoPath({ path, restParam }: Endpoint): string {
  const routed = path.replace(/\{(\w+)\}/g, ":$1");
  return restParam ? `${routed}{.+}` : routed;
}

/** A surface's routes as an app: its endpoints, its 405 with `Allow`, and its own JSON 404 for everything else. */
export function mount(surface: Surface, endpoints: readonly Endpoint[]): Hono<{ Bindings: Env }> {
  const app = new Hono<{ Bindings: Env }>();
  const byPath = Map.groupBy(endpoints, honoPath);
  for (const [path, group] of byPath) {
    for (const endpoint of group) app.on(endpoint.method.toUpperCase(), path, serve(surface, endpoint));
    const allow = allowedMethods(group);
    app.all(path, async (c) => {
      await discardBody(c.req.raw);
      const reached = { exchange: openExchange(c), surface, endpoint: null };
      if (c.req.method === "OPTIONS") {
        const headers = { Allow: allow.join(", "), ...preflightHeaders(group) };
        return respond(reached, { status: 204, headers, body: "" });
      }
      return respondError(reached, methodNotAllowed(c.req.method, allow));
    });
  }
  app.all("*", async (c) => {
    await discardBody(c.req.raw);
    return respondError({ exchange: openExchange(c), surface, endpoint: null }, noSuchEndpoint(c.req.raw));
  });
  return app;
}
