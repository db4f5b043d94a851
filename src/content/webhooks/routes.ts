import type { Endpoint } from "../../core/http/endpoint.ts";
import { hookDeliveryRoutes } from "./routes/deliveries.ts";
import { hookRoutes } from "./routes/hooks.ts";
import { hookReplayRoutes } from "./routes/replays.ts";

/** The site's view of the workspace's webhooks: those that hear of this site's events only. */
export const siteWebhookRoutes: Endpoint[] = [...hookRoutes, ...hookDeliveryRoutes, ...hookReplayRoutes];
