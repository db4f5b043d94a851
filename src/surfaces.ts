import "./archive-kinds.ts";
import { contentRoutes } from "./content/routes.ts";
import { contentSurface } from "./content/surface.ts";
import { checkDeprecations, DEPRECATIONS } from "./core/http/deprecations.ts";
import { type RegisteredSurface, registerSurfaces } from "./core/http/registry.ts";
import { deliveryRoutes } from "./delivery/routes.ts";
import { deliverySurface } from "./delivery/surface.ts";
// Endpoints are described with the events and attributes there are, so these are named before them.
import "./events.ts";
import "./jobs.ts";
import "./mail-followers.ts";
import "./order-followers.ts";
import "./personal-attributes.ts";
import { platformRoutes } from "./platform/routes.ts";
import { platformSurface } from "./platform/surface.ts";

/** Every operation of the product, by surface. The description, the rights table and the security tests read this list. */
export const SURFACES: readonly RegisteredSurface[] = [
  { surface: contentSurface, endpoints: contentRoutes },
  // `/api/v1` comes before `/api`, which matches it too.
  { surface: platformSurface, endpoints: platformRoutes },
  { surface: deliverySurface, endpoints: deliveryRoutes },
];

registerSurfaces(SURFACES);
checkDeprecations(DEPRECATIONS, new Set(SURFACES.flatMap(({ endpoints }) => endpoints.map((it) => it.operationId))));
