import { Hono } from "hono";
import type { Env } from "../../env.ts";
import { DomainError } from "../errors.ts";
import { preflightHeaders } from "./cors.ts";
import { discardBody } from "./body.ts";
import { type Endpoint, isWrite } from "./endpoint.ts";
import { openExchange } from "./exchange.ts";
import { serve } from "./pipeline.ts";
import { respond, respondError } from "./respond.ts";
import type { Surface } from "./surface.ts";

/** The endpoint's path as the router writes it. */
function honoPath({ path, restParam }: Endpoint): string {
  const routed = path.replace(/\{(\w+)\}/g, ":$1");
  return restParam ? `${routed}{.+}` : routed;
}

/** The methods a path answers to, as `Allow` lists them. */
function allowedMethods(endpoints: readonly Endpoint[]): string[] {
  const methods = endpoints.flatMap((it) => (isWrite(it) ? [it.method.toUpperCase()] : ["GET", "HEAD"]));
  return [...methods, "OPTIONS"];
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
      const message = `${c.req.method} is not supported here. Use ${allow.join(", ")}.`;
      return respondError(reached, new DomainError("method_not_allowed", message, { allow }));
    });
  }
  app.all("*", async (c) => {
    await discardBody(c.req.raw);
    const message = `There is no ${c.req.method} ${new URL(c.req.url).pathname.slice(0, 200)}.`;
    return respondError({ exchange: openExchange(c), surface, endpoint: null }, new DomainError("not_found", message));
  });
  return app;
}
