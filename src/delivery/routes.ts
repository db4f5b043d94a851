import type { Endpoint } from "../core/http/endpoint.ts";
import { itemRoutes } from "./item/routes.ts";
import { liveRoutes } from "./live/routes.ts";
import { shopRoutes } from "./shop/routes.ts";

/** Every endpoint under `/api`. */
export const deliveryRoutes: Endpoint[] = [...liveRoutes, ...itemRoutes, ...shopRoutes];
