import type { Endpoint } from "../../core/http/endpoint.ts";
import { endpointRoutes } from "./routes/endpoints.ts";
import { deliveryRoutes } from "./routes/deliveries.ts";
import { replayRoutes } from "./routes/replays.ts";

/** Webhooks of a workspace: document 002, with rotation, replay and samples beside it. */
export const webhookRoutes: Endpoint[] = [...endpointRoutes, ...deliveryRoutes, ...replayRoutes];
