import { Hono } from "hono";
import { SITE_RESOURCES } from "./content/resources.ts";
import { contentRoutes } from "./content/routes.ts";
import { contentSurface } from "./content/surface.ts";
import { registerPersonalAttributes } from "./core/access/attributes.ts";
import { now } from "./core/clock.ts";
import { checkDeprecations, DEPRECATIONS } from "./core/http/deprecations.ts";
import { platformRoutes } from "./platform/routes.ts";
import { mount } from "./core/http/mount.ts";
import { type RegisteredSurface, registerSurfaces } from "./core/http/registry.ts";
import { newId } from "./core/ids.ts";
import { deliveryRoutes } from "./delivery/routes.ts";
import { deliverySurface } from "./delivery/surface.ts";
import type { Env } from "./env.ts";
import "./events.ts";
import { PERSONAL_USER_FIELDS } from "./platform/users/contract.ts";
import { platformSurface } from "./platform/surface.ts";
import { visitByDomain, visitorRoutes } from "./visitors/routes.ts";

/** Every operation of the product, by surface. The description, the rights table and the security tests read this list. */
export const SURFACES: readonly RegisteredSurface[] = [
  { surface: contentSurface, endpoints: contentRoutes },
  // `/api/v1` comes before `/api`, which matches it too.
  { surface: platformSurface, endpoints: platformRoutes },
  { surface: deliverySurface, endpoints: deliveryRoutes },
];

registerSurfaces(SURFACES);
registerPersonalAttributes({
  user: PERSONAL_USER_FIELDS,
  ...Object.fromEntries(SITE_RESOURCES.flatMap(({ name, personal }) => (personal ? [[name, personal]] : []))),
});
checkDeprecations(DEPRECATIONS, new Set(SURFACES.flatMap(({ endpoints }) => endpoints.map((it) => it.operationId))));

export const app = new Hono<{ Bindings: Env }>();

app.get("/openapi.json", async (c) => {
  // Loaded when first asked for: building the description has no business in the start-up of every isolate.
  const { openApiDocument } = await import("./openapi.ts");
  return c.json(openApiDocument(new URL(c.req.url).origin), 200, {
    "Cache-Control": "public, max-age=300",
    "Access-Control-Allow-Origin": "*",
  });
});

for (const { surface, endpoints } of SURFACES) app.route(surface.basePath, mount(surface, endpoints));

app.route("/", visitorRoutes);

app.notFound(async (c) => {
  const page = await visitByDomain(c);
  if (page) return page;
  const requestId = newId("req", now());
  const message = "The API lives under /v1, /api/v1 and /api.";
  return c.json({ error: "not_found", message, request_id: requestId }, 404, { "X-Request-ID": requestId });
});
